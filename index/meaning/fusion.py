"""Rankings put together by the ranks alone, since scores of different kinds cannot be compared."""

from collections.abc import Iterable, Sequence

FIRST = 10.0
"""What is added to every rank: how little the first places may differ."""


def fused(rankings: Iterable[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """What stands in any of *rankings*, each with its weight: weighted reciprocal rank fusion, ties by number.

    Examples:
        >>> [place for place, _ in fused([(1.0, [7, 8]), (0.5, [8, 9])])]
        [8, 7, 9]
    """
    scores: dict[int, float] = {}
    for weight, ranking in rankings:
        for rank, place in enumerate(ranking, 1):
            scores[place] = scores.get(place, 0.0) + weight / (FIRST + rank)
    return sorted(((place, round(score, 6)) for place, score in scores.items()), key=lambda one: (-one[1], one[0]))
