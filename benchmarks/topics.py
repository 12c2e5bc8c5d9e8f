"""The watchdog's own nine topics, given to its case pages: micro and macro F1, in JSON.

Usage: python benchmarks/topics.py [SHARED] [--seeds N]

Data: SHARED/corpus/datasets/iopc_recommendations_2021.jsonl, the pages with at least one of the nine topics. Peer:
TF-IDF with logistic regression, in the same run. Method: five folds by page; thresholds are fitted on folds within the
training folds, so that nothing of a page's own topics is seen. Ours is the mean of three logistic regressions: over
words and pairs of text and heading, over the cue words of our thirty themes, and over what the tagger says of the
page's paragraphs; each also sees when the page was published and how long it is.

This is a benchmark, not a part of the product: the topics belong to one publisher, who stopped using them in 2021.
The tagger has learnt roles and themes from these pages, never their topics: from some by the labels, from the others by
the further labels. The latter are told apart.
"""

import argparse
import json
import os
import platform
import re
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold

from extractors.tagging.baseline import cue_counts
from extractors.tagging.tagger import Paragraph, load_tagger
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

SHARED = Path(__file__).parents[2] / "shared"
NO_TOPIC = "National Recommendations"
Learner = Callable[[Any, Any], Any]
"""Training and test rows in, the test rows' logits out."""


def pages(shared: Path) -> tuple[list[dict[str, Any]], list[str], Any]:
    """Pages with a topic, the topics, and which page has which."""
    folder = shared / "corpus" / "datasets"
    words = json.loads((folder / "iopc_tag_vocabulary.json").read_text("utf-8"))["iopc_themes"]
    topics = [topic for topic in words if topic != NO_TOPIC]
    lines = (folder / "iopc_recommendations_2021.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if set(row["tags"] or []) & set(topics)]
    return rows, topics, np.array([[topic in row["tags"] for topic in topics] for row in rows])


def body(row: dict[str, Any]) -> str:
    return "\n".join(filter(None, [row["content"], row["recommendation"]]))


def circumstances(rows: Sequence[dict[str, Any]]) -> Any:
    """When a page was published (tents half a year wide), how long it is, and whether it carries a recommendation."""
    when = np.array([int(row["published"][:4]) + (int(row["published"][5:7]) - 1) / 12 for row in rows])
    tents = np.maximum(0, 1 - np.abs(when[:, None] - np.arange(2018, 2021.6, 0.5)) / 0.5)
    said = [[bool(r["recommendation"]), np.log(len(r["content"] or " ")), r["heading"].startswith("Rec")] for r in rows]
    return np.hstack([tents, np.array(said, dtype=float)])


def tagged(rows: Sequence[dict[str, Any]]) -> Any:
    """Per page: the best score of each theme, the share of each role."""
    paragraphs = [
        Paragraph(id=f"{n}", text=part, heading=row["heading"], document=row["url"])
        for n, row in enumerate(rows)
        for part in filter(str.strip, re.split(r"\n+", body(row)))
    ]
    themes, roles = np.zeros((len(rows), len(THEME_CODES))), np.zeros((len(rows), len(ROLE_ORDER)))
    for answer in load_tagger().tag(paragraphs):
        page = int(answer.id)
        for theme in answer.themes:
            at = THEME_CODES.index(theme.theme)
            themes[page, at] = max(themes[page, at], theme.score)
        for sentence in answer.sentences:
            roles[page] += [sentence.scores[role] for role in ROLE_ORDER]
    return np.hstack([themes, roles / np.maximum(1, roles.sum(axis=1, keepdims=True))])


def words(texts: Sequence[Sequence[str]], beside: Any = None) -> Callable[[Any, Any], tuple[Any, Any]]:
    """Words and pairs of each of *texts*, with *beside* at a weight of its own."""

    def made(train: Any, test: Any) -> tuple[Any, Any]:
        parts = [] if beside is None else [tuple(0.15 * part for part in scaled(beside)(train, test))]
        for text in texts:
            vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
            parts.append(
                (vectorizer.fit_transform([text[n] for n in train]), vectorizer.transform([text[n] for n in test]))
            )
        return hstack([a for a, _ in parts]).tocsr(), hstack([b for _, b in parts]).tocsr()

    return made


def scaled(table: Any) -> Callable[[Any, Any], tuple[Any, Any]]:
    """The columns of *table*, each of mean 0 and deviation 1 in the training rows."""

    def made(train: Any, test: Any) -> tuple[Any, Any]:
        mean, deviation = table[train].mean(axis=0), table[train].std(axis=0) + 1e-6
        return csr_matrix((table[train] - mean) / deviation), csr_matrix((table[test] - mean) / deviation)

    return made


def learner(features: Callable[[Any, Any], tuple[Any, Any]], truth: Any, strength: float) -> Learner:
    """A logistic regression for each topic, the rare ones weighted up; what it gives is remembered."""
    known: dict[tuple[bytes, bytes], Any] = {}

    def logits(train: Any, test: Any) -> Any:
        key = (train.tobytes(), test.tobytes())
        if key not in known:
            seen, asked = features(train, test)
            known[key] = np.full((len(test), truth.shape[1]), -9.0)
            for topic in np.flatnonzero(truth[train].any(axis=0)):
                model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear")
                known[key][:, topic] = model.fit(seen, truth[train][:, topic]).decision_function(asked)
        return known[key]

    return logits


def fitted_thresholds(logits: Any, truth: Any, lean: float = 20) -> Any:
    """A threshold a topic, the rarer it is the nearer to the one that suits all."""
    grid = np.linspace(-3, 3, 121)
    best = [f1_score(truth.ravel(), logits.ravel() > at, zero_division=0) for at in grid]
    common = grid[int(np.argmax(best))]
    found = np.zeros(truth.shape[1])
    for topic, count in enumerate(truth.sum(axis=0)):
        own = np.array([f1_score(truth[:, topic], logits[:, topic] > at, zero_division=0) for at in grid])
        found[topic] = (count * grid[own >= own.max() - 1e-9].mean() + lean * common) / (count + lean)
    return found


def given(learners: Sequence[Learner], truth: Any, seed: int) -> Any:
    """Topics given to every page by learners that never saw it."""
    answers = np.zeros(truth.shape, dtype=bool)
    mean: Learner = lambda train, test: np.mean([one(train, test) for one in learners], axis=0)  # noqa: E731
    for train, test in KFold(5, shuffle=True, random_state=seed).split(truth):
        held_out = np.zeros(truth[train].shape)
        for inner, left in KFold(4, shuffle=True, random_state=1).split(train):
            held_out[left] = mean(train[inner], train[left])
        answers[test] = mean(train, test) > fitted_thresholds(held_out, truth[train])
    return answers


def scores(truth: Any, answers: Any) -> dict[str, float]:
    kinds = ("micro", "macro")
    return {kind: round(float(f1_score(truth, answers, average=kind, zero_division=0)), 3) for kind in kinds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--seeds", type=int, default=1, help="ways to cut the folds")
    asked = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    rows, topics, truth = pages(asked.shared)
    bodies, headings = [body(row) for row in rows], [row["heading"] for row in rows]
    beside = circumstances(rows)
    counts = [
        [*cue_counts(text).values(), *cue_counts(head).values()] for text, head in zip(bodies, headings, strict=True)
    ]
    parts = {
        "words": learner(words([bodies, headings], beside), truth, 10),
        "cues": learner(scaled(np.hstack([np.log1p(counts), beside])), truth, 0.05),
        "tagger": learner(scaled(np.hstack([tagged(rows), beside])), truth, 0.02),
    }
    plain = learner(words([[f"{head}\n{text}" for head, text in zip(headings, bodies, strict=True)]]), truth, 10)
    ways = {
        "TF-IDF, the peer": [plain],
        **{name: [part] for name, part in parts.items()},
        "words and cues": [parts["words"], parts["cues"]],
        "all three": list(parts.values()),
    }
    learnt = {json.loads(line)["document"] for line in (asked.shared / "labels" / "paragraphs.jsonl").open()}
    new = np.array([row["url"] not in learnt for row in rows])
    for name, learners in ways.items():
        cuts = [given(learners, truth, seed) for seed in range(asked.seeds)]
        figures = [scores(truth, cut) for cut in cuts]
        line = {"way": name, **{kind: [one[kind] for one in figures] for kind in ("micro", "macro")}}
        line["pages outside the labels"] = [scores(truth[new], cut[new]) for cut in cuts]
        each = f1_score(truth, cuts[0], average=None, zero_division=0)
        line["topics"] = {topic: round(float(one), 3) for topic, one in zip(topics, each, strict=True)}
        print(json.dumps(line))
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.platform()}
    print(
        json.dumps(
            {
                "machine": machine,
                "pages": len(rows),
                "outside the labels": int(new.sum()),
                "method": __doc__.split("\n")[0],
            }
        )
    )


if __name__ == "__main__":
    main()
