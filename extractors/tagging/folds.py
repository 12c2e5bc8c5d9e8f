"""Cutting labels into folds by document, and learning from what was held out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import numpy as np

from extractors.scoring import ScoredSentence
from extractors.tagging.calibration import Calibration, abstention_threshold, decide, fit_thresholds
from extractors.tagging.context import Raw
from extractors.tagging.judging import Measured, measured
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.second import Probabilities, SecondReading
from extractors.tagging.second_fit import fit_second, layout_of, true_themes
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES


def _dealt(labels: Sequence[LabelledParagraph], folds: int) -> dict[str, int]:
    """A fold for each document: folds of like size, the same every time."""
    sizes: dict[str, int] = {}
    for paragraph in labels:
        sizes[paragraph.document] = sizes.get(paragraph.document, 0) + len(paragraph.sentences)
    loads = [0] * folds
    fold_of: dict[str, int] = {}
    for document in sorted(sizes, key=lambda name: (-sizes[name], name)):
        lightest = min(range(folds), key=lambda fold: loads[fold])
        fold_of[document] = lightest
        loads[lightest] += sizes[document]
    return fold_of


def assign_folds(labels: Sequence[LabelledParagraph], folds: int) -> list[int]:
    """A fold for each paragraph: documents whole, folds of like size, the same every time."""
    fold_of = _dealt(labels, folds)
    return [fold_of[paragraph.document] for paragraph in labels]


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from.

    Attributes:
        labels: paragraphs that figures are measured on.
        further: paragraphs that are learnt from but never measured on.
    """

    labels: Sequence[LabelledParagraph]
    further: Sequence[LabelledParagraph] = ()

    @property
    def all(self) -> list[LabelledParagraph]:
        """Both together."""
        return [*self.labels, *self.further]

    def cut(self, fold: int, folds: int) -> "tuple[Material, Material]":
        """What to learn from when *fold* is held out, and what is held out; no document is in both.

        Further labels do not change the folds of the others; those of other documents are dealt by themselves.
        """
        own = _dealt(self.labels, folds)
        fold_of = _dealt([p for p in self.further if p.document not in own], folds) | own
        learnt, held = (
            Material(
                *([p for p in part if (fold_of[p.document] == fold) is kept] for part in (self.labels, self.further))
            )
            for kept in (False, True)
        )
        return learnt, held


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Labelled paragraphs with the raw scores that a model which had not seen their documents gave them.

    Attributes:
        labels: the paragraphs.
        raw: their scores.
        further: the same of the fold's further labels, where there are any; learnt from, never measured on.
    """

    labels: Sequence[LabelledParagraph]
    raw: Raw
    further: "HeldOut | None" = None


@dataclass(frozen=True, slots=True)
class Finish:
    """What is learnt from held-out scores: the second reading and where its probabilities become tags."""

    second: SecondReading
    calibration: Calibration


def halves(held: HeldOut) -> list[HeldOut]:
    """*held* cut in two by document: where only one fold was run, each half is read by what the other taught."""
    material = Material(held.labels, held.further.labels if held.further else ())
    return [_of_documents(held, {p.document for p in material.cut(half, 2)[1].all}) for half in (0, 1)]


def _of_documents(held: HeldOut, documents: Collection[str]) -> HeldOut:
    """What *held* has of some *documents*."""
    rows = np.array([p.document in documents for p in held.labels], dtype=np.bool_)
    sentences = np.repeat(rows, [len(p.sentences) for p in held.labels])
    kept = [p for p, own in zip(held.labels, rows, strict=True) if own]
    cut = {f.name: getattr(held.raw, f.name)[sentences if "role" in f.name else rows] for f in fields(Raw)}
    return HeldOut(kept, Raw(**cut), _of_documents(held.further, documents) if held.further else None)


def read_again(held: HeldOut, second: SecondReading) -> Probabilities:
    """What the *second* reading makes of held-out scores."""
    return second.read(layout_of(held.labels), held.raw)


def finish(parts: Sequence[HeldOut]) -> Finish:
    """Learn the second reading from *parts* and their further labels; its thresholds from *parts* alone."""
    further = [part.further for part in parts if part.further]
    second = fit_second([(part.labels, part.raw) for part in (*parts, *further)])
    read = [read_again(part, second) for part in parts]
    labels = [paragraph for part in parts for paragraph in part.labels]
    themes = np.concatenate([own.themes for own in read])
    sureness = np.array([row[decide(row)] for own in read for row in own.roles], dtype=np.float32)
    return Finish(
        second,
        Calibration(
            theme_thresholds=fit_thresholds(themes, true_themes(labels)),
            abstain_below=abstention_threshold(sureness),
        ),
    )


def _scored(held: HeldOut, read: Probabilities) -> list[ScoredSentence]:
    truths = [(p.document, s.role) for p in held.labels for s in p.sentences]
    return [
        ScoredSentence(document=document, truth=role, guess=ROLE_ORDER[shown], score=float(row[shown]))
        for (document, role), row in zip(truths, read.roles, strict=True)
        for shown in (decide(row),)
    ]


def _theme_pairs(
    held: HeldOut, read: Probabilities, calibration: Calibration
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """True and assigned themes of each paragraph."""
    assigned = calibration.assigned(read.themes, read.judging)
    found = [frozenset(THEME_CODES[int(at)] for at in np.flatnonzero(row)) for row in assigned]
    return [(frozenset(p.themes), own) for p, own in zip(held.labels, found, strict=True)]


def measure(parts: Sequence[HeldOut], finishes: Sequence[Finish]) -> Measured:
    """Figures over *parts*, each read by its own of *finishes*.

    Learn a part's finish from other parts, or the figures flatter.
    """
    sentences: list[ScoredSentence] = []
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    for part, own in zip(parts, finishes, strict=True):
        read = read_again(part, own.second)
        sentences += _scored(part, read)
        pairs += _theme_pairs(part, read, own.calibration)
    return measured(sentences, pairs)
