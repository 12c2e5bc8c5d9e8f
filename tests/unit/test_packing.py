"""Stored passages packed small."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedded.packing import FEWEST, Packing

RECORDS = [json.dumps({"report": f"r{n}", "text": f"The officer noted {n} messages."}).encode() for n in range(FEWEST)]
LEARNT = Packing.learn(RECORDS)


@pytest.mark.parametrize("packing", [Packing(), LEARNT], ids=["no dictionary", "a dictionary"])
@given(record=st.binary(max_size=2_000))
def test_nothing_is_lost(packing, record):
    """What is packed comes back, whether or not it is like what the dictionary was learnt from."""
    assert packing.unpack(packing.pack(record)) == record


def test_a_dictionary_pays():
    """Short records that are alike take less than half with a dictionary learnt from their like."""
    assert 2 * sum(len(LEARNT.pack(one)) for one in RECORDS) < sum(len(Packing().pack(one)) for one in RECORDS)


def test_of_few_nothing_is_learnt():
    """A small corpus has no dictionary, and is read all the same."""
    assert Packing.learn(RECORDS[: FEWEST - 1]).learnt == b""


def test_a_dictionary_is_kept(tmp_path):
    """What one process packs, another unpacks with the dictionary that was laid down."""
    LEARNT.write(tmp_path / "dictionary")
    assert Packing.read(tmp_path / "dictionary").unpack(LEARNT.pack(RECORDS[7])) == RECORDS[7]
