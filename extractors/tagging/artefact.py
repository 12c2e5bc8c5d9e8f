"""Writing a model folder: everything that tagging needs."""

# safetensors types its calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.export import export_int8
from extractors.tagging.folds import Finish
from extractors.tagging.manifest import MANIFEST, Manifest, revision_of, sha256_of
from extractors.tagging.model import HEADS_FILE, LEXICAL_FILE, SECOND_FILE, Lexicals
from extractors.tagging.network import Network
from extractors.tagging.runtimes import ENCODER_FILE
from extractors.tagging.tokens import TOKENIZER_FILE
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

NAME = "findingaid-tagger"


@dataclass(frozen=True, slots=True)
class Trained:
    """Everything one training run made."""

    network: Network
    lexical: Lexicals
    finish: Finish
    encoder: str
    """Name and hash of what was fine-tuned."""
    recipe: Mapping[str, float | int | str]
    figures: Mapping[str, float]


def head_tensors(network: Network) -> dict[str, NDArray[np.generic]]:
    """The heads' weights, by the names under which they are stored."""
    layers = {"role": network.role, "theme": network.theme}
    return {
        f"{head}.{part}": getattr(layer, part).detach().numpy()
        for head, layer in layers.items()
        for part in ("weight", "bias")
    }


def write_model(folder: Path, trained: Trained, tokenizer: Path) -> Manifest:
    """Write *trained* into *folder*, the manifest last.

    Args:
        folder: where to; made if need be.
        trained: what the run made.
        tokenizer: the tokenizer file to lay beside it.
    """
    import safetensors.numpy as stored

    folder.mkdir(parents=True, exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    cast("Any", stored).save_file(head_tensors(trained.network), folder / HEADS_FILE)
    tables = {**trained.lexical.roles.tensors("roles"), **trained.lexical.themes.tensors("themes")}
    cast("Any", stored).save_file(tables, folder / LEXICAL_FILE)
    cast("Any", stored).save_file(trained.finish.second.tensors(), folder / SECOND_FILE)
    shutil.copyfile(tokenizer, folder / TOKENIZER_FILE)
    export_int8(trained.network.encoder, folder / ENCODER_FILE)
    names = (HEADS_FILE, LEXICAL_FILE, SECOND_FILE, TOKENIZER_FILE, ENCODER_FILE)
    files = {name: sha256_of(folder / name) for name in names}
    manifest = Manifest(
        name=NAME,
        revision=revision_of(files, trained.finish.calibration),
        encoder=trained.encoder,
        roles=tuple(ROLE_ORDER),
        themes=THEME_CODES,
        calibration=trained.finish.calibration,
        recipe=dict(trained.recipe),
        figures=dict(trained.figures),
        files=files,
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return manifest
