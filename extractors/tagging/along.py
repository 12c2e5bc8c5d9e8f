"""A document read along its sentences, both ways: what was said before and what comes after bear on a role.

A gated recurrent unit (Cho et al. 2014) over what the second reading sees of each sentence. Applied in numpy;
``along_fit.py`` learns it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.context import Ordinals
from extractors.tagging.heads import Floats, sigmoid

MOST_DEVIATIONS = 4.0
"""Features further from their mean count as if they were so far: a strange document does not run away."""
NEVER = -8.0
"""Score of a role that no example shows."""
_PREFIX = "along."


@dataclass(frozen=True, slots=True)
class Unit:
    """A recurrent unit of one direction; reset, update and candidate one below the other.

    Attributes:
        into: 3 x units by inputs.
        onward: 3 x units by units.
        into_bias: 3 x units.
        onward_bias: 3 x units.
    """

    into: Floats
    onward: Floats
    into_bias: Floats
    onward_bias: Floats

    def states(self, inputs: Floats) -> Floats:
        """The state after each row of *inputs*, the first reading on from nothing."""
        size = self.onward.shape[1]
        given = inputs @ self.into.T + self.into_bias
        out = np.zeros((len(inputs), size), dtype=np.float32)
        state = np.zeros(size, dtype=np.float32)
        for row, own in zip(out, given, strict=True):
            held = self.onward @ state + self.onward_bias
            reset, update = np.split(sigmoid(own[: 2 * size] + held[: 2 * size]), 2)
            candidate = np.tanh(own[2 * size :] + reset * held[2 * size :])
            state = (1 - update) * candidate + update * state
            row[:] = state
        return out


@dataclass(frozen=True, slots=True)
class Along:
    """Weights of the reading along a document.

    Attributes:
        mean: of each feature.
        deviation: of each feature.
        into: inputs of the units by features.
        into_bias: inputs.
        forth: the unit that reads on.
        back: the unit that reads back.
        out: roles by the states of both.
        skip: roles by features, past the units.
        bias: roles.
    """

    mean: Floats
    deviation: Floats
    into: Floats
    into_bias: Floats
    forth: Unit
    back: Unit
    out: Floats
    skip: Floats
    bias: Floats

    def logits(self, features: Floats, document: Ordinals) -> Floats:
        """Logits of roles, one row per sentence; sentences of a *document* stand together."""
        scaled = in_deviations(features, self.mean, self.deviation)
        inputs = np.tanh(scaled @ self.into.T + self.into_bias)
        states = np.zeros((len(features), self.out.shape[1]), dtype=np.float32)
        half = self.out.shape[1] // 2
        for own in stretches_of(document):
            states[own, :half] = self.forth.states(inputs[own])
            states[own, half:] = self.back.states(inputs[own][::-1])[::-1]
        return (states @ self.out.T + scaled @ self.skip.T + self.bias).astype(np.float32)

    def tensors(self) -> dict[str, NDArray[np.generic]]:
        """The weights by the names under which they are stored."""
        return {f"{_PREFIX}{name}": value for name, value in _flat(self)}

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, NDArray[np.generic]]) -> Self:
        """The weights as they are stored."""

        def stored(name: str) -> Floats:
            return tensors[f"{_PREFIX}{name}"].astype(np.float32)

        units = {way: Unit(*(stored(f"{way}.{f.name}") for f in fields(Unit))) for way in ("forth", "back")}
        return cls(**{f.name: units.get(f.name) or stored(f.name) for f in fields(cls)})  # pyright: ignore[reportArgumentType]  each field is one or the other


def _flat(weights: Along | Unit) -> Iterator[tuple[str, Floats]]:
    for field in fields(weights):
        value = getattr(weights, field.name)
        if isinstance(value, Unit):
            yield from ((f"{field.name}.{name}", own) for name, own in _flat(value))
        else:
            yield field.name, value


def in_deviations(features: Floats, mean: Floats, deviation: Floats) -> Floats:
    """Features in deviations from their mean, the strangest cut off."""
    return np.clip((features - mean) / deviation, -MOST_DEVIATIONS, MOST_DEVIATIONS)


def stretches_of(group: Ordinals) -> list[slice]:
    """Where rows of one group stand together.

    Examples:
        >>> stretches_of(np.array([4, 4, 7]))
        [slice(0, 2, None), slice(2, 3, None)]
    """
    edges = [0, *(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    return [slice(start, end) for start, end in pairwise(edges) if end > start]
