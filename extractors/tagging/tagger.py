"""The front door of tagging: records in, records out, and one function that loads the model."""

from pathlib import Path

from extractors.tagging.paragraphs import Paragraph, TaggedParagraph, Tagger

__all__ = ["SHIPPED_MODEL", "Paragraph", "TaggedParagraph", "Tagger", "load_tagger", "model_revision"]

SHIPPED_MODEL = Path(__file__).parent / "model"
"""The trained model that comes with the package."""


def load_tagger(model_dir: Path | None = None) -> Tagger:
    """The trained tagger that ships with the package, or the one in *model_dir*.

    Raises:
        ModelError: weights are missing, damaged, or made for another vocabulary.
    """
    # Imported here: numpy and the model's libraries are loaded only where something is tagged.
    from extractors.tagging.model import load_model

    return load_model(model_dir or SHIPPED_MODEL)


def model_revision(model_dir: Path | None = None) -> str:
    """Revision of the model that ``load_tagger`` would give, from its manifest alone.

    Raises:
        ModelError: there is none, or it was made for another vocabulary.
    """
    from extractors.tagging.manifest import read_manifest

    return read_manifest(model_dir or SHIPPED_MODEL).maker.revision
