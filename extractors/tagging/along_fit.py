"""Learning the reading along a document, in torch."""

# torch types its calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownMemberType=false

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils import rnn

from extractors.tagging.along import NEVER, Along, Unit, in_deviations, stretches_of
from extractors.tagging.context import Ordinals
from extractors.tagging.heads import Floats
from extractors.tagging.vocabulary import ROLE_ORDER

INPUTS, UNITS, PASSES = 32, 24, 8
LEAST_STEPS = 400
"""Few labels are gone over more often, or the reading along would be no better than its first draw."""
_RATE, _DECAY, _WARM_UP = 3e-3, 0.02, 50
_HIDDEN, _DROPPED, _SMOOTHING = 0.2, 0.4, 0.05
_BATCH, _LONGEST = 24, 200
_NONE = -1


class _Network(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.into = nn.Linear(features, INPUTS)
        self.units = nn.GRU(INPUTS, UNITS, bidirectional=True, batch_first=True)
        self.out = nn.Linear(2 * UNITS, len(ROLE_ORDER))
        self.skip = nn.Linear(features, len(ROLE_ORDER))
        self.hide, self.drop = nn.Dropout(_HIDDEN), nn.Dropout(_DROPPED)

    def forward(self, rows: Tensor, lengths: Tensor) -> Tensor:
        inputs = self.drop(torch.tanh(self.into(self.hide(rows))))
        packed = rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        states, _ = rnn.pad_packed_sequence(self.units(packed)[0], batch_first=True)
        return self.out(self.drop(states)) + self.skip(self.hide(rows))

    def weights(self, mean: Floats, deviation: Floats) -> Along:
        """As numpy reads them."""
        held = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        ways = {"forth": "", "back": "_reverse"}
        parts = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
        units = {way: Unit(*(held[f"units.{part}{end}"] for part in parts)) for way, end in ways.items()}
        return Along(
            mean=mean,
            deviation=deviation,
            into=held["into.weight"],
            into_bias=held["into.bias"],
            out=held["out.weight"],
            skip=held["skip.weight"],
            bias=held["out.bias"] + held["skip.bias"],
            **units,
        )


def fit_along(features: Floats, documents: Ordinals, truth: NDArray[np.int64], weights: NDArray[np.float64]) -> Along:
    """Learn from sentences of documents that the first reading had not seen; always the same from the same.

    Args:
        features: one row a sentence.
        documents: ordinal of each sentence's document; those of one stand together.
        truth: column of each sentence's role.
        weights: how much a sentence of each role counts.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = in_deviations(features, mean, deviation)
    parts = [slice(at, min(at + _LONGEST, own.stop)) for own in stretches_of(documents) for at in _starts(own)]
    examples = [(torch.from_numpy(scaled[own]), torch.from_numpy(truth[own])) for own in parts]
    with torch.random.fork_rng(devices=[]), _one_thread():
        torch.manual_seed(0)
        network = _Network(features.shape[1])
        _learn(network, examples, torch.tensor(weights, dtype=torch.float32))
    return _without(network.weights(mean, deviation), np.bincount(truth, minlength=len(ROLE_ORDER)) == 0)


@contextmanager
def _one_thread() -> Generator[None]:
    """Steps this small are slower on several threads, and on a busy machine many times so."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _without(weights: Along, unseen: NDArray[np.bool_]) -> Along:
    """*weights* that never give the roles that no example shows."""
    seen = (~unseen)[:, None]
    return replace(
        weights, out=weights.out * seen, skip=weights.skip * seen, bias=np.where(unseen, NEVER, weights.bias)
    )


def _starts(own: slice) -> range:
    return range(own.start, own.stop, _LONGEST)


def _learn(network: _Network, examples: Sequence[tuple[Tensor, Tensor]], weights: Tensor) -> None:
    batches = len(range(0, len(examples), _BATCH))
    passes = max(PASSES, -(-LEAST_STEPS // batches))
    steps = passes * batches
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=_DECAY)
    slower = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / _WARM_UP) * (1 - step / steps)
    )
    loss_of = nn.CrossEntropyLoss(weight=weights, label_smoothing=_SMOOTHING, ignore_index=_NONE)
    for _ in range(passes):
        order = cast("list[int]", torch.randperm(len(examples)).tolist())
        for at in range(0, len(order), _BATCH):
            batch = [examples[n] for n in order[at : at + _BATCH]]
            lengths = torch.tensor([len(truth) for _, truth in batch])
            padded = rnn.pad_sequence([truth for _, truth in batch], batch_first=True, padding_value=_NONE)
            guessed: Tensor = network(rnn.pad_sequence([rows for rows, _ in batch], batch_first=True), lengths)
            optimiser.zero_grad()
            loss_of(guessed.flatten(0, 1), padded.flatten()).backward()
            optimiser.step()
            slower.step()
