"""Writing reports into the files of a generation that is being built."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from extractors.errors import PublishRefused
from extractors.records import Tagged
from index.embedded import parts
from index.embedded.counting import TABLE, Kinds
from index.embedded.folder import NEAREST
from index.embedded.packing import SAMPLES, Packing
from index.embedded.records import Records
from index.embedded.schema import schema, stretch_document, stretch_schema, to_document
from index.fields import decisions, facet_values, keys, report_keys
from index.long_names import LongNames
from index.selection import check
from index.storage import digest, stored, stored_all
from index.stretches import read, stretches

if TYPE_CHECKING:
    from index.embedded.nearest import Filling as Nearest

HEAP = 96_000_000
"""Bytes that the writer of a part gathers before it writes a segment."""
STRETCH_HEAP = 64_000_000
SEARCH, STRETCHES = "search", "stretches"
"""Folders of passages and of stretches."""
PACKING = "packing.zdict"


def fill(
    building: Path, tagged: Iterable[Tagged], remove: Iterable[str], names: LongNames, *, vectors: bool
) -> dict[str, str]:
    """Write what changed; the digests of all reports that the generation then holds."""
    one = _Filling(building, names, vectors=vectors)
    try:
        for name in remove:
            one.remove(name)
        for report in one.learnt_from(tagged):
            check(report)
            one.add(report)
        return one.finish()
    except BaseException:
        one.stop()
        raise


def _vectors(building: Path) -> "Nearest":
    from index.embedded.nearest import Filling

    return Filling(building / NEAREST)


class _Filling:
    """The files of one generation while they are written."""

    def __init__(self, building: Path, names: LongNames, *, vectors: bool) -> None:
        self._names = names
        self._building = building
        self._records = Records(building / "records.sqlite", write=True)
        self._parts = [tantivy.Index(schema(), str(folder)).writer(HEAP, 1) for folder in parts.folders(building)]
        self._stretched = tantivy.Index(stretch_schema(), str(building / STRETCHES)).writer(STRETCH_HEAP, 1)
        self._nearest = _vectors(building) if vectors else None
        self._table = building / TABLE
        self._kinds = Kinds.read(self._table) if self._table.exists() else Kinds()
        self._dictionary = building / PACKING
        self._packing = Packing.read(self._dictionary) if self._dictionary.exists() else None

    def learnt_from(self, tagged: Iterable[Tagged]) -> Iterator[Tagged]:
        """The reports of *tagged*, once the packing has been learnt from the first."""
        reports, samples, seen = iter(tagged), list[bytes](), list[Tagged]()
        while self._packing is None and len(samples) < SAMPLES and (one := next(reports, None)) is not None:
            seen.append(one)
            samples += map(stored, one.passages)
        if self._packing is None:
            self._packing = Packing.learn(samples)
            self._packing.write(self._dictionary)
        return chain(seen, reports)

    def remove(self, report_id: str) -> None:
        """Take a report out, if it is there."""
        if self._records.drop(report_id):
            self._delete(report_id)

    def add(self, tagged: Tagged) -> None:
        """Put a report in, in place of what bore its id."""
        passages = stored_all(tagged)
        if self._records.put(tagged, digest(tagged, passages)):
            self._delete(tagged.report.id)
        assert self._packing is not None
        if self._nearest is not None:
            self._nearest.add(tagged.passages)
        decided, called = decisions(tagged), report_keys(tagged.report)
        part = self._parts[parts.part_of(tagged.report.id)]
        packed = map(self._packing.pack, passages)
        for stretch in stretches(tagged):
            together: dict[str, None] = {}
            whole, each = read(stretch, self._names)
            for passage, found in zip(stretch.passages, each, strict=True):
                facets = facet_values(passage, decided.get(passage.id))
                held = keys(facets, called)
                together.update(dict.fromkeys(held))
                counted = {facet: self._kinds.number(facet, values) for facet, values in facets.items()}
                document = to_document(passage, counted, held, found, next(packed))
                document.add_unsigned("stretch", stretch.place)
                part.add_document(document)
            self._stretched.add_document(stretch_document(stretch, together, whole))

    def finish(self) -> dict[str, str]:
        """Put all on disk and count it; digest of each report, by id."""
        if self._nearest is not None:
            self._nearest.finish()
        self._kinds.write(self._table)
        for writer in self._writers:
            writer.commit()
            writer.wait_merging_threads()
        parts.join(self._building, self._building / SEARCH)
        held = tantivy.Index.open(str(self._building / SEARCH)).searcher().num_docs
        _, expected, _ = self._records.counts()
        if held != expected:
            raise PublishRefused(
                f"The new generation holds {held} passages where {expected} were given.", mend="Publish again."
            )
        digests = self._records.digests()
        self._records.close()
        return digests

    def stop(self) -> None:
        """End what writes in the folder, so that it can be removed. What was written is of no use."""
        for writer in self._writers:
            with suppress(Exception):  # it has ended, or the trouble that stops the filling is its own
                writer.wait_merging_threads()

    @property
    def _writers(self) -> "list[tantivy.IndexWriter]":
        return [*self._parts, self._stretched]

    def _delete(self, report_id: str) -> None:
        if self._nearest is not None:
            self._nearest.drop(report_id)
        for writer in self._writers:
            writer.delete_documents_by_term("report_id", report_id)
