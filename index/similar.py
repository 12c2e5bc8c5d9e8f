"""What makes a text like another: its telling terms."""

import math
from collections import Counter
from collections.abc import Callable

MOST_TERMS = 25
SHORTEST = 3


def telling_terms(terms: list[str], frequency: Callable[[str], int], passages: int) -> list[str]:
    """The terms that say most about a text, by how often it uses them and how few passages do; ties by name."""
    weights = {
        term: times * math.log(1 + passages / held)
        for term, times in Counter(terms).items()
        if len(term) >= SHORTEST and (held := frequency(term))
    }
    return sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
