"""What a model folder says about itself, checked before anything in it is loaded."""

import hashlib
from pathlib import Path

from pydantic import Field, ValidationError

from extractors.errors import ModelError
from extractors.records import Maker, Record
from extractors.tagging.calibration import Calibration
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES

MODEL_SCHEMA = 3
"""Changes when an older reader could no longer use a newer folder."""
MANIFEST = "manifest.json"


class Manifest(Record):
    """Name, revision, vocabulary, calibration and the SHA-256 of every file beside it."""

    model_schema: int = MODEL_SCHEMA
    name: str
    revision: str = Field(description="From the files' hashes and the calibration: other tags, other revision.")
    encoder: str = Field(description="What was fine-tuned, by name and SHA-256 of its weights.")
    roles: tuple[str, ...]
    themes: tuple[str, ...]
    calibration: Calibration
    recipe: dict[str, float | int | str]
    figures: dict[str, float] = Field(description="Out-of-fold figures of the recipe.")
    files: dict[str, str] = Field(description="File name to SHA-256.")

    @property
    def maker(self) -> Maker:
        """Who to name beside every tag."""
        return Maker(name=self.name, revision=self.revision)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def revision_of(files: dict[str, str], calibration: Calibration) -> str:
    """A short revision from the files' hashes and the calibration: what gives other tags has another one."""
    joined = "\n".join(f"{name} {digest}" for name, digest in sorted(files.items())) + calibration.model_dump_json()
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of *folder*, its files' hashes and its vocabulary checked.

    Raises:
        ModelError: there is no model, it is damaged, or it was made for another vocabulary or version.
    """
    path = folder / MANIFEST
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ModelError(f"No model lies in {folder}: {MANIFEST} is missing.") from None
    except (OSError, ValidationError):
        raise ModelError(f"{path} cannot be read as a manifest of this version.") from None
    if manifest.model_schema != MODEL_SCHEMA:
        raise ModelError(f"The model in {folder} is of schema {manifest.model_schema}, not {MODEL_SCHEMA}.")
    if manifest.roles != tuple(ROLE_ORDER) or manifest.themes != THEME_CODES:
        raise ModelError(f"The model in {folder} was made for another codebook.")
    for name, wanted in manifest.files.items():
        _check(folder / name, wanted)
    return manifest


def _check(path: Path, wanted: str) -> None:
    try:
        found = sha256_of(path)
    except OSError:
        raise ModelError(f"{path} is missing or cannot be read.") from None
    if found != wanted:
        raise ModelError(f"{path} is damaged: its SHA-256 is not the one in {MANIFEST}.")
