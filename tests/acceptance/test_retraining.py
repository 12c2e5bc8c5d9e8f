"""Reviewing and training as the README tells it: its very lines, run one after the other."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs findingaid[torch]")

from extractors.wording import counted
from tests.support.labels import as_lines, invented

LINES = re.compile(r"(?<=<!-- retrain -->\n```console\n)(.*?)(?=```\n)", re.DOTALL)
REPORTS = ("custody-death-northmoor-case-summary.pdf",)


@pytest.fixture
def shell(root, tmp_path):
    """Runs a line in a folder with a label file and a sample report."""
    here = tmp_path / "here"
    (here / "samples" / "reports").mkdir(parents=True)
    for name in REPORTS:
        shutil.copy(root / "samples" / "reports" / name, here / "samples" / "reports")
    for name in ("labels.jsonl", "others.jsonl"):
        (here / name).write_text(as_lines(invented(12)), encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "FINDINGAID_HOME": str(tmp_path / "home"),
        "FINDINGAID_GAZETTEER": str(root / "samples" / "gazetteer.json"),
    }

    def run(line: str) -> subprocess.CompletedProcess[str]:
        # The README's line goes to a shell, as a reader would type it.
        done = subprocess.run(line, shell=True, cwd=here, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        return done

    return run


def test_somebody_retrains_from_the_readme_alone(root, shell):
    """Each line does what it says; a report tagged anew by the new model keeps what a person said of it."""
    (block,) = LINES.findall((root / "README.md").read_text(encoding="utf-8"))
    first_line, *lines = [line.removeprefix("$ ") for line in block.splitlines()]
    shell("findingaid ingest samples/reports")
    waiting = shell(first_line.replace(" #", " --json #")).stdout.splitlines()
    name = json.loads(waiting[0])["id"]
    said = {line: shell(line.replace("NAME", name)) for line in lines}
    assert all("F1" in said[line].stdout for line in lines if line.startswith(("cat model", "findingaid measure")))
    assert f"worked on {len(REPORTS)} of {counted(len(REPORTS), 'document')}" in said[lines[-1]].stderr
    hits = map(json.loads, shell("findingaid search --limit 1000 --json").stdout.splitlines())
    assert [(hit["id"], hit["reviewed_roles"]) for hit in hits if hit["reviewed_roles"]] == [
        (name.rpartition("@")[0], ["narrative"])
    ]
