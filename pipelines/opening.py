"""Open the corpus that the settings name, for commands that read."""

from index.corpus import Corpus
from index.embedded import EmbeddedIndex
from pipelines.settings import Settings
from pipelines.store.store import INDEX_FOLDER


def open_corpus(settings: Settings) -> Corpus:
    """The published corpus of the home folder; opening it writes nothing."""
    return Corpus(EmbeddedIndex(settings.home / INDEX_FOLDER))
