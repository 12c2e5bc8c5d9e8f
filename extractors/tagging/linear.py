"""Fitting the lexical models: logistic regression over hashed words, stored as int8."""

# scipy type their calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.heads import Floats
from extractors.tagging.lexical import LexicalModel, bucket_counts

ROLE_BUCKETS = 1 << 17
THEME_BUCKETS = 1 << 15
_ROLE_STRENGTH = 20.0
_THEME_STRENGTH = 30.0
_NEVER = -10.0
"""Score of a class that the labels do not hold."""


def _matrix(rows: Sequence[Sequence[str]], buckets: int) -> Any:
    from scipy.sparse import csr_matrix

    counted = [bucket_counts(terms, buckets) for terms in rows]
    edges = np.cumsum([0, *(len(places) for places, _ in counted)])
    places = np.concatenate([places for places, _ in counted])
    values = np.concatenate([values for _, values in counted])
    return csr_matrix((values, places, edges), shape=(len(rows), buckets))


def _weighted(matrix: Any) -> tuple[Any, Floats]:
    """Rows of unit length after weighting by rarity, and the rarity."""
    from scipy.sparse import diags

    held = np.asarray((matrix > 0).sum(axis=0)).ravel()
    # Half precision from here on: the rarity is stored so, and fit and use must see the same numbers.
    rarity = (np.log((1 + matrix.shape[0]) / (1 + held)) + 1).astype(np.float16).astype(np.float32)
    scaled = matrix @ diags(rarity)
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    return diags(1 / np.maximum(lengths, 1e-9)) @ scaled, rarity


def _stored(rarity: Floats, weights: Floats, intercepts: Floats) -> LexicalModel:
    scales = (np.abs(weights).max(axis=0) / 127 + 1e-12).astype(np.float32)
    rounded = cast("Floats", weights / scales).round().clip(-127, 127).astype(np.int8)
    return LexicalModel(rarity.astype(np.float16), rounded, scales, intercepts.astype(np.float32))


def fit_one_of_many(rows: Sequence[Sequence[str]], truth: NDArray[np.int64], classes: int) -> LexicalModel:
    """A model that gives each row one of *classes*: the roles. A class that never occurs is never given."""
    from sklearn.linear_model import LogisticRegression

    matrix, rarity = _weighted(_matrix(rows, ROLE_BUCKETS))
    weights = np.zeros((ROLE_BUCKETS, classes), dtype=np.float32)
    intercepts = np.full(classes, _NEVER, dtype=np.float32)
    held = np.unique(truth)
    if len(held) == 1:
        intercepts[held] = 0.0
    else:
        fitted = cast("Any", LogisticRegression)(C=_ROLE_STRENGTH, max_iter=120, tol=1e-3)
        fitted.fit(matrix, truth)
        # Of two classes only the second's scores are fitted: they are shared out between both.
        two = len(held) == 2
        weights[:, held] = np.vstack([-fitted.coef_ / 2, fitted.coef_ / 2]).T if two else fitted.coef_.T
        intercepts[held] = [-fitted.intercept_[0] / 2, fitted.intercept_[0] / 2] if two else fitted.intercept_
    return _stored(rarity, weights, intercepts)


def fit_each(rows: Sequence[Sequence[str]], truth: NDArray[np.bool_]) -> LexicalModel:
    """A model that gives each row any number of classes: the themes."""
    from sklearn.linear_model import LogisticRegression

    matrix, rarity = _weighted(_matrix(rows, THEME_BUCKETS))
    weights = np.zeros((THEME_BUCKETS, truth.shape[1]), dtype=np.float32)
    intercepts = np.full(truth.shape[1], _NEVER, dtype=np.float32)
    for column in range(truth.shape[1]):
        if 0 < truth[:, column].sum() < len(rows):
            fitted = cast("Any", LogisticRegression)(C=_THEME_STRENGTH, class_weight="balanced", solver="liblinear")
            fitted.fit(matrix, truth[:, column])
            weights[:, column], intercepts[column] = fitted.coef_[0], fitted.intercept_[0]
    return _stored(rarity, weights, intercepts)
