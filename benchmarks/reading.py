"""Reading, measured: pages a second beside other readers in the same run, facts held, fidelity of the text.

Usage: python benchmarks/reading.py SHARED [--pages N] [--speed-only]. Prints one JSON object.
"""

import argparse
import difflib
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from extractors.errors import NoTextLayer, SourceError
from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf


def ours(data: bytes) -> int:
    try:
        return read_pdf(data, "bench", Limits(ocr=False)).page_count
    except NoTextLayer:
        # A file of outlines only: laid out, found to hold no text, and not counted as pages read.
        return 0


def plain_pypdfium2(data: bytes) -> int:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    for page in pdf:
        page.get_textpage().get_text_range()
    return len(pdf)


def pdfplumber_words_and_tables(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def pdfminer(data: bytes) -> int:
    from pdfminer.high_level import extract_pages

    return sum(1 for _ in extract_pages(io.BytesIO(data)))


def pypdf_text(data: bytes) -> int:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    for page in reader.pages:
        page.extract_text()
    return len(reader.pages)


READERS: dict[str, Callable[[bytes], int]] = {
    "findingaid": ours,
    "pypdfium2 text only": plain_pypdfium2,
    "pdfplumber words + tables": pdfplumber_words_and_tables,
    "pdfminer.six": pdfminer,
    "pypdf": pypdf_text,
}


def speed(reader: Callable[[bytes], int], files: list[Path]) -> dict[str, Any]:
    """Pages for each second of processor time, which a busy machine does not change."""
    pages, started = 0, time.process_time()
    for path in files:
        pages += reader(path.read_bytes())
    spent = time.process_time() - started
    return {"pages": pages, "cpu_seconds": round(spent, 1), "pages_per_cpu_second": round(pages / spent, 1)}


def compared(files: list[Path], slow: list[Path]) -> dict[str, Any]:
    """Every reader on the same files; the slow ones on the smaller list, and ours on both."""
    results: dict[str, Any] = {}
    for name, reader in READERS.items():
        chosen = files if name in ("findingaid", "pypdfium2 text only") else slow
        try:
            results[name] = speed(reader, chosen)
        except ImportError:
            results[name] = "not installed"
    results["findingaid, same files as the slow ones"] = speed(ours, slow)
    return results


def fidelity(shared: Path) -> float:
    """Ratio of matching text on the benchmark file, furniture included."""
    reading = read_pdf((shared / "corpus/pdf/bench/GeoTopo.pdf").read_bytes(), "GeoTopo")
    mine = " ".join(filter(None, (part for b in reading.blocks for part in (b.raw or b.text,))))
    truth = (shared / "gold/GeoTopo.txt").read_text()
    try:
        from rapidfuzz.distance import Levenshtein

        return round(Levenshtein.normalized_similarity(mine, truth), 4)
    except ImportError:
        matcher = difflib.SequenceMatcher(None, mine.split(), truth.split(), autojunk=False)
        return round(matcher.ratio(), 4)


def facts(shared: Path) -> Any:
    """What the scorer of facts says about blocks read now."""
    gold = shared / "gold/page_facts.jsonl"
    names = sorted({json.loads(line)["pdf"] for line in gold.open()})
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            write_blocks(shared / "corpus/pdf" / name, Path(folder) / (name.replace("/", "__") + ".jsonl"))
        command = [sys.executable, str(shared / "tools/score_facts.py"), str(gold), str(shared / "corpus/pdf"), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def write_blocks(path: Path, target: Path) -> None:
    try:
        reading = read_pdf(path.read_bytes(), path.name)
    except SourceError:
        return
    with target.open("w") as out:
        for block in reading.blocks:
            out.write(block.model_dump_json() + "\n")
        for problem in reading.problems:
            out.write(json.dumps({"kind": "problem", "page": problem.page, "what": problem.what}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--speed-only", action="store_true")
    arguments = parser.parse_args()
    files = sorted((arguments.shared / "corpus/pdf/cop509").glob("*.pdf"))
    result: dict[str, Any] = {"speed": compared(files, files[:2])}
    if not arguments.speed_only:
        result["fidelity"] = fidelity(arguments.shared)
        result["facts"] = facts(arguments.shared)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
