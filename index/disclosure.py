"""Small counts about people go through here before they are shown or exported, and nothing else rounds or hides.

Counts of recommendations, reports and investigations are about bodies and are never hidden. Counts of officers,
complainants or detainees are: a count of 1 to 4 can point at a person.
"""

from collections.abc import Sequence

THRESHOLD = 5


def suppress(counts: Sequence[int], threshold: int = THRESHOLD) -> list[int | None]:
    """*counts* with those from 1 to below *threshold* hidden as None.

    Where one alone would be hidden, the smallest of the others that is not 0 goes with it, so that it cannot be
    worked out from a total. A *threshold* of 0 hides nothing.

    Examples:
        >>> suppress([0, 3, 2, 9]), suppress([0, 3, 12, 9]), suppress([7, 8])
        ([0, None, None, 9], [0, None, 12, None], [7, 8])
    """
    hidden = {place for place, count in enumerate(counts) if 0 < count < threshold}
    others = [place for place, count in enumerate(counts) if count and place not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: (counts[place], place)))
    return [None if place in hidden else count for place, count in enumerate(counts)]
