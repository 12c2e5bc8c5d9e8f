"""The main job: take in, work on what is new, publish. Plain functions, with or without Prefect around them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from extractors.errors import BatchFailed, FindingAidError, SourceError, error_of
from extractors.formats.limits import Limits
from extractors.records import Document, Record, Status
from extractors.tagging.tagger import model_revision
from extractors.wording import counted
from index.protocol import Description
from pipelines import names, working
from pipelines.intake import Fetch, Intake, take_in
from pipelines.lanes import run_all
from pipelines.outcomes import Outcome, failure
from pipelines.progress import Show, progress
from pipelines.publishing import publish
from pipelines.settings import Settings
from pipelines.store.store import Store


class Worked(Record):
    """What became of the documents that were worked on."""

    worked: int = 0
    failed: int = 0
    partial: int = 0
    pages: int = 0


class Ingested(Record):
    """What one run of the main job did, in ids and counts."""

    found: int = 0
    copies: int = 0
    left_aside: int = 0
    kinds_left_aside: tuple[str, ...] = ()
    work: Worked
    added: int = 0
    removed: int = 0
    index: Description | None = None

    def sentence(self) -> str:
        """What happened, for a person."""
        every = counted(self.found, "document")
        done = f"worked on {self.work.worked} of {every} ({counted(self.work.pages, 'page')})"
        trouble = [f"{self.work.failed} failed"] if self.work.failed else []
        trouble += [f"{self.work.partial} read in part"] if self.work.partial else []
        aside = f"; {counted(self.left_aside, 'file')} of another kind left aside" if self.left_aside else ""
        aside += f" ({', '.join(self.kinds_left_aside)})" if self.kinds_left_aside else ""
        copies = f"; {counted(self.copies, 'file')} more with the same bytes" if self.copies else ""
        if not self.work.worked:
            done = f"{every}, nothing new to work on"
        ask = "; findingaid status names them" if trouble else ""
        held = f"; the index holds {counted(self.index.reports, 'report')}" if self.index else ""
        return f"{', '.join([done, *trouble])}{ask}{copies}{aside}{held}."


def tagged_version(settings: Settings) -> str:
    """Version of the tagged stage under these settings: which results count as done."""
    return working.versions(model_revision(settings.model), names.digest(settings.gazetteer)).tagged


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
    store, version = Store(settings.home), tagged_version(settings)
    run = store.catalogue.start_run(f"ingest of {len(paths)} arguments", datetime.now(UTC))
    intake = take_in(store, paths, fetch=fetch, since=since)
    summary = complete(settings, store, version, limit=limit, with_index=with_index, show=show)
    summary = summary.replaced(
        found=len(intake.seen),
        copies=intake.copies,
        left_aside=intake.left_aside.total(),
        kinds_left_aside=tuple(sorted(filter(None, intake.left_aside))),
    )
    worked, failed = summary.work.worked, summary.work.failed
    store.catalogue.finish_run(run, datetime.now(UTC), found=summary.found, worked=worked, failed=failed)
    refuse_failure(store, intake, version)
    return summary


def retry(settings: Settings, *, show: Show = progress) -> Ingested:
    """Work again on what failed."""
    store, version = Store(settings.home), tagged_version(settings)
    found = store.catalogue.forget_failures(version)
    return complete(settings, store, version, show=show).replaced(found=found)


def complete(
    settings: Settings,
    store: Store,
    version: str,
    *,
    limit: int | None = None,
    with_index: bool = True,
    show: Show = progress,
) -> Ingested:
    """Read and tag every current document that has no result yet, then publish what the index lacks."""
    work = work_on_new(settings, store, version, limit=limit, show=show)
    summary = Ingested(work=work)
    return publish_new(settings, store, version, summary, show=show) if with_index else summary


def work_on_new(
    settings: Settings, store: Store, version: str, *, limit: int | None = None, show: Show = progress
) -> Worked:
    """Read and tag every current document that has no result yet, each recorded as soon as it ends."""
    waiting = store.catalogue.pending(version)[:limit]
    if not waiting:
        return Worked()
    outcomes: list[Outcome] = []
    lanes = min(settings.workers, len(waiting))
    limits = Limits(ocr_processes=max(1, settings.workers // lanes))
    given = (store.archive.root, store.stages.root, settings, limits)
    with show("Reading and tagging", len(waiting)) as bar:
        for document, result in run_all(
            waiting,
            working.work,
            prepare=working.prepare,
            given=given,
            lanes=lanes,
            seconds=settings.seconds_per_document,
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
        return failure(document.sha256, result)
    raise result


def _sum(outcomes: Sequence[Outcome]) -> Worked:
    failed = [o for o in outcomes if o.status is Status.FAILED]
    return Worked(
        worked=len(outcomes),
        failed=len(failed),
        partial=sum(o.status is Status.PARTIAL for o in outcomes),
        pages=sum(o.pages for o in outcomes),
    )


def publish_new(
    settings: Settings,
    store: Store,
    version: str,
    summary: Ingested,
    *,
    anew: bool = False,
    vectors: bool | None = None,
    show: Show = progress,
) -> Ingested:
    """Bring the index up to the store (or make it *anew*), and add to *summary* what that changed."""
    from pipelines.opening import index_place, open_index

    names.know(settings.gazetteer)
    index = open_index(settings)
    published = publish(store, index, version, place=index_place(settings), anew=anew, vectors=vectors, show=show)
    return summary.replaced(added=published.added, removed=published.removed, index=published.index)


def refuse_failure(store: Store, intake: Intake, version: str) -> None:
    """Raise what the command must end with, now that everything that could be done was done."""
    if intake.errors:
        raise intake.errors[0]
    failures = store.catalogue.failures(intake.seen, version)
    if not intake.seen or len(failures) < len(intake.seen):
        return
    if len(failures) == 1:
        locator, problem, exit_code = failures[0]
        folder, _, name = locator.rpartition("/")
        what = f"{folder}/{problem.what}" if problem.what.startswith(f"{name} ") else f"{locator}: {problem.what}"
        raise error_of(exit_code)(what, mend=problem.mend)
    raise BatchFailed(f"None of {len(failures)} documents could be read.")
