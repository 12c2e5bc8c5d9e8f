"""A linear model over words and word pairs: the lexical strength an encoder lacks, at the cost of a table.

Words are hashed into buckets, so no vocabulary is shipped. The weights are int8 with one
scale per class. Nothing here needs more than numpy.
"""

import itertools
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\d+|[a-z]+(?:['’][a-z]+)?|[?:;•]")
_MOST_CHARACTERS = 1500


def words(text: str) -> list[str]:
    """Lower-cased words of *text*; every figure is the same word.

    Examples:
        >>> words("Paragraph 4.17: PC’s notes")
        ['paragraph', '#', '#', ':', 'pc’s', 'notes']
    """
    head = text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS // 2] + text[-_MOST_CHARACTERS // 2 :]
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(head.lower())]


def _pairs(tokens: Sequence[str]) -> Iterator[str]:
    return (f"{a} {b}" for a, b in itertools.pairwise(tokens))


def sentence_terms(text: str, before: str = "", after: str = "", heading: str = "") -> list[str]:
    """What the role model looks at: the sentence's words and pairs, how it opens, and its neighbours' words."""
    own = words(text)
    size = "short" if len(own) < 5 else "long" if len(own) > 40 else "middle"
    return [
        *own,
        *_pairs(own),
        f"^{' '.join(own[:2])}",
        f"^{' '.join(own[:3])}",
        f"size {size}",
        *(f"<{word}" for word in words(before)[:40]),
        *(f">{word}" for word in words(after)[:40]),
        *(f"h:{word}" for word in words(heading)[:15]),
    ]


def paragraph_terms(text: str, heading: str = "") -> list[str]:
    """What the theme model looks at: the words and pairs of the judging sentences, and the heading's words."""
    own = words(text)
    title = words(heading)[:15]
    return [*own, *_pairs(own), *title, *(f"h:{word}" for word in title)]


def bucket_counts(terms: Sequence[str], buckets: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Buckets of *terms*, in rising order, with one plus the logarithm of their counts."""
    counts = Counter(zlib.crc32(term.encode()) % buckets for term in terms)
    places = sorted(counts)
    return np.array(places, dtype=np.int64), np.array([1 + math.log(counts[p]) for p in places], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class LexicalModel:
    """Weights per bucket and class.

    Attributes:
        rarity: inverse document frequency per bucket.
        weights: buckets by classes, int8.
        scales: what one unit of weight is worth, per class.
        intercepts: per class.
    """

    rarity: NDArray[np.float16]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    intercepts: NDArray[np.float32]

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]], prefix: str) -> Self:
        """The model whose tables bear *prefix* in *tensors*."""
        return cls(*(tensors[f"{prefix}.{name}"] for name in ("rarity", "weights", "scales", "intercepts")))  # pyright: ignore[reportArgumentType]  dtypes are checked by the manifest's hash

    def tensors(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """The tables under names that begin with *prefix*."""
        return {f"{prefix}.{name}": getattr(self, name) for name in ("rarity", "weights", "scales", "intercepts")}

    def logits(self, documents: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """One row of class scores for each list of terms."""
        out = np.tile(self.intercepts, (len(documents), 1)).astype(np.float32)
        for row, terms in enumerate(documents):
            places, counts = bucket_counts(terms, len(self.rarity))
            if not len(places):
                continue
            values = counts * self.rarity[places].astype(np.float32)
            values /= np.linalg.norm(values) or 1.0
            out[row] += (values @ self.weights[places].astype(np.float32)) * self.scales
        return out
