"""Rows of small whole numbers, two in a byte."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from index.meaning.halves import MOST, packed, unpacked

ROWS = st.tuples(st.integers(0, 5), st.integers(0, 8).map(lambda half: 2 * half))


@given(stn.arrays(np.int8, ROWS, elements=st.integers(-MOST, MOST)))
def test_what_is_packed_comes_back(numbers: np.ndarray[tuple[int, int], np.dtype[np.int8]]) -> None:
    """Packing halves the bytes and loses nothing."""
    bytes_ = packed(numbers)
    assert bytes_.nbytes * 2 == numbers.nbytes
    assert (unpacked(bytes_) == numbers).all()
