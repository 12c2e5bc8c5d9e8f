"""Texts as vectors: the mean of their word pieces' vectors, rare pieces weighing more.

The table of pieces was made once (``benchmarks/meaning_table.py``) by sending every word piece through the sentence
encoder that the tagger grew from, so that a text costs a look-up and a sum: some 8,000 passages a second and core where
the encoder makes 60. Vectors are whole numbers of one byte, the same on every machine and in every back end. The table
keeps half a byte a number, since a sum evens out what that leaves inexact, and a row for pieces in use only.
"""

# safetensors type their calls in part; what comes out of them is narrowed where it enters.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from extractors.errors import ModelError
from index.meaning import DIMENSIONS, Sought
from index.meaning.halves import unpacked

Vector: TypeAlias = NDArray[np.int8]
Floats: TypeAlias = NDArray[np.float32]

LONGEST = 20_000
"""Characters of a text that are read; what a passage says stands in fewer."""
TABLE = "table.safetensors"


class Encoder:
    """Makes vectors of texts.

    Args:
        pieces: a row for each word piece.
        tokenizer: cuts texts into the numbers of word pieces.
    """

    def __init__(self, pieces: Floats, tokenizer: Any) -> None:
        self._pieces = pieces
        self._tokenizer = tokenizer

    def passages(self, texts: Sequence[str]) -> Vector:
        """A row for each of *texts*; all zero for one that says nothing."""
        return whole(self._sums(texts))

    def query(self, sought: Sequence[Sought]) -> Vector:
        """The vector of a query. Other names of a word pull it towards them as strongly as it pulls itself."""
        total = np.zeros(DIMENSIONS, dtype=np.float32)
        sums = iter(self._sums([text for one in sought for text in (one.text, *one.others)]))
        for one in sought:
            own, others = next(sums), list(islice(sums, len(one.others)))
            total += own
            if others:
                mean = np.mean([_unit(other) for other in others], axis=0)
                total += one.share * float(np.linalg.norm(own)) * mean
        return whole(total[None])[0]

    def _sums(self, texts: Sequence[str]) -> Floats:
        cut = [text[:LONGEST] for text in texts]
        found = [one.ids for one in self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)]
        sums = np.zeros((len(found), DIMENSIONS), dtype=np.float32)
        for row, ids in enumerate(found):
            sums[row] = self._pieces[ids].sum(axis=0)
        return sums


def whole(vectors: Floats) -> Vector:
    """*vectors* as whole numbers from -127 to 127. Only their directions are compared, so each has its own scale."""
    most = np.abs(vectors).max(axis=1, keepdims=True)
    return np.rint(vectors / np.where(most == 0, 1, most) * 127).astype(np.int8)


def likeness(vectors: Vector, vector: Vector) -> NDArray[np.float64]:
    """The cosine between each of *vectors* and *vector*; 0 where either is all zero."""
    own, other = vectors.astype(np.float64), vector.astype(np.float64)
    lengths = np.linalg.norm(own, axis=1) * np.linalg.norm(other)
    return (own @ other) / np.where(lengths == 0, 1, lengths)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


@cache
def encoder() -> Encoder:
    """The encoder that comes with the package.

    Raises:
        ModelError: its files are missing or damaged.
    """
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    from extractors.tagging.tagger import SHIPPED_MODEL
    from extractors.tagging.tokens import TOKENIZER_FILE

    try:
        table = load(files("index.meaning").joinpath(TABLE).read_bytes())
        tokenizer: Any = cast("Any", Tokenizer).from_file(str(SHIPPED_MODEL / TOKENIZER_FILE))
    except Exception as error:  # both libraries raise kinds of their own for whatever is wrong with a file
        raise ModelError("The table of word vectors cannot be loaded.", mend="Install findingaid again.") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = np.zeros((tokenizer.get_vocab_size(), DIMENSIONS), dtype=np.float32)
    pieces[table["ids"]] = unpacked(table["pieces"]) * table["rows"][:, None] * table["columns"]
    return Encoder(pieces, tokenizer)
