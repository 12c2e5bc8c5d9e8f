"""Put the text back into the further labels: references in, a label file for ``findingaid train --also`` out.

``further_labels.jsonl.gz`` holds 20,702 paragraphs labelled by the codebook, without their text, which is not ours to
hand on. Whoever has the documents (``--corpus``: the same folder of reports and data sets that the other benchmarks
read) gets them back; how many were found is printed. Nothing is measured on these labels, they are only learnt from.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from extractors.errors import FindingAidError
from extractors.reading import read
from extractors.records import BlockKind
from extractors.tagging.references import Reference, resolve

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
REFERENCES = Path(__file__).with_name("further_labels.jsonl.gz")
OUT = Path(__file__).parent / "out" / "further_labels.jsonl"
Texts = Iterator[tuple[str, str]]


def references() -> list[Reference]:
    """The labels as they are kept."""
    with gzip.open(REFERENCES, "rt", encoding="utf-8") as lines:
        return [Reference.model_validate_json(line) for line in lines]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def data_sets(folder: Path) -> Texts:
    """Heading and text of every paragraph in the watchdog's, the coroners' and the inquiries' data sets."""
    for row in _rows(folder / "iopc_recommendations_2021.jsonl"):
        for line in (row["content"] or "").split("\n"):
            yield row["heading"], line.strip()
    for row in _rows(folder / "pfd_reports_sections.jsonl"):
        for part in ("investigation", "circumstances", "concerns"):
            yield "", (row[part] or "").strip()
    for row in _rows(folder / "uk_inquiry_recommendations.jsonl"):
        yield "", row["Recommendation"].strip()


def replies(folder: Path) -> Texts:
    """What a transport commission recommended, and the paragraphs of what it was answered."""
    sheet = load_workbook(folder / "TAIC_recommendations_04_04_2024.xlsx", read_only=True).worksheets[0]
    for recommended, answered in sheet.iter_rows(min_row=2, min_col=8, max_col=9, values_only=True):
        yield "", " ".join(_mended(recommended).split())
        for part in re.split(r"\n\s*\n|\n(?=[A-Z(])", _mended(answered).strip()):
            yield "", " ".join(part.split())


def _mended(cell: object) -> str:
    """A cell's text, the signs of which were read in another encoding than they were written in."""
    text = str(cell or "").replace("_x000D_", "").replace("\r", "")
    try:
        return text.encode("cp1252").decode("utf8")
    except UnicodeError:
        return re.sub("â€.|Â", "’", text)


def accidents(folder: Path) -> Texts:
    """Heading and text of every paragraph in the raw texts of transport commissions' reports."""
    for name in ("parsed_reports.jsonl", "recommendation_test_data.jsonl"):
        for row in _rows(folder / name):
            yield from _read(re.sub(r"<< Page \w+ >>", "\f", row["text"]).encode(), "report.txt")


def reports(folder: Path) -> Texts:
    """Heading and text of every paragraph that the reader sees in PDF and text files."""
    for path in sorted([*folder.glob("pdf/*/*.pdf"), *folder.glob("text/*/*.txt")]):
        try:
            yield from _read(path.read_bytes(), path.name)
        except FindingAidError:
            continue  # broken or locked on purpose: no label is about it


def _read(content: bytes, name: str) -> Texts:
    heading = ""
    for block in read(content, name=name).blocks:
        if block.kind is BlockKind.HEADING:
            heading = block.text
        yield heading, block.text.strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if not options.corpus.is_dir():
        raise SystemExit(f"{options.corpus} is not here: name a folder of reports and data sets with --corpus.")
    wanted = references()
    sets = options.corpus / "datasets"
    texts = [*data_sets(sets), *replies(sets / "taic"), *accidents(sets / "taic"), *reports(options.corpus)]
    found = list(resolve(wanted, texts))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("".join(f"{label.model_dump_json()}\n" for label in found), encoding="utf-8")
    print(json.dumps({"references": len(wanted), "found": len(found), "file": str(options.out)}))


if __name__ == "__main__":
    main()
