"""Saved searches report what is new, each passage and recommendation once, also after a crash."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime

import pytest

from extractors.errors import DeliveryFailed, UsageError
from extractors.records import Block, BlockKind, Maker, Passage, Recommendation, Report, Tagged
from index.citing import citation_id, cited_passage, cited_recommendation, lasting_key
from index.memory import MemoryIndex
from index.protocol import Filters
from pipelines.store.alerts import Alert, AlertBook
from pipelines.store.catalogue import Catalogue
from pipelines.watching import Note, Ran, refuse_failures, run, save

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def tagged(name: str, *texts: str, first: int = 0) -> Tagged:
    """A report whose last paragraph is a recommendation."""
    report = Report(id=name, sha256="0" * 64, url=f"file:///{name}.pdf", title=name, published=date(2020, 1, 1))
    passages = tuple(
        Passage(
            id=f"{name}:{n}", report=report, block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text, pages=(n + 1,))
        )
        for n, text in enumerate(texts, first)
    )
    last = passages[-1]
    unit = Recommendation(
        id=f"{name}/0", report=report, text=last.block.text, pages=last.block.pages, passages=(last.id,)
    )
    return Tagged(report=report, maker=Maker(name="by-hand", revision="1"), passages=passages, recommendations=(unit,))


@pytest.fixture
def index():
    """An index with one report."""
    made = MemoryIndex()
    made.publish([tagged("old", "A camera was lost.", "Cameras should be audited.")])
    return made


@pytest.fixture
def book(tmp_path):
    """An empty book of alerts."""
    return AlertBook(Catalogue(f"sqlite:///{tmp_path}/catalogue.sqlite"))


class Post:
    """Takes notes, and refuses outputs that are down."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Note]] = []
        self.down: set[str] = set()

    def __call__(self, output: str, note: Note) -> None:
        if output in self.down:
            raise DeliveryFailed("down")
        self.taken.append((output, note))

    def told(self) -> list[str]:
        """What came since last asked, as output, kind and text."""
        found = [f"{output} {item['kind']}: {item['text']}" for output, note in self.taken for item in note.items]
        self.taken.clear()
        return found


@pytest.fixture
def post():
    """Somebody who takes notes."""
    return Post()


def alert(query: str = "camera", **changes: object) -> Alert:
    return Alert(name="cameras", query=query, outputs=("-",), created_at=NOW).replaced(**changes)


def ran(book: AlertBook, index: MemoryIndex, post: Post) -> list[Ran]:
    return list(run(book, index, post, NOW))


def test_new_things_once(book, index, post):
    """What was there when the alert was saved is not new; what comes is told once, both as passage and as unit."""
    save(book, index, alert())
    ran(book, index, post)
    assert post.told() == []
    index.publish([tagged("new", "A bus was lost.", "Cameras need batteries.")])
    assert [one.new for one in ran(book, index, post)] == [2]
    assert post.told() == ["- passage: Cameras need batteries.", "- recommendation: Cameras need batteries."]
    ran(book, index, post)
    index.publish([tagged("other", "Nothing of that kind.")])
    ran(book, index, post)
    assert post.told() == []


def test_from_start(book, index, post):
    """Asked to, what answers already is told too."""
    save(book, index, alert(kinds=("passages",)), from_start=True)
    ran(book, index, post)
    assert post.told() == ["- passage: A camera was lost.", "- passage: Cameras should be audited."]


def test_an_alert_may_wait_for_the_first_publishing(book, post):
    """Saved before anything is published, an alert runs in silence and then tells everything."""
    empty = MemoryIndex()
    save(book, empty, alert(kinds=("recommendations",)))
    assert [one.new for one in ran(book, empty, post)] == [0]
    empty.publish([tagged("first", "A camera.", "A camera should be bought.")])
    ran(book, empty, post)
    assert post.told() == ["- recommendation: A camera should be bought."]


def test_a_new_reading_is_not_news(book, index, post):
    """The same words under other numbers and on another page are not told again; changed words are."""
    save(book, index, alert(kinds=("passages",)))
    index.publish([tagged("old", "A  camera was lost.", "Cameras must be audited.", first=7)])
    ran(book, index, post)
    assert post.told() == ["- passage: Cameras must be audited."]


def test_filters_and_words_that_nothing_answers(book, index, post):
    """Filters hold, and words are never loosened to have something to tell."""
    save(book, index, alert(filters=Filters(published_from=date(2021, 1, 1))))
    save(book, index, alert("zebra giraffe camera", name="loose"))
    index.publish([tagged("new", "A camera.")])
    ran(book, index, post)
    assert post.told() == []


def test_an_output_that_is_down(book, index, post):
    """The other output gets its note; what failed waits, in order, and is told when the output is back."""
    save(book, index, alert(outputs=("a", "b"), kinds=("passages",)))
    index.publish([tagged("one", "One camera.")])
    post.down = {"b"}
    first = ran(book, index, post)
    assert (post.told(), first[0].delivered) == (["a passage: One camera."], 1)
    with pytest.raises(DeliveryFailed, match="cameras to b"):
        refuse_failures(first)
    index.publish([tagged("two", "Two cameras.")])
    ran(book, index, post)
    assert post.told() == ["a passage: Two cameras."]
    assert book.undelivered() == {"cameras": 2}
    post.down = set()
    refuse_failures(ran(book, index, post))
    assert post.told() == ["b passage: One camera.", "b passage: Two cameras."]
    assert book.undelivered() == {}


def test_what_was_taken_down_is_not_sent(book, index, post):
    """A passage that left the index between being found and being delivered is not delivered."""
    save(book, index, alert(outputs=("b",)))
    index.publish([tagged("one", "One camera.")])
    post.down = {"b"}
    ran(book, index, post)
    index.publish([], remove=["one"])
    post.down = set()
    ran(book, index, post)
    assert post.told() == []
    assert book.undelivered() == {}


DYING = """
import os, signal, sys
sys.path.insert(0, sys.argv[3])
from test_alerts_world import NOW, AlertBook, Catalogue, MemoryIndex, alert, tagged
from pipelines.watching import run, save
book = AlertBook(Catalogue(sys.argv[1]))
index = MemoryIndex()
index.publish([tagged("old", "A bus."), tagged("new", "A camera.")])
def deliver(output, note):
    if sys.argv[2] == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    print(note.batch, *(item["text"] for item in note.items), flush=True)
    if sys.argv[2] == "after":
        os.kill(os.getpid(), signal.SIGKILL)
if not book.all():
    save(book, index, alert(kinds=("passages",)), from_start=True)
list(run(book, index, deliver, NOW))
"""


@pytest.mark.parametrize(("where", "told"), [("before", 0), ("after", 1)])
def test_killed(tmp_path, root, where, told):
    """Killed before it told anything, the next run tells it; killed after telling, it repeats the batch by name."""
    world = tmp_path / "test_alerts_world.py"
    world.write_text((root / "tests" / "unit" / "test_alerts.py").read_text())

    def go(point: str) -> tuple[int, list[str]]:
        command = [sys.executable, "-c", textwrap.dedent(DYING), f"sqlite:///{tmp_path}/c.sqlite", point, str(tmp_path)]
        done = subprocess.run(command, cwd=root, env=os.environ, capture_output=True, text=True, check=False)
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr
        return done.returncode, done.stdout.splitlines()

    code, first = go(where)
    assert (code, len(first)) == (-signal.SIGKILL, told)
    code, second = go("never")
    assert (code, len(second), second[0].split(" ", 1)[1]) == (0, 1, "A camera.")
    assert first in ([], second)
    assert go("never") == (0, [])


def test_names(book, index, post):
    """A name is taken once; a run of a name that nobody bears is refused; what is removed forgets what it told."""
    save(book, index, alert())
    with pytest.raises(UsageError, match="named cameras"):
        save(book, index, alert())
    with pytest.raises(UsageError, match="'camras'"):
        run(book, index, post, NOW, ["camras"])
    assert (book.remove("cameras"), book.remove("cameras")) == (True, False)
    save(book, index, alert(), from_start=True)
    ran(book, index, post)
    assert len(post.told()) == 3


def test_a_query_that_cannot_be_meant_is_refused_when_it_is_saved(book, index):
    """A mistake is told to the person who makes it, not to the schedule."""
    with pytest.raises(UsageError, match="character 6"):
        save(book, index, alert("role:findng"))
    assert book.all() == []


def test_permanent_names(index):
    """A citation finds its passage or recommendation again after a new reading has numbered everything anew."""
    passage = next(iter(index.passages()))
    unit = next(iter(index.recommendations()))
    names = citation_id(passage), citation_id(unit)
    assert names[0].startswith("old.p1.")
    assert (cited_passage(index, names[0]), cited_recommendation(index, names[1])) == (passage, unit)
    index.publish([tagged("old", "A preface.", "A  camera was lost.", "Cameras should be audited.")])
    again = cited_passage(index, names[0])
    assert again is not None
    assert (again.block.ordinal, lasting_key(again)) == (1, lasting_key(passage))
    assert cited_recommendation(index, names[1]) is not None
    for name in ("old.p1.0000000000", "nobody.p1." + names[0][-10:], names[1], "old:0", ""):
        assert cited_passage(index, name) is None
    assert cited_recommendation(index, names[0]) is None
