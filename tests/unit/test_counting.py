"""Facets as numbers: one stands for all values of a passage, and counts come out as if values were counted."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.embedded import EmbeddedIndex, counting
from index.embedded.counting import TABLE, Kinds
from index.facets import ranked


def report(number):
    """Two passages of one report."""
    about = Report(id=f"r{number}", sha256="0" * 64, url="r.pdf", title="A title", source="folder")
    blocks = [Block(ordinal=n, kind=BlockKind.PARAGRAPH, text="Some words.", pages=(1,)) for n in range(2)]
    passages = tuple(Passage(id=f"r{number}:{block.ordinal}", report=about, block=block) for block in blocks)
    return Tagged(report=about, maker=Maker(name="none", revision="0"), passages=passages)


VALUES = st.lists(st.sampled_from("abcdé"), unique=True, max_size=4).map(tuple)


@given(st.lists(VALUES))
def test_counted_as_values_are(passages):
    """The numbers of many passages tell how often each value comes, most frequent first and then by name."""
    kinds = Kinds()
    numbers = Counter(kinds.number("theme", values) for values in passages)
    assert kinds.told("theme", numbers) == ranked(Counter(value for values in passages for value in values))


@given(st.lists(VALUES), st.lists(VALUES))
def test_a_table_goes_on(tmp_path_factory, before, after):
    """Numbers that were given stay, whatever comes after the table was written and read."""
    path = tmp_path_factory.mktemp("kinds") / TABLE
    kinds = Kinds()
    given_before = [kinds.number("role", values) for values in before]
    kinds.write(path)
    again = Kinds.read(path)
    for values in after:
        again.number("role", values)
    assert [again.number("role", values) for values in before] == given_before


def test_order_makes_no_other_kind():
    """Values are counted whatever order they stand in; each facet has numbers of its own."""
    kinds = Kinds()
    assert kinds.number("force", ("b", "a")) == kinds.number("force", ("a", "b")) == 0
    assert kinds.number("force", ("a",)) == 1
    assert kinds.number("role", ("x",)) == 0


@pytest.mark.parametrize("most", [60_000, 3, 0])
def test_more_kinds_than_the_engine_counts(tmp_path, monkeypatch, most):
    """A facet with more numbers than the engine counts is counted hit by hit: the counts are the same."""
    monkeypatch.setattr(counting, "MOST_NUMBERS", most)
    monkeypatch.setattr("index.embedded.reader.COUNTED_AT_ONCE", 0)
    index = EmbeddedIndex(tmp_path)
    index.publish(map(report, range(10)))
    answer = index.search("words", limit=1, facets=("report", "source"))
    assert answer.total == 20
    assert answer.facets == {"report": dict.fromkeys([f"r{n}" for n in range(10)], 2), "source": {"folder": 20}}
    assert list(answer.facets) == ["report", "source"]
