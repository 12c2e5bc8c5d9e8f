"""Bring the index up to what the store holds: only what is new, and only in whole generations."""

from collections.abc import Iterable, Iterator

from extractors.records import Record, Tagged
from index.protocol import Description, Index
from pipelines.progress import Progress, Show, progress
from pipelines.store.catalogue import Due
from pipelines.store.stages import StageKey, read_lines
from pipelines.store.store import Store


class Published(Record):
    """What publishing changed."""

    added: int
    removed: int
    index: Description


def publish(store: Store, index: Index, version: str, show: Show = progress) -> Published:
    """Publish what the index lacks, then note it as served.

    The switch of the index comes first: a crash between the two publishes the same reports under the
    same ids again, which changes nothing. Where the index was lost, or an earlier version of
    this program laid it out, everything is due again.
    """
    held = index.describe()
    lost = held.generation is None or held.outdated
    if lost:
        store.catalogue.forget_published()
    added, removed = store.catalogue.due(version)
    if not added and not removed:
        return Published(added=0, removed=0, index=held)
    with show("Indexing", len(added)) as bar:
        held = index.publish(_tagged(store, added, version, bar), remove=removed, keep_rest=not lost)
    store.catalogue.mark_published(added, removed, version)
    return Published(added=len(added), removed=len(removed), index=held)


def _tagged(store: Store, reports: Iterable[Due], version: str, progress: Progress) -> Iterator[Tagged]:
    for due in reports:
        yield next(read_lines(store.stages, StageKey(sha256=due.sha256, stage="tagged", version=version), Tagged))
        progress.step(due.report)
