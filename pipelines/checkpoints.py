"""How far a training has come, kept on disk: a broken run goes on after its last whole epoch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class FileCheckpoint:
    """One part of a training, kept in a file of its own."""

    path: Path

    def load(self) -> dict[str, Any] | None:
        """What was kept last; None where nothing was, or where it cannot be read."""
        from extractors.tagging.checkpoint import unpacked

        try:
            return unpacked(self.path.read_bytes())
        except OSError:
            return None

    def save(self, state: dict[str, Any]) -> None:
        """Keep *state*; a kill while it is written leaves what was kept before."""
        from extractors.tagging.checkpoint import packed

        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_bytes(packed(state))
        fresh.replace(self.path)
