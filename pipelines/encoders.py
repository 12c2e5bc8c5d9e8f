"""Another encoder to train on, and the report of a training."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from extractors.errors import ModelError

if TYPE_CHECKING:
    from extractors.tagging.manifest import Manifest

_PARTS = ("config.json", "tokenizer.json", "model.safetensors")


def encoder_folder(name: str, kept: Path) -> Path:
    """The folder of an encoder: *name* itself, or where the hub's encoder of that name was laid under *kept*.

    Raises:
        ModelError: there is none, it lacks a part, or the hub cannot be reached.
    """
    folder = Path(name)
    if not folder.is_dir():
        folder = _fetched(name, kept / name.replace("/", "--"))
    missing = [part for part in _PARTS if not (folder / part).is_file()]
    if missing:
        raise ModelError(f"{folder} is no encoder's folder: {', '.join(missing)} missing.")
    return folder


def _fetched(name: str, folder: Path) -> Path:
    """The hub's encoder in *folder*, not fetched again where it lies there."""
    if all((folder / part).is_file() for part in _PARTS):
        return folder
    try:
        import huggingface_hub

        cast("Any", huggingface_hub).snapshot_download(name, local_dir=folder, allow_patterns=list(_PARTS))
    except ImportError:
        raise ModelError("The hub's client is not installed.", mend="Install findingaid[torch].") from None
    except Exception as error:  # the hub raises kinds of three libraries, all of which mean this
        raise ModelError(
            f"{name} is no folder, and no encoder of that name could be fetched ({type(error).__name__}).",
            mend="Name a folder with config.json, tokenizer.json and model.safetensors.",
        ) from error
    return folder


def write_report(folder: Path, manifest: "Manifest", labels: Sequence[Path], seconds: float) -> Path:
    """Write what was trained, on what, by which choices and how well, beside the model.

    Args:
        folder: the model's.
        manifest: what training wrote.
        labels: the label files.
        seconds: how long it took, folds that were kept from an earlier run not counted.
    """
    from extractors.tagging.card import figures_block

    files = [f"| {path.name} | `{hashlib.sha256(path.read_bytes()).hexdigest()}` |" for path in labels]
    choices = [f"| {name} | {value} |" for name, value in sorted(manifest.recipe.items())]
    lines = [
        "# A training",
        f"\nEncoder: {manifest.encoder}. It took {seconds / 60:.1f} minutes.",
        "\n## Labels\n\n| file | SHA-256 |\n|---|---|",
        *files,
        "\n## Recipe\n\n| choice | value |\n|---|---|",
        *choices,
        f"\n## Held-out figures\n\n{figures_block(manifest)}\n",
    ]
    path = folder / "report.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
