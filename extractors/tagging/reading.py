"""One pass over the windows: every sentence's vector, and that of the window it was read in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.tagging.heads import Floats
from extractors.tagging.runtimes import Runtime, Tokens
from extractors.tagging.windows import Window

BATCH_TOKENS = 2048
"""Tokens of a batch, padding included: what keeps the cores busy and the memory small (twice as many took 110 MB
more and no less time)."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Per sentence: its mean vector, its window's first vector, and how many tokens it has."""

    sentences: Floats
    windows: Floats
    sizes: Floats


def batches(windows: Sequence[Window], most: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Ordinals of *windows* in batches of like length, so that little is padding."""
    order = sorted(range(len(windows)), key=lambda at: len(windows[at].tokens))
    batch: list[int] = []
    for at in order:
        # Rising order: this window is the batch's longest.
        if batch and len(windows[at].tokens) * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def padded(windows: Sequence[Window]) -> tuple[Tokens, Tokens]:
    """Token ids and their mask as rectangles."""
    longest = max(len(window.tokens) for window in windows)
    tokens = np.zeros((len(windows), longest), dtype=np.int64)
    mask = np.zeros_like(tokens)
    for row, window in enumerate(windows):
        tokens[row, : len(window.tokens)] = window.tokens
        mask[row, : len(window.tokens)] = 1
    return tokens, mask


def read_windows(runtime: Runtime, windows: Sequence[Window], sentences: int, width: int) -> Vectors:
    """Vectors of *sentences* sentences, each core in one of *windows*.

    Args:
        runtime: what encodes.
        windows: all windows; their spans' first numbers say which sentence it is.
        sentences: how many there are.
        width: of a vector.
    """
    own = np.zeros((sentences, width), dtype=np.float32)
    around = np.zeros((sentences, width), dtype=np.float32)
    sizes = np.ones(sentences, dtype=np.float32)
    for batch in batches(windows):
        chosen = [windows[at] for at in batch]
        hidden = runtime.hidden(*padded(chosen))
        for row, window in enumerate(chosen):
            for sentence, start, end in window.spans:
                own[sentence] = hidden[row, start:end].mean(axis=0)
                around[sentence] = hidden[row, 0]
                sizes[sentence] = end - start
    return Vectors(own, around, sizes)
