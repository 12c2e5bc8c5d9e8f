"""Bring the index up to what the store holds: only what is new, and only in whole generations."""

from collections.abc import Iterable, Iterator

from extractors.records import Record, Tagged
from index.protocol import Description, Index
from pipelines.progress import Progress, Show, progress
from pipelines.reviewing import reviewed
from pipelines.store.catalogue import Due, Noted
from pipelines.store.stages import StageKey, read_lines
from pipelines.store.store import Store


class Published(Record):
    """What publishing changed."""

    added: int
    removed: int
    index: Description


def publish(
    store: Store,
    index: Index,
    version: str,
    *,
    place: str,
    anew: bool = False,
    vectors: bool | None = None,
    show: Show = progress,
) -> Published:
    """Publish what the index at *place* lacks, then note it as served.

    The switch of the index comes first: a crash between the two publishes the same reports under the same ids again,
    which changes nothing. Everything is due again where the index was lost, rolled back or is of an older version,
    where another index was published to in between, and where *anew* says so
    or it shall have vectors and has none, or the other way round. Vectors are made or not as before, unless said.
    """
    held = index.describe()
    with_vectors = held.vectors if vectors is None else vectors
    other = held.generation is None or held.outdated or with_vectors != held.vectors
    whole = anew or other or not _is_as_noted(store.catalogue.noted(), place, held)
    if whole:
        store.catalogue.forget_published()
    added, removed = store.catalogue.due(version)
    if not added and not removed:
        return Published(added=0, removed=0, index=held)
    store.catalogue.note(Noted(place=place, generation=held.generation, state="anew" if whole else "adding"))
    with show("Indexing", len(added)) as bar:
        held = index.publish(
            _tagged(store, added, version, bar), remove=removed, keep_rest=not whole, vectors=with_vectors
        )
    store.catalogue.mark_published(added, removed)
    store.catalogue.note(Noted(place=place, generation=held.generation))
    return Published(added=len(added), removed=len(removed), index=held)


def _is_as_noted(noted: Noted | None, place: str, held: Description) -> bool:
    """Whether the index is the one that the catalogue's list of published reports speaks of."""
    if noted is None:
        return True
    return noted.place == place and (noted.state == "adding" or noted == Noted(place=place, generation=held.generation))


def _tagged(store: Store, reports: Iterable[Due], version: str, progress: Progress) -> Iterator[Tagged]:
    for due in reports:
        tagged = next(read_lines(store.stages, StageKey(sha256=due.sha256, stage="tagged", version=version), Tagged))
        yield tagged if due.version == version else reviewed(tagged, store.catalogue.reviews(due.report))
        progress.step(due.report)
