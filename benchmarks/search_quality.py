"""Search quality against graded judgements: nDCG@10 and recall@20 of documents, each by its best passage.

Usage: python benchmarks/search_quality.py [SHARED] [--index FOLDER]

SHARED holds gold/search_iopc.jsonl and tools/{to_records,score_search}.py. Passages are indexed without tags, which
ranking does not read. Each line tells one more step of how a query is understood, so that it is seen what each gives;
then come the ways of searching (by meaning, by both). Intervals are 95 % by bootstrap over queries, those of a
difference to the text ranking over the same draws. The last line is what ``score_search.py`` says of the text ranking.
"""

import argparse
import json
import math
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.formats.records import ImportRecord, read_record, read_records
from extractors.records import BlockKind, Document, Maker, Passage, Source, Tagged
from extractors.report import describe
from index import asking
from index.embedded import EmbeddedIndex
from index.protocol import Index, Mode

MADE_OF = ("iopc", "inquiries", "pfd")
DOCUMENTS = 20
PASSAGES = 100
"""Passages asked for, to find so many documents among."""
DRAWS = 2_000
MODES: tuple[Mode, ...] = ("meaning", "hybrid")


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


def ranking(index: Index, query: str, mode: Mode = "text") -> list[str]:
    """Urls of the documents whose passages answer best."""
    found = dict.fromkeys(hit.passage.report.url for hit in index.search(query, limit=PASSAGES, mode=mode).hits)
    return list(found)[:DOCUMENTS]


def judged(grades: dict[str, int], ranked: list[str]) -> tuple[float, float]:
    """nDCG@10 and recall@20 of one ranking, as the scorer in SHARED has them."""
    gained = sum((2 ** grades.get(name, 0) - 1) / math.log2(place + 2) for place, name in enumerate(ranked[:10]))
    best = sorted(grades.values(), reverse=True)[:10]
    ideal = sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(best))
    relevant = {name for name, grade in grades.items() if grade}
    return gained / ideal, len(relevant & set(ranked)) / len(relevant)


def interval(values: list[float]) -> list[float]:
    """95 % by bootstrap over queries."""
    draw = random.Random(1)
    means = sorted(statistics.fmean(draw.choices(values, k=len(values))) for _ in range(DRAWS))
    return [round(means[int(DRAWS * share)], 3) for share in (0.025, 0.975)]


def measured(step: str, queries: list[dict[str, Any]], rankings: dict[str, list[str]]) -> dict[str, Any]:
    """The figures of one way to ask."""
    each = [judged(query["judged"], rankings[query["query_id"]]) for query in queries]
    by_kind: dict[str, list[float]] = defaultdict(list)
    for query, (gain, _) in zip(queries, each, strict=True):
        by_kind[query["kind"]].append(gain)
    gains, recalls = [gain for gain, _ in each], [recall for _, recall in each]
    return {
        "step": step,
        "ndcg@10": round(statistics.fmean(gains), 3),
        "ndcg_interval": interval(gains),
        "recall@20": round(statistics.fmean(recalls), 3),
        "recall_interval": interval(recalls),
        "ndcg_by_kind": {kind: round(statistics.fmean(values), 2) for kind, values in by_kind.items()},
    }


def compared(
    queries: list[dict[str, Any]], found: dict[str, list[str]], text: dict[str, list[str]]
) -> dict[str, list[float]]:
    """Intervals of what a way of searching gives more than the text ranking."""
    pairs = [
        (judged(query["judged"], found[query["query_id"]]), judged(query["judged"], text[query["query_id"]]))
        for query in queries
    ]
    return {
        "ndcg_more": interval([one[0] - other[0] for one, other in pairs]),
        "recall_more": interval([one[1] - other[1] for one, other in pairs]),
    }


def steps() -> Iterator[str]:
    """Ways to ask, from words alone to all there is; each is in force while its name is out."""
    whole = {name: getattr(asking, name) for name in ("MOST_STRETCHES", "spelt", "widened")}
    asking.MOST_STRETCHES = 0
    asking.spelt = lambda tree, _: (tree, {})
    asking.widened = lambda tree, _: tree
    yield "words alone"
    for name, step in (("MOST_STRETCHES", "surroundings"), ("spelt", "spelling"), ("widened", "other names")):
        setattr(asking, name, whole[name])
        yield f"and {step}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--index", type=Path, help="Keep or use the index there.")
    given = parser.parse_args()
    index = EmbeddedIndex(given.index or Path(tempfile.mkdtemp()))
    if index.describe().generation is None:
        index.publish(collection(given.shared), vectors=True)
    judgements = given.shared / "gold" / "search_iopc.jsonl"
    queries = [json.loads(line) for line in judgements.read_text().splitlines()]
    rankings: dict[str, list[str]] = {}
    for step in steps():
        rankings = {query["query_id"]: ranking(index, query["query"]) for query in queries}
        print(json.dumps(measured(step, queries, rankings)), flush=True)
    for mode in MODES:
        found = {query["query_id"]: ranking(index, query["query"], mode) for query in queries}
        told = measured(f"{mode} mode", queries, found) | compared(queries, found, rankings)
        print(json.dumps(told), flush=True)
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as run:
        for query, ranked in rankings.items():
            run.writelines(f"{query}\t{name}\t{place}\n" for place, name in enumerate(ranked, 1))
        run.flush()
        score = [sys.executable, str(given.shared / "tools" / "score_search.py"), str(judgements), run.name]
        print(subprocess.run(score, capture_output=True, text=True, check=True).stdout.strip())


if __name__ == "__main__":
    main()
