"""What a report prints more than once: found when it is indexed, told with a hit, and folded in an answer.

A summary repeats its chapters, an appendix its recommendations. Two passages of one report are printings of the same
words where they begin or end alike and nine in ten of their letters agree.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from rapidfuzz import fuzz

from extractors.records import Passage
from extractors.units.merging import words
from index.protocol import Hit, Printing

FEWEST_WORDS = 8
"""Shorter passages, such as headings, are told apart by where they stand."""
ENDS = 6
"""Words at either end by which printings are looked for."""
ALIKE = 90.0
MOST_COMPARED = 16
"""Of a report that begins every other paragraph alike, the last so many are compared."""
SPARE = 10
"""Hits looked at beyond a page, to take the places of those that are folded."""


def printings(passages: Iterable[Passage]) -> Mapping[str, tuple[Printing, ...]]:
    """The other printings of each passage of one report that has any, by its id."""
    groups: list[list[Passage]] = []
    said: list[str] = []
    by_end: dict[tuple[bool, tuple[str, ...]], list[int]] = defaultdict(list)
    for passage in passages:
        own = words(passage.block.text)
        if len(own) < FEWEST_WORDS:
            continue
        text, ends = " ".join(own), ((False, tuple(own[:ENDS])), (True, tuple(own[-ENDS:])))
        near = dict.fromkeys(n for end in ends for n in islice(reversed(by_end[end]), MOST_COMPARED))
        twin = next((n for n in near if fuzz.ratio(text, said[n], score_cutoff=ALIKE)), None)
        if twin is not None:
            groups[twin].append(passage)
            continue
        for end in ends:
            by_end[end].append(len(groups))
        groups.append([passage])
        said.append(text)
    return {one.id: _others(one, group) for group in groups if len(group) > 1 for one in group}


def _others(one: Passage, group: Sequence[Passage]) -> tuple[Printing, ...]:
    return tuple(Printing(id=other.id, pages=other.block.pages) for other in group if other.id != one.id)


def folded(hits: Iterable[Hit], limit: int) -> tuple[tuple[Hit, ...], int]:
    """The first *limit* of *hits*, without other printings of those before them, and how many were gone through."""
    kept: list[Hit] = []
    told: set[str] = set()
    seen = 0
    for hit in hits:
        if hit.passage.id not in told:
            if len(kept) == limit:
                break
            kept.append(hit)
            told.update(one.id for one in hit.also)
        seen += 1
    return tuple(kept), seen
