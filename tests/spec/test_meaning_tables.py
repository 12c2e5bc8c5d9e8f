"""What is found by meaning, and by words and meaning: the same table for every back end, the memory index the judge."""

import pytest

from extractors.errors import UsageError
from extractors.records import Role, Tagged
from index.meaning import asking
from index.memory import MemoryIndex
from index.protocol import NO_FILTERS, Answer, Facet, Filters, Index, Mode

FACETS: tuple[Facet, ...] = ("role", "theme", "force", "year")
MODES: tuple[Mode, ...] = ("meaning", "hybrid")

NEAREST = [
    ("other words for it", "camera worn on the body", "fennick:3"),
    ("slang for it", "car chase", "pursuit:3"),
    ("none of its words", "kids searched without clothes", "search:0"),
    ("another name leads there", "bwv", "fennick:3"),
    ("within a condition", "kids searched without clothes role:recommendation", "search:3"),
    ("within a year", "cell deaths year:2019", "custody:4"),
    ("with words in quotes", '"strip search" kids', "search:0"),
    ("a misspelt word is read as the nearest", "custdy recrod falsified", "custody:1"),
]

QUERIES = [
    "camera worn on the body",
    "car chase",
    "kids searched without clothes",
    "role:finding paperwork forged",
    "whatsapp -group",
    '"strip search" children',
    "cell deaths year:2019",
    "bullying OR banter",
    "(hood OR mask) AND custody",
    "zebra",
    "zebra giraffe moped",
    "superv* challenge",
    "the",
    "officers theme:custody,records page:1..12",
]

NARROW = Filters(roles=(Role.FINDING, Role.RECOMMENDATION), forces=("Norhaven Police",))


@pytest.fixture(scope="module")
def reference(corpus: list[Tagged]) -> MemoryIndex:
    """The corpus in memory, where every passage is compared."""
    made = MemoryIndex()
    made.publish(corpus, vectors=True)
    return made


def facts(answer: Answer) -> dict[str, object]:
    """All of an answer that does not name its generation."""
    return {
        "hits": [(hit.passage.id, pytest.approx(hit.score, abs=2e-4), hit.highlights) for hit in answer.hits],
        "counts": (answer.total, answer.beside, answer.relaxed, answer.facets),
        "told": (answer.corrected, answer.widened),
    }


def ids(answer: Answer) -> list[str]:
    return [hit.passage.id for hit in answer.hits]


@pytest.mark.parametrize(("query", "first"), [pytest.param(query, first, id=name) for name, query, first in NEAREST])
def test_nearest(index: Index, query: str, first: str) -> None:
    """The passage that means it comes first, whether or not it says it."""
    assert ids(index.search(query, mode="meaning", limit=1)) == [first]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("filters", [NO_FILTERS, NARROW], ids=["all", "filtered"])
@pytest.mark.parametrize("query", QUERIES)
def test_like_the_reference(index: Index, reference: MemoryIndex, query: str, filters: Filters, mode: Mode) -> None:
    """Every back end finds the same, with the same scores and counts."""
    asked = {"limit": 100, "facets": FACETS, "mode": mode}
    assert facts(index.search(query, filters, **asked)) == facts(reference.search(query, filters, **asked))


@pytest.mark.parametrize("query", QUERIES)
def test_totals_by_meaning(index: Index, query: str) -> None:
    """By meaning, total and facets are those of the conditions; the hits are all that meet them and say anything."""
    answer = index.search(query, mode="meaning", limit=100, facets=("role",))
    told = [hit.passage.roles for hit in answer.hits]
    assert answer.total == len(answer.hits)
    assert answer.facets["role"] == {
        role: count for role in answer.facets["role"] if (count := sum(role in one for one in told))
    }


@pytest.mark.parametrize("query", QUERIES)
def test_totals_of_both(index: Index, query: str) -> None:
    """By words and meaning, total and facets are those of the words; what only meaning finds is counted beside."""
    words = index.search(query, limit=100, facets=FACETS)
    both = index.search(query, mode="hybrid", limit=100, facets=FACETS)
    assert (both.total, both.facets, both.relaxed) == (words.total, words.facets, words.relaxed)
    assert set(ids(words)) <= set(ids(both))
    assert both.beside == len(both.hits) - words.total


@pytest.mark.parametrize("query", QUERIES)
def test_what_only_meaning_finds(index: Index, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the words find more than is fused, those of the nearest that they find all the same are no strangers."""
    monkeypatch.setattr(asking, "DEPTH", 3)
    monkeypatch.setattr(asking, "SPARE", 0)
    words = ids(index.search(query, limit=100))
    near = ids(index.search(query, mode="meaning", limit=3))
    assert index.search(query, mode="hybrid", limit=1).beside == len(set(near).difference(words))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", [1, 4])
@pytest.mark.parametrize("query", ["car chase", "role:finding paperwork forged", "officers"])
def test_pages(index: Index, query: str, step: int, mode: Mode) -> None:
    """Page by page gives the same hits as all at once, and ends."""
    whole = ids(index.search(query, mode=mode, limit=100))
    followed: list[str] = []
    cursor: str | None = None
    while True:
        answer = index.search(query, mode=mode, limit=step, after=cursor)
        followed += ids(answer)
        cursor = answer.cursor
        if cursor is None:
            break
    assert followed == whole
    assert ids(index.search(query, mode=mode, limit=step, offset=2)) == whole[2 : 2 + step]


def test_a_cursor_is_of_one_mode(index: Index) -> None:
    """A page by meaning is not the next of one by words."""
    cursor = index.search("officers", limit=1).cursor
    with pytest.raises(UsageError, match="another query"):
        index.search("officers", limit=1, after=cursor, mode="hybrid")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("query", "said"),
    [pytest.param("role:finding", "needs words", id="conditions alone"), pytest.param("", "needs words", id="nothing")],
)
def test_words_are_needed(index: Index, query: str, said: str, mode: Mode) -> None:
    """Without words nothing is meant, and the answer says so."""
    with pytest.raises(UsageError, match=said):
        index.search(query, mode=mode)


@pytest.mark.parametrize("mode", MODES)
def test_not_by_date(index: Index, mode: Mode) -> None:
    """Nearness is the order; another is refused."""
    with pytest.raises(UsageError, match="order of likeness"):
        index.search("moped", mode=mode, sort="newest")


def test_without_vectors(empty: Index, corpus: list[Tagged]) -> None:
    """An index without vectors answers by words, and says what to do for meaning."""
    empty.publish(corpus)
    assert not empty.describe().vectors
    assert empty.search("whatsapp").total == 1
    with pytest.raises(UsageError, match="no vectors") as caught:
        empty.search("whatsapp", mode="meaning")
    assert "--vectors" in str(caught.value.mend)


def test_increments_keep_vectors(empty: Index, corpus: list[Tagged], reference: MemoryIndex) -> None:
    """What is added, replaced and removed has its vectors added, replaced and removed."""
    empty.publish(corpus[:4], vectors=True)
    empty.publish([corpus[2], *corpus[4:], corpus[5]], remove=[corpus[0].report.id])
    assert empty.describe().vectors
    empty.publish([corpus[0], corpus[0]])
    for query in QUERIES[:3]:
        asked = {"limit": 100, "mode": "meaning"}
        assert facts(empty.search(query, **asked)) == facts(reference.search(query, **asked))


def test_all_or_none(empty: Index, corpus: list[Tagged]) -> None:
    """Vectors are not added to a part: the served generation stays as it is."""
    empty.publish(corpus[:2])
    before = empty.describe()
    with pytest.raises(UsageError, match="for all passages or for none"):
        empty.publish(corpus[2:], vectors=True)
    assert empty.describe() == before
    assert empty.publish(corpus, vectors=True, keep_rest=False).vectors
    assert not empty.publish(corpus, vectors=False, keep_rest=False).vectors
