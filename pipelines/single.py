"""One document read in a process of its own, so that what crashes the reader ends in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import BrokenDocument, ReadingLimit, SourceError, UsageError
from extractors.formats.limits import Limits
from extractors.reading import PDF, read, sniff
from extractors.records import Reading
from pipelines.lanes import Lane


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, and the pages to draw with their blocks over them."""

    data: bytes
    name: str
    limits: Limits
    drawn: str = ""
    """pdf or png; nothing is drawn where empty."""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read, and the files drawn: one PDF, or one PNG a page with its number."""

    reading: Reading
    drawings: tuple[tuple[int, bytes], ...] = ()


def read_alone(task: Task, seconds: float) -> Seen:
    """Do a task in a process of its own.

    Raises:
        SourceError: as ``extractors.reading.read`` does; BrokenDocument also where the process died of the document,
            ReadingLimit where it took too long or too much memory.
        UsageError: only pages of a PDF can be drawn, and only those there are.
    """
    if task.drawn and sniff(task.data, task.name) != PDF:
        raise UsageError(f"{task.name} is no PDF: it has no pages to draw over.", mend="Leave --overlay out.")
    lane = Lane(see, _ready, (), seconds)
    try:
        return lane.run(task)
    except (ReadingLimit, BrokenDocument) as error:
        raise _named(error, task.name) from error
    finally:
        lane.close()


def _named(error: SourceError, name: str) -> SourceError:
    return error if name in error.what else type(error)(f"{name}: {error.what}", mend=error.mend)


def _ready() -> None:
    """Nothing needs to be loaded before the first task."""


def see(task: Task) -> Seen:
    """Read, and draw what is asked for."""
    reading = read(task.data, name=task.name, limits=task.limits)
    return Seen(reading, tuple(_drawings(task, reading))) if task.drawn else Seen(reading)


def _drawings(task: Task, reading: Reading) -> Sequence[tuple[int, bytes]]:
    from extractors.formats.pdf.overlay import overlay_pdf, overlay_png, pages_of

    if task.drawn == "pdf":
        return [(0, overlay_pdf(task.data, reading, name=task.name, pages=task.pages))]
    wanted = pages_of(reading.page_count, task.pages, task.name)
    return [(page, overlay_png(task.data, reading, page, name=task.name)) for page in wanted]
