"""Bring the index up to what the store holds: only what is new, and only in whole generations."""

from collections.abc import Iterable, Iterator

from extractors.errors import NoIndex
from extractors.records import Record, Tagged
from index.protocol import Description, Index
from pipelines.progress import Progress, Quiet
from pipelines.store import Store
from pipelines.store.catalogue import Due
from pipelines.store.stages import StageKey, read_lines


class Published(Record):
    """What publishing changed."""

    added: int
    removed: int
    index: Description


def pending_changes(store: Store, index: Index, version: str) -> tuple[list[Due], list[str], bool]:
    """What to add and remove, and whether the index must be made afresh because it was lost."""
    description = _describe(index)
    fresh = description.generation is None and bool(store.catalogue.rows("published"))
    if fresh:
        store.catalogue.mark_published([], [], version, fresh=True)
    added, removed = store.catalogue.due(version)
    return added, removed, fresh


def publish(store: Store, index: Index, version: str, progress: Progress | None = None) -> Published:
    """Publish what the index lacks, then note it as served.

    The switch of the index comes first: a crash between the two publishes the same reports under the
    same ids again, which changes nothing.
    """
    added, removed, fresh = pending_changes(store, index, version)
    if not added and not removed:
        return Published(added=0, removed=0, index=index.describe())
    tagged = _tagged(store, added, version, progress or Quiet())
    description = index.publish(tagged, remove=removed, keep_rest=not fresh)
    store.catalogue.mark_published(added, removed, version)
    return Published(added=len(added), removed=len(removed), index=description)


def _tagged(store: Store, reports: Iterable[Due], version: str, progress: Progress) -> Iterator[Tagged]:
    for due in reports:
        yield next(read_lines(store.stages, StageKey(sha256=due.sha256, stage="tagged", version=version), Tagged))
        progress.step(due.report)


def _describe(index: Index) -> Description:
    try:
        return index.describe()
    except NoIndex:
        return Description(back_end="", generation=None, reports=0, passages=0, recommendations=0, schema_version="")
