"""Passages lie in parts, which are walked side by side.

The engine walks through all passages that hold some of the words with one thread. So each report is in one of several
parts, and each part has segments of its own, from a writer of its own. Written, the parts are joined into one index,
since how rare a word is must be told over all of them. A field says which part a passage is in: where no passage of a
segment is in the part that a walk keeps to, the engine leaves the segment at once.

Joining needs nothing but tantivy's ``meta.json``: it lists the segments, whose files bear their names.
"""

import json
import shutil
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar, cast

import tantivy

from index.embedded.folder import link
from index.embedded.translate import silent

COUNT = 2
"""Of parts: a generation is written on two threads and walked by two."""
FIELD = "part"
WORTH = 50_000
"""Of fewer passages one walk is as fast as two."""

Hits = list[tuple[float, tantivy.DocAddress]]
Segments = dict[str, Any]
T = TypeVar("T")


def part_of(report_id: str) -> int:
    """The part that a report belongs to, the same in every process and increment."""
    return zlib.crc32(report_id.encode()) % COUNT


def folders(building: Path) -> list[Path]:
    """Where each part lies while a generation is built."""
    return [building / f"part-{n}" for n in range(COUNT)]


def taken_apart(joined: Path, building: Path) -> None:
    """The parts of a generation to add to. Segments never change once written, so these are links."""
    for folder in folders(building):
        folder.mkdir(parents=True)
        listed = json.loads((joined / f"{folder.name}.json").read_text())
        for path in _files(joined, listed):
            link(path, folder / path.name)
        (folder / "meta.json").write_text(json.dumps(listed))


def join(building: Path, joined: Path) -> None:
    """Make one index of the parts, and keep what each was."""
    joined.mkdir()
    lists: list[Segments] = []
    for folder in folders(building):
        lists.append(json.loads((folder / "meta.json").read_text()))
        for path in _files(folder, lists[-1]):
            path.rename(joined / path.name)
        (joined / f"{folder.name}.json").write_text(json.dumps(lists[-1]))
        shutil.rmtree(folder)
    whole = {
        "segments": [segment for one in lists for segment in one["segments"]],
        "opstamp": max(one["opstamp"] for one in lists),
    }
    (joined / "meta.json").write_text(json.dumps(lists[0] | whole))


def _files(folder: Path, listed: Segments) -> list[Path]:
    """The files of the segments in a list; what a merge has left behind is not among them."""
    names = {segment["segment_id"].replace("-", "") for segment in listed["segments"]}
    return [path for path in folder.iterdir() if path.name.split(".")[0] in names]


class Walks:
    """Walks through the passages of one generation, a thread a part where they are many.

    Args:
        searcher: of the generation.
        schema: its fields.
        parted: so many passages are many.
    """

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema, parted: int) -> None:
        self.searcher = searcher
        each = range(COUNT if searcher.num_docs >= parted else 0)
        self._parts = [silent(tantivy.Query.term_query(schema, FIELD, str(n))) for n in each]
        self._threads = ThreadPoolExecutor(COUNT - 1, thread_name_prefix="walk")

    def best(self, query: tantivy.Query, most: int) -> tuple[int, Hits]:
        """How many passages answer, and the best of them with their scores."""
        found = self._each(query, lambda one: self.searcher.search(one, most))
        hits = chain.from_iterable(map(scored, found))
        return sum(map(count, found)), sorted(hits, key=itemgetter(0), reverse=True)[:most]

    def total(self, query: tantivy.Query) -> int:
        """How many passages answer."""
        return self.best(query, 1)[0]

    def aggregates(self, query: tantivy.Query, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        """What the engine counts, part by part."""
        return self._each(query, lambda one: cast("dict[str, Any]", self.searcher.aggregate(one, wanted)))

    def _each(self, query: tantivy.Query, ask: Callable[[tantivy.Query], T]) -> list[T]:
        if not self._parts:
            return [ask(query)]
        must = tantivy.Occur.Must
        first, *others = (tantivy.Query.boolean_query([(must, part), (must, query)]) for part in self._parts)
        beside = [self._threads.submit(ask, one) for one in others]
        return [ask(first), *(one.result() for one in beside)]


def scored(found: tantivy.SearchResult) -> Hits:
    """Hits of a search by score; tantivy's stubs leave the kind of value open."""
    return cast("Hits", found.hits)


def count(found: Any) -> int:
    """How many answer a search in all; the stubs of tantivy do not know the attribute."""
    return int(found.count or 0)
