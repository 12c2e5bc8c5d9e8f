"""Learning the second reading from scores of documents that the first had not seen."""

# scikit-learn types its calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.context import Layout, Raw, sentence_features
from extractors.tagging.heads import JUDGING_COLUMNS, Floats
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.second import SecondReading
from extractors.tagging.theme_evidence import theme_features
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

ROLE_STRENGTH = 0.01
"""Inverse of the penalty on the role weights: small, since neighbouring features say much the same."""
THEME_STRENGTH = 0.1
_MOST_STEPS = 500
_NEVER = -8.0
"""Score of a class that no example shows."""


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
    layouts = [layout_of(labels) for labels, _ in parts]
    raws = [raw for _, raw in parts]
    labels = [paragraph for own, _ in parts for paragraph in own]
    features = np.concatenate([sentence_features(*pair) for pair in zip(layouts, raws, strict=True)])
    role_weight, role_bias = _fit_roles(features, true_roles(labels))
    nothing = np.zeros(0, dtype=np.float32)
    half = SecondReading(role_weight, role_bias, nothing, nothing)
    evidence = np.concatenate(
        [theme_features(layout, raw, half.roles(layout, raw)) for layout, raw in zip(layouts, raws, strict=True)]
    )
    judging = truly_judging(labels)
    theme_weight, theme_bias = _fit_themes(evidence[judging], true_themes(labels)[judging])
    return SecondReading(role_weight, role_bias, theme_weight, theme_bias)


def _scales(features: Floats) -> tuple[Floats, Floats]:
    return features.mean(axis=0), features.std(axis=0) + 1e-6


def _logistic(features: NDArray[np.floating[Any]], truth: NDArray[Any], strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return cast("Any", LogisticRegression)(C=strength, max_iter=_MOST_STEPS).fit(features, truth)


def _fit_roles(features: Floats, truth: NDArray[np.int64]) -> tuple[Floats, Floats]:
    mean, deviation = _scales(features)
    weight = np.zeros((features.shape[1], len(ROLE_ORDER)), dtype=np.float64)
    bias = np.full(len(ROLE_ORDER), _NEVER)
    fitted = _logistic((features - mean) / deviation, truth, ROLE_STRENGTH)
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
    flat = features.reshape(-1, features.shape[2])
    mean, deviation = _scales(flat)
    which = np.tile(np.eye(len(THEME_CODES), dtype=np.float32), (len(features), 1))
    fitted = _logistic(np.concatenate([(flat - mean) / deviation, which], axis=1), truth.ravel(), THEME_STRENGTH)
    weight = fitted.coef_[0, : flat.shape[1]] / deviation
    bias = fitted.coef_[0, flat.shape[1] :] + fitted.intercept_[0] - mean @ weight
    return weight.astype(np.float32), bias.astype(np.float32)
