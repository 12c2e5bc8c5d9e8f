"""Killed anywhere, the next run completes what is missing and repeats nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from index.embedded import EmbeddedIndex

COMMAND = [sys.executable, "-m", "pipelines.cli.main", "ingest", "--workers", "1"]


def start(reports: Path, home: Path) -> subprocess.Popen:
    environment = {**os.environ, "FINDINGAID_HOME": str(home)}
    return subprocess.Popen([*COMMAND, str(reports)], env=environment, stderr=subprocess.PIPE, text=True)


def results(home: Path) -> dict[str, str]:
    """Hash and time of every result so far; none while there is no catalogue."""
    try:
        with closing(sqlite3.connect(f"file:{home / 'catalogue.sqlite'}?mode=ro", uri=True)) as db:
            return dict(db.execute("select sha256, finished_at from results"))
    except sqlite3.OperationalError:
        return {}


@pytest.fixture
def reports(tmp_path) -> Path:
    """Sixty small reports: enough that a kill lands in the middle."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        text = f"Visit {number}\n\n" + "\n\n".join(
            f"{n}. The log of cell {n} on visit {number} was blank." for n in range(1, 30)
        )
        (folder / f"visit-{number}.txt").write_text(text)
    return folder


@pytest.mark.parametrize("done", [1, 30, 60], ids=["at the first document", "half way", "while indexing"])
def test_a_killed_run_is_completed_and_nothing_done_twice(reports, tmp_path, done):
    """Results recorded before the kill keep their time; in the end every report is served once."""
    home = tmp_path / "home"
    with start(reports, home) as process:
        deadline = time.monotonic() + 120
        while len(results(home)) < done and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    before = results(home)
    assert len(before) >= done
    with start(reports, home) as again:
        _, said = again.communicate()
    assert again.returncode == 0, said
    after = results(home)
    assert len(after) == 60
    assert {sha: after[sha] for sha in before} == before
    assert EmbeddedIndex(home / "index").describe().reports == 60


def test_workers_die_with_their_parent(reports, tmp_path):
    """A killed run leaves no process behind."""
    with start(reports, tmp_path / "home") as process:
        deadline = time.monotonic() + 60
        while not (children := _children(process.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    while any(Path(f"/proc/{child}/cmdline").exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [child for child in children if _alive(child)]


def _children(pid: int) -> list[int]:
    task = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in task.read_text().split()] if task.exists() else []


def _alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
