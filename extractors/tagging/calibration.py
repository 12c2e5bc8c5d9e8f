"""From raw scores to probabilities that hold what they promise, and to thresholds.

Everything here is fitted on out-of-fold scores: of documents that the model had not seen.
"""

from collections.abc import Callable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from extractors.records import Record
from extractors.tagging.heads import Floats, sigmoid, softmax
from extractors.tagging.vocabulary import THEME_CODES

Doubles = NDArray[np.float64]

SHRINKAGE = 30.0
"""Paragraphs of a theme at which its own threshold counts as much as the common one."""


class Calibration(Record):
    """How the encoder's and the lexical model's scores are joined and read."""

    role_encoder: float = Field(description="Factor on the encoder's role logits; the inverse of a temperature.")
    role_lexical: float
    theme_encoder: float
    theme_lexical: float
    theme_bias: float
    theme_thresholds: tuple[float, ...] = Field(min_length=len(THEME_CODES), max_length=len(THEME_CODES))
    abstain_below: float = Field(ge=0, le=1, description="A role less probable than this is left to a person.")

    def roles(self, encoder: Floats, lexical: Floats) -> Floats:
        """Probabilities of roles."""
        joined = self.role_encoder * encoder + self.role_lexical * lexical
        return softmax(joined.astype(np.float32))

    def themes(self, encoder: Floats, lexical: Floats) -> Floats:
        """Probabilities of themes."""
        joined = self.theme_encoder * encoder + self.theme_lexical * lexical + self.theme_bias
        return sigmoid(joined.astype(np.float32))

    def assigned(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Which themes are probable enough, each by its own threshold."""
        return probabilities >= np.array(self.theme_thresholds, dtype=np.float32)


def _minimise(loss: Callable[[Doubles], float], start: Sequence[float]) -> list[float]:
    from scipy.optimize import minimize

    # In double precision: slopes are taken by differences too small for single.
    found = minimize(loss, np.array(start, dtype=np.float64), method="L-BFGS-B")
    return [float(value) for value in cast("Doubles", found.x)]


def fit_roles(encoder: Floats, lexical: Floats, truth: NDArray[np.int64]) -> tuple[float, float]:
    """Factors that make the true roles most probable.

    There is no bias per role on purpose: it would learn how common each role is in the few long
    documents that were held out, and cost .03 of macro-F1 on the next ones.
    """
    rows = np.arange(len(truth))
    wide: Doubles = encoder.astype(np.float64)
    words: Doubles = lexical.astype(np.float64)

    def loss(x: Doubles) -> float:
        joined = x[0] * wide + x[1] * words
        joined = joined - joined.max(axis=1, keepdims=True)
        missed = np.log(np.exp(joined).sum(axis=1)) - joined[rows, truth]
        return float(missed.mean())

    first, second = _minimise(loss, [1.0, 0.3])
    return first, second


def fit_themes(encoder: Floats, lexical: Floats, truth: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Factors and one bias that make the true themes most probable."""
    wide: Doubles = encoder.astype(np.float64)
    words: Doubles = lexical.astype(np.float64)
    signs = np.where(truth, -1.0, 1.0)

    def loss(x: Doubles) -> float:
        return float(np.logaddexp(0, signs * (x[0] * wide + x[1] * words + x[2])).mean())

    first, second, third = _minimise(loss, [1.0, 0.3, 0.0])
    return first, second, third


def _best_threshold(scores: Floats, truth: NDArray[np.bool_], misses: int = 0) -> float:
    """The threshold of highest F1; *misses* are true ones that no threshold can reach."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    values = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum() + misses)
    best = int(values.argmax())
    after = scores[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((scores[order[best]] + after) / 2)


def fit_thresholds(scores: Floats, truth: NDArray[np.bool_]) -> tuple[float, ...]:
    """A threshold per theme, drawn towards the common one the rarer the theme is."""
    common = _best_threshold(scores.ravel(), truth.ravel())
    thresholds: list[float] = []
    for column in range(truth.shape[1]):
        support = float(truth[:, column].sum())
        own = _best_threshold(scores[:, column], truth[:, column]) if support else common
        share = support / (support + SHRINKAGE)
        thresholds.append(min(0.9, max(0.1, share * own + (1 - share) * common)))
    return tuple(thresholds)


def abstention_threshold(scores: Floats, share: float = 0.1) -> float:
    """The score below which the least sure *share* lies."""
    return float(np.quantile(scores, share))
