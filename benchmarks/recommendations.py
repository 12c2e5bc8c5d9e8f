"""Recommendations as units, end to end: found, right, and under their exact number and page, in JSON.

Data: the five reports of the shared truth (gold/recommendations.json, 160 recommendations), with the shipped tagger.
Method: `findingaid ingest` of the reports, then `findingaid recommendations --report X --json`, scored by the shared
tools/score_recommendations.py; a number is exact when letters and figures agree. Peer: none; the truth is the measure.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
GOLD = SHARED / "gold" / "recommendations.json"


def findingaid(*arguments: str, home: str) -> str:
    """What one command prints, as a user runs it."""
    command = [sys.executable, "-m", "pipelines.cli.main", *arguments]
    environment = {**os.environ, "FINDINGAID_HOME": home}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def plain(number: str | None) -> str:
    """Letters and figures of a number, however it is bracketed."""
    return "".join(c for c in (number or "").lower() if c.isalnum())


def scored(report: str, register: str, gold: list[dict[str, str]], folder: Path) -> dict[str, object]:
    """The shared scorer's figures of one report, with the numbers and pages that agree exactly."""
    path = folder / f"{report}.jsonl"
    path.write_text(register)
    tool = [sys.executable, str(SHARED / "tools" / "score_recommendations.py"), str(GOLD), report, str(path)]
    found = json.loads(subprocess.run(tool, capture_output=True, text=True, check=True).stdout)
    pages: dict[str, set[int]] = defaultdict(set)
    for line in register.splitlines():
        unit = json.loads(line)
        pages[plain(unit["number"])] |= set(unit["pages"])
    wanted = [(plain(one["id"]), {int(page) for page in str(one["page"]).split("/")}) for one in gold]
    exact = sum(bool(pages[number] & page) for number, page in wanted)
    return {**found, "number_and_page_exact": round(exact / max(1, len(wanted)), 4)}


def main() -> None:
    if not GOLD.exists():
        print(json.dumps({"skipped": f"the shared truth is not here: {GOLD}"}))
        return
    by_report: dict[str, list[dict[str, str]]] = defaultdict(list)
    for one in json.loads(GOLD.read_text()):
        by_report[one["report"]].append(one)
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        paths = [str(SHARED / "corpus" / "pdf" / "cop509" / name) for name in by_report]
        findingaid("ingest", *paths, home=home)
        seconds = round(time.perf_counter() - began, 1)
        results = [
            scored(name, findingaid("recommendations", "--report", name, "--json", home=home), gold, Path(home))
            for name, gold in by_report.items()
        ]
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    print(json.dumps({"machine": machine, "ingest_seconds": seconds, "reports": results}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
