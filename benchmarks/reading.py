"""Reading, measured beside other readers in the same run: speed, facts, fidelity, OCR, silence, memory.

Usage: python benchmarks/reading.py [SHARED] [--speed-only]. Prints one JSON object, writes it to
benchmarks/out/reading.json and, whole runs only, the table in docs/reading.md. Speeds are pages for each second of
processor time, children included, which a busy machine disturbs little.
"""

import argparse
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
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
    "pypdfium2 text only": plain_pypdfium2,
    "pdfplumber words + tables": pdfplumber_words_and_tables,
    "pdfminer.six": pdfminer,
    "pypdf": pypdf_text,
}
BEGIN, END = "<!-- figures: written by make bench-reading -->", "<!-- end of figures -->"
EVERY = 24
"""Each how many-th page the slow readers are given."""


def spent() -> float:
    """Processor seconds of this process and of the children that have ended."""
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def speed(reader: Callable[[bytes], int], files: list[bytes]) -> dict[str, Any]:
    """Pages for each second of processor time."""
    began = spent()
    pages = sum(map(reader, files))
    seconds = spent() - began
    return {"pages": pages, "cpu_seconds": round(seconds, 2), "pages_per_cpu_second": round(pages / seconds, 1)}


def two_processes(files: list[bytes]) -> dict[str, Any]:
    """Both cores at once: pages a second of the clock, and what the processor time says they would be undisturbed."""
    began, clock = spent(), time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        pages = sum(pool.map(ours, files))
    wall, cpu = time.monotonic() - clock, spent() - began
    return {"pages": pages, "pages_per_second": round(pages / wall, 1), "undisturbed": round(2 * pages / cpu, 1)}


def joined(paths: list[Path], *, every: int = 1, most: int = 10_000) -> bytes:
    """A PDF of each *every*-th page of the files."""
    import pypdfium2

    made = pypdfium2.PdfDocument.new()
    for path in paths:
        source = pypdfium2.PdfDocument(path)
        pages = list(range(0, len(source), every))[: most - len(made)]
        if pages:
            made.import_pages(source, pages)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def compared(paths: list[Path]) -> dict[str, Any]:
    """Ours on whole files; every reader, ours among them, on the same sampled pages."""
    files = [path.read_bytes() for path in paths]
    sample = [joined([path], every=EVERY) for path in paths]
    results = {"findingaid": speed(ours, files), "findingaid, two processes": two_processes(files)}
    results["pypdfium2 text only, whole files"] = speed(plain_pypdfium2, files)
    for name, reader in {"findingaid": ours, **READERS}.items():
        results[f"{name}, sampled pages"] = speed(reader, sample)
    return results


def fidelity(shared: Path) -> dict[str, float]:
    """Likeness by characters to the benchmark file's text, furniture included, and that of plain pypdfium2.

    Levenshtein similarity counts a wrong character once; ``ratio``, as python-Levenshtein has it and the published
    figures of that file use it, counts it as one deleted and one inserted. Blocks are parted by a blank line, as
    paragraphs are in that text.
    """
    import pypdfium2
    from rapidfuzz.distance import Indel, Levenshtein

    data, truth = (shared / "corpus/pdf/bench/GeoTopo.pdf").read_bytes(), (shared / "gold/GeoTopo.txt").read_text()
    mine = "\n\n".join(b.raw or b.text for b in read_pdf(data, "GeoTopo").blocks)
    plain = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    return {
        "similarity": round(Levenshtein.normalized_similarity(mine, truth), 4),
        "ratio": round(Indel.normalized_similarity(mine, truth), 4),
        "pypdfium2_ratio": round(Indel.normalized_similarity(plain, truth), 4),
    }


def ocr(shared: Path) -> dict[str, Any]:
    """Pages of prose as pictures, read again: wrong characters against the text layer, and pages a minute."""
    import pypdfium2
    from PIL import Image
    from rapidfuzz.distance import Levenshtein

    from extractors.formats.pdf.evidence import page_png

    sys.path.insert(0, str(shared / "tools"))
    from fold import fold

    data = (shared / "corpus/pdf/cop509/Volume_1-Blood-Inquiry-Recomm.pdf").read_bytes()
    prose = [n for n in range(40, 200, 9) if pypdfium2.PdfDocument(data)[n].get_textpage().count_chars() > 1_500][:16]
    one = pypdfium2.PdfDocument.new()
    one.import_pages(pypdfium2.PdfDocument(data), prose)
    truth, scan = io.BytesIO(), io.BytesIO()
    one.save(truth)
    pages = [Image.open(io.BytesIO(page_png(truth.getvalue(), n + 1, dpi=200))).convert("L") for n in range(len(prose))]
    pages[0].save(scan, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    began = spent()
    read = read_pdf(scan.getvalue(), "scan", Limits(ocr_processes=2))
    cpu = spent() - began
    wrong = total = 0
    for page in range(1, len(prose) + 1):
        said, meant = (
            fold(" ".join(b.raw for b in r.blocks if page in b.pages)) for r in (read, read_pdf(truth.getvalue(), "t"))
        )
        wrong, total = wrong + Levenshtein.distance(said, meant), total + len(meant)
    return {
        "pages": len(prose),
        "engine": read.ocr[0].engine if read.ocr else None,
        "wrong_characters": round(wrong / total, 5),
        "pages_per_minute_on_two_cores": round(120 * len(prose) / cpu, 1),
    }


def silence(shared: Path) -> dict[str, Any]:
    """Pages with something to see but without a block or a problem; strings under redactions that came through."""
    sys.path.insert(0, str(shared / "tools"))
    from fold import squeeze

    hidden = [json.loads(line) for line in (shared / "gold/page_facts.jsonl").open()]
    hidden = [f for f in hidden if f["kind"] == "absent" and f["pdf"].startswith("redaction/")]
    silent, through, pages, unread = 0, 0, 0, 0
    for path in sorted((shared / "corpus/pdf").rglob("*.pdf")):
        try:
            reading = read_pdf(path.read_bytes(), path.name)
        except SourceError:
            unread += 1
            continue
        told = {n for b in reading.blocks for n in b.pages} | {p.page for p in reading.problems} | blank(path)
        pages, silent = pages + reading.page_count, silent + len(set(range(1, reading.page_count + 1)) - told)
        here = [f for f in hidden if f["pdf"] == f"{path.parent.name}/{path.name}"]
        through += sum(squeeze(f["text"]) in squeeze(reading.model_dump_json()) for f in here)
    return {
        "pages": pages, "silent_empty_pages": silent, "documents_refused": unread,
        "strings_under_redactions": len(hidden), "let_through": through,
    }  # fmt: skip


def blank(path: Path) -> set[int]:
    """Pages on which nothing can be seen, by a look of plain pypdfium2 at all of their dots."""
    import pypdfium2

    empty: set[int] = set()
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        if len(page.get_textpage().get_text_range().strip()) == 0:
            darkest, lightest = page.render(scale=1, grayscale=True).to_pil().getextrema()
            empty |= {number} if darkest == lightest else set()
    return empty


def memory(paths: list[Path]) -> dict[str, Any]:
    """The most that a process held which read a file of 600 pages, and one of 60."""
    found: dict[str, Any] = {}
    for pages in (60, 600):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
            Path(file.name).write_bytes(joined(paths, most=pages))
            command = [sys.executable, __file__, "--one", file.name]
            found[f"megabytes_{pages}_pages"] = int(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


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


def table(result: dict[str, Any]) -> str:
    """The figures as Markdown."""
    facts, ocr, silence, memory = (result[name] for name in ("facts", "ocr", "silence", "memory"))
    rows = {
        name: f"{v.get('pages_per_cpu_second', v.get('undisturbed'))} pages a second"
        for name, v in result["speed"].items()
    }
    rows["facts held"] = f"{facts['held']:.3f} of {facts['facts']}"
    rows["by kind"] = ", ".join(f"{kind} {held}/{of}" for kind, (held, of) in facts["by_kind"].items())
    rows["GeoTopo, Levenshtein ratio (similarity)"] = (
        "{ratio} ({similarity}); plain pypdfium2 {pypdfium2_ratio}".format(**result["fidelity"])
    )
    rows[f"OCR by {ocr['engine']}, {ocr['pages']} clean pages, two cores"] = (
        f"{ocr['pages_per_minute_on_two_cores']} pages a minute, {100 * ocr['wrong_characters']:.2f} % wrong"
    )
    rows["silent empty pages"] = f"{silence['silent_empty_pages']} of {silence['pages']}"
    rows["strings under redactions let through"] = f"{silence['let_through']} of {silence['strings_under_redactions']}"
    rows["most memory for 60 and for 600 pages"] = (
        f"{memory['megabytes_60_pages']} and {memory['megabytes_600_pages']} MB"
    )
    return "\n".join(["| measure | result |", "|---|---|", *(f"| {name} | {said} |" for name, said in rows.items())])


def write(result: dict[str, Any], *, whole: bool) -> None:
    root = Path(__file__).parents[1]
    (root / "benchmarks/out").mkdir(exist_ok=True)
    (root / "benchmarks/out/reading.json").write_text(json.dumps(result, indent=1))
    if whole:
        page = root / "docs/reading.md"
        before, _, rest = page.read_text().partition(BEGIN)
        page.write_text(f"{before}{BEGIN}\n{table(result)}\n{END}{rest.partition(END)[2]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--speed-only", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        ours(Path(arguments.one).read_bytes())
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    if not arguments.shared.is_dir():
        sys.exit(f"The shared material is not at {arguments.shared}; name its folder.")
    paths = sorted((arguments.shared / "corpus/pdf/cop509").glob("*.pdf"))
    machine = (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    result: dict[str, Any] = {"machine": machine, "data": "corpus/pdf/cop509", "speed": compared(paths)}
    if not arguments.speed_only:
        result |= {
            "fidelity": fidelity(arguments.shared),
            "facts": facts(arguments.shared),
            "ocr": ocr(arguments.shared),
        }
        result |= {"silence": silence(arguments.shared), "memory": memory(paths)}
    write(result, whole=not arguments.speed_only)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
