"""The flow that brings the index up to the store: after a stopped run, or on a schedule of its own."""

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from pipelines.job import Ingested, Worked, publish_new, tagged_version
from pipelines.retrying import may_pass
from pipelines.settings import load_settings
from pipelines.store.store import Store


@task(name="publish what is new", retries=5, retry_delay_seconds=30, retry_condition_fn=may_pass)
def work() -> Ingested:
    """Publish the reports that the index lacks."""
    settings = load_settings()
    return publish_new(settings, Store(settings.home), tagged_version(settings), Ingested(work=Worked()))


@flow(name="publish", persist_result=False)
def publish() -> Ingested:
    """Publish whatever was read and tagged and is not yet served."""
    summary = work()
    rows = [
        {"added": summary.added, "removed": summary.removed, "reports": summary.index.reports if summary.index else 0}
    ]
    create_table_artifact(rows, key="publish", description=summary.sentence())
    return summary
