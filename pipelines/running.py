"""Choose how the main job runs: as a tracked flow where a Prefect server is named, plainly everywhere else."""

from collections.abc import Sequence
from datetime import date

from extractors.errors import UsageError
from pipelines import job
from pipelines.settings import Settings, prefect_api_url
from pipelines.sources.address import fetch


def run_ingest(
    settings: Settings,
    paths: Sequence[str],
    *,
    since: date | None = None,
    limit: int | None = None,
    with_index: bool = True,
) -> job.Ingested:
    """The main job; with ``PREFECT_API_URL`` set it is a flow run of that server."""
    if prefect_api_url() is None:
        return job.ingest(settings, paths, fetch=fetch, since=since, limit=limit, with_index=with_index)
    try:
        from pipelines.ingest import ingest
    except ModuleNotFoundError as error:
        raise UsageError(
            "PREFECT_API_URL is set, but Prefect is not installed.",
            mend="Install findingaid[prefect], or unset PREFECT_API_URL.",
        ) from error
    return ingest(list(paths), since=since, limit=limit, with_index=with_index, workers=settings.workers)
