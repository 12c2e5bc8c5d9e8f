"""Training on disk: label files in, a model folder out, each fold kept so that a broken run goes on."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.errors import BadRecord, UnreadableFile
from extractors.tagging.labels import LabelledParagraph, read_labels

if TYPE_CHECKING:
    from extractors.tagging.experiment import Run
    from extractors.tagging.folds import HeldOut, Material
    from extractors.tagging.manifest import Manifest
    from extractors.tagging.training import Recipe

Told = Callable[[str, int, int, float], None]
"""Called with the part that is running, its step, its number of steps and the loss."""


def load_labels(paths: Sequence[Path]) -> list[LabelledParagraph]:
    """The labelled paragraphs of *paths*; a later file corrects an earlier one by id.

    Raises:
        UnreadableFile: a file is missing or may not be read.
        BadRecord: a line is wrong, or there is none.
    """
    found: dict[str, LabelledParagraph] = {}
    for path in paths:
        try:
            with path.open("rb") as file:
                found.update((paragraph.id, paragraph) for paragraph in read_labels(file, name=path.name))
        except OSError as error:
            raise UnreadableFile(f"{path} cannot be read: {error.strerror or 'refused'}.") from error
    if not found:
        raise BadRecord("The label files hold no paragraph.")
    return list(found.values())


def train(
    labels_paths: Sequence[Path],
    out_dir: Path,
    *,
    further_paths: Sequence[Path] = (),
    recipe: "Recipe | None" = None,
    folds: int = 5,
    only_folds: Sequence[int] | None = None,
    weights: Path | None = None,
    on_progress: Told | None = None,
) -> "Manifest":
    """Train a tagger on label files and write it to *out_dir*.

    Folds come first: from their held-out scores the second reading is learnt and the figures come. Each is kept
    under ``out_dir/folds`` and not done again when the same training is started anew; a part that was broken goes
    on after the last epoch it had finished.

    Args:
        labels_paths: label files.
        out_dir: the model's folder.
        further_paths: label files that are learnt from in the last passes and never measured on.
        recipe: every choice of the run; the committed one by default.
        folds: how many folds the documents are cut into.
        only_folds: measure on these folds alone, to save time; all by default.
        weights: a folder with another encoder than the known one.
        on_progress: told of every step.
    """
    from extractors.tagging.experiment import Run, complete, held_out
    from extractors.tagging.folds import HeldOut, Material
    from extractors.tagging.network import WEIGHTS_PACKAGE, WEIGHTS_SHA256, weights_folder
    from extractors.tagging.tokens import TOKENIZER_FILE, Tokens
    from extractors.tagging.training import Recipe

    material = Material(load_labels(labels_paths), load_labels(further_paths) if further_paths else ())
    folder = weights or weights_folder()
    run = Run(folder, Tokens(folder / TOKENIZER_FILE), recipe or Recipe())
    parts: list[HeldOut] = []
    for fold in range(folds) if only_folds is None else only_folds:
        key = _key(material, run.recipe, folds, fold)
        part = _kept(out_dir / "folds" / f"{key}.npz", material.cut(fold, folds)[1])
        if part is None:
            part = held_out(material, _watched(run, on_progress, f"fold {fold + 1}", out_dir, key), fold, folds)
            _keep(out_dir / "folds" / f"{key}.npz", part)
            _forget(out_dir, key)
        parts.append(part)
    name = f"{WEIGHTS_PACKAGE} sha256:{WEIGHTS_SHA256}" if weights is None else weights.name
    key = _key(material, run.recipe, folds, folds)
    manifest = complete(material, _watched(run, on_progress, "all labels", out_dir, key), parts, out_dir, name)
    _forget(out_dir, key)
    return manifest


def _watched(run: "Run", told: Told | None, part: str, out_dir: Path, key: str) -> "Run":
    """*run* with its steps told under the name of their *part*, and kept once an epoch."""
    from pipelines.checkpoints import FileCheckpoint

    def kept(name: str) -> FileCheckpoint:
        return FileCheckpoint(out_dir / "folds" / f"{key}-{name}.pt")

    return replace(run, told=_named(told, part), kept=kept)


def _forget(out_dir: Path, key: str) -> None:
    """Remove the checkpoints of a part that is done."""
    for path in (out_dir / "folds").glob(f"{key}-*.pt"):
        path.unlink()


def _named(told: Told | None, part: str) -> Callable[[int, int, float], None] | None:
    if told is None:
        return None
    return lambda step, steps, loss: told(part, step, steps, loss)


def _key(material: "Material", recipe: "Recipe", folds: int, fold: int) -> str:
    digest = hashlib.sha256(recipe.model_dump_json().encode())
    for part in (material.labels, material.further):
        for paragraph in part:
            digest.update(paragraph.model_dump_json().encode())
        digest.update(b"\n")
    return f"{digest.hexdigest()[:16]}-{fold}-of-{folds}"


def _kept(path: Path, held: "Material") -> "HeldOut | None":
    """What an earlier, broken run of the same training left."""
    from extractors.tagging.context import Raw
    from extractors.tagging.folds import HeldOut

    try:
        with np.load(path) as arrays:
            raw = Raw(**{name: arrays[name] for name in Raw.__slots__})
            further = Raw(**{name: arrays[f"further_{name}"] for name in Raw.__slots__}) if held.further else None
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        return None
    return HeldOut(held.labels, raw, HeldOut(held.further, further) if further else None)


def _keep(path: Path, held: "HeldOut") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"new-{path.name}")
    arrays = {name: getattr(held.raw, name) for name in held.raw.__slots__}
    if held.further:
        arrays |= {f"further_{name}": getattr(held.further.raw, name) for name in held.raw.__slots__}
    np.savez(fresh, **arrays)
    fresh.replace(path)
