"""Training on disk: label files in, a model folder out, each fold kept so that a broken run goes on."""

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extractors.errors import BadRecord, UnreadableFile
from extractors.tagging.labels import LabelledParagraph, read_labels

if TYPE_CHECKING:
    from extractors.tagging.context import Raw
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
    recipe: "Recipe | None" = None,
    folds: int = 5,
    only_folds: Sequence[int] | None = None,
    weights: Path | None = None,
    on_progress: Told | None = None,
) -> "Manifest":
    """Train a tagger on label files and write it to *out_dir*.

    Folds come first: from their held-out scores the second reading is learnt and the figures come. Each is kept
    under ``out_dir/folds`` and not done again when the same training is started anew.

    Args:
        labels_paths: label files.
        out_dir: the model's folder.
        recipe: every choice of the run; the committed one by default.
        folds: how many folds the documents are cut into.
        only_folds: measure on these folds alone, to save time; all by default.
        weights: a folder with another encoder than the known one.
        on_progress: told of every step.
    """
    from extractors.tagging.experiment import complete, held_out
    from extractors.tagging.folds import HeldOut, fold_of
    from extractors.tagging.network import WEIGHTS_PACKAGE, WEIGHTS_SHA256, weights_folder
    from extractors.tagging.tokens import TOKENIZER_FILE, Tokens
    from extractors.tagging.training import Recipe

    chosen = recipe or Recipe()
    labels = load_labels(labels_paths)
    folder = weights or weights_folder()
    tokens = Tokens(folder / TOKENIZER_FILE)
    parts: list[HeldOut] = []
    for fold in range(folds) if only_folds is None else only_folds:
        kept = out_dir / "folds" / f"{_key(labels, chosen, folds, fold)}.npz"
        raw = _kept(kept)
        if raw is None:
            told = _named(on_progress, f"fold {fold + 1}")
            raw = held_out(labels, folder, tokens, chosen, fold, folds, told).raw
            _keep(kept, raw)
        parts.append(HeldOut(fold_of(labels, fold, folds), raw))
    name = f"{WEIGHTS_PACKAGE} sha256:{WEIGHTS_SHA256}" if weights is None else weights.name
    told = _named(on_progress, "all labels")
    return complete(labels, folder, tokens, chosen, parts, out_dir, name=name, on_progress=told)


def _named(told: Told | None, part: str) -> Callable[[int, int, float], None] | None:
    if told is None:
        return None
    return lambda step, steps, loss: told(part, step, steps, loss)


def _key(labels: Sequence[LabelledParagraph], recipe: "Recipe", folds: int, fold: int) -> str:
    digest = hashlib.sha256(recipe.model_dump_json().encode())
    for paragraph in labels:
        digest.update(paragraph.model_dump_json().encode())
    return f"{digest.hexdigest()[:16]}-{fold}-of-{folds}"


def _kept(path: Path) -> "Raw | None":
    """What an earlier, broken run of the same training left."""
    from extractors.tagging.context import Raw

    try:
        with np.load(path) as arrays:
            return Raw(**{name: arrays[name] for name in Raw.__slots__})
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def _keep(path: Path, raw: "Raw") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"new-{path.name}")
    np.savez(fresh, **{name: getattr(raw, name) for name in raw.__slots__})
    fresh.replace(path)
