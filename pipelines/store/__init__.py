"""What must outlast a run: bytes, stage results, and the catalogue that says what is known of each document."""

from pipelines.store.store import Store

__all__ = ["Store"]
