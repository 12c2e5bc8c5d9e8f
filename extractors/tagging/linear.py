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


def fit_one_of_many(rows: Sequence[Sequence[str]], truth: NDArray[np.int64]) -> LexicalModel:
    """A model that gives each row one class: the roles."""
    from sklearn.linear_model import LogisticRegression

    matrix, rarity = _weighted(_matrix(rows, ROLE_BUCKETS))
    fitted = cast("Any", LogisticRegression)(C=_ROLE_STRENGTH, max_iter=120, tol=1e-3)
    fitted.fit(matrix, truth)
    return _stored(rarity, fitted.coef_.T, fitted.intercept_)


def fit_each(rows: Sequence[Sequence[str]], truth: NDArray[np.bool_]) -> LexicalModel:
    """A model that gives each row any number of classes: the themes."""
    from sklearn.linear_model import LogisticRegression

    matrix, rarity = _weighted(_matrix(rows, THEME_BUCKETS))
    weights = np.zeros((THEME_BUCKETS, truth.shape[1]), dtype=np.float32)
    intercepts = np.full(truth.shape[1], -10.0, dtype=np.float32)
    for column in range(truth.shape[1]):
        if 0 < truth[:, column].sum() < len(rows):
            fitted = cast("Any", LogisticRegression)(C=_THEME_STRENGTH, class_weight="balanced", solver="liblinear")
            fitted.fit(matrix, truth[:, column])
            weights[:, column], intercepts[column] = fitted.coef_[0], fitted.intercept_[0]
    return _stored(rarity, weights, intercepts)
