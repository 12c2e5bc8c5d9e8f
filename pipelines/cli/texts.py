"""``read``: what the reader sees in one file, nothing stored."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractors.errors import UnreadableFile, UsageError
from pipelines.cli.options import Json
from pipelines.cli.talk import out, out_json, say

if TYPE_CHECKING:
    from extractors.records import Block, Problem, Reading

File = Annotated[str, typer.Argument(help="A PDF, HTML, DOCX, e-mail, text or Markdown file, or - for stdin.")]
Overlay = Annotated[Path | None, typer.Option(help="Draw the blocks over the pages into this PDF or PNG file.")]
Page = Annotated[list[int] | None, typer.Option(help="Draw only this page; repeat for several.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(read)


def read(file: File, json: Json = False, overlay: Overlay = None, page: Page = None) -> None:
    """Show what the reader sees in one file: its blocks in reading order, then its problems.

    With --overlay the blocks are drawn over the pages instead. A PNG holds one page: of several, each gets a file
    with its number in the name.
    """
    from extractors.formats.limits import Limits
    from pipelines.settings import load_settings
    from pipelines.single import Task, read_alone

    settings = load_settings()
    drawn, pages = _kind_of(overlay), tuple(page or ())
    task = Task(bytes_of(file), Path(file).name, Limits(ocr_processes=settings.workers), drawn, pages)
    seen = read_alone(task, settings.seconds_per_document)
    if json:
        for line in _lines(seen.reading):
            out_json(line)
    elif not overlay:
        _show(seen.reading)
    if not json:
        _tell(seen.reading)
    if overlay is not None:
        _write(overlay, seen.drawings)


def _kind_of(overlay: Path | None) -> str:
    """What is to be drawn: pdf or png, by the ending; empty for nothing."""
    if overlay is None:
        return ""
    kind = overlay.suffix.lower().lstrip(".")
    if kind not in ("pdf", "png"):
        raise UsageError(f"--overlay {overlay} names no kind of drawing.", mend="Let it end in .pdf or .png.")
    return kind


def _write(overlay: Path, drawings: Sequence[tuple[int, bytes]]) -> None:
    """Write drawings, each page of several into a file of its own, and say where they are."""
    width = len(str(max((page for page, _ in drawings), default=0)))
    for page, data in drawings:
        target = overlay if len(drawings) == 1 else overlay.with_stem(f"{overlay.stem}-{page:0{width}d}")
        try:
            target.write_bytes(data)
        except OSError as error:
            raise UsageError(f"{target} cannot be written: {error.strerror or 'refused'}.", mend="") from error
        say(f"drawn: {target}")


def _lines(reading: "Reading") -> Iterator[dict[str, Any]]:
    for block in reading.blocks:
        yield _block(block)
    for problem in reading.problems:
        yield _problem(problem)
    for page in reading.ocr:
        yield {"kind": "ocr", "pages": [page.page], "text": "", **page.model_dump(mode="json")}


def _show(reading: "Reading") -> None:
    for block in reading.blocks:
        label = " ".join(filter(None, [f"p{block.pages[0]}", block.kind.value, block.number or block.marker]))
        out(f"[{label}] {block.text}")


def _tell(reading: "Reading") -> None:
    for page in reading.ocr:
        say(f"page {page.page} was read by OCR ({page.engine}, mean confidence {page.confidence:.0f} of 100)")
    for problem in reading.problems:
        page = f"page {problem.page}: " if problem.page else ""
        say(f"problem: {page}{problem.what} {problem.mend}".rstrip())


def _block(block: "Block") -> dict[str, Any]:
    return block.model_dump(mode="json")


def _problem(problem: "Problem") -> dict[str, Any]:
    said = problem.model_dump(mode="json")
    return {**said, "kind": "problem", "problem": problem.kind, "pages": [problem.page] if problem.page else []}


def bytes_of(file: str) -> bytes:
    """The bytes of a file or of stdin.

    Raises:
        UnreadableFile: it is missing or refused.
    """
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"{file} does not exist.") from error
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror or 'refused'}.") from error
