"""The flow of the main job: the functions of ``pipelines.job``, tracked, retried and summed up.

Parameters are paths and counts; results and artifacts are ids and counts. No report text reaches Prefect.
"""

from datetime import date

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from pipelines.job import Ingested
from pipelines.job import ingest as run
from pipelines.retrying import may_pass
from pipelines.settings import load_settings
from pipelines.sources.address import fetch


@task(name="take in, read, tag, index", retries=2, retry_delay_seconds=30, retry_condition_fn=may_pass)
def work(paths: list[str], since: date | None, limit: int | None, with_index: bool, workers: int | None) -> Ingested:
    """The main job. A retry repeats nothing: what is done is recorded, and only the rest is worked on."""
    return run(load_settings(workers=workers), paths, fetch=fetch, since=since, limit=limit, with_index=with_index)


@flow(name="ingest", persist_result=False)
def ingest(
    paths: list[str],
    since: date | None = None,
    limit: int | None = None,
    with_index: bool = True,
    workers: int | None = None,
) -> Ingested:
    """Take in *paths*, read and tag what is new, and publish it."""
    summary = work(paths, since, limit, with_index, workers)
    create_table_artifact(_counts(summary), key="ingest", description=summary.sentence())
    return summary


def _counts(summary: Ingested) -> list[dict[str, int]]:
    """The run in figures."""
    work = summary.work
    return [
        {
            "found": summary.found,
            "worked": work.worked,
            "failed": work.failed,
            "partial": work.partial,
            "pages": work.pages,
            "added": summary.added,
            "removed": summary.removed,
        }
    ]
