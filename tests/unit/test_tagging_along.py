"""The reading along a document: numpy does what torch learnt, documents are apart, and order is what it learns."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="learning needs findingaid[torch]")

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.tagging.along import Along, Unit, stretches_of
from extractors.tagging.along_fit import fit_along
from extractors.tagging.vocabulary import ROLE_ORDER

ROLES = len(ROLE_ORDER)


def drawn(seed: int, documents: int, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sentences whose role is what the sentence before them shows; the first of a document has role 0."""
    chance = np.random.default_rng(seed)
    shown = chance.integers(0, 3, size=(documents, length))
    truth = np.concatenate([np.zeros((documents, 1), dtype=np.int64), shown[:, :-1]], axis=1)
    features = np.eye(3, dtype=np.float32)[shown.ravel()]
    return features, np.repeat(np.arange(documents), length), truth.ravel()


@pytest.fixture(scope="module")
def along() -> Along:
    return fit_along(*drawn(0, 600, 8), np.ones(ROLES))


def test_what_stands_before_is_learnt(along):
    """A role that only the sentence before tells is read right, which no sentence by itself allows."""
    features, documents, truth = drawn(1, 50, 8)
    assert (along.logits(features, documents).argmax(axis=1) == truth).mean() > 0.9


def test_documents_do_not_touch(along):
    """A document is read the same whatever stands before or after it."""
    features, documents, _ = drawn(2, 3, 5)
    alone = along.logits(features[5:10], documents[5:10])
    assert along.logits(features, documents)[5:10] == pytest.approx(alone, abs=1e-5)


def test_roles_that_no_label_shows_are_never_given(along):
    """Only the roles of the examples come out, however far a feature lies from what was learnt."""
    features, documents, _ = drawn(3, 20, 8)
    assert set(along.logits(features * 100, documents).argmax(axis=1)) <= {0, 1, 2}


def test_weights_survive_storing(along):
    """Stored and read back, the reading is the same; learnt again from the same, too."""
    features, documents, _ = drawn(4, 5, 8)
    again = Along.from_tensors(along.tensors())
    relearnt = fit_along(*drawn(0, 600, 8), np.ones(ROLES))
    for other in (again, relearnt):
        assert np.array_equal(other.logits(features, documents), along.logits(features, documents))


def test_nothing_is_read_as_nothing(along):
    """No sentence gives no row."""
    assert along.logits(np.zeros((0, 3), np.float32), np.zeros(0, np.int64)).shape == (0, ROLES)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 12), st.integers(1, 6))
def test_the_unit_is_that_of_torch(seed, length, size):
    """States agree with torch's own gated recurrent unit."""
    torch.manual_seed(seed)
    unit = torch.nn.GRU(4, size, batch_first=True)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    ours = Unit(*(getattr(unit, name).detach().numpy() for name in names))
    inputs = torch.randn(1, length, 4)
    expected = unit(inputs)[0][0].detach().numpy()
    assert ours.states(inputs[0].numpy()) == pytest.approx(expected, abs=1e-5)


@given(st.lists(st.integers(0, 3), max_size=30))
def test_stretches_cover_every_row_once(groups):
    """In order, without gap or overlap, each of one group."""
    found = stretches_of(np.array(groups, dtype=np.int64))
    assert [row for own in found for row in range(own.start, own.stop)] == list(range(len(groups)))
    assert all(len(set(groups[own])) == 1 for own in found)
