"""The vectors of a generation's passages, in one file of usearch beside the search files."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from usearch.index import Index

from extractors.records import Passage
from index.fields import LAST_ORDINAL, place, texts
from index.meaning import DIMENSIONS
from index.meaning.encoder import Vector, encoder, likeness

EXACT_UP_TO = 100_000
"""Of so many passages each is compared, which takes some 6 ms; of more the graph is followed."""
AT_ONCE = 4_000
"""Passages that are gathered before they go into the graph, so that all cores have something to do."""
SPARE = 50
"""Found beyond those wanted, so that ties are put in order of place."""
LOOKED_AT = 2_048
"""Neighbours that a walk through the graph keeps in sight: with 256 it finds 69 in 100 of the 250 nearest, so 93."""
ADDED_BESIDE = 64
"""The same while a passage finds its place in the graph: half of the work that 128 would be."""

Near: TypeAlias = list[tuple[int, float]]
Keys: TypeAlias = NDArray[np.uint64]


class Filling:
    """The vectors of a generation while it is being written.

    Args:
        path: the file; what lies there is added to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index = _opened(path, view=False) if path.exists() else _empty()
        self._held = np.sort(_keys(self._index))
        self._came: set[int] = set()
        self._waiting: list[tuple[int, str]] = []

    def add(self, passages: Sequence[Passage]) -> None:
        """Put the passages of a report in."""
        self._came.update(place(one.report.id, 0) for one in passages[:1])
        self._waiting += [(place(one.report.id, one.block.ordinal), texts(one)["text"]) for one in passages]
        if len(self._waiting) >= AT_ONCE:
            self._settle()

    def drop(self, report_id: str) -> None:
        """Take out all passages of a report."""
        begin = place(report_id, 0)
        if begin in self._came:  # it came in this very publishing, so it is not among what was held before
            self._settle()
            self._held = np.sort(_keys(self._index))
        first = np.searchsorted(self._held, np.uint64(begin), side="left")
        after = np.searchsorted(self._held, np.uint64(begin | LAST_ORDINAL), side="right")
        gone = self._held[first:after]
        if len(gone):
            self._index.remove(gone)

    def finish(self) -> None:
        """Write the file."""
        self._settle()
        self._path.unlink(missing_ok=True)  # it may be a link to that of the served generation
        self._index.save(str(self._path))

    def _settle(self) -> None:
        if not self._waiting:
            return
        keys = np.array([at for at, _ in self._waiting], dtype=np.uint64)
        vectors = encoder().passages([said for _, said in self._waiting])
        self._waiting.clear()
        telling = vectors.any(axis=1)
        self._index.add(keys[telling], vectors[telling])


class Nearest:
    """The vectors of a generation, for reading.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._index = _opened(path, view=True)

    def of_all(self, vector: Vector, most: int) -> Near:
        """The passages nearest to *vector*, by place, with their likeness."""
        held = len(self._index)
        if not held or not vector.any():
            return []
        return self._by_likeness(self._found(vector, most + SPARE, exact=held <= EXACT_UP_TO), vector, most)

    def among(self, places: Collection[int], vector: Vector, most: int) -> Near:
        """Those of *places* nearest to *vector*: all are compared, and sifted."""
        wanted = np.sort(np.fromiter(places, dtype=np.uint64, count=len(places)))
        if not len(wanted) or not len(self._index) or not vector.any():
            return []
        found = self._found(vector, len(self._index), exact=True)
        at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
        return self._by_likeness(found[wanted[at] == found][: most + SPARE], vector, most)

    def _found(self, vector: Vector, most: int, *, exact: bool) -> Keys:
        found = self._index.search(vector, min(most, len(self._index)), exact=exact)
        return np.asarray(found.keys, dtype=np.uint64)

    def _by_likeness(self, keys: Keys, vector: Vector, most: int) -> Near:
        if not len(keys):
            return []
        vectors = cast("Vector", self._index.get(keys))
        alike = np.round(likeness(vectors, vector), 4)
        best = np.lexsort((keys, -alike))[:most]
        return [(int(keys[n]), float(alike[n])) for n in best]


def _keys(index: Index) -> Keys:
    return np.asarray(index.keys[:] if len(index) else (), dtype=np.uint64)


def _empty() -> Index:
    return Index(ndim=DIMENSIONS, metric="cos", dtype="i8", expansion_add=ADDED_BESIDE, expansion_search=LOOKED_AT)


def _opened(path: Path, *, view: bool) -> Index:
    index = Index.restore(str(path), view=view)
    if index is None:
        raise ValueError(f"{path.name} is damaged")
    index.expansion_add, index.expansion_search = ADDED_BESIDE, LOOKED_AT
    return index
