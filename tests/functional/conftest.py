"""Run the command line inside the test's process, in a home of its own."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """Stdout as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def home(tmp_path, monkeypatch, samples) -> Path:
    """An empty home that knows the samples' invented forces."""
    monkeypatch.setenv("FINDINGAID_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("FINDINGAID_GAZETTEER", str(samples / "gazetteer.json"))
    return tmp_path / "home"


@pytest.fixture
def findingaid(home, monkeypatch, capfd) -> Callable[..., Said]:
    """The command: arguments in, exit code, stdout and stderr out."""

    def run(*arguments: object) -> Said:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["findingaid", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capfd.readouterr()
        return Said(code, captured.out, captured.err)

    return run
