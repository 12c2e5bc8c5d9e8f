"""The store: one home folder with the archive, the stage results, the catalogue and the embedded index."""

import hashlib
import os
import tempfile
from pathlib import Path

from extractors.errors import HomeNotWritable
from pipelines.store.catalogue import Catalogue
from pipelines.store.files import Files, archive_name, store_faults


def sha256_of(data: bytes) -> str:
    """The name of these bytes.

    Examples:
        >>> sha256_of(b"")[:12]
        'e3b0c44298fc'
    """
    return hashlib.sha256(data).hexdigest()


class Store:
    """Everything under one home.

    Args:
        home: the folder; made when missing.

    Raises:
        HomeNotWritable: it cannot be made or written.
    """

    def __init__(self, home: Path) -> None:
        self.home = home = home.absolute()
        prepare_home(home)
        self.archive = Files((home / "archive").as_uri())
        self.stages = Files((home / "stages").as_uri())
        self.catalogue = Catalogue(f"sqlite:///{home / 'catalogue.sqlite'}")

    def keep(self, data: bytes) -> str:
        """Put *data* into the archive unless it is there; returns its SHA-256."""
        sha256 = sha256_of(data)
        name = archive_name(sha256)
        if not self.archive.exists(name):
            self.archive.write(name, data)
        return sha256


def prepare_home(home: Path) -> None:
    """Make *home* and try it: a refusal now is better than one after an hour's reading."""
    with store_faults(str(home)):
        try:
            home.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise HomeNotWritable(f"{home} is a file, not a folder.") from error
        with tempfile.NamedTemporaryFile(dir=home, prefix=".trying-") as file:
            file.write(b"1")
            file.flush()
            os.fsync(file.fileno())
