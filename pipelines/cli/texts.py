"""``read``: what the reader sees in one file, nothing stored."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractors.errors import UnreadableFile
from pipelines.cli.options import Json
from pipelines.cli.talk import out, out_json, say

if TYPE_CHECKING:
    from extractors.records import Block, Problem, Reading

File = Annotated[str, typer.Argument(help="A PDF, HTML, DOCX, text or Markdown file, or - for stdin.")]
Overlay = Annotated[Path | None, typer.Option(help="Draw the blocks over the pages into this PDF or PNG file.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(read)


def read(file: File, json: Json = False) -> None:
    """Show what the reader sees in one file: its blocks in reading order, then its problems."""
    from extractors.reading import read as read_bytes

    reading = read_bytes(bytes_of(file), name=Path(file).name)
    if json:
        for block in reading.blocks:
            out_json(_block(block))
        for problem in reading.problems:
            out_json(_problem(problem))
        return
    _show(reading)


def _show(reading: "Reading") -> None:
    for block in reading.blocks:
        label = " ".join(filter(None, [f"p{block.pages[0]}", block.kind.value, block.number or block.marker]))
        out(f"[{label}] {block.text}")
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
