"""What hits are made of, by facet.

A passage has many values of a facet, and an engine is slow to count many. So what a passage is counted under is one
number a facet, which stands for all its values; the table of what the numbers stand for lies beside the search files.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, cast

import tantivy

from index.embedded.parts import Walks
from index.facets import ranked
from index.fields import FACETS
from index.protocol import Counts, Facet

TABLE = "facets.json"
MOST_NUMBERS = 60_000
"""The engine counts so many numbers of a facet, and no more; where there are more, each hit is looked at."""


class Kinds:
    """What the numbers of each facet stand for.

    Args:
        table: the values of each number, by facet.
    """

    def __init__(self, table: Mapping[str, Iterable[Sequence[str]]] | None = None) -> None:
        held = table or {}
        self._values = {facet: [tuple(values) for values in held.get(facet, ())] for facet in FACETS}
        self._numbers = {facet: {kind: n for n, kind in enumerate(kinds)} for facet, kinds in self._values.items()}

    @staticmethod
    def read(path: Path) -> "Kinds":
        """The table at *path*."""
        return Kinds(json.loads(path.read_text("utf-8")))

    def write(self, path: Path) -> None:
        """Put the table at *path*."""
        path.write_text(json.dumps(self._values), "utf-8")

    def number(self, facet: str, values: tuple[str, ...]) -> int:
        """The number that stands for *values*: a new one where they come for the first time.

        Examples:
            >>> kinds = Kinds()
            >>> [kinds.number("role", values) for values in [("finding",), (), ("finding",)]]
            [0, 1, 0]
        """
        numbers = self._numbers[facet]
        kind = values if len(values) < 2 else tuple(sorted(values))
        if kind not in numbers:
            numbers[kind] = len(numbers)
            self._values[facet].append(kind)
        return numbers[kind]

    def many(self, facet: str) -> bool:
        """Whether a facet has more numbers than the engine counts."""
        return len(self._values[facet]) > MOST_NUMBERS

    def told(self, facet: str, counted: Mapping[int, int]) -> dict[str, int]:
        """How often each value comes, where the numbers of *facet* come so often."""
        total: Counter[str] = Counter()
        for number, count in counted.items():
            for value in self._values[facet][number]:
                total[value] += count
        return ranked(total)


class Counting:
    """Counts the hits of one generation.

    Args:
        walks: through the generation.
        kinds: what its numbers stand for.
    """

    def __init__(self, walks: Walks, kinds: Kinds) -> None:
        self._walks, self._searcher, self._kinds = walks, walks.searcher, kinds

    def among(self, hits: list[tantivy.DocAddress], facets: tuple[Facet, ...]) -> Counts:
        """What *hits* are made of."""
        return {facet: self._among(facet, hits) for facet in facets}

    def of(self, query: tantivy.Query, facets: tuple[Facet, ...]) -> Counts:
        """What all passages that meet *query* are made of."""
        few = [facet for facet in facets if not self._kinds.many(facet)]
        every = self._all(query) if len(few) < len(facets) else []
        wanted = {facet: {"terms": {"field": column(facet), "size": MOST_NUMBERS}} for facet in few}
        found = self._walks.aggregates(query, wanted) if few else []
        return {facet: self._told(facet, found) if facet in wanted else self._among(facet, every) for facet in facets}

    def _told(self, facet: Facet, parts: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        counted: Counter[int] = Counter()
        for bucket in chain.from_iterable(part[facet]["buckets"] for part in parts):
            counted[int(bucket["key"])] += int(bucket["doc_count"])
        return self._kinds.told(facet, counted)

    def _among(self, facet: Facet, hits: list[tantivy.DocAddress]) -> dict[str, int]:
        numbers = cast("list[int]", self._searcher.fast_field_values(column(facet), hits))
        return self._kinds.told(facet, Counter(numbers))

    def _all(self, query: tantivy.Query) -> list[tantivy.DocAddress]:
        found = self._searcher.search(query, max(self._searcher.num_docs, 1), count=False)
        return [address for _, address in found.hits]


def column(facet: str) -> str:
    """The field that holds the numbers of a facet."""
    return f"facet_{facet}"
