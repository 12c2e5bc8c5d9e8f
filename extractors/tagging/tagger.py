"""The front door of tagging: records in, records out, and one function that loads the model."""

from pathlib import Path
from typing import TYPE_CHECKING

from extractors.tagging.paragraphs import Paragraph, TaggedParagraph, Tagger

if TYPE_CHECKING:
    from extractors.tagging.runtimes import Runtime

__all__ = ["SHIPPED_MODEL", "Paragraph", "TaggedParagraph", "Tagger", "load_tagger", "model_revision"]

SHIPPED_MODEL = Path(__file__).parent / "model"
"""The trained model that comes with the package."""


def load_tagger(model_dir: Path | None = None, runtime: str = "onnx") -> Tagger:
    """The trained tagger that ships with the package, or the one in *model_dir*.

    Args:
        model_dir: a model's folder.
        runtime: what runs the encoder: onnx, torch or openvino.

    Raises:
        ModelError: weights are missing, damaged, or made for another vocabulary; or the runtime is not installed.
    """
    # Imported here: numpy and the model's libraries are loaded only where something is tagged.
    from extractors.tagging.model import load_model

    folder = model_dir or SHIPPED_MODEL
    return load_model(folder) if runtime == "onnx" else load_model(folder, _runtime(runtime, folder))


def _runtime(name: str, folder: Path) -> "Runtime":
    """Another runtime than the default one, for a model that is whole."""
    from extractors.tagging.manifest import read_manifest
    from extractors.tagging.runtimes import RuntimeName, make_runtime

    read_manifest(folder)
    return make_runtime(RuntimeName(name), folder)


def model_revision(model_dir: Path | None = None) -> str:
    """Revision of the model that ``load_tagger`` would give, from its manifest alone.

    Raises:
        ModelError: there is none, or it was made for another vocabulary.
    """
    from extractors.tagging.manifest import read_manifest

    return read_manifest(model_dir or SHIPPED_MODEL).maker.revision
