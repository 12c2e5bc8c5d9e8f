"""What a query should find is guessed from how often its words stand."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.expecting import at_least, expected
from index.plan import At, Best, Between, Bool, Keys, Run, Starts, Step, Term

PASSAGES = 1_000
HELD = {("text", "force"): 500, ("text", "taser"): 100, ("keys", "role:finding"): 250, ("keys", "role:outcome"): 900}


def held(field: str, term: str) -> int:
    """In how many passages a term stands."""
    return HELD.get((field, term), 0)


FORCE, TASER, ABSENT = Term("text", "force"), Term("text", "taser"), Term("text", "zebra")

CASES: list[tuple[str, Step, float]] = [
    ("a word stands as often as it stands", FORCE, 500),
    ("a word that stands nowhere", ABSENT, 0),
    ("words in a row stand no more often than the rarest", Run("text", ("force", "taser")), 100),
    ("both words", Bool(must=(FORCE, TASER)), 50),
    ("either word", Bool(should=(FORCE, TASER), need=1), 550),
    ("either name of a word", Best(((1.0, FORCE), (0.5, TASER))), 550),
    ("two words of three", Bool(should=(FORCE, TASER, ABSENT), need=2), 50),
    ("a word without another", Bool(must=(TASER,), never=(FORCE,)), 50),
    ("a word that only ranks", Bool(must=(TASER,), should=(FORCE,)), 100),
    ("a condition", Bool(must=(FORCE, Keys(("role:finding",)))), 125),
    ("conditions add up, to all passages at most", Keys(("role:finding", "role:outcome")), 1_000),
    ("few places", At((1, 2)), 0),
    ("what is not counted may be everywhere", Bool(must=(TASER, Between("page", 1, 9), Starts("text", "a"))), 100),
]


@pytest.mark.parametrize(("rule", "step", "passages"), CASES, ids=[rule for rule, _, _ in CASES])
def test_expected(rule: str, step: Step, passages: float) -> None:
    """Words are taken to stand without regard to each other."""
    assert expected(step, held, PASSAGES) == pytest.approx(passages), rule


def test_an_empty_index_has_nothing_to_expect() -> None:
    """No division by the number of no passages."""
    assert expected(FORCE, lambda field, term: 0, 0) == 0


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 7))
def test_at_least_is_the_sum_over_all_ways(shares: list[float], need: int) -> None:
    """The chance of enough events is that of each way in which enough of them happen, added."""
    ways = itertools.product((False, True), repeat=len(shares))
    chance = sum(
        math.prod(share if happens else 1 - share for share, happens in zip(shares, way, strict=True))
        for way in ways
        if sum(way) >= need
    )
    assert at_least(need, shares) == pytest.approx(chance, abs=1e-9)
