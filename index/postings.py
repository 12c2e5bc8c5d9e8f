"""A plain inverted index in memory: which passage holds which term where, and BM25 over it."""

import math
from collections import defaultdict
from collections.abc import Iterator

K1, B = 1.2, 0.75


class Postings:
    """The terms of one field."""

    def __init__(self) -> None:
        self.places: dict[str, dict[int, list[int]]] = defaultdict(dict)
        self.lengths: list[int] = []

    def add(self, terms: list[str]) -> None:
        """Append the next passage's terms."""
        number = len(self.lengths)
        for place, term in enumerate(terms):
            self.places[term].setdefault(number, []).append(place)
        self.lengths.append(len(terms))

    def term(self, term: str) -> dict[int, float]:
        """Passages that hold *term*, with their scores."""
        held = self.places.get(term, {})
        return self._scored({number: len(places) for number, places in held.items()}, self._idf(len(held)))

    def run(self, terms: tuple[str, ...], slop: int) -> dict[int, float]:
        """Passages that hold *terms* in a row, with their scores."""
        lists = [self.places.get(term, {}) for term in terms]
        shared = set(lists[0]).intersection(*lists[1:])
        count = {number: _runs([held[number] for held in lists], slop) for number in shared}
        idf = sum(self._idf(len(held)) for held in lists)
        return self._scored({number: times for number, times in count.items() if times}, idf)

    def terms(self) -> Iterator[str]:
        """Every term of the field."""
        return iter(self.places)

    def having(self, terms: list[str]) -> set[int]:
        """Passages that hold any of *terms*."""
        return {number for term in terms for number in self.places.get(term, {})}

    def frequency(self, term: str) -> int:
        """Number of passages that hold *term*."""
        return len(self.places.get(term, {}))

    def _idf(self, holding: int) -> float:
        return math.log(1 + (len(self.lengths) - holding + 0.5) / (holding + 0.5))

    def _scored(self, counts: dict[int, int], idf: float) -> dict[int, float]:
        average = sum(self.lengths) / len(self.lengths) if self.lengths else 1.0
        return {
            number: idf * (K1 + 1) * times / (times + K1 * (1 - B + B * rounded(self.lengths[number]) / average))
            for number, times in counts.items()
        }


def rounded(length: int) -> int:
    """A length as engines keep it, in one byte: exact up to 40 terms, then in steps of about a sixteenth.

    Examples:
        >>> [rounded(length) for length in (7, 40, 41, 100, 1000)]
        [7, 40, 40, 96, 984]
    """
    if length < 40:
        return length
    spread = length - 24
    shift = spread.bit_length() - 4
    return ((spread >> shift) << shift) + 24


def _runs(places: list[list[int]], slop: int) -> int:
    """How often the terms stand in a row; with *slop*, how often the second of two is near enough to the first."""
    if slop == 0:
        later = [set(held) for held in places[1:]]
        return sum(all(start + step in held for step, held in enumerate(later, 1)) for start in places[0])
    first, second = places
    return sum(any(abs(other - 1 - start) <= slop and other != start for other in second) for start in first)
