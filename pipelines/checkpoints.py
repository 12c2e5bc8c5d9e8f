"""How far a training has come, kept on disk: a broken run goes on after its last whole epoch."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class FileCheckpoint:
    """One part of a training, kept in a file of its own."""

    path: Path

    def load(self) -> dict[str, Any] | None:
        """What was kept last; None where nothing was, or where it cannot be read."""
        import torch

        try:
            return torch.load(self.path, weights_only=True)
        except (OSError, EOFError, RuntimeError, ValueError, KeyError, pickle.UnpicklingError):
            return None

    def save(self, state: dict[str, Any]) -> None:
        """Keep *state*; a kill while it is written leaves what was kept before."""
        import torch

        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.path)
