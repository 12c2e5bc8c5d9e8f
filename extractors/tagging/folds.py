"""Cutting labels into folds by document, and fitting the calibration on what was held out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors.scoring import ScoredSentence
from extractors.tagging.calibration import (
    Calibration,
    abstention_threshold,
    fit_roles,
    fit_themes,
    fit_thresholds,
)
from extractors.tagging.heads import JUDGING_COLUMNS
from extractors.tagging.judging import Measured, measured
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.model import Raw
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES


def assign_folds(labels: Sequence[LabelledParagraph], folds: int) -> list[int]:
    """A fold for each paragraph: documents whole, folds of like size, the same every time."""
    sizes: dict[str, int] = {}
    for paragraph in labels:
        sizes[paragraph.document] = sizes.get(paragraph.document, 0) + len(paragraph.sentences)
    loads = [0] * folds
    fold_of: dict[str, int] = {}
    for document in sorted(sizes, key=lambda name: (-sizes[name], name)):
        lightest = min(range(folds), key=lambda fold: loads[fold])
        fold_of[document] = lightest
        loads[lightest] += sizes[document]
    return [fold_of[paragraph.document] for paragraph in labels]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Labelled paragraphs with the raw scores that a model which had not seen their documents gave them."""

    labels: Sequence[LabelledParagraph]
    raw: Raw


def joined(parts: Sequence[HeldOut]) -> HeldOut:
    """The folds' parts as one."""
    raws = [part.raw for part in parts]
    return HeldOut(
        [paragraph for part in parts for paragraph in part.labels],
        Raw(*(np.concatenate([getattr(raw, name) for raw in raws]) for name in Raw.__slots__)),
    )


def halves(held: HeldOut) -> list[HeldOut]:
    """*held* cut in two by document: where only one fold was run, each half is calibrated on the other."""
    assigned = np.array(assign_folds(held.labels, 2))
    owners = np.array([at for at, p in enumerate(held.labels) for _ in p.sentences])
    parts: list[HeldOut] = []
    for half in (0, 1):
        rows, sentences = assigned == half, assigned[owners] == half
        raw = held.raw
        kept = [p for p, own in zip(held.labels, rows, strict=True) if own]
        cut = Raw(
            raw.role_encoder[sentences], raw.role_lexical[sentences], raw.theme_encoder[rows], raw.theme_lexical[rows]
        )
        parts.append(HeldOut(kept, cut))
    return parts


def calibrate(held: HeldOut) -> Calibration:
    """The calibration that fits *held* best."""
    columns = {role: at for at, role in enumerate(ROLE_ORDER)}
    truth = np.array([columns[s.role] for p in held.labels for s in p.sentences])
    encoder, lexical = fit_roles(held.raw.role_encoder, held.raw.role_lexical, truth)
    judging = np.array([any(columns[s.role] in JUDGING_COLUMNS for s in p.sentences) for p in held.labels])
    themes = np.array([[code in p.themes for code in THEME_CODES] for p in held.labels])[judging]
    raw_encoder, raw_lexical = held.raw.theme_encoder[judging], held.raw.theme_lexical[judging]
    theme_encoder, theme_lexical, theme_bias = fit_themes(raw_encoder, raw_lexical, themes)
    fitted = Calibration(
        role_encoder=encoder,
        role_lexical=lexical,
        theme_encoder=theme_encoder,
        theme_lexical=theme_lexical,
        theme_bias=theme_bias,
        theme_thresholds=tuple(0.5 for _ in THEME_CODES),
        abstain_below=0.0,
    )
    scores = fitted.roles(held.raw.role_encoder, held.raw.role_lexical).max(axis=1)
    return fitted.replaced(
        theme_thresholds=fit_thresholds(fitted.themes(raw_encoder, raw_lexical), themes),
        abstain_below=abstention_threshold(scores),
    )


def scored(held: HeldOut, calibration: Calibration) -> list[ScoredSentence]:
    """Every sentence of *held* with its true and its most probable role."""
    probabilities = calibration.roles(held.raw.role_encoder, held.raw.role_lexical)
    truths = [(p.document, s.role) for p in held.labels for s in p.sentences]
    return [
        ScoredSentence(document=document, truth=role, guess=ROLE_ORDER[int(row.argmax())], score=float(row.max()))
        for (document, role), row in zip(truths, probabilities, strict=True)
    ]


def measure(parts: Sequence[HeldOut], calibrations: Sequence[Calibration]) -> Measured:
    """Figures over *parts*, each once calibrated by its own of *calibrations*.

    Fit a part's calibration on other parts, or the figures flatter.
    """
    read = list(zip(parts, calibrations, strict=True))
    sentences = [sentence for part, calibration in read for sentence in scored(part, calibration)]
    return measured(sentences, [pair for part, calibration in read for pair in theme_pairs(part, calibration)])


def theme_pairs(held: HeldOut, calibration: Calibration) -> list[tuple[frozenset[str], frozenset[str]]]:
    """True and assigned themes of each paragraph; none are assigned where nothing judges or demands."""
    best = calibration.roles(held.raw.role_encoder, held.raw.role_lexical).argmax(axis=1)
    assigned = calibration.assigned(calibration.themes(held.raw.theme_encoder, held.raw.theme_lexical))
    pairs: list[tuple[frozenset[str], frozenset[str]]] = []
    start = 0
    for paragraph, row in zip(held.labels, assigned, strict=True):
        own = best[start : start + len(paragraph.sentences)]
        start += len(paragraph.sentences)
        judges = bool(np.isin(own, JUDGING_COLUMNS).any())
        found = frozenset(THEME_CODES[int(at)] for at in np.flatnonzero(row)) if judges else frozenset[str]()
        pairs.append((frozenset(paragraph.themes), found))
    return pairs
