"""The flow that runs saved searches on a schedule, after the index was brought up to date."""

from prefect import flow, task
from prefect.artifacts import create_table_artifact

from pipelines.alerting import run
from pipelines.retrying import may_pass
from pipelines.settings import load_settings
from pipelines.watching import Ran, refuse_failures


@task(name="run alerts", retries=3, retry_delay_seconds=60, retry_condition_fn=may_pass)
def work(names: list[str]) -> list[Ran]:
    """Report what is new. What is for stdout waits: a schedule has none, and report text must not reach its logs."""
    return run(load_settings(), names, None)


@flow(name="alerts", persist_result=False)
def alerts(names: list[str] | None = None) -> list[Ran]:
    """Run saved searches (all of them by default); their outputs get what is new."""
    ran = work(names or [])
    rows = [one.model_dump(mode="json", include={"alert", "new", "delivered"}) for one in ran]
    create_table_artifact(rows or [{"alert": "none"}], key="alerts", description=f"{len(ran)} alerts run")
    refuse_failures(ran)
    return ran
