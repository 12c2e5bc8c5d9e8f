"""Search by meaning: passages and queries as vectors, and the two rankings fused in one way for every back end.

``encoder`` makes vectors and needs numpy; nothing else here does, so that a search by words loads none of it.
"""

from typing import NamedTuple

DIMENSIONS = 256
"""Numbers of a vector."""


class Sought(NamedTuple):
    """One word or phrase of a query, with its other names and how much these count beside it."""

    text: str
    others: tuple[str, ...] = ()
    share: float = 1.0
