"""Find what a command names, keep its bytes, and note where it was seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from extractors.errors import (
    BadRecord,
    EmptyDocument,
    FindingAidError,
    NothingToRead,
    SourceError,
    UnreadableFile,
    UsageError,
)
from extractors.formats.records import ImportRecord, read_records
from extractors.reading import sniff
from extractors.records import Document, Problem, Source
from pipelines.outcomes import RECORD_TYPE, problem_of
from pipelines.store.store import Store

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".txt", ".md", ".markdown", ".docx", ".eml", ".jsonl"})
"""What a folder is searched for. A file named outright is read whatever its suffix."""

CHUNK = 200


class Fetch(Protocol):
    """Fetches an address; returns its bytes."""

    def __call__(self, url: str) -> bytes:
        """The bytes at *url*; a SourceError where there are none."""
        ...


@dataclass
class Intake:
    """What one command brought in."""

    seen: set[str] = field(default_factory=set[str])
    """Hashes of the documents it named."""
    errors: list[FindingAidError] = field(default_factory=list[FindingAidError])
    """What is wrong with the arguments themselves, one a path."""
    places: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Where each lay, and its hash."""
    left_aside: Counter[str] = field(default_factory=Counter[str])
    """Files of other kinds in the folders named, by the end of their names."""

    @property
    def copies(self) -> int:
        """How many places hold the bytes of another."""
        return len(self.places) - len(self.seen)


@dataclass(frozen=True)
class Piece:
    """One document on its way in, or the problem met where one should be."""

    source: Source
    data: bytes = b""
    media_type: str = ""
    error: SourceError | None = None


def take_in(store: Store, paths: Sequence[str], *, fetch: Fetch, since: date | None = None) -> Intake:
    """Archive everything that *paths* name and record it as seen.

    Args:
        store: where to.
        paths: files, folders (recursively) and http(s) addresses.
        fetch: how an address is fetched.
        since: leave out files changed, and records published, before this day.
    """
    intake = Intake()
    waiting: list[Document] = []
    for argument in dict.fromkeys(paths):
        for piece in _pieces(argument, intake, fetch, since):
            if piece.error is not None:
                _note_trouble(store, piece, intake, argument)
                continue
            waiting.append(_keep(store, piece))
            if len(waiting) >= CHUNK:
                _see(store, waiting, intake)
    _see(store, waiting, intake)
    return intake


def _see(store: Store, waiting: list[Document], intake: Intake) -> None:
    store.catalogue.see(waiting, datetime.now(UTC))
    intake.seen.update(document.sha256 for document in waiting)
    intake.places.update((document.source.locator, document.sha256) for document in waiting)
    waiting.clear()


def _keep(store: Store, piece: Piece) -> Document:
    sha256 = store.keep(piece.data)
    size = len(piece.data)
    return Document(sha256=sha256, media_type=piece.media_type, size=size, source=piece.source)


def _note_trouble(store: Store, piece: Piece, intake: Intake, argument: str) -> None:
    """Record it; where the argument itself is at fault, the command will end with its exit code."""
    error = piece.error
    assert error is not None
    store.catalogue.trouble(piece.source.locator, problem_of(error), error.exit_code, datetime.now(UTC))
    if piece.source.locator == _locator(argument):
        intake.errors.append(error)


def is_address(argument: str) -> bool:
    """Whether an argument is an http(s) address rather than a path."""
    return argument.startswith(("http://", "https://"))


def _locator(argument: str) -> str:
    return argument if is_address(argument) else str(Path(argument).expanduser().absolute())


def _pieces(argument: str, intake: Intake, fetch: Fetch, since: date | None) -> Iterator[Piece]:
    """The documents an argument names, problems among them."""
    if is_address(argument):
        yield from _from_address(argument, fetch)
        return
    if not argument.strip() or "\0" in argument:
        raise UsageError("An empty path names nothing.")
    path = Path(_locator(argument))
    if not path.is_dir():
        yield from _from_file(path, since)
        return
    found = 0
    for file in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path)):
        if file.suffix.lower() in SUFFIXES:
            found += 1
            yield from _from_file(file, since)
        else:
            intake.left_aside[_printable(file.suffix.lower())] += 1
    if not found:
        yield Piece(
            _source("folder", str(path)), error=NothingToRead(f"{path} holds no document of a kind that is read.")
        )


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _source(name: str, locator: str) -> Source:
    return Source(name=name, locator=_printable(locator))


def _printable(name: str) -> str:
    r"""A file's name as text: bytes in it that are none are written out, as \xff."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _from_address(url: str, fetch: Fetch) -> Iterator[Piece]:
    source = _source("address", url)
    try:
        data = fetch(url)
    except SourceError as error:
        yield Piece(source, error=error)
        return
    yield Piece(source, data, sniff(data, url))


def _from_file(path: Path, since: date | None) -> Iterator[Piece]:
    source = _source("folder", str(path))
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
        data = path.read_bytes()
    except FileNotFoundError:
        yield Piece(source, error=UnreadableFile(f"{source.locator} does not exist."))
        return
    except OSError as error:
        why = error.strerror or "refused"
        yield Piece(source, error=UnreadableFile(f"{source.locator} cannot be read: {why}."))
        return
    if path.suffix.lower() == ".jsonl":
        yield from _from_lines(source, data, since)
    elif since is None or changed >= since:
        yield Piece(source, data, sniff(data, path.name))


def _from_lines(source: Source, data: bytes, since: date | None) -> Iterator[Piece]:
    """One document a record; bad lines together are one problem of the file."""
    bad: list[Problem] = []
    good = 0
    for record in read_records(data):
        if isinstance(record, Problem):
            bad.append(record)
            continue
        good += 1
        if since is None or (record.published is not None and record.published >= since):
            yield Piece(_source("records", record.url), record_bytes(record), RECORD_TYPE)
    if bad:
        yield Piece(source, error=_bad_lines(source.locator, bad, good))
    elif not good:
        yield Piece(source, error=EmptyDocument(f"{source.locator} holds no record."))


def _bad_lines(file: str, bad: list[Problem], good: int) -> SourceError:
    first = bad[0].what
    more = f" ({len(bad)} such lines)" if len(bad) > 1 else ""
    return BadRecord(f"{file}: {first}{more} {good} records of the file were taken in.")


def record_bytes(record: ImportRecord) -> bytes:
    """The bytes that stand for a record in the archive: the same record always gives the same."""
    return record.model_dump_json(exclude_defaults=True).encode()
