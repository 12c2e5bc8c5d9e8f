"""The real search server of the tests is made once, however many workers ask for it at the same moment."""

import importlib.util
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


def test_workers_that_ask_at_once_build_one_plugin(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a fresh machine two test workers once removed each other's half-built plugin."""
    spec = importlib.util.spec_from_file_location("server", root / "tests" / "system" / "elasticsearch.py")
    assert spec is not None
    assert spec.loader is not None
    server = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(server)
    commands: list[tuple[object, ...]] = []

    def slow_compiler(*command: object) -> None:
        time.sleep(0.05)
        commands.append(command)

    monkeypatch.setattr(server, "_run", slow_compiler)
    monkeypatch.setattr(server, "java_home", lambda: tmp_path)
    monkeypatch.setattr(server, "CACHE", tmp_path / "cache")
    home = tmp_path / "cache" / f"elasticsearch-{server.VERSION}"
    home.mkdir(parents=True)
    (home / "ready").touch()
    with ThreadPoolExecutor(8) as pool:
        homes = list(pool.map(lambda _: server.distribution(), range(8)))
    assert set(homes) == {home}
    assert len(commands) == 2, "compiled once, packed once"
