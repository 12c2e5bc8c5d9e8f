"""Which reports the index lacks, when it is lost, rolled back, changed for another, or a run was killed."""

import json
from datetime import UTC, datetime

import pytest

from extractors.records import (
    Block,
    BlockKind,
    Document,
    Maker,
    Passage,
    Report,
    Role,
    Source,
    Status,
    Tagged,
    TaggedSentence,
)
from index.embedded import EmbeddedIndex
from index.memory import MemoryIndex
from index.protocol import Index
from pipelines.publishing import publish
from pipelines.reviewing import correction
from pipelines.store.catalogue import Noted, Outcome
from pipelines.store.stages import StageKey, write_lines
from pipelines.store.store import Store

VERSION = "v1"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SENTENCE = TaggedSentence(start=0, end=10, role=Role.OTHER, score=0.6, scores={Role.OTHER: 0.6, Role.FINDING: 0.4})


def read(store: Store, number: int) -> None:
    """Bring a report into the store as the stages before would."""
    sha = f"{number:064x}"
    source = Source(name="folder", locator=f"/r{number}.pdf")
    store.catalogue.see([Document(sha256=sha, media_type="application/pdf", size=1, source=source)], NOW)
    report = Report(id=f"r{number}", sha256=sha, url=f"file:///r{number}.pdf", title=f"Report {number}")
    block = Block(ordinal=0, kind=BlockKind.PARAGRAPH, text=f"Words of {number}", pages=(1,))
    tagged = Tagged(
        report=report,
        maker=Maker(name="by-hand", revision="1"),
        passages=(Passage(id=f"r{number}:0", report=report, block=block, sentences=(SENTENCE,)),),
    )
    write_lines(store.stages, StageKey(sha256=sha, stage="tagged", version=VERSION), [tagged])
    outcome = Outcome(sha256=sha, status=Status.OK, report=report.id, passages=1)
    store.catalogue.finish(outcome, source.locator, VERSION, NOW)


@pytest.fixture
def store(tmp_path):
    """A store with two reports read and tagged."""
    made = Store(tmp_path / "home")
    read(made, 1)
    read(made, 2)
    return made


@pytest.fixture
def embedded(tmp_path):
    """An index with nothing in it."""
    return EmbeddedIndex(tmp_path / "index")


def bring_up(store: Store, index: Index, place: str = "here", *, anew: bool = False) -> tuple[int, int, int]:
    """Publish; how many came in, went out and are held then."""
    done = publish(store, index, VERSION, place=place, anew=anew)
    return done.added, done.removed, done.index.reports


def test_only_what_is_lacking(store, embedded):
    """A second publishing does nothing; a third brings in what was read since."""
    assert bring_up(store, embedded) == (2, 0, 2)
    assert bring_up(store, embedded) == (0, 0, 2)
    read(store, 3)
    assert bring_up(store, embedded) == (1, 0, 3)


def test_another_index_gets_everything(store, embedded):
    """Each change between two indices publishes everything, so that neither keeps what the other one got."""
    other = MemoryIndex()
    bring_up(store, embedded)
    assert bring_up(store, other, "there") == (2, 0, 2)
    read(store, 3)
    assert bring_up(store, embedded) == (3, 0, 3)
    assert bring_up(store, other, "there") == (3, 0, 3)


def test_after_a_rollback_everything_is_due(store, embedded):
    """The list of published reports is not believed once the index serves another generation."""
    bring_up(store, embedded)
    read(store, 3)
    bring_up(store, embedded)
    assert embedded.roll_back()
    assert embedded.describe().reports == 2
    assert bring_up(store, embedded) == (3, 0, 3)


def test_an_older_layout_is_made_again(store, embedded, tmp_path):
    """An index of an older version is made again without being asked."""
    bring_up(store, embedded)
    generation = str(embedded.describe().generation)
    manifest = tmp_path / "index" / "generations" / generation / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"layout": 1}))
    assert bring_up(store, EmbeddedIndex(tmp_path / "index")) == (2, 0, 2)


def test_anew(store, embedded):
    """Asked to, everything is published though nothing is lacking."""
    bring_up(store, embedded)
    assert bring_up(store, embedded, anew=True) == (2, 0, 2)


@pytest.mark.parametrize(("state", "added"), [("adding", 1), ("anew", 3)])
def test_killed_between_the_switch_and_the_note(store, embedded, state, added):
    """A killed increment is completed as an increment, a killed whole publishing as a whole one."""
    bring_up(store, embedded)
    before = embedded.describe().generation
    read(store, 3)
    served = store.catalogue.rows("published")
    bring_up(store, embedded)
    store.catalogue.mark_published([], ["r3"])
    assert store.catalogue.rows("published") == served
    store.catalogue.note(Noted(place="here", generation=before, state=state))
    assert bring_up(store, embedded) == (added, 0, 3)


def test_a_review_makes_its_report_due(store, embedded):
    """What a person says of a sentence is served after the next publishing, of its report alone, and once."""
    bring_up(store, embedded)
    for role, added in ((Role.FINDING, 1), (Role.FINDING, 0), (Role.NARRATIVE, 1)):
        passage = embedded.passage("r2:0")
        store.catalogue.review(correction(passage, passage.sentences[0], role, "A. Reader", NOW))
        assert bring_up(store, embedded) == (added, 0, 2)
        assert embedded.passage("r2:0").roles == (role,)
    assert bring_up(store, embedded, anew=True) == (2, 0, 2)
    assert embedded.passage("r2:0").reviewed_roles == (Role.NARRATIVE,)
    assert embedded.passage("r1:0").reviewed_roles == ()


def test_a_catalogue_without_a_note_is_believed(store, embedded):
    """A home that an older version published from is not published again for want of a note."""
    embedded.publish([])
    assert bring_up(store, embedded) == (2, 0, 2)
    assert store.catalogue.noted() == Noted(place="here", generation=embedded.describe().generation)
