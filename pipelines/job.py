"""The main job: take in, work on what is new, publish. Plain functions, with or without Prefect around them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path

from extractors.errors import BatchFailed, FindingAidError, SourceError
from extractors.records import Document, Record, Status
from index.protocol import Description
from pipelines import working
from pipelines.intake import Fetch, Intake, take_in
from pipelines.lanes import run_all
from pipelines.progress import Progress, progress
from pipelines.publishing import pending_changes, publish
from pipelines.settings import Settings
from pipelines.store import Store
from pipelines.store.catalogue import Outcome

Show = Callable[[str, int], AbstractContextManager[Progress]]
"""Opens a progress display: what is counted, and to how many."""


class Worked(Record):
    """What became of the documents that were worked on."""

    worked: int = 0
    failed: int = 0
    partial: int = 0
    pages: int = 0
    exit_codes: tuple[int, ...] = ()


class Ingested(Record):
    """What one run of the main job did, in ids and counts."""

    found: int
    left_aside: int
    work: Worked
    added: int = 0
    removed: int = 0
    index: Description | None = None


def revision_of(settings: Settings) -> str:
    """Revision of the tagger that would be used, without loading it."""
    from extractors.tagging.tagger import model_revision  # noqa: PLC0415 - reads the model's manifest

    return model_revision(settings.model)


def ingest(
    settings: Settings,
    paths: Sequence[str],
    *,
    fetch: Fetch,
    since: date | None = None,
    limit: int | None = None,
    with_index: bool = True,
    show: Show = progress,
) -> Ingested:
    """Take in *paths*, read and tag what is new, publish it.

    Raises:
        FindingAidError: an argument names nothing that can be read (after the rest was done), or every document failed.
    """
    store = Store(settings.home)
    command = f"ingest {len(paths)} arguments"
    run = store.catalogue.start_run(command, datetime.now(UTC))
    intake = take_in(store, paths, fetch=fetch, since=since)
    worked = work_on_new(settings, store, limit=limit, show=show)
    store.catalogue.finish_run(
        run, datetime.now(UTC), found=len(intake.seen), worked=worked.worked, failed=worked.failed
    )
    summary = Ingested(found=len(intake.seen), left_aside=intake.left_aside, work=worked)
    if with_index:
        summary = publish_new(settings, store, summary, show=show)
    refuse_failure(intake, worked)
    return summary


def work_on_new(settings: Settings, store: Store, *, limit: int | None = None, show: Show = progress) -> Worked:
    """Read and tag every current document that has no result yet, each recorded as soon as it ends."""
    version = working.versions(revision_of(settings)).tagged
    waiting = store.catalogue.pending(version)[:limit]
    if not waiting:
        return Worked()
    outcomes: list[Outcome] = []
    lanes = min(settings.workers, len(waiting))
    given = (store.archive.root, store.stages.root, settings.model)
    with show("Reading and tagging", len(waiting)) as bar:
        for document, result in run_all(
            waiting, working.work, prepare=working.prepare, given=given, lanes=lanes, seconds=settings.seconds_per_document
        ):
            outcome = _as_outcome(document, result)
            store.catalogue.finish(outcome, document.source.locator, version, datetime.now(UTC))
            outcomes.append(outcome)
            bar.step(Path(document.source.locator).name)
    return _sum(outcomes)


def _as_outcome(document: Document, result: Outcome | FindingAidError) -> Outcome:
    """What a lane gave back; an error that is not the document's own ends the run."""
    if isinstance(result, Outcome):
        return result
    if isinstance(result, SourceError):
        return working.failed(document, result)
    raise result


def _sum(outcomes: Sequence[Outcome]) -> Worked:
    failed = [o for o in outcomes if o.status is Status.FAILED]
    return Worked(
        worked=len(outcomes),
        failed=len(failed),
        partial=sum(o.status is Status.PARTIAL for o in outcomes),
        pages=sum(o.pages for o in outcomes),
        exit_codes=tuple(sorted({o.exit_code for o in failed})),
    )


def publish_new(settings: Settings, store: Store, summary: Ingested, *, show: Show = progress) -> Ingested:
    """Bring the index up to the store, and add to *summary* what that changed."""
    from index.embedded import EmbeddedIndex  # noqa: PLC0415 - loads tantivy

    version = working.versions(revision_of(settings)).tagged
    index = EmbeddedIndex(store.index_folder)
    added, _, _ = pending_changes(store, index, version)
    with show("Indexing", len(added)) as bar:
        published = publish(store, index, version, bar)
    return summary.replaced(added=published.added, removed=published.removed, index=published.index)


def refuse_failure(intake: Intake, worked: Worked) -> None:
    """Raise what the command must end with, now that everything that could be done was done."""
    if intake.errors:
        raise intake.errors[0]
    if worked.worked and worked.failed == worked.worked:
        error = BatchFailed(f"None of {worked.worked} documents could be read.")
        if worked.worked == 1:
            error = BatchFailed("The document could not be read.")
            error.exit_code = worked.exit_codes[0]  # pyright: ignore[reportAttributeAccessIssue] - one document: its own code
        raise error
