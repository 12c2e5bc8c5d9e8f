"""How long work shows itself: a bar on a terminal, plain lines elsewhere, always on stderr."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

PLAIN_LINES = 10
"""At most about this many progress lines where there is no terminal."""


class Progress(Protocol):
    """Told of each step of a counted piece of work."""

    def step(self, note: str = "") -> None:
        """One more is done; *note* names it by identifier or file name, never by its text."""
        ...


Show = Callable[[str, int], AbstractContextManager[Progress]]
"""Opens a progress display: what is counted, and to how many."""


class Quiet:
    """Shows nothing."""

    def step(self, note: str = "") -> None:
        """Nothing to show."""


class Lines:
    """A line every so often, for logs and pipes."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._every = -(-total // PLAIN_LINES)

    def step(self, note: str = "") -> None:
        """Print every n-th step and the last."""
        self._done += 1
        if self._done % self._every == 0 or self._done == self._total:
            print(f"{self._what}: {self._done} of {self._total} {note}".rstrip(), file=sys.stderr, flush=True)  # noqa: T201 - this is the talk


@contextmanager
def progress(what: str, total: int, *, quiet: bool = False) -> Generator[Progress]:
    """A progress display for *total* steps of *what*, on stderr."""
    if quiet or total == 0:
        yield Quiet()
    elif sys.stderr.isatty():
        yield from _bar(what, total)
    else:
        yield Lines(what, total)


def _bar(what: str, total: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with RichProgress(*columns, TextColumn("{task.fields[note]}"), console=Console(stderr=True)) as rich:
        task = rich.add_task(what, total=total, note="")

        class Bar:
            """Hands steps to the terminal's bar."""

            def step(self, note: str = "") -> None:
                """Move the bar on by one."""
                rich.update(task, advance=1, note=note[:40])

        yield Bar()
