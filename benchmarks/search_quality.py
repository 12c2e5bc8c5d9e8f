"""Search quality against graded judgements: nDCG@10 and recall@20 of documents, each scored by its best passages.

Usage: python benchmarks/search_quality.py SHARED [--out FILE]

SHARED holds gold/search_iopc.jsonl and tools/{to_records,score_search}.py. Passages are indexed without tags, which
ranking does not read.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.formats.records import ImportRecord, read_record, read_records
from extractors.records import BlockKind, Document, Maker, Passage, Source, Tagged
from extractors.report import describe
from index.embedded import EmbeddedIndex
from index.protocol import Index

MADE_OF = ("iopc", "inquiries", "pfd")
DOCUMENTS = 20


def collection(shared: Path) -> Iterator[Tagged]:
    """The judged collection as untagged reports."""
    for kind in MADE_OF:
        command = [sys.executable, str(shared / "tools" / "to_records.py"), kind]
        lines = subprocess.run(command, capture_output=True, check=True).stdout
        for record in read_records(lines):
            if isinstance(record, ImportRecord):
                yield untagged(record)


def untagged(record: ImportRecord) -> Tagged:
    """One record as a report whose passages carry no tags."""
    import hashlib

    reading = read_record(record)
    sha256 = hashlib.sha256(record.model_dump_json().encode()).hexdigest()
    document = Document(
        sha256=sha256, media_type="application/x-record", size=0, source=Source(name="record", locator=record.url)
    )
    report = describe(reading, document, record)
    passages: list[Passage] = []
    heading = report.title
    for block in reading.blocks:
        passages.append(Passage(id=f"{report.id}:{block.ordinal}", report=report, block=block, heading=heading))
        heading = block.text if block.kind is BlockKind.HEADING else heading
    return Tagged(report=report, maker=Maker(name="none", revision="0"), passages=tuple(passages))


def ranking(index: Index, query: str) -> list[str]:
    """Urls of the documents whose passages answer best."""
    found: dict[str, float] = {}
    for hit in index.search(query, limit=400).hits:
        found.setdefault(hit.passage.report.url, hit.score)
    return list(found)[:DOCUMENTS]


def write_run(path: Path, queries: Iterable[dict[str, str]], index: Index) -> None:
    """The ranking of each query, as the scorer reads it."""
    with path.open("w") as run:
        for query in queries:
            for place, url in enumerate(ranking(index, query["query"]), 1):
                run.write(f"{query['query_id']}\t{url}\t{place}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "search-run.tsv")
    parser.add_argument("--index", type=Path, help="Keep or use the index there.")
    given = parser.parse_args()
    folder = given.index or Path(tempfile.mkdtemp())
    index = EmbeddedIndex(folder)
    if index.describe().generation is None:
        index.publish(collection(given.shared))
    judgements = given.shared / "gold" / "search_iopc.jsonl"
    write_run(given.out, map(json.loads, judgements.read_text().splitlines()), index)
    score = [sys.executable, str(given.shared / "tools" / "score_search.py"), str(judgements), str(given.out)]
    print(subprocess.run(score, capture_output=True, text=True, check=True).stdout.strip())


if __name__ == "__main__":
    main()
