"""The second reading: both models' scores, the neighbours' and the telling words become probabilities.

Logistic regressions over what ``context.py`` and ``theme_evidence.py`` see, and for roles a reading along the
document beside (``along.py``), learnt on scores of documents that the first reading had not seen (stacked
generalisation, Wolpert 1992; stacked sequential learning, Cohen and Carvalho 2005). Applied in numpy.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.along import Along
from extractors.tagging.context import Layout, Raw, log_softmax, sentence_features
from extractors.tagging.heads import Floats, sigmoid, softmax
from extractors.tagging.theme_evidence import judging, theme_features

_NAMES = ("role_weight", "role_bias", "theme_weight", "theme_bias")


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Roles per sentence; per paragraph, that it judges or demands, and that it does so about each theme."""

    roles: Floats
    themes: Floats
    judging: Floats


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Weights over features as they come; scaling is folded in.

    Attributes:
        role_weight: features by roles.
        role_bias: per role.
        theme_weight: themes by features.
        theme_bias: per theme.
        along: the reading along the document; a role's probability is the geometric mean of both.
    """

    role_weight: Floats
    role_bias: Floats
    theme_weight: Floats
    theme_bias: Floats
    along: Along

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]]) -> Self:
        """The weights as they are stored."""
        return cls(*(tensors[name].astype(np.float32) for name in _NAMES), along=Along.from_tensors(tensors))

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        """The weights by the names under which they are stored."""
        return {**{name: getattr(self, name) for name in _NAMES}, **self.along.tensors()}

    def roles(self, layout: Layout, raw: Raw) -> Floats:
        """Probabilities of roles, one row per sentence."""
        features = sentence_features(layout, raw)
        alone = features @ self.role_weight + self.role_bias
        along = self.along.logits(features, layout.document[layout.paragraph])
        return softmax(((log_softmax(alone) + log_softmax(along)) / 2).astype(np.float32))

    def read(self, layout: Layout, raw: Raw) -> Probabilities:
        """Everything about the sentences and paragraphs of *layout*."""
        roles = self.roles(layout, raw)
        evidence = theme_features(layout, raw, roles)
        about = sigmoid(np.einsum("ptf,tf->pt", evidence, self.theme_weight) + self.theme_bias)
        judges = judging(roles, layout)
        return Probabilities(roles, about * judges[:, None], judges)
