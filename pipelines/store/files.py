"""Atomic files through fsspec: a local folder or a shared bucket, the same to its callers."""

import errno
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec.core

from extractors.errors import DiskFull, HomeNotWritable


@contextmanager
def store_faults(place: str) -> Generator[None]:
    """Turn the operating system's refusals into errors a person can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(f"No space is left for {place}.") from error
        if isinstance(error, PermissionError) or error.errno in {
            errno.EROFS,
            errno.EACCES,
            errno.ENOTDIR,
            errno.ENOENT,
            errno.EEXIST,
        }:
            raise HomeNotWritable(f"{place} cannot be written.") from error
        raise


def archive_name(sha256: str) -> str:
    """Where bytes lie in the archive: spread over 256 folders.

    Examples:
        >>> archive_name("ab" + "0" * 62)[:6]
        'ab/ab0'
    """
    return f"{sha256[:2]}/{sha256}"


class Files:
    """Whole files under one root, written once or replaced whole, never half.

    Args:
        root: a folder, or a URL that fsspec knows (``s3://…``, ``memory://…``).
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._fs: Any
        self._base: str
        self._fs, self._base = fsspec.core.url_to_fs(root)
        self._local = "file" in self._fs.protocol

    def path(self, name: str) -> str:
        """The full path of *name* in the file system's own terms."""
        return f"{self._base}/{name}"

    def exists(self, name: str) -> bool:
        """Whether *name* is stored, and so whole."""
        return Path(self.path(name)).exists() if self._local else bool(self._fs.exists(self.path(name)))

    def read(self, name: str) -> bytes:
        """The bytes of *name*; FileNotFoundError where it is not stored."""
        return Path(self.path(name)).read_bytes() if self._local else bytes(self._fs.cat_file(self.path(name)))

    def write(self, name: str, data: bytes) -> None:
        """Store *data* as *name*: after this returns it is whole and on disk; before, it is not there at all."""
        with store_faults(self.root):
            if self._local:
                _replace_file(Path(self.path(name)), data)
            else:
                self._fs.pipe_file(self.path(name), data)

    def remove(self, name: str) -> None:
        """Remove *name* if it is there."""
        if self.exists(name):
            self._fs.rm_file(self.path(name))


def _replace_file(path: Path, data: bytes) -> None:
    """Write beside, sync, rename: a crash leaves the former file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
