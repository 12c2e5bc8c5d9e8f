"""The reader against mutated real PDFs, thousands of times: none may hang, crash the batch or fail unnamed.

Usage: python benchmarks/fuzz.py [SHARED] [--tries N] [--seed N]. Prints one JSON object and writes it to
benchmarks/out/fuzz.json; ends with 1 where anything but a reading or a SourceError came out. Each try runs in a
lane, as in a batch, so that a crash of the library or a stall costs one try and is counted.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path

from extractors.errors import FindingAidError
from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from pipelines.lanes import run_all

LARGEST = 600_000
"""Bytes: larger files spend the time on reading, not on new ways to be broken."""
SECONDS = 60.0
FOREIGN = "not a SourceError"
_TOKENS = (b"<<", b">>", b"[", b"]", b"(", b"0 0 R", b"endobj", b"-1", b"9" * 12, b"/Kids", b"/Length 9")


def prepare() -> None:
    """Nothing to prepare."""


def attempt(task: tuple[str, int]) -> str:
    """Read one mutation; the name of what came of it."""
    path, seed = task
    data = mutated(Path(path).read_bytes(), random.Random(seed))
    try:
        return "read" if read_pdf(data, "mutated.pdf", Limits(ocr=False, pages=60)).blocks else "nothing"
    except FindingAidError as error:
        return type(error).__name__
    except Exception as error:  # noqa: BLE001 - what no error was made for is what is sought
        return f"{FOREIGN}: {type(error).__name__} (seed {seed}, {Path(path).name})"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, parts cut out, doubled, and tokens put in; now and then the end cut off."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        place, size = chance.randrange(len(broken)), chance.randint(1, 60)
        act = chance.randrange(4)
        if act == 0:
            broken[place] = chance.randrange(256)
        elif act == 1 and len(broken) > 1_000:
            del broken[place : place + size]
        else:
            broken[place:place] = broken[place : place + size] if act == 2 else chance.choice(_TOKENS)
    return bytes(broken[: chance.randint(len(broken) // 3, len(broken))] if chance.random() < 0.2 else broken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--tries", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    files = sorted(str(p) for p in (arguments.shared / "corpus/pdf").rglob("*.pdf") if p.stat().st_size < LARGEST)
    tasks = [(files[n % len(files)], arguments.seed * 1_000_000 + n) for n in range(arguments.tries)]
    began = time.monotonic()
    outcomes: Counter[str] = Counter()
    for _, result in run_all(tasks, attempt, prepare=prepare, given=(), lanes=2, seconds=SECONDS):
        outcomes[result if isinstance(result, str) else f"process: {type(result).__name__}"] += 1
    spent = round(time.monotonic() - began)
    report = {"files": len(files), "tries": len(tasks), "seed": arguments.seed, "seconds": spent, "outcomes": outcomes}
    out = Path(__file__).parent / "out"
    out.mkdir(exist_ok=True)
    (out / "fuzz.json").write_text(json.dumps(report, indent=1))
    print(json.dumps(report, indent=1))
    sys.exit(any(name.startswith(FOREIGN) for name in outcomes))


if __name__ == "__main__":
    main()
