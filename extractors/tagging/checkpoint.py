"""How far a training has come, as bytes."""

import io
import pickle
from typing import Any, Protocol

import torch


class Checkpoint(Protocol):
    """Where a run keeps how far it has come, once an epoch."""

    def load(self) -> dict[str, Any] | None:
        """What was kept last; None at a run's first start."""
        ...

    def save(self, state: dict[str, Any]) -> None:
        """Keep *state* instead of what was kept before."""
        ...


def packed(state: dict[str, Any]) -> bytes:
    """*state* (tensors, numbers, names, and tuples, lists and dictionaries of them) as bytes."""
    target = io.BytesIO()
    torch.save(state, target)
    return target.getvalue()


def unpacked(data: bytes) -> dict[str, Any] | None:
    """What was packed; None where *data* is no such thing, whole and sound. Nothing in it is executed."""
    try:
        return torch.load(io.BytesIO(data), weights_only=True)
    except (EOFError, RuntimeError, ValueError, KeyError, pickle.UnpicklingError):
        return None
