"""Makes the table of word-piece vectors that search by meaning reads: index/meaning/table.safetensors.

Usage: python benchmarks/meaning_table.py [SHARED]

Every word piece goes through all-MiniLM-L6-v2 (Apache-2.0, the encoder that the tagger grew from) by itself; the
vectors are centred and turned onto their main directions, each weighed by how few passages of the data sets hold the
piece, and kept as whole numbers of half a byte with a scale a row and one a direction. Pieces that the data sets hold
are kept, and the commonest of the others, which is how the vocabulary is ordered; the rest have no vector. Nothing is
learnt from queries or judgements. Prints the size and, as a check, how near the stored vectors are to the exact ones.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from search_quality import collection
from tokenizers import Tokenizer

from extractors.tagging.tagger import SHIPPED_MODEL
from extractors.tagging.tokens import TOKENIZER_FILE
from index.fields import texts
from index.meaning.encoder import DIMENSIONS, TABLE
from index.meaning.halves import MOST, packed

AT_ONCE = 512
KEPT = 16_000
"""Pieces with a vector."""
REACH = 2.5
"""Numbers beyond so many times the usual size are cut: what loses least of a normal spread at 15 steps (Max, 1960)."""
FITTED_ON_EVERY = 3
"""The main directions are those of every third piece, which is plenty."""


def encoded(tokenizer: Any) -> NDArray[np.float32]:
    """The mean vector of each word piece, framed as a text."""
    import torch
    from transformers import AutoModel

    from extractors.tagging.network import weights_folder

    model = AutoModel.from_pretrained(str(weights_folder())).eval()
    start, end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    rows: list[NDArray[np.float32]] = []
    with torch.inference_mode():
        for first in range(0, tokenizer.get_vocab_size(), AT_ONCE):
            pieces = range(first, min(first + AT_ONCE, tokenizer.get_vocab_size()))
            ids = torch.tensor([[start, piece, end] for piece in pieces])
            rows.append(model(input_ids=ids).last_hidden_state.mean(dim=1).numpy())
    return np.concatenate(rows)


def holding(tokenizer: Any, shared: Path) -> tuple[NDArray[np.int64], int]:
    """How many passages of the data sets hold each piece, and how many there are."""
    said = [texts(passage)["text"] for tagged in collection(shared) for passage in tagged.passages]
    held: Counter[int] = Counter()
    for one in tokenizer.encode_batch_fast(said, add_special_tokens=False):
        held.update(set(one.ids))
    return np.array([held[piece] for piece in range(tokenizer.get_vocab_size())]), len(said)


def kept(tokenizer: Any, held: NDArray[np.int64]) -> NDArray[np.uint16]:
    """The pieces that get a vector."""
    plain = (piece for piece in range(len(held)) if re.fullmatch(r"(##)?[a-z0-9]+", tokenizer.id_to_token(piece)))
    chosen = dict.fromkeys([*np.flatnonzero(held).tolist(), *plain])
    return np.sort(np.array(list(chosen)[:KEPT], dtype=np.uint16))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, nargs="?", default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "index" / "meaning" / TABLE)
    given = parser.parse_args()
    tokenizer: Any = Tokenizer.from_file(str(SHIPPED_MODEL / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    vectors = encoded(tokenizer)
    vectors -= vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(vectors[::FITTED_ON_EVERY], full_matrices=False)
    held, passages = holding(tokenizer, given.shared)
    chosen = kept(tokenizer, held)
    rarity = np.log1p(passages / (1 + held)).astype(np.float32)
    weighed = (vectors @ directions[:DIMENSIONS].T * rarity[:, None])[chosen]
    columns = np.sqrt((weighed**2).mean(axis=0)).astype(np.float32)
    rows = np.sqrt(((weighed / columns) ** 2).mean(axis=1)).astype(np.float32) * np.float32(REACH / MOST)
    numbers = np.clip(np.rint(weighed / columns / rows[:, None]), -MOST, MOST).astype(np.int8)
    save_file({"ids": chosen, "pieces": packed(numbers), "rows": rows, "columns": columns}, given.to)
    back = numbers * rows[:, None] * columns
    lengths = np.linalg.norm(back, axis=1) * np.linalg.norm(weighed, axis=1)
    near = (back * weighed).sum(axis=1) / np.where(lengths == 0, 1, lengths)
    print(
        json.dumps(
            {
                "pieces": len(chosen),
                "bytes": given.to.stat().st_size,
                "mean_cosine": round(float(near[lengths > 0].mean()), 4),
            }
        )
    )


if __name__ == "__main__":
    main()
