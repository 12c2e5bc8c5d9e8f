"""Speed of search: build of N passages, size on disk, and the time of real queries with filters, facets and highlights.

Usage: python benchmarks/search.py [SHARED] [--server URL] [--passages 10000 100000 1000000]
       [--vectors] [--mode text|meaning|hybrid] [--plot FILE.svg]

One JSON object a size. ``ms`` is what a clock on the wall says, ``cpu_ms`` the work of the asking process: on a shared
machine only the second can be compared. With --server the work of the Elasticsearch is told beside it.

Passages are made by recombining sentences of the data sets under SHARED, as reports of 50 passages with one to three
sentences each; roles, themes and forces are drawn by number, so that every run makes the same.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

from search_quality import collection

from extractors.entities.gazetteer import FORCES
from extractors.records import (
    Block,
    BlockKind,
    Maker,
    Passage,
    Recommendation,
    Report,
    Role,
    Tagged,
    TaggedSentence,
    ThemeScore,
)
from extractors.sentences import split
from extractors.tagging.vocabulary import THEME_CODES
from index.embedded import EmbeddedIndex
from index.protocol import Filters, Index, Mode

PER_REPORT = 50
SAMPLE = 10_000
MAKER = Maker(name="drawn", revision="1")
FACETS = ("role", "theme", "force", "year")
ROLES = tuple(Role)
FORCE_NAMES = tuple(force.name for force in FORCES)


def sentences(shared: Path) -> list[str]:
    """Every sentence of the data sets once."""
    found: dict[str, None] = {}
    for tagged in collection(shared):
        for passage in tagged.passages:
            text = passage.block.text
            found.update(dict.fromkeys(text[start:end] for start, end in split(text) if 20 < end - start < 400))
    return list(found)


def reports(material: list[str], passages: int) -> Iterator[Tagged]:
    """As many reports as hold so many passages."""
    for number in range(passages // PER_REPORT):
        draw = random.Random(number)
        name = f"bench-{number:06d}"
        report = Report(
            id=name,
            sha256=f"{number:064x}",
            url=f"file:///bench/{name}.pdf",
            title=draw.choice(material)[:80],
            published=date(2012 + number % 12, 1 + number % 12, 1),
            source=("folder", "iopc", "pfd")[number % 3],
            investigation=f"Operation {number // 10}",
            forces=(FORCE_NAMES[number % len(FORCE_NAMES)],),
            page_count=20,
        )
        made = tuple(_passage(report, ordinal, draw, material) for ordinal in range(PER_REPORT))
        unit = Recommendation(id=f"{name}/0", report=report, text=made[0].block.text, pages=(1,))
        yield Tagged.model_construct(report=report, maker=MAKER, passages=made, recommendations=(unit,), problems=())


def _passage(report: Report, ordinal: int, draw: random.Random, material: list[str]) -> Passage:
    said = draw.choices(material, k=1 + ordinal % 3)
    spans: list[TaggedSentence] = []
    at = 0
    for sentence in said:
        role = ROLES[draw.randrange(len(ROLES))]
        scores = dict.fromkeys(ROLES, 0.02) | {role: 0.88}
        spans.append(
            TaggedSentence.model_construct(
                start=at, end=at + len(sentence), role=role, score=0.88, scores=scores, abstained=False
            )
        )
        at += len(sentence) + 1
    text = " ".join(said)
    block = Block.model_construct(
        ordinal=ordinal, kind=BlockKind.PARAGRAPH, text=text, raw=text, pages=(1 + ordinal // 3,), boxes=(),
        number=f"{1 + ordinal // 10}.{ordinal % 10}", marker=None, level=None, section=("Findings",), rows=(),
    )  # fmt: skip
    themes = tuple(ThemeScore.model_construct(theme=draw.choice(THEME_CODES), score=0.9) for _ in range(ordinal % 2))
    return Passage.model_construct(
        id=f"{report.id}:{ordinal}", report=report, block=block, heading="Findings", sentences=tuple(spans),
        themes=themes, entities=(),
    )  # fmt: skip


def queries(shared: Path, count: int = 200) -> list[tuple[str, Filters]]:
    """Real queries, some with filters."""
    lines = (shared / "gold" / "search_iopc.jsonl").read_text().splitlines()
    known = [json.loads(line)["query"] for line in lines]
    known += [row["query"] for row in json.loads((shared / "gold" / "search_queries.json").read_text())]
    filters = [
        Filters(),
        Filters(roles=(Role.FINDING, Role.RECOMMENDATION)),
        Filters(themes=("custody",)),
        Filters(published_from=date(2018, 1, 1)),
        Filters(forces=FORCE_NAMES[:3]),
    ]
    return [(known[n % len(known)], filters[n % len(filters)]) for n in range(count)]


def build(index: Index, material: list[str], passages: int, *, vectors: bool) -> dict[str, float]:
    """Seconds to publish without the making of the passages, which is measured on a part of them, and their text."""
    sample = min(passages, SAMPLE)
    start, cpu = time.perf_counter(), time.process_time()
    size = sum(len(passage.block.text.encode()) for one in reports(material, sample) for passage in one.passages)
    scale = passages / sample
    making, making_cpu = (time.perf_counter() - start) * scale, (time.process_time() - cpu) * scale
    start, cpu = time.perf_counter(), time.process_time()
    index.publish(reports(material, passages), vectors=vectors, keep_rest=False)
    whole, whole_cpu = time.perf_counter() - start, time.process_time() - cpu
    return {
        "build_s": round(whole - making, 1),
        "build_cpu_s": round(whole_cpu - making_cpu, 1),
        "making_s": round(making, 1),
        "text_mb": round(size * scale / 1e6, 1),
    }


def ask(open_index: Any, asked: list[tuple[str, Filters]], mode: Mode) -> list[tuple[float, float]]:
    """Milliseconds of each query in this process: by the clock, and of work."""
    index = open_index()
    index.search("warm", limit=1)
    index.search("the weather", limit=1, mode=mode)  # reads the vocabulary, and the vectors
    times: list[tuple[float, float]] = []
    for query, filters in asked:
        start, cpu = time.perf_counter(), time.process_time()
        index.search(query, filters, limit=10, facets=FACETS, mode=mode)
        times.append(((time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000))
    return times


def clients(open_index: Any, asked: list[tuple[str, Filters]], count: int, mode: Mode) -> dict[str, float]:
    """Percentiles over so many processes that ask at once."""
    if count == 1:
        times = ask(open_index, asked, mode)
    else:
        with multiprocessing.get_context("spawn").Pool(count) as pool:
            turns = [(open_index, asked[n:] + asked[:n], mode) for n in range(count)]
            times = [one for part in pool.starmap(ask, turns) for one in part]
    found: dict[str, float] = {}
    for name, values in zip(("ms", "cpu_ms"), zip(*times, strict=True), strict=True):
        cuts = statistics.quantiles(values, n=20)
        found |= {f"p50_{name}_{count}": round(cuts[9], 1), f"p95_{name}_{count}": round(cuts[18], 1)}
    return found


class Opener:
    """Opens the index in whatever process it is called in."""

    def __init__(self, folder: Path, server: str | None) -> None:
        self.folder, self.server = folder, server

    def __call__(self) -> Index:
        """The index."""
        if self.server is None:
            return EmbeddedIndex(self.folder)
        from index.elastic import ElasticIndex, Server

        return ElasticIndex(Server(url=self.server, prefix="findingaid-bench", timeout=120))


def work_of_server(server: str | None) -> float:
    """Milliseconds that an Elasticsearch has worked so far, on all cores; 0 without one."""
    if server is None:
        return 0.0
    from elasticsearch import Elasticsearch

    with Elasticsearch(server) as client:
        nodes = client.nodes.stats(metric="process")["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes))


def measured(opener: Opener, given: argparse.Namespace, passages: int, material: list[str]) -> dict[str, Any]:
    """The figures of one size."""
    result: dict[str, Any] = {"back_end": opener().describe().back_end, "passages": passages, "cpus": os.cpu_count()}
    if opener().describe().passages != passages:
        before = work_of_server(given.server)
        result |= build(opener(), material, passages, vectors=given.vectors)
        result["passages_a_second"] = round(passages / result["build_s"])
        if given.server:
            result["server_build_cpu_s"] = round((work_of_server(given.server) - before) / 1000, 1)
        if given.server is None:
            size = sum(path.stat().st_size for path in opener.folder.rglob("*") if path.is_file()) / 1e6
            result |= {"disk_mb": round(size), "disk_by_text": round(size / result["text_mb"], 2)}
    for count in dict.fromkeys((1, given.clients)):
        before, asked = work_of_server(given.server), queries(given.shared)
        result |= clients(opener, asked, count, given.mode)
        if given.server:
            work = (work_of_server(given.server) - before) / (count * len(asked))
            result[f"server_cpu_ms_{count}"] = round(work, 1)
    result["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return result


def plot(results: list[dict[str, Any]], path: Path) -> None:
    """How the work of a query and of a build grows."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 3.2), layout="constrained")
    asking, building = figure.subplots(1, 2)
    sizes = [one["passages"] for one in results]
    for name, label in (("p50_cpu_ms_1", "median"), ("p95_cpu_ms_1", "95th percentile")):
        asking.loglog(sizes, [one[name] for one in results], marker="o", label=label)
    asking.set(xlabel="passages", ylabel="work of a query, CPU ms")
    asking.legend()
    building.loglog(sizes, [one["build_cpu_s"] for one in results], marker="o")
    building.set(xlabel="passages", ylabel="work of the build, CPU s")
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--server", help="Address of an Elasticsearch server, to measure that.")
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--vectors", action="store_true", help="Build with vectors.")
    parser.add_argument("--mode", choices=get_args(Mode), default="text", help="Ask so; others than text need vectors.")
    parser.add_argument("--plot", type=Path, help="Draw how it grows.")
    given = parser.parse_args()
    material = sentences(given.shared)
    results: list[dict[str, Any]] = []
    for passages in given.passages:
        with tempfile.TemporaryDirectory() as folder:
            results.append(measured(Opener(Path(folder), given.server), given, passages, material))
        print(json.dumps(results[-1]), flush=True)
    if given.plot:
        plot(results, given.plot)


if __name__ == "__main__":
    main()
