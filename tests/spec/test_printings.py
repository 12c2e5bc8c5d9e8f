"""What a report prints twice is one hit, in every back end, and counts stay those of passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.printings import folded, printings
from index.protocol import Filters, Hit, Index, Mode

ADVICE = "The force should publish, each quarter, how many cameras were lost and what was done to find them."
REPRINT = "7. The force should publish each quarter how many cameras were lost, and what was done to find them."
OTHER = "The force should publish, each quarter, how many dogs were trained and what the handlers were taught."
SHORT = "Lost cameras"


def report(name: str, *said: tuple[int, str]) -> Tagged:
    about = Report(id=name, sha256="0" * 64, url=f"file:///{name}.pdf", title=f"Report {name}", page_count=300)
    passages = tuple(
        Passage(
            id=f"{name}:{n}",
            report=about,
            block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text, pages=(page,)),
        )
        for n, (page, text) in enumerate(said)
    )
    return Tagged(report=about, maker=Maker(name="by-hand", revision="1"), passages=passages)


TWICE = report("a", (3, ADVICE), (4, OTHER), (5, SHORT), (214, REPRINT), (215, SHORT))
ONCE = report("b", (9, ADVICE))
ANNEXED = [(page, f"{ADVICE} See also the annex.") for page in range(1, 41)]
MANY = report("c", *ANNEXED, (50, "Other cameras were lost."))


def shown(index: Index, query: str, **asked: object) -> list[str]:
    return [hit.passage.id for hit in index.search(query, **asked).hits]


@pytest.mark.parametrize("mode", ["text", "meaning", "hybrid"])
def test_one_hit_for_two_printings(empty: Index, mode: Mode) -> None:
    """Of two printings one is shown and names the other; total and facets count both; another report's is its own."""
    empty.publish([TWICE, ONCE], vectors=True)
    answer = empty.search("publish cameras lost quarter", mode=mode, facets=("report",))
    mine = [hit for hit in answer.hits if hit.passage.id in {"a:0", "a:3"}]
    assert len(mine) == 1
    (also,) = mine[0].also
    assert {mine[0].passage.id, also.id} == {"a:0", "a:3"}
    assert {mine[0].passage.block.pages, also.pages} == {(3,), (214,)}
    assert [hit.also for hit in answer.hits if hit.passage.id == "b:0"] == [()]
    assert answer.total == sum(answer.facets["report"].values())
    assert answer.total + answer.beside == len(answer.hits) + 1


def test_a_condition_that_one_printing_meets(empty: Index) -> None:
    """A printing that answers alone is shown, with where else it stands."""
    empty.publish([TWICE])
    (hit,) = empty.search("cameras page:214").hits
    assert (hit.passage.id, [one.pages for one in hit.also]) == ("a:3", [(3,)])


def test_headings_stand_for_themselves(empty: Index) -> None:
    """A few words that a report uses again and again are not printings of one text."""
    empty.publish([TWICE])
    assert {"a:2", "a:4"} <= set(shown(empty, '"lost cameras"'))


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_pages_of_folded_hits(empty: Index, sort: str) -> None:
    """A page is filled from beyond what is folded, cursors go on after it, and no text is shown twice on a page."""
    empty.publish([TWICE, ONCE, MANY])
    seen: list[str] = []
    cursor, pages = None, 0
    while True:
        answer = empty.search("cameras", limit=2, sort=sort, after=cursor)
        ids = [hit.passage.id for hit in answer.hits]
        named = {one.id for hit in answer.hits for one in hit.also}
        assert not named & set(ids)
        seen += ids
        cursor, pages = answer.cursor, pages + 1
        if cursor is None:
            break
    assert answer.total == len(list(empty.every("cameras")))
    assert len(seen) == len(set(seen))
    assert {"b:0", "c:40"} <= set(seen)
    assert pages < answer.total / 2


def test_all_hits_are_all_passages(empty: Index) -> None:
    """Walking through every hit leaves none out, and each names its other printings."""
    empty.publish([TWICE])
    every = {hit.passage.id: [one.id for one in hit.also] for hit in empty.every("cameras", Filters())}
    assert (every["a:0"], every["a:3"]) == (["a:3"], ["a:0"])


def test_what_is_a_printing() -> None:
    """Punctuation, case and a number in front make no other text; other words do."""
    assert {name: [one.id for one in also] for name, also in printings(TWICE.passages).items()} == {
        "a:0": ["a:3"],
        "a:3": ["a:0"],
    }
    assert len(printings(MANY.passages)["c:0"]) == 39


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 5))
def test_folding_loses_nothing(groups: list[int], limit: int) -> None:
    """What was gone through is shown or named by what is shown, and no more than a page is shown."""
    passages = [report("x", *((n + 1, f"{ADVICE} {'abcdef'[n] * 60}") for n in groups))][0].passages
    also = printings(passages)
    hits = [Hit(passage=one, score=1, also=also.get(one.id, ())) for one in passages]
    kept, seen = folded(hits, limit)
    named = {one.id for hit in kept for one in hit.also} | {hit.passage.id for hit in kept}
    assert len(kept) <= limit
    assert all(hit.passage.id in named for hit in hits[:seen])
    assert len(kept) == limit or seen == len(hits)
