"""Fixtures for all tests, and the rule that CI skips nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from index.elastic import ElasticIndex

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"

# No time fails a test: a busy machine once took a fifth of a second for an example that takes a thousandth.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, labels and truth; absent on a user's machine."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared material is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The invented reports that ship with the project."""
    return ROOT / "samples"


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """Tests see no home, no server and no telemetry of the person who runs them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("FINDINGAID_", "PREFECT_API_"))]:
            patch.delenv(name)
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """In CI a skipped test is a failed one: every part the tests need can be had there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, but CI skips nothing: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """Address of a real Elasticsearch: yours where ELASTICSEARCH_URL is set, else one that is started for the run."""
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield url
        return
    folder = Path(tempfile.mkdtemp(prefix="findingaid-search-server-"))
    folder.chmod(0o755)  # the server runs as another user
    command = [sys.executable, str(ROOT / "tests" / "system" / "elasticsearch.py"), str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        url = server.stdout.readline().strip()
        if not url:
            pytest.skip(f"no Elasticsearch could be started: {server.stderr.read()[-300:]}")
        yield url
    finally:
        server.terminate()
        server.wait(60)
        server.stdout.close()
        server.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def elasticsearch_index(elasticsearch_url: str) -> "Iterator[Callable[[], ElasticIndex]]":
    """Makes empty indices on the server, each under a name of its own, and removes them at the end."""
    from index.elastic import ElasticIndex, Server, connect

    client = connect(Server(url=elasticsearch_url))
    prefixes: list[str] = []

    def make() -> ElasticIndex:
        prefixes.append(f"test-{os.urandom(6).hex()}")
        return ElasticIndex(Server(url=elasticsearch_url, prefix=prefixes[-1]), client)

    yield make
    for prefix in prefixes:
        for name in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=name)
    client.close()
