"""The main job, cold and again: wall seconds and memory of whole commands, in JSON.

Data: the reports named on the command line, or the largest inquiry report and its folder from the shared corpus.
Method: each command is a process of its own on an empty home; the child's own accounting gives seconds and peak memory.
Peer: none does the whole job; the second run is compared with the first.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "pdf" / "cop509"
LONG = "Volume_1-Blood-Inquiry-Recomm.pdf"


def timed(*arguments: str, home: str) -> dict[str, object]:
    """Run one command; its wall seconds, exit code and the largest child's peak memory so far."""
    began = time.perf_counter()
    environment = {**os.environ, "FINDINGAID_HOME": home}
    command = [sys.executable, "-m", "pipelines.cli.main", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = round(time.perf_counter() - began, 2)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return {
        "command": arguments[0],
        "seconds": seconds,
        "exit": done.returncode,
        "peak_mib_of_any_child": peak,
        "said": done.stderr.strip().splitlines()[-1:],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[SHARED / LONG, SHARED])
    paths = parser.parse_args().paths
    runs: dict[str, object] = {"help": timed("--help", home="unused")}
    for path in paths:
        if not path.exists():
            runs[path.name] = "skipped: not here"
            continue
        with tempfile.TemporaryDirectory() as home:
            runs[path.name] = {
                "cold": timed("ingest", str(path), home=home),
                "again": timed("ingest", str(path), home=home),
            }
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    print(json.dumps({"machine": machine, "runs": runs}, indent=1))


if __name__ == "__main__":
    main()
