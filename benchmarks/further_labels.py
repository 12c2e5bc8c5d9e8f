"""Put the text back into the further labels: references in, a label file for ``findingaid train --also`` out.

``further_labels.jsonl.gz`` holds 15,440 paragraphs labelled by the codebook, without their text, which is not ours to
hand on. Whoever has the documents (``--corpus``: the same folder of reports and data sets that the other benchmarks
read) gets them back; how many were found is printed. Nothing is measured on these labels, they are only learnt from.
"""

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

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
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


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


def reports(folder: Path) -> Texts:
    """Heading and text of every paragraph that the reader sees in PDF and text files."""
    for path in sorted([*folder.glob("pdf/*/*.pdf"), *folder.glob("text/*/*.txt")]):
        try:
            reading = read(path.read_bytes(), name=path.name)
        except FindingAidError:
            continue  # broken or locked on purpose: no label is about it
        heading = ""
        for block in reading.blocks:
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
    found = list(resolve(wanted, [*data_sets(options.corpus / "datasets"), *reports(options.corpus)]))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text("".join(f"{label.model_dump_json()}\n" for label in found), encoding="utf-8")
    print(json.dumps({"references": len(wanted), "found": len(found), "file": str(options.out)}))


if __name__ == "__main__":
    main()
