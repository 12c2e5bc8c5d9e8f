"""Passages in parts: one index whatever lies where, and the same answers from one walk as from several."""

import json
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Tagged
from index.embedded import EmbeddedIndex, parts
from index.embedded.schema import schema
from index.protocol import Answer
from tests.support.tagged import tagged

FACETS = ("report", "role", "theme")


def joined(home: Path) -> Path:
    """The folder of passages of the generation that was written last."""
    return max((home / "generations").iterdir(), key=lambda one: int(one.name.split("-")[0])) / "search"


def segments(listed: Path) -> set[str]:
    """The names of the segments in a list."""
    return {one["segment_id"].replace("-", "") for one in json.loads(listed.read_text())["segments"]}


def asked(index: EmbeddedIndex, query: str) -> Answer:
    """What *index* says, with all that it can be asked for."""
    return index.search(query, limit=7, facets=FACETS)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that was added to, taken from and changed a dozen times."""
    home = tmp_path_factory.mktemp("grown")
    index = EmbeddedIndex(home)
    index.publish([tagged(n, f"words of number {n % 5} among others {n % 3}") for n in range(30)])
    for n in range(12):
        again = [tagged(n, "words said anew"), tagged(100 + n, "further words of number 3")]
        index.publish(again, remove=[f"r{29 - n}"])
    return home


@given(st.text())
def test_a_report_is_in_one_part(name):
    """Any report is in one of the parts, and always in the same."""
    assert parts.part_of(name) == parts.part_of(name)
    assert parts.part_of(name) in range(parts.COUNT)


def test_no_part_is_left_out():
    """Reports spread over the parts, so that no walk has all of the work."""
    spread = [parts.part_of(f"r{n}") for n in range(200)]
    assert min(spread.count(n) for n in range(parts.COUNT)) > 200 / parts.COUNT / 2


def test_a_segment_holds_one_part(grown):
    """However often an index is added to, the passages of a segment are of one part: a walk leaves the others out."""
    folder = joined(grown)
    searcher = tantivy.Index.open(str(folder)).searcher()
    for n in range(parts.COUNT):
        own = tantivy.Query.term_query(schema(), parts.FIELD, str(n))
        hits = searcher.search(own, searcher.num_docs).hits
        listed = json.loads((folder / f"part-{n}.json").read_text())["segments"]
        alive = sum(one["max_doc"] - (one["deletes"] or {"num_deleted_docs": 0})["num_deleted_docs"] for one in listed)
        assert len(hits) == alive > 0
        assert len({address.segment_ord for _, address in hits}) == len(listed)


def test_the_joined_index_holds_the_parts_and_nothing_else(grown):
    """The list of the whole is that of its parts, and no file of a segment that was merged away is kept."""
    folder = joined(grown)
    each = [segments(folder / f"part-{n}.json") for n in range(parts.COUNT)]
    assert segments(folder / "meta.json") == set.union(*each)
    assert sum(map(len, each)) == len(set.union(*each))
    named = {path.name.split(".")[0] for path in folder.iterdir() if path.suffix not in (".json", ".lock")}
    assert named == segments(folder / "meta.json")


def test_taken_apart_and_joined_is_the_same(grown, tmp_path):
    """What is taken apart to be added to and joined without an addition is the same index."""
    parts.taken_apart(joined(grown), tmp_path)
    parts.join(tmp_path, tmp_path / "search")
    before, after = (
        {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".managed.json"}
        for folder in (joined(grown), tmp_path / "search")
    )
    assert {name: after[name] for name in before if not name.endswith(".lock")} == after


@pytest.mark.parametrize(
    "query",
    ["words", "number", "3", "number 3 others 1", "words of number 2 among others", "words -number", "",
     "anew OR further", '"number 3"', "nothing of this stands there", "report:r3", "year:2001"],
)  # fmt: skip
def test_walks_beside_each_other_answer_as_one(grown, query):
    """Hits, their scores, totals and facets are those of one walk."""
    assert asked(EmbeddedIndex(grown, parted=0), query) == asked(EmbeddedIndex(grown, parted=1_000_000), query)


def test_ties_over_parts_are_settled(tmp_path):
    """Among passages of one score in several parts, a page holds the first by place."""
    reports: list[Tagged] = [tagged(n, "the very same words", 4) for n in range(60)]
    EmbeddedIndex(tmp_path).publish(reports)
    one, several = (EmbeddedIndex(tmp_path, parted=parted) for parted in (1_000_000, 0))
    assert one.search("same words", limit=9) == several.search("same words", limit=9)
