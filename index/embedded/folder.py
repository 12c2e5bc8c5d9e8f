"""The folder of an embedded index: generations, the pointer to the one that is served, and the writer's lock.

    current                 the name of the served generation, replaced in one step
    former                  the one before, kept for rollback
    writer.lock             held while publishing; the operating system frees it when its holder dies
    writer.json             who holds it
    generations/NAME/       one whole generation: manifest.json, records.sqlite, the names that are terms, what the
                            numbers of facets stand for, tantivy's files and, if wanted, vectors

What no pointer names is debris of a crash, and the next writer clears it away.
"""

import json
import os
import shutil
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import IndexBusy

NEAREST = "nearest.safetensors"
"""The file of vectors within a generation."""


class Folder:
    """The files of one embedded index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.generations = root / "generations"

    def current(self) -> str | None:
        """The name of the served generation, or None."""
        return self._pointed("current")

    def former(self) -> str | None:
        """The name of the generation served before, or None."""
        return self._pointed("former")

    def path(self, generation: str) -> Path:
        """Where *generation* lies."""
        return self.generations / generation

    def switch(self, generation: str) -> None:
        """Serve *generation* from now on. All its files are on disk before any reader hears of it."""
        sync_tree(self.path(generation))
        sync(self.generations)
        before = self.current()
        if before is not None:
            self._point("former", before)
        self._point("current", generation)

    def clear(self) -> None:
        """Remove every generation that no pointer names. Only for the holder of the lock."""
        kept = {self.current(), self.former()}
        if self.generations.is_dir():
            for one in self.generations.iterdir():
                if one.name not in kept:
                    shutil.rmtree(one, ignore_errors=True)

    @contextmanager
    def writing(self) -> Generator[None]:
        """Hold the writer's lock.

        Raises:
            IndexBusy: another process holds it; the message says which.
        """
        self.generations.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / "writer.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise IndexBusy(f"The index is being written by {self._holder()}.") from None
        try:
            self._write("writer.json", json.dumps({"process": os.getpid(), "host": socket.gethostname()}))
            yield
        finally:
            (self.root / "writer.json").unlink(missing_ok=True)
            lock.release()

    def _holder(self) -> str:
        try:
            holder = json.loads((self.root / "writer.json").read_text())
        except (OSError, ValueError):
            return "another process"
        return f"process {holder.get('process')} on {holder.get('host')}"

    def _pointed(self, name: str) -> str | None:
        try:
            return (self.root / name).read_text().strip() or None
        except FileNotFoundError:
            return None

    def _point(self, name: str, generation: str) -> None:
        self._write(name, generation + "\n")

    def _write(self, name: str, text: str) -> None:
        beside = self.root / f".{name}-{os.getpid()}"
        with beside.open("w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.root / name)
        sync(self.root)


def sync(path: Path) -> None:
    """Put a file or folder on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Put a folder and everything in it on disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def branch(old: Path, new: Path) -> None:
    """A copy of a generation's search files to add to. Segments never change once written, so links to them do."""
    new.mkdir(parents=True)
    for path in old.iterdir():
        if path.name.endswith(".lock"):
            continue
        if path.suffix == ".json":  # tantivy's lists of segments do change
            shutil.copyfile(path, new / path.name)
        else:
            link(path, new / path.name)


def link(old: Path, new: Path) -> None:
    """*new* with the bytes of *old*, which never change: a link to it where the file system has them."""
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copyfile(old, new)
