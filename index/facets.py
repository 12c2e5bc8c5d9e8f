"""Counts of hits by value, in one order."""

from collections import Counter
from operator import itemgetter


def ranked(counts: Counter[str]) -> dict[str, int]:
    """Most frequent first, then by name.

    Examples:
        >>> ranked(Counter(["b", "a", "a", "c"]))
        {'a': 2, 'b': 1, 'c': 1}
    """
    return dict(sorted(sorted(counts.items()), key=itemgetter(1), reverse=True))
