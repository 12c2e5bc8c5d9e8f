"""Vectors in lists, each round a centre: of very many only those in the lists nearest to a query are compared.

An inverted file (Jégou, Douze and Schmid 2011, without their codes): k-means over a sample, then every vector goes to
the centre nearest to it. Telling that for a million vectors is a product of matrices, where a graph of neighbours took
half an hour to grow.
"""

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from index.meaning.encoder import Vector

MOST = 1_024
A_LIST = 400
"""Vectors of a list, about, while there are fewer than ``MOST`` lists."""
_A_CENTRE = 30
"""Vectors of the sample for each centre."""
_PASSES = 8
_AT_ONCE = 20_000

Centres = NDArray[np.float32]
Ordinals = NDArray[np.int64]


def found(vectors: Vector) -> Centres:
    """Centres for *vectors*, one a row, of length one; the same from the same."""
    count = max(1, min(MOST, len(vectors) // A_LIST))
    sample = np.linspace(0, len(vectors) - 1, min(len(vectors), count * _A_CENTRE)).astype(np.int64)
    directions = _directions(vectors[np.unique(sample)])
    with warnings.catch_warnings():  # of a centre that nothing is near to: its list stays empty, which does no harm
        warnings.simplefilter("ignore", UserWarning)
        centres, _ = kmeans2(directions, count, iter=_PASSES, minit="points", seed=0)
    return _unit(centres.astype(np.float32))


def nearest(vectors: Vector, centres: Centres) -> Ordinals:
    """The ordinal of the centre nearest to each of *vectors*."""
    parts = (vectors[at : at + _AT_ONCE] for at in range(0, len(vectors), _AT_ONCE))
    each = [np.argmax(_directions(part) @ centres.T, axis=1) for part in parts]
    return np.concatenate(each) if each else np.zeros(0, dtype=np.int64)


def in_order(vector: Vector, centres: Centres) -> Ordinals:
    """The centres from the nearest to *vector* on."""
    return np.argsort(-(centres @ _directions(vector[None])[0]), kind="stable")


def _directions(vectors: Vector) -> NDArray[np.float32]:
    return _unit(vectors.astype(np.float32))


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths == 0, 1, lengths)).astype(np.float32)
