"""Tesseract, called as a program: one process a page, several at a time."""

import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from extractors.formats.pdf.ocr import DPI, Found
from extractors.formats.pdf.render import Pixels, to_pgm

_SECONDS = 120
_ARGUMENTS = ("stdin", "stdout", "--dpi", str(DPI), "--psm", "3", "-c", "thresholding_method=0", "tsv")
_DOUBTFUL = 20
"""Below this confidence, signs without a letter are dust."""


def installed() -> bool:
    """Whether tesseract can be called."""
    return shutil.which("tesseract") is not None


class Tesseract:
    """The engine that is used where it is installed."""

    name = "tesseract"

    def read(self, pictures: Sequence[Pixels], processes: int) -> list[list[list[Found]] | None]:
        """Read pictures, *processes* at a time."""
        with ThreadPoolExecutor(max(1, processes)) as pool:
            return list(pool.map(_read, pictures))


def _read(picture: Pixels) -> list[list[Found]] | None:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the page goes in by its standard input
            command(), input=to_pgm(picture), capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return parse(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else None


def command() -> list[str]:
    """The command for one page.

    Pages run side by side, so threads within a page would only get in each other's way. Tesseract takes their
    number from its environment alone; ``env`` sets it there without this program reading its own.
    """
    alone = ["env", "OMP_THREAD_LIMIT=1"] if shutil.which("env") else []
    return [*alone, "tesseract", *_ARGUMENTS]


def parse(table: str) -> list[list[Found]]:
    """Words from tesseract's table of words, line by line."""
    lines: dict[tuple[str, ...], list[Found]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        text, confidence = cells[11], float(cells[10])
        if confidence < _DOUBTFUL and not any(c.isalnum() for c in text):
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        found = Found(text, left, top, left + width, top + height, confidence)
        lines.setdefault(tuple(cells[1:5]), []).append(found)
    return list(lines.values())
