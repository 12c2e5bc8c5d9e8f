"""Search over long reports: twenty questions of ten kinds to inquiries and responses, and where each answer stands.

Usage: python benchmarks/search_inquiries.py [SHARED]

The reports of SHARED/corpus/pdf/cop509 are read and indexed without tags, with vectors. For each mode one JSON object:
how many of the expected reports are among those of the first ten passages, whether the first passage is of one, whether
a passage with the anchor words is among the first ten (where the truth names any), and which queries miss theirs.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any, get_args

from extractors.reading import read
from extractors.records import BlockKind, Document, Maker, Passage, Source, Tagged
from extractors.report import describe
from index.embedded import EmbeddedIndex
from index.protocol import Index, Mode

FIRST = 10
MEASURES = ("reports_found", "first_right", "anchor_found")


def untagged(path: Path) -> Tagged:
    """One report as passages without tags."""
    import hashlib

    data = path.read_bytes()
    reading = read(data, name=path.name)
    document = Document(
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf",
        size=len(data),
        source=Source(name="folder", locator=path.name),
    )
    report = describe(reading, document).replaced(url=path.name)
    blocks = [block for block in reading.blocks if block.kind is not BlockKind.FURNITURE]
    passages = tuple(Passage(id=f"{report.id}:{block.ordinal}", report=report, block=block) for block in blocks)
    return Tagged(report=report, maker=Maker(name="none", revision="0"), passages=passages)


def answered(index: Index, query: dict[str, Any], mode: Mode, plain: Any) -> dict[str, float | None]:
    """How well one question was answered; of the anchor nothing is said where the truth names none."""
    hits = index.search(query["query"], limit=FIRST, mode=mode).hits
    found = [hit.passage.report.url for hit in hits]
    expected, anchor = set(query["expected_docs"]), query["anchor"]
    texts = [" ".join((hit.passage.block.text, *(c for row in hit.passage.block.rows for c in row))) for hit in hits]
    return {
        "reports_found": len(expected & set(found)) / len(expected),
        "first_right": float(bool(found) and found[0] in expected),
        "anchor_found": float(any(plain(anchor) in plain(text) for text in texts)) if anchor else None,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    shared = parser.parse_args().shared
    sys.path.insert(0, str(shared / "tools"))
    from fold import tokens

    def plain(text: str) -> str:
        return "".join(tokens(text))

    queries = json.loads((shared / "gold" / "search_queries.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder))
        held = index.publish(map(untagged, sorted((shared / "corpus" / "pdf" / "cop509").glob("*.pdf"))), vectors=True)
        for mode in get_args(Mode):
            each = {query["query_id"]: answered(index, query, mode, plain) for query in queries}
            told = {name: [one[name] for one in each.values() if one[name] is not None] for name in MEASURES}
            means = {name: round(statistics.fmean(values), 3) for name, values in told.items()}
            missed = [name for name, one in each.items() if one["anchor_found"] == 0]
            print(json.dumps({"mode": mode, "passages": held.passages, **means, "anchor_missed": missed}), flush=True)


if __name__ == "__main__":
    main()
