"""Exact intervals and tests, from scipy; only their names are ours.

Intervals, which every comparison shows, come from scipy.special: scipy.stats gives the same and takes 1.5 s to load.
"""

from collections.abc import Sequence
from functools import lru_cache

LEVEL = 0.95


@lru_cache(maxsize=100_000)
def count_interval(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Garwood's exact interval for a Poisson count.

    Examples:
        >>> [round(end, 2) for end in count_interval(10)], [round(end, 2) for end in count_interval(0)]
        ([4.8, 18.39], [0.0, 3.69])
    """
    from scipy import special

    tail = (1 - level) / 2
    low = float(special.gammaincinv(count, tail)) if count else 0.0
    return low, float(special.gammainccinv(count + 1, tail))


@lru_cache(maxsize=100_000)
def share_interval(part: int, whole: int, level: float = LEVEL) -> tuple[float, float]:
    """Clopper and Pearson's exact interval for a share.

    Examples:
        >>> [round(end, 3) for end in share_interval(3, 10)]
        [0.067, 0.652]
    """
    from scipy import special

    tail = (1 - level) / 2
    low = float(special.betaincinv(part, whole - part + 1, tail)) if part else 0.0
    high = float(special.betainccinv(part + 1, whole - part, tail)) if part < whole else 1.0
    return low, high


def poisson_test(count: int, expected: float) -> float:
    """Two-sided exact p of a count where *expected* events are expected: twice the smaller tail, as Garwood's limits.

    Examples:
        >>> round(poisson_test(10, 4.8), 3), poisson_test(5, 5.0)
        (0.05, 1.0)
    """
    from scipy import special

    below, above = special.pdtr(count, expected), special.pdtrc(count - 1, expected) if count else 1.0
    return min(1.0, 2 * float(min(below, above)))


@lru_cache(maxsize=100_000)
def share_test(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """Fisher's exact p, two-sided, that two shares are one.

    Examples:
        >>> round(share_test(9, 10, 1, 10), 4)
        0.0011
    """
    import numpy as np
    from scipy import stats

    table = np.array([[part, whole - part], [other_part, other_whole - other_part]])
    return float(stats.fisher_exact(table).pvalue)


def adjusted(ps: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's adjusted p of each, in the same order."""
    from scipy import stats

    return [float(q) for q in stats.false_discovery_control(list(ps))] if ps else []


def funnel(overall: float, exposure: float, level: float) -> tuple[float, float]:
    """Rates between which a group of this size lies with probability *level* if it does not differ."""
    from scipy import stats

    tail, expected = (1 - level) / 2, overall * exposure
    low, high = (float(stats.poisson.ppf(place, expected)) for place in (tail, 1 - tail))
    return low / exposure, high / exposure
