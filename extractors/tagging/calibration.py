"""Which themes are probable enough, and which roles too doubtful to be shown as sure.

Fitted on probabilities of documents that the model had not seen.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from extractors.records import Record, Role
from extractors.tagging.heads import Floats
from extractors.tagging.theme_evidence import LIKELY_JUDGING
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

SHRINKAGE = 30.0
"""Paragraphs of a theme at which its own threshold counts as much as the common one."""
_LOWEST, _HIGHEST = 0.1, 0.9
DEFAMES = 5.0
"""How much worse it is to show an allegation as a finding than to make any other mistake."""
_FINDING, _ALLEGATION = ROLE_ORDER.index(Role.FINDING), ROLE_ORDER.index(Role.ALLEGATION)


def decide(roles: Floats) -> int:
    """Column of the role to show, from the probabilities of one sentence.

    The likeliest, but a finding only where it stays ahead when every chance of an allegation counts ``DEFAMES`` times
    against it: the decision of least expected cost where two mistakes cost so differently (Elkan 2001).

    Examples:
        >>> decide(np.array([0, 0.9, 0, 0, 0.1, 0, 0])), decide(np.array([0, 0.6, 0, 0, 0.3, 0.1, 0]))
        (1, 4)
    """
    weighed = roles.copy()
    weighed[_FINDING] -= (DEFAMES - 1) * roles[_ALLEGATION]
    return int(weighed.argmax())


class Calibration(Record):
    """Where probabilities become tags."""

    theme_thresholds: tuple[float, ...] = Field(min_length=len(THEME_CODES), max_length=len(THEME_CODES))
    abstain_below: float = Field(ge=0, le=1, description="A role less probable than this is left to a person.")

    def assigned(self, themes: Floats, judging: Floats) -> NDArray[np.bool_]:
        """Which *themes* are probable enough, each by its own threshold; none where hardly anything judges."""
        enough = themes >= np.array(self.theme_thresholds, dtype=np.float32)
        return enough & (judging > LIKELY_JUDGING)[:, None]


def _best_threshold(scores: NDArray[np.floating[Any]], truth: NDArray[np.bool_]) -> float:
    """The threshold of highest F1."""
    order = np.argsort(-scores)
    hits = np.cumsum(truth[order])
    values = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
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
        thresholds.append(min(_HIGHEST, max(_LOWEST, share * own + (1 - share) * common)))
    return tuple(thresholds)


def abstention_threshold(scores: Floats, share: float = 0.1) -> float:
    """The score below which the least sure *share* lies."""
    return float(np.quantile(scores, share))
