"""Vectors in lists round centres: each held once, in the list of the centre nearest to it, whatever came and went."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.embedded import centres, nearest
from index.embedded.nearest import Filling, Nearest, read
from index.fields import place
from index.meaning import DIMENSIONS
from index.meaning.encoder import Vector, encoder, likeness
from tests.support.tagged import tagged

VECTORS = arrays.arrays(np.int8, st.tuples(st.integers(0, 60), st.just(DIMENSIONS)), elements=st.integers(-127, 127))
CHANGES = st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=12)


def drawn(count: int, seed: int = 0) -> Vector:
    """Vectors round a dozen directions, as texts of a dozen matters have them."""
    draw = np.random.default_rng(seed)
    matters = draw.normal(size=(12, DIMENSIONS))
    rows = matters[draw.integers(0, 12, count)] + 0.8 * draw.normal(size=(count, DIMENSIONS))
    return np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)


@pytest.fixture
def in_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a few dozen vectors were very many."""
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 0)
    monkeypatch.setattr(nearest, "COMPARED", 10)
    monkeypatch.setattr(centres, "A_LIST", 5)


def written(path: Path, numbers: list[int]) -> None:
    """One publishing that adds reports by number."""
    filling = Filling(path)
    for number in numbers:
        filling.add(tagged(number).passages)
    filling.finish()


@settings(max_examples=40)
@given(changes=CHANGES)
def test_what_came_and_went(changes: list[tuple[bool, int]], tmp_path_factory: pytest.TempPathFactory) -> None:
    """After any additions and removals, over one publishing or several, exactly what should be held is."""
    path = tmp_path_factory.mktemp("nearest") / "vectors"
    expected: set[int] = set()
    for again in (changes, changes[::2]):
        filling = Filling(path)
        for comes, number in again:
            filling.drop(f"r{number}")
            expected.discard(number)
            if comes:
                filling.add(tagged(number).passages)
                expected.add(number)
        filling.finish()
    places = {place(f"r{number}", ordinal) for number in expected for ordinal in range(3)}
    held = read(path)
    assert len(held.keys) == len(places)
    assert set(held.keys.tolist()) == places


@pytest.mark.usefixtures("in_lists")
def test_each_is_in_the_list_of_its_centre(tmp_path: Path) -> None:
    """Lists hold every vector once, in order of place, and each is nearer to no other centre."""
    written(tmp_path / "v", list(range(20)))
    held = read(tmp_path / "v")
    assert held.starts[0] == 0
    assert held.starts[-1] == len(held.keys) == 60
    which = centres.nearest(held.vectors, held.centres)
    for one, (begin, end) in enumerate(zip(held.starts[:-1], held.starts[1:], strict=True)):
        assert (which[begin:end] == one).all()
        assert (np.diff(held.keys[begin:end].astype(np.int64)) > 0).all()


@pytest.mark.usefixtures("in_lists")
def test_centres_stay_until_there_are_twice_as_many(tmp_path: Path) -> None:
    """A small addition goes into the lists there are; a large one makes others."""
    written(tmp_path / "v", list(range(20)))
    first = read(tmp_path / "v")
    written(tmp_path / "v", [20])
    second = read(tmp_path / "v")
    assert np.array_equal(second.centres, first.centres)
    assert len(second.keys) == len(first.keys) + 3
    written(tmp_path / "v", list(range(21, 60)))
    assert len(read(tmp_path / "v").centres) > len(first.centres)


@given(VECTORS)
def test_centres_are_directions(vectors: Vector) -> None:
    """Centres have length one, or none where nothing points anywhere, and are the same from the same vectors."""
    if len(vectors):
        found = centres.found(vectors)
        lengths = np.linalg.norm(found, axis=1)
        assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))
        assert np.array_equal(found, centres.found(vectors))


def test_most_of_the_nearest_are_in_the_nearest_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of the vectors, in the lists nearest to a query, holds nine in ten of its fifty nearest."""
    monkeypatch.setattr(centres, "A_LIST", 40)
    vectors, asked = drawn(2_000), drawn(20, seed=1)
    own = centres.found(vectors)
    which = centres.nearest(vectors, own)
    shares: list[float] = []
    for query in asked:
        near = set(np.argsort(-likeness(vectors, query))[:50].tolist())
        ranks = np.argsort(centres.in_order(query, own))[which]
        looked_at = set(np.argsort(ranks, kind="stable")[:500].tolist())
        shares.append(len(near & looked_at) / 50)
    assert np.mean(shares) > 0.9


@pytest.mark.parametrize("few", [True, False])
def test_among_is_what_comparing_each_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: bool) -> None:
    """Of given places the nearest come first, ties by place; a place that is not held is none."""
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 1_000 if few else 0)
    monkeypatch.setattr(centres, "A_LIST", 5)
    written(tmp_path / "v", list(range(20)))
    vector = encoder().passages(["Words of 3 and 2"])[0]
    places = [place(f"r{number}", ordinal) for number in (3, 7, 99) for ordinal in range(3)]
    found = Nearest(tmp_path / "v").among(places, vector, 4)
    held = read(tmp_path / "v")
    alike = {
        int(key): float(like) for key, like in zip(held.keys, np.round(likeness(held.vectors, vector), 4), strict=True)
    }
    assert found == sorted(((at, alike[at]) for at in places if at in alike), key=lambda pair: (-pair[1], pair[0]))[:4]
