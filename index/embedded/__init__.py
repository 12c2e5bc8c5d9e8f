"""The embedded back end: tantivy in a folder, for everybody without a search server."""

from index.embedded.reader import EmbeddedIndex

__all__ = ["EmbeddedIndex"]
