"""The vectors of a generation's passages, in one file beside the search files.

Up to ``EXACT_UP_TO`` of them all are compared with a query; beyond, those in the lists nearest to it (``centres``).
"""

# safetensors and usearch type their calls in part; what comes out of them is narrowed where it enters.
# pyright: reportUnknownVariableType=false

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file
from usearch.index import search

from extractors.records import Passage
from index.embedded import centres
from index.embedded.centres import Centres, Ordinals
from index.fields import LAST_ORDINAL, place, texts
from index.meaning import DIMENSIONS
from index.meaning.encoder import Vector, encoder, likeness

EXACT_UP_TO = 100_000
"""Of so many passages each is compared, which takes some 6 ms; of more those in the nearest lists."""
COMPARED = 100_000
"""So many are compared at least, where not all are."""
GROWTH = 2
"""A generation that has grown so many times since its centres were found has others found."""
AT_ONCE = 4_000
"""Passages whose vectors are made together."""
SPARE = 50
"""Found beyond those wanted, so that ties are put in order of place."""

Near: TypeAlias = list[tuple[int, float]]
Keys: TypeAlias = NDArray[np.uint64]


class Held(NamedTuple):
    """Vectors with the places of their passages, list by list and in each by place."""

    keys: Keys
    vectors: Vector
    centres: Centres
    starts: Ordinals
    """Of each list; one more for the end."""
    learnt_of: int
    """Vectors among which the centres were found."""


class _Part:
    """Vectors that came together, and which of them stay."""

    def __init__(self, keys: Keys, vectors: Vector) -> None:
        self.keys, self.vectors = keys, vectors
        self.kept = np.ones(len(keys), dtype=np.bool_)


class Filling:
    """The vectors of a generation while it is being written.

    Args:
        path: the file; what lies there is added to.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = read(path) if path.exists() else _listed(_no_keys(), _no_vectors(), None)
        self._parts = [_Part(self._held.keys, self._held.vectors)]
        self._waiting: list[tuple[int, str]] = []

    def add(self, passages: Sequence[Passage]) -> None:
        """Put the passages of a report in."""
        self._waiting += [(place(one.report.id, one.block.ordinal), texts(one)["text"]) for one in passages]
        if len(self._waiting) >= AT_ONCE:
            self._settle()

    def drop(self, report_id: str) -> None:
        """Take out all passages of a report."""
        self._settle()
        begin = np.uint64(place(report_id, 0))
        end = np.uint64(place(report_id, 0) | LAST_ORDINAL)
        for part in self._parts:
            part.kept &= (part.keys < begin) | (part.keys > end)

    def finish(self) -> None:
        """Write the file."""
        self._settle()
        keys = np.concatenate([part.keys[part.kept] for part in self._parts])
        vectors = np.concatenate([part.vectors[part.kept] for part in self._parts])
        grown = len(keys) > GROWTH * self._held.learnt_of
        held = _listed(keys, vectors, None if grown else self._held)
        self._path.unlink(missing_ok=True)  # it may be a link to that of the served generation
        save_file(
            {"keys": held.keys, "vectors": held.vectors, "centres": held.centres, "starts": held.starts},
            self._path,
            metadata={"learnt_of": str(held.learnt_of)},
        )

    def _settle(self) -> None:
        if not self._waiting:
            return
        keys = np.array([at for at, _ in self._waiting], dtype=np.uint64)
        vectors = encoder().passages([said for _, said in self._waiting])
        self._waiting.clear()
        telling = vectors.any(axis=1)
        self._parts.append(_Part(keys[telling], vectors[telling]))


class Nearest:
    """The vectors of a generation, for reading.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._held = read(path)

    @cached_property
    def _order(self) -> Ordinals:
        """The rows in order of place: only a search among given places looks them up."""
        return np.argsort(self._held.keys, kind="stable")

    def of_all(self, vector: Vector, most: int) -> Near:
        """The passages nearest to *vector*, by place, with their likeness."""
        held = self._held
        if not len(held.keys) or not vector.any():
            return []
        if len(held.keys) <= EXACT_UP_TO:
            return _nearest(held.keys, held.vectors, vector, most)
        spans = list(self._spans(vector, max(COMPARED, most)))
        keys = np.concatenate([held.keys[span] for span in spans])
        vectors = np.concatenate([held.vectors[span] for span in spans])
        return _nearest(keys, vectors, vector, most)

    def among(self, places: Collection[int], vector: Vector, most: int) -> Near:
        """Those of *places* nearest to *vector*."""
        wanted = np.sort(np.fromiter(places, dtype=np.uint64, count=len(places)))
        keys = self._held.keys
        if not len(wanted) or not len(keys) or not vector.any():
            return []
        at = np.minimum(np.searchsorted(keys, wanted, sorter=self._order), len(keys) - 1)
        rows = self._order[at]
        rows = np.sort(rows[keys[rows] == wanted])
        return _nearest(keys[rows], self._held.vectors[rows], vector, most)

    def _spans(self, vector: Vector, enough: int) -> Iterator[slice]:
        """The lists nearest to *vector* that hold *enough* together."""
        seen = 0
        for one in centres.in_order(vector, self._held.centres):
            begin, end = self._held.starts[one], self._held.starts[one + 1]
            yield slice(begin, end)
            seen += int(end - begin)
            if seen >= enough:
                return


def read(path: Path) -> Held:
    """What a file holds; its vectors stay on disk until they are looked at.

    Raises:
        ValueError: it is damaged.
        OSError: it cannot be read.
    """
    try:
        with cast("Any", safe_open)(path, framework="numpy") as file:
            keys = cast("Keys", file.get_tensor("keys"))
            own = cast("Centres", file.get_tensor("centres"))
            starts = cast("Ordinals", file.get_tensor("starts"))
            learnt_of = int(file.metadata()["learnt_of"])
    except SafetensorError:
        raise ValueError(f"{path.name} is damaged") from None
    return Held(keys, _on_disk(path, len(keys)), own, starts, learnt_of)


def _on_disk(path: Path, count: int) -> Vector:
    """The vectors of a file as they lie on disk; where they begin stands in its header (the safetensors format)."""
    if not count:
        return _no_vectors()
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        begin, _ = json.loads(file.read(size))["vectors"]["data_offsets"]
    return np.memmap(path, np.int8, "r", offset=8 + size + begin, shape=(count, DIMENSIONS))


def _listed(keys: Keys, vectors: Vector, former: Held | None) -> Held:
    """Vectors in lists round the centres of *former*, or round others where there is none; in one list while few."""
    if len(keys) <= EXACT_UP_TO:
        own, learnt_of = np.zeros((1, DIMENSIONS), dtype=np.float32), 0
    elif former is not None:
        own, learnt_of = former.centres, former.learnt_of
    else:
        own, learnt_of = centres.found(vectors), len(keys)
    which = centres.nearest(vectors, own)
    order = np.lexsort((keys, which))
    starts = np.searchsorted(which[order], np.arange(len(own) + 1))
    return Held(keys[order], vectors[order], own, starts, learnt_of)


def _nearest(keys: Keys, vectors: Vector, vector: Vector, most: int) -> Near:
    """The best of some vectors, ties in order of place."""
    if not len(keys):
        return []
    found = search(np.ascontiguousarray(vectors), vector, min(most + SPARE, len(keys)), exact=True)  # by cosine
    rows = np.asarray(found.keys, dtype=np.int64)
    alike = np.round(likeness(vectors[rows], vector), 4)
    best = np.lexsort((keys[rows], -alike))[:most]
    return [(int(keys[rows[n]]), float(alike[n])) for n in best]


def _no_keys() -> Keys:
    return np.zeros(0, dtype=np.uint64)


def _no_vectors() -> Vector:
    return np.zeros((0, DIMENSIONS), dtype=np.int8)
