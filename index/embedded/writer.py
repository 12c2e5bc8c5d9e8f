"""Fill the next generation, count it, and switch."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import tantivy

from extractors.errors import IndexFault, NewerSchema, PublishRefused
from extractors.records import SCHEMA_VERSION, Tagged
from index.embedded.folder import Folder, branch
from index.embedded.records import Records
from index.embedded.schema import LAYOUT, register, schema, stretch_document, stretch_schema, to_document
from index.fields import decisions, facet_values, keys, report_keys
from index.generation import generation_name
from index.selection import check
from index.storage import digest, stored
from index.stretches import stretches

HEAP = 192_000_000
"""Bytes that the writer gathers before it writes a segment."""

STRETCH_HEAP = 64_000_000

BUILDING = "building"

Writers: TypeAlias = tuple[tantivy.IndexWriter, tantivy.IndexWriter]
"""Of passages and of stretches."""


def publish(folder: Folder, tagged: Iterable[Tagged], remove: Iterable[str], *, keep_rest: bool) -> None:
    """Fill the next generation from the served one and *tagged*, check its counts, and serve it.

    Raises:
        IndexBusy: another process is publishing.
        PublishRefused: counts do not agree.
    """
    with folder.writing():
        folder.clear()
        current = folder.current() if keep_rest else None
        building = _begin(folder, current)
        try:
            digests = _fill(building, tagged, remove)
            name = generation_name(_next_number(folder), digests)
            (building / "manifest.json").write_text(json.dumps(_manifest(building, name)))
            building.rename(folder.path(name))
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        folder.switch(name)
        folder.clear()


def _begin(folder: Folder, current: str | None) -> Path:
    """A folder to fill: a branch of the served generation, or empty."""
    building = folder.path(BUILDING)
    if current is not None and read_manifest(folder.path(current))["layout"] == LAYOUT:
        for part in ("search", "stretches"):
            branch(folder.path(current) / part, building / part)
        shutil.copyfile(folder.path(current) / "records.sqlite", building / "records.sqlite")
    elif current is not None:
        raise PublishRefused(
            "The index has an older layout.", mend="Run findingaid retry: it is made again from the store."
        )
    else:
        for part in ("search", "stretches"):
            (building / part).mkdir(parents=True)
    return building


def _fill(building: Path, tagged: Iterable[Tagged], remove: Iterable[str]) -> dict[str, str]:
    """Write what changed; the digests of all reports that the generation then holds."""
    index, stretched = (
        tantivy.Index(fields, str(building / name))
        for fields, name in ((schema(), "search"), (stretch_schema(), "stretches"))
    )
    register(index)
    register(stretched)
    records = Records(building / "records.sqlite", write=True)
    writers = index.writer(HEAP, 1), stretched.writer(STRETCH_HEAP, 1)
    for name in remove:
        if records.drop(name):
            _drop(writers, name)
    for one in tagged:
        check(one)
        _add(writers, records, one)
    for writer in writers:
        writer.commit()
        writer.wait_merging_threads()
    _count(index, records)
    digests = records.digests()
    records.close()
    return digests


def _drop(writers: Writers, report_id: str) -> None:
    for writer in writers:
        writer.delete_documents_by_term("report_id", report_id)


def _add(writers: Writers, records: Records, tagged: Tagged) -> None:
    passages = [stored(passage) for passage in tagged.passages]
    if records.put(tagged, digest(tagged, passages)):
        _drop(writers, tagged.report.id)
    decided, names, record = decisions(tagged), report_keys(tagged.report), iter(passages)
    for stretch in stretches(tagged):
        together: dict[str, None] = {}
        for passage in stretch.passages:
            facets = facet_values(passage, decided.get(passage.id))
            held = keys(facets, names)
            together.update(dict.fromkeys(held))
            writers[0].add_document(to_document(passage, facets, held, stretch.id, next(record)))
        writers[1].add_document(stretch_document(stretch, together))


def _count(index: tantivy.Index, records: Records) -> None:
    """Refuse a generation whose search files do not hold what its records say."""
    index.reload()
    held, (_, expected, _) = index.searcher().num_docs, records.counts()
    if held != expected:
        raise PublishRefused(
            f"The new generation holds {held} passages where {expected} were given.", mend="Publish again."
        )


def _next_number(folder: Folder) -> int:
    names = [name for name in (folder.current(), folder.former()) if name]
    return max((int(name.split("-")[0]) for name in names), default=0) + 1


def _manifest(building: Path, name: str) -> dict[str, object]:
    records = Records(building / "records.sqlite")
    reports, passages, recommendations = records.counts()
    makers = records.makers()
    records.close()
    return {
        "generation": name,
        "layout": LAYOUT,
        "schema_version": SCHEMA_VERSION,
        "reports": reports,
        "passages": passages,
        "recommendations": recommendations,
        "models": makers,
    }


def damaged(generation: str) -> IndexFault:
    """The error of a generation that cannot be read."""
    mend = "Move the index folder away and run findingaid ingest again: everything is in the archive."
    return IndexFault(f"Generation {generation} of the index is damaged.", mend=mend)


def read_manifest(generation: Path) -> dict[str, object]:
    """What a generation says of itself.

    Raises:
        NewerSchema: a newer version wrote it.
        IndexFault: it is damaged.
    """
    try:
        manifest = json.loads((generation / "manifest.json").read_text())
    except (OSError, ValueError):
        raise damaged(generation.name) from None
    newer = int(str(manifest["schema_version"]).split(".")[0]) > int(SCHEMA_VERSION.split(".")[0])
    if newer or manifest["layout"] > LAYOUT:
        raise NewerSchema(f"The index holds generation {manifest['generation']} of a newer version of findingaid.")
    return manifest
