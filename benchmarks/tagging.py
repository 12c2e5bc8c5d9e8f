"""How fast the shipped tagger is, end to end (split, tokenise, tag, calibrate), in JSON.

Data: the labelled samples, repeated, or a file of paragraphs named on the command line. Peer: the cue-word baseline in
the same run. Method: paragraphs as they stand, one warm-up, then the median of three passes.
"""

import argparse
import json
import os
import platform
import statistics
import time
from pathlib import Path

from extractors.tagging.baseline import CueTagger
from extractors.tagging.tagger import Paragraph, Tagger, load_tagger

SAMPLES = Path(__file__).parents[1] / "samples" / "labels.jsonl"


def rate(tagger: Tagger, paragraphs: list[Paragraph]) -> float:
    """Sentences a second, the median of three passes after a warm-up."""
    tagger.tag(paragraphs[:50])
    speeds: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        sentences = sum(len(tagged.sentences) for tagged in tagger.tag(paragraphs))
        speeds.append(sentences / (time.perf_counter() - began))
    return round(statistics.median(speeds), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paragraphs", nargs="?", type=Path, default=SAMPLES)
    lines = [json.loads(line) for line in parser.parse_args().paragraphs.read_text().splitlines()][:600]
    paragraphs = [
        Paragraph(id=f"{n}-{line['id']}", text=line["text"], heading=line.get("heading", ""), document=str(n))
        for n in range(4 if len(lines) < 200 else 1)
        for line in lines
    ]
    began = time.perf_counter()
    tagger = load_tagger()
    load = round(time.perf_counter() - began, 2)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    ours, cues = rate(tagger, paragraphs), rate(CueTagger(), paragraphs)
    figures = {
        "load_seconds": load,
        "sentences_per_second": ours,
        "cue_words_per_second": cues,
        "ratio": round(ours / cues, 4),
    }
    print(json.dumps({"machine": machine, "paragraphs": len(paragraphs), **figures}, indent=1))


if __name__ == "__main__":
    main()
