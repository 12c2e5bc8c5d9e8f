"""Fill the next generation, count it, and switch."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from extractors.errors import NewerSchema
from extractors.records import SCHEMA_VERSION, Tagged
from index.embedded import parts
from index.embedded.counting import TABLE
from index.embedded.filling import PACKING, SEARCH, STRETCHES, fill
from index.embedded.folder import NEAREST, Folder, branch, link
from index.embedded.records import Records
from index.embedded.schema import LAYOUT
from index.generation import damaged, generation_name, outdated
from index.long_names import LongNames
from index.selection import wants_vectors

BUILDING = "building"
NAMES = "names.txt"
"""The names that are terms, one a line."""


def publish(
    folder: Folder, tagged: Iterable[Tagged], remove: Iterable[str], *, keep_rest: bool, vectors: bool | None
) -> None:
    """Fill the next generation from the served one and *tagged*, check its counts, and serve it.

    Raises:
        IndexBusy: another process is publishing.
        PublishRefused: counts do not agree.
    """
    with folder.writing():
        folder.clear()
        served = folder.current()
        held = bool(read_manifest(folder.path(served)).get("vectors")) if served else None
        with_vectors = wants_vectors(vectors, held, keep_rest=keep_rest)
        building = _begin(folder, served if keep_rest else None)
        try:
            digests = fill(building, tagged, remove, read_names(building), vectors=with_vectors)
            name = generation_name(_next_number(folder), digests)
            (building / "manifest.json").write_text(json.dumps(_manifest(building, name, vectors=with_vectors)))
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
        parts.taken_apart(folder.path(current) / SEARCH, building)
        branch(folder.path(current) / STRETCHES, building / STRETCHES)
        for name in ("records.sqlite", PACKING, NAMES, TABLE):
            shutil.copyfile(folder.path(current) / name, building / name)
        if (folder.path(current) / NEAREST).exists():
            link(folder.path(current) / NEAREST, building / NEAREST)
    elif current is not None:
        raise outdated(current)
    else:
        for fresh in (*parts.folders(building), building / STRETCHES):
            fresh.mkdir(parents=True)
        (building / NAMES).write_text("\n".join(LongNames.current().listed))
    return building


def _next_number(folder: Folder) -> int:
    names = [name for name in (folder.current(), folder.former()) if name]
    return max((int(name.split("-")[0]) for name in names), default=0) + 1


def _manifest(building: Path, name: str, *, vectors: bool) -> dict[str, object]:
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
        "vectors": vectors,
    }


def read_names(generation: Path) -> LongNames:
    """The names that a generation holds as terms."""
    return LongNames((generation / NAMES).read_text().splitlines())


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
