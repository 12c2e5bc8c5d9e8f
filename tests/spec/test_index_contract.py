"""What every back end keeps besides search: publishing, reading back, likeness and what it says of itself."""

from collections.abc import Sequence
from datetime import date

import pytest

from extractors.errors import NoIndex, PublishRefused, UsageError
from extractors.records import Role, Tagged
from index.memory import MemoryIndex
from index.protocol import Filters, Index

BETWEEN = Filters(published_from=date(2020, 11, 5), published_to=date(2022, 1, 31))


def held(index: Index, query: str = "") -> list[str]:
    return sorted(hit.passage.id for hit in index.search(query, limit=100).hits)


def report(corpus: Sequence[Tagged], name: str) -> Tagged:
    return next(one for one in corpus if one.report.id == name)


def changed(tagged: Tagged, text: str) -> Tagged:
    """The same report with one passage, of another text."""
    passage = tagged.passages[0]
    passage = passage.replaced(block=passage.block.replaced(text=text), sentences=(), entities=())
    return tagged.replaced(passages=(passage,), recommendations=())


def test_passages_come_back_whole(index: Index, corpus: list[Tagged]) -> None:
    """What was published is what is read, to the last box and score."""
    for tagged in corpus:
        for passage in tagged.passages:
            assert index.passage(passage.id) == passage
    assert index.passage("nobody:0") is None


def test_all_passages_in_order(index: Index, corpus: list[Tagged]) -> None:
    """Passages are listed by report and in reading order."""
    ordered = sorted(corpus, key=lambda one: one.report.id)
    assert list(index.passages()) == [passage for one in ordered for passage in one.passages]


def test_passages_by_filter(index: Index) -> None:
    """Listing takes the same filters as searching."""
    filters = Filters(roles=(Role.FINDING,), sources=("folder",))
    assert [passage.id for passage in index.passages(filters)] == ["fennick:1", "search:1", "undated:1"]


def test_reports(index: Index, corpus: list[Tagged]) -> None:
    """Reports are listed by id."""
    assert list(index.reports()) == sorted((one.report for one in corpus), key=lambda one: one.id)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(), "custody/0 fennick/0 fennick/1 search/0", id="all, in order of report and place"),
        pytest.param(Filters(forces=("Norhaven Police",)), "fennick/0 fennick/1 search/0", id="addressed or about"),
        pytest.param(Filters(themes=("records",)), "fennick/0 search/0", id="theme"),
        pytest.param(Filters(investigations=("fennick",)), "fennick/0 fennick/1", id="investigation"),
        pytest.param(Filters(reports=("A man becomes unwell in custody",)), "custody/0", id="report by title"),
        pytest.param(Filters(roles=(Role.FINDING,), sources=("record",)), "custody/0", id="roles do not apply"),
        pytest.param(BETWEEN, "search/0", id="dates"),
        pytest.param(Filters(forces=("Nobody",)), "", id="none"),
    ],
)  # fmt: skip
def test_recommendations(index: Index, filters: Filters, expected: str) -> None:
    """Recommendations are found by addressee, report and theme."""
    assert " ".join(unit.id for unit in index.recommendations(filters)) == expected


def test_recommendations_come_back_whole(index: Index, corpus: list[Tagged]) -> None:
    """A recommendation is read as it was published."""
    given = [unit for one in sorted(corpus, key=lambda one: one.report.id) for unit in one.recommendations]
    assert list(index.recommendations()) == given


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        pytest.param("auditing of body worn video", "fennick:3", id="the same words"),
        pytest.param("searches of children that nobody recorded", "search:1", id="telling words weigh most"),
        pytest.param("zebra", None, id="nothing in common"),
        pytest.param("", None, id="nothing said"),
    ],
)
def test_similar(index: Index, text: str, nearest: str | None) -> None:
    """The passage nearest in wording comes first."""
    hits = index.similar(text, limit=3).hits
    assert (hits[0].passage.id if hits else None) == nearest


def test_description(index: Index) -> None:
    """An index says what it holds."""
    said = index.describe()
    assert (said.reports, said.passages, said.recommendations, said.models) == (6, 23, 4, ("by-hand@1",))
    assert said.generation == index.search("moped").generation


def test_generations_are_named_by_content(index: Index, corpus: list[Tagged]) -> None:
    """The same reports, published in any order by any back end, bear the same digest."""
    other = MemoryIndex()
    other.publish(reversed(corpus))
    assert (index.describe().generation or "").split("-")[1] == (other.describe().generation or "").split("-")[1]


def test_nothing_published(empty: Index) -> None:
    """Before anything is published an index says so, and can be described."""
    with pytest.raises(NoIndex):
        empty.search("moped")
    said = empty.describe()
    assert (said.generation, said.reports, said.passages) == (None, 0, 0)


def test_publishing_nothing(empty: Index) -> None:
    """An empty generation answers, with nothing."""
    empty.publish([])
    assert empty.search("moped").total == 0
    assert list(empty.passages()) == []


def test_increment(empty: Index, corpus: list[Tagged]) -> None:
    """What is added joins what is there; what bears the same id takes its place; what is removed is gone."""
    empty.publish(corpus[:2])
    empty.publish(corpus[2:])
    assert len(held(empty)) == 23
    first = empty.describe()
    empty.publish([changed(report(corpus, "custody"), "A new text about pigeons.")], remove=["pursuit", "nobody"])
    assert held(empty, "pigeons") == ["custody:0"]
    assert held(empty, "detainee") == held(empty, "moped") == []
    after = empty.describe()
    assert (after.reports, after.passages, after.recommendations) == (5, 23 - 4 - 4, 3)
    assert after.generation != first.generation
    assert [unit.id for unit in empty.recommendations()] == ["fennick/0", "fennick/1", "search/0"]


def test_replacing_all(empty: Index, corpus: list[Tagged]) -> None:
    """Without the rest, the new generation holds only what was given."""
    empty.publish(corpus)
    empty.publish([report(corpus, "reply")], keep_rest=False)
    assert held(empty) == ["reply:0", "reply:1"]


def test_the_last_of_two_counts(empty: Index, corpus: list[Tagged]) -> None:
    """A report given twice in one publishing is held once, as given last."""
    one = report(corpus, "custody")
    empty.publish([one, changed(one, "Pigeons."), report(corpus, "reply")])
    assert held(empty) == ["custody:0", "reply:0", "reply:1"]


def test_remove_and_add(empty: Index, corpus: list[Tagged]) -> None:
    """A report that is removed and given at once is held."""
    empty.publish(corpus)
    empty.publish([report(corpus, "reply")], remove=["reply"])
    assert len(held(empty)) == 23


def test_publishing_again_changes_nothing(empty: Index, corpus: list[Tagged]) -> None:
    """The same reports again give the same content under the next number, and the same answers."""
    empty.publish(corpus)
    before = empty.search("strip search child", limit=50)
    empty.publish(corpus)
    after = empty.search("strip search child", limit=50)
    assert [hit.passage for hit in after.hits] == [hit.passage for hit in before.hits]
    assert after.generation.split("-")[1] == before.generation.split("-")[1]


def test_names_of_a_later_vocabulary(
    empty: Index, corpus: list[Tagged], index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation and its increments keep the names they were begun with; later ones are found there all the same."""
    with monkeypatch.context() as before:
        before.setattr("index.long_names.long_names", frozenset)
        empty.publish(corpus[:1])
    empty.publish(corpus[1:])
    for query in ("bwv", "spit guard alleged"):
        assert held(empty, query) == held(index, query) != []
        assert empty.search(query).facets == index.search(query).facets


def test_a_cursor_is_of_one_generation(empty: Index, corpus: list[Tagged]) -> None:
    """After the next publishing a cursor is refused, rather than losing or doubling a hit."""
    empty.publish(corpus[:2])
    cursor = empty.search("", limit=2).cursor
    empty.publish(corpus[2:])
    with pytest.raises(UsageError, match="is served now"):
        empty.search("", limit=2, after=cursor)


def test_roll_back(empty: Index, corpus: list[Tagged]) -> None:
    """The generation before can be served again, and the one rolled back from too; the next takes a new number."""
    empty.publish(corpus[:2])
    assert not empty.roll_back()
    first = empty.describe()
    second = empty.publish(corpus[2:])
    assert empty.roll_back()
    assert (empty.describe(), len(held(empty))) == (first, first.passages)
    assert empty.roll_back()
    assert empty.describe() == second
    assert empty.roll_back()
    assert (empty.publish([corpus[2]]).generation or "").startswith("000003-")
    assert len(held(empty)) == first.passages + len(corpus[2].passages)


@pytest.mark.parametrize("fault", ["stranger", "double"])
def test_refused(empty: Index, corpus: list[Tagged], fault: str) -> None:
    """A report with another's passage, or two of one id, is refused, and what was served is served still."""
    empty.publish(corpus[:2])
    served = empty.describe()
    good, other = report(corpus, "search"), report(corpus, "reply").passages[0]
    parts = (*good.passages, other) if fault == "stranger" else (*good.passages, good.passages[0])
    with pytest.raises(PublishRefused, match="search"):
        empty.publish([good.replaced(passages=parts)])
    assert empty.describe() == served
    assert held(empty, "falsified") == ["custody:1"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("role:findng", "character 6", id="no such role"),
        pytest.param("moped theme:custdy", "character 13", id="no such theme"),
        pytest.param("*moped", "character 1", id="wildcard in front"),
        pytest.param("x " * 5_000, "characters", id="too long"),
        pytest.param("x " * 600, "500 words", id="too many words"),
    ],
)
def test_queries_that_cannot_be_meant(index: Index, query: str, said: str) -> None:
    """What cannot be meant is refused in a sentence that points at it."""
    with pytest.raises(UsageError, match=said):
        index.search(query)
