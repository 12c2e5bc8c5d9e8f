"""Frequent words looked at beside rare ones only: nothing else is found, and nothing scores otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.collection import Collection
from index.embedded.narrowing import FREQUENT, narrowed
from index.plan import Best, Bool, Run, Starts, Term

TEXTS = ["a b c", "a b", "a c d", "a", "a e", "b c d e", "a b d", "a a a e", "c", "a d e b", "", "a b c d e"]
WORDS = st.sampled_from("abcde").map(lambda word: Term("text", word))
STEPS = st.one_of(
    WORDS,
    st.builds(lambda one, other: Run("text", (one.term, other.term)), WORDS, WORDS),
    st.builds(lambda one, other: Best(((1.0, one), (0.5, other)), 0.2), WORDS, WORDS),
    st.just(Starts("exact", "a")),
)


@pytest.fixture(scope="module")
def held() -> Collection:
    made = Collection(("text",), ("exact",))
    for number, text in enumerate(TEXTS):
        made.add({"text": text, "exact": text}, frozenset(), {}, 0, number, ".")
    return made


@settings(max_examples=300)
@given(st.lists(STEPS, min_size=1, max_size=6), st.data())
def test_the_same_is_found(held, words, data):
    """Whatever is asked for, and however many of it, ids and scores are those of the query as it was."""
    need = data.draw(st.integers(0, len(words)))
    step = Bool(must=(Bool(should=tuple(words), need=need),))
    assert held.scores(narrowed(step, lambda field, term: held.fields[field].frequency(term))) == pytest.approx(
        held.scores(step)
    )


def often(counts):
    return lambda _, term: counts[term]


A, B, C = (Term("text", term) for term in "abc")
BESIDE_BOTH = Best(((0.0, Bool(should=(B, C), need=1)),))


@pytest.mark.parametrize(
    ("need", "counts", "expected"),
    [
        pytest.param(2, {"a": 100, "b": 10, "c": 5}, (Bool(must=(A, BESIDE_BOTH)), B, C), id="one far more frequent"),
        pytest.param(2, {"a": FREQUENT * 15, "b": 10, "c": 5}, (A, B, C), id="not frequent enough"),
        pytest.param(3, {"a": 100, "b": 10, "c": 5}, (A, B, C), id="all needed: the engine begins with the rarest"),
        pytest.param(1, {"a": 100, "b": 10, "c": 5}, (A, B, C), id="any will do: all must be looked at"),
    ],
)
def test_which_are_narrowed(need, counts, expected):
    """Of some words that must be found, those far more frequent than the rare ones are looked at beside them."""
    assert narrowed(Bool(should=(A, B, C), need=need), often(counts)).should == expected


def test_beginnings_count_as_frequent():
    """How often words begin so is not known before they were sought, so they are not sought first."""
    begins = Starts("exact", "a")
    step = narrowed(Bool(should=(begins, B, C), need=2), often({"b": 10, "c": 5}))
    assert step.should == (Bool(must=(begins, BESIDE_BOTH)), B, C)
