"""Learning the second reading from scores of documents that the first had not seen."""

# scikit-learn types its calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.along import NEVER
from extractors.tagging.context import Layout, Raw, sentence_features
from extractors.tagging.heads import JUDGING_COLUMNS, Floats
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.second import SecondReading
from extractors.tagging.theme_evidence import ENCODER, LEXICAL, STRONG, STRONG_IN_HEADING, theme_features
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

ROLE_STRENGTH = 0.005
"""Inverse of the penalty on the role weights: small, since neighbouring features say much the same."""
THEME_STRENGTH = 0.1
OWN_COLUMNS = (ENCODER, LEXICAL, STRONG, STRONG_IN_HEADING)
"""Evidence that a theme may weigh in its own way."""
OWN_SCALE = 0.6
"""How freely it may: 0 would keep all themes alike."""
RARITY = 0.3
"""Power by which sentences of rarer roles weigh more, as in the first reading's recipe."""
_MOST_STEPS = 500


def true_roles(labels: Sequence[LabelledParagraph]) -> NDArray[np.int64]:
    """The column of every sentence's role."""
    columns = {role: at for at, role in enumerate(ROLE_ORDER)}
    return np.array([columns[s.role] for p in labels for s in p.sentences], dtype=np.int64)


def true_themes(labels: Sequence[LabelledParagraph]) -> NDArray[np.bool_]:
    """Paragraphs by themes."""
    return np.array([[code in p.themes for code in THEME_CODES] for p in labels], dtype=np.bool_)


def truly_judging(labels: Sequence[LabelledParagraph]) -> NDArray[np.bool_]:
    """Which paragraphs hold a finding or a recommendation: only those are labelled with themes."""
    judging = {ROLE_ORDER[column] for column in JUDGING_COLUMNS}
    return np.array([any(s.role in judging for s in p.sentences) for p in labels], dtype=np.bool_)


def layout_of(labels: Sequence[LabelledParagraph]) -> Layout:
    """Where the labelled sentences stand."""
    plain = [paragraph.unlabelled() for paragraph in labels]
    return Layout.of(plain, [p.sentences or () for p in plain])


def fit_second(parts: Sequence[tuple[Sequence[LabelledParagraph], Raw]]) -> SecondReading:
    """Learn from *parts*, each scored by a model that had not seen its documents."""
    from extractors.tagging.along_fit import fit_along

    layouts = [layout_of(labels) for labels, _ in parts]
    raws = [raw for _, raw in parts]
    labels = [paragraph for own, _ in parts for paragraph in own]
    features = np.concatenate([sentence_features(*pair) for pair in zip(layouts, raws, strict=True)])
    truth = true_roles(labels)
    role_weight, role_bias = _fit_roles(features, truth)
    nothing = np.zeros(0, dtype=np.float32)
    along = fit_along(features, _documents(layouts), truth, _rarity(truth))
    half = SecondReading(role_weight, role_bias, nothing, nothing, along)
    evidence = np.concatenate(
        [theme_features(layout, raw, half.roles(layout, raw)) for layout, raw in zip(layouts, raws, strict=True)]
    )
    judging = truly_judging(labels)
    theme_weight, theme_bias = _fit_themes(evidence[judging], true_themes(labels)[judging])
    return replace(half, theme_weight=theme_weight, theme_bias=theme_bias)


def _documents(layouts: Sequence[Layout]) -> NDArray[np.int64]:
    """Ordinal of each sentence's document, over all layouts."""
    firsts = np.cumsum([0, *(1 + int(own.document.max(initial=-1)) for own in layouts)])
    return np.concatenate(
        [own.document[own.paragraph] + first for own, first in zip(layouts, firsts[:-1], strict=True)]
    )


def _scales(features: Floats) -> tuple[Floats, Floats]:
    return features.mean(axis=0), features.std(axis=0) + 1e-6


def _logistic(
    features: NDArray[np.floating[Any]], truth: NDArray[Any], strength: float, weights: NDArray[Any] | None = None
) -> Any:
    from sklearn.linear_model import LogisticRegression

    return cast("Any", LogisticRegression)(C=strength, max_iter=_MOST_STEPS).fit(features, truth, weights)


def _rarity(truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """What a sentence of each role counts; one in the mean."""
    counts = np.bincount(truth, minlength=len(ROLE_ORDER)).clip(min=1)
    weights: NDArray[np.float64] = (counts.mean() / counts) ** RARITY
    return weights / weights[truth].mean()


def _fit_roles(features: Floats, truth: NDArray[np.int64]) -> tuple[Floats, Floats]:
    mean, deviation = _scales(features)
    weight = np.zeros((features.shape[1], len(ROLE_ORDER)), dtype=np.float64)
    bias = np.full(len(ROLE_ORDER), NEVER)
    fitted = _logistic((features - mean) / deviation, truth, ROLE_STRENGTH, _rarity(truth)[truth])
    shown = list(fitted.classes_)
    if len(shown) == 2:
        coefficients = np.concatenate([-fitted.coef_ / 2, fitted.coef_ / 2])
        intercepts = np.concatenate([-fitted.intercept_ / 2, fitted.intercept_ / 2])
    else:
        coefficients, intercepts = fitted.coef_, fitted.intercept_
    weight[:, shown] = coefficients.T / deviation[:, None]
    bias[shown] = intercepts - mean @ weight[:, shown]
    return weight.astype(np.float32), bias.astype(np.float32)


def _fit_themes(features: Floats, truth: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Weights that all themes share, and what the telling features count for one theme more or less."""
    examples, themes, width = features.shape
    mean, deviation = _scales(features.reshape(-1, width))
    scaled = (features - mean) / deviation
    which = np.eye(themes, dtype=np.float32)
    own = [scaled[:, :, column, None] * which * OWN_SCALE for column in OWN_COLUMNS]
    columns = [scaled, np.broadcast_to(which, (examples, themes, themes)), *own]
    matrix = np.concatenate(columns, axis=2).reshape(examples * themes, -1)
    coefficients = _logistic(matrix, truth.ravel(), THEME_STRENGTH)
    shared, bias, *apart = np.split(coefficients.coef_[0], np.cumsum([width, *[themes] * len(own)]))
    weight = np.tile(shared, (themes, 1))
    for column, deviations in zip(OWN_COLUMNS, apart, strict=True):
        weight[:, column] += deviations * OWN_SCALE
    weight = weight / deviation
    bias = bias + coefficients.intercept_[0] - weight @ mean
    return weight.astype(np.float32), bias.astype(np.float32)
