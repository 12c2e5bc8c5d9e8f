"""The flows, on a real ephemeral Prefect server: tracked, summed up, and free of report text."""

import json
from pathlib import Path

import httpx
import pytest
import yaml

prefect = pytest.importorskip("prefect")

from prefect.flows import load_flow_from_entrypoint  # noqa: E402 - as above
from prefect.settings import get_current_settings  # noqa: E402 - as above
from prefect.testing.utilities import prefect_test_harness  # noqa: E402 - as above

pytestmark = [
    pytest.mark.xdist_group("prefect"),
    pytest.mark.filterwarnings("default"),  # Prefect's own dependencies warn at import
]

SECRET = "The sergeant left the custody log blank for the whole of the night shift."


@pytest.fixture(scope="module")
def server():
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("FINDINGAID_HOME", str(tmp_path / "home"))
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "note.txt").write_text(
        f"Custody at Northmoor\n\n{SECRET}\n\nThe force should review its logs.\n"
    )
    return tmp_path


def entrypoints(root: Path) -> list[str]:
    return [d["entrypoint"] for d in yaml.safe_load((root / "prefect.yaml").read_text())["deployments"]]


def test_every_entrypoint_of_prefect_yaml_loads(root, monkeypatch):
    """``prefect deploy`` registers a broken flow and exits 0, so each is loaded here without the placeholder."""
    monkeypatch.chdir(root)
    loaded = [load_flow_from_entrypoint(e, use_placeholder_flow=False) for e in entrypoints(root)]
    assert [flow.name for flow in loaded] == ["ingest", "publish", "alerts"]


def test_deployments_write_one_at_a_time_and_name_parameters_that_exist(root, monkeypatch):
    """A run that is still going is joined by no other, and each parameter is one of the flow's."""
    monkeypatch.chdir(root)
    for deployment in yaml.safe_load((root / "prefect.yaml").read_text())["deployments"]:
        flow = load_flow_from_entrypoint(deployment["entrypoint"], use_placeholder_flow=False)
        assert deployment["concurrency_limit"] == 1
        assert set(deployment.get("parameters", {})) <= set(flow.parameters.properties)


def test_ingest_is_a_tracked_run_without_report_text(server, home):
    """The run completes, works once, and nothing Prefect stores holds a word of the report."""
    from pipelines.ingest import ingest

    first = ingest([str(home / "reports")])
    again = ingest([str(home / "reports")])
    assert (first.work.worked, first.added, again.work.worked, again.added) == (1, 1, 0, 0)
    stored = _stored()
    assert {run["state_type"] for run in stored["flow_runs"]} == {"COMPLETED"}
    assert len(stored["artifacts"]) >= 2
    assert "custody log" not in json.dumps(stored, default=str).lower()


def test_publish_completes_what_a_stopped_run_left(server, home):
    """What was read without indexing is served after the publish flow, once."""
    from pipelines.ingest import ingest
    from pipelines.publish import publish

    ingest([str(home / "reports")], with_index=False)
    assert (publish().added, publish().added) == (1, 0)


def test_a_failing_flow_says_what_failed(server, home):
    """A missing folder fails the run with our sentence, without a second try."""
    from extractors.errors import UnreadableFile
    from pipelines.ingest import ingest

    with pytest.raises(UnreadableFile, match="does not exist"):
        ingest([str(home / "nowhere")])


def _stored() -> dict[str, list[dict]]:
    """Everything the server holds about runs, as its API gives it."""
    url = get_current_settings().api.url
    kinds = ("flow_runs", "task_runs", "artifacts", "logs")
    return {kind: httpx.post(f"{url}/{kind}/filter", json={}, timeout=30).json() for kind in kinds}
