"""Rows of small whole numbers, two in a byte."""

import numpy as np
from numpy.typing import NDArray

MOST = 7
"""The largest number, above and below nothing, that half a byte holds."""


def packed(numbers: NDArray[np.int8]) -> NDArray[np.uint8]:
    """*numbers* from -7 to 7, of an even width, with each two neighbours in one byte."""
    halves = (numbers + MOST).astype(np.uint8)
    return np.bitwise_or(halves[:, 0::2], np.left_shift(halves[:, 1::2], np.uint8(4)))


def unpacked(bytes_: NDArray[np.uint8]) -> NDArray[np.int8]:
    """What was ``packed``."""
    halves = np.empty((len(bytes_), 2 * bytes_.shape[1]), dtype=np.int8)
    halves[:, 0::2], halves[:, 1::2] = bytes_ & 15, bytes_ >> 4
    return halves - np.int8(MOST)
