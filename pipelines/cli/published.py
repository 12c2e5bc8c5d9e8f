"""The published corpus, as commands ask for it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.corpus import Corpus


def published_corpus() -> "Corpus":
    """The corpus of the home that the settings name; its further names are known to queries."""
    from pipelines.opening import open_corpus
    from pipelines.settings import load_settings

    return open_corpus(load_settings())
