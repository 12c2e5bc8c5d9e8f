"""What turns the encoder's vectors into roles and themes: two linear layers, in numpy.

The same numbers are learnt in torch and applied here, so that every runtime shares them and
the base install needs no torch. See ``network.py`` for the learning side of each formula.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.vocabulary import JUDGING_ROLES, ROLE_ORDER

Floats = NDArray[np.float32]

JUDGING_COLUMNS = [column for column, role in enumerate(ROLE_ORDER) if role in JUDGING_ROLES]
LEAST_WEIGHT = 0.05
"""What a sentence that neither judges nor demands still weighs in its paragraph's vector."""


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def sigmoid(logits: Floats) -> Floats:
    """The logistic function, without overflow."""
    return (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Heads:
    """Role and theme layers.

    Attributes:
        role_weight: roles by vector.
        role_bias: per role.
        theme_weight: themes by twice the vector: the paragraph's, then the window's.
        theme_bias: per theme.
    """

    role_weight: Floats
    role_bias: Floats
    theme_weight: Floats
    theme_bias: Floats

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]]) -> Self:
        """The layers as they are stored."""
        named = (tensors[f"{head}.{part}"] for head in ("role", "theme") for part in ("weight", "bias"))
        return cls(*(tensor.astype(np.float32) for tensor in named))

    def roles(self, sentences: Floats) -> Floats:
        """Role logits of sentence vectors."""
        return sentences @ self.role_weight.T + self.role_bias

    def themes(self, sentences: Floats, windows: Floats, sizes: Floats, members: Sequence[Sequence[int]]) -> Floats:
        """Theme logits of paragraphs.

        A paragraph's vector is the mean of its sentences', weighted by their length and by how
        probably each judges or demands: themes are about those.

        Args:
            sentences: sentence vectors.
            windows: per sentence, the vector of the window it was read in.
            sizes: tokens per sentence.
            members: per paragraph, which rows are its sentences.
        """
        judging = softmax(self.roles(sentences))[:, JUDGING_COLUMNS].sum(axis=1)
        weights = (judging + LEAST_WEIGHT) * sizes
        rows: list[Floats] = []
        for own in members:
            at = list(own)
            share = weights[at] / max(float(weights[at].sum()), 1e-9)
            rows.append(np.concatenate([share @ sentences[at], share @ windows[at]]))
        vectors = np.stack(rows) if rows else np.zeros((0, self.theme_weight.shape[1]), dtype=np.float32)
        return vectors @ self.theme_weight.T + self.theme_bias
