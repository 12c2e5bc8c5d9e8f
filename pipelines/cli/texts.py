"""``read`` and ``tag``: one stage on one file, nothing stored."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractors.errors import BadRecord, UnreadableFile
from pipelines.cli.options import Json
from pipelines.cli.talk import out, out_json, say

if TYPE_CHECKING:
    from extractors.records import Block, Problem, Reading
    from extractors.tagging.tagger import Paragraph, TaggedParagraph, Tagger

File = Annotated[str, typer.Argument(help="A PDF, HTML, DOCX, text or Markdown file, or - for stdin.")]
Lines = Annotated[str, typer.Argument(help="JSON lines of {id, heading?, text, sentences?}, or - for stdin.")]
Model = Annotated[Path | None, typer.Option(help="Folder of a model that findingaid train made.")]
Overlay = Annotated[Path | None, typer.Option(help="Draw the blocks over the pages into this PDF or PNG file.")]

PARAGRAPHS_AT_ONCE = 2000
"""Paragraphs tagged together: enough for full batches, few enough for flat memory."""


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(read)
    app.command()(tag)


def read(file: File, json: Json = False) -> None:
    """Show what the reader sees in one file: its blocks in reading order, then its problems."""
    from extractors.reading import read as read_bytes

    reading = read_bytes(_bytes(file), name=Path(file).name)
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


def tag(file: Lines, model: Model = None) -> None:
    """Tag paragraphs: the same JSON lines out, with a role for each sentence and the themes of each paragraph."""
    from extractors.tagging.tagger import load_tagger

    tagger: Tagger | None = None
    for group in _groups(_parse(_bytes(file).decode("utf-8", errors="replace"), file)):
        tagger = tagger or load_tagger(model)
        for line, tagged in zip(group, tagger.tag([_paragraph(line) for line in group]), strict=True):
            out_json(_tagged(line, tagged))


def _parse(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The lines of a file as dictionaries that hold an id and a text.

    Raises:
        BadRecord: naming the line; nothing of its text is quoted.
    """
    import json

    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise BadRecord(f"{name}, line {number} is not JSON.", mend="One JSON object a line is read.") from error
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise BadRecord(f"{name}, line {number} has no text.", mend="Each line needs id and text.")
        yield {"id": str(number), **item}  # pyright: ignore[reportUnknownArgumentType] - whatever JSON the line holds


def _groups(lines: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Lines in groups of bounded size that do not cut a document in two."""
    group: list[dict[str, Any]] = []
    for line in lines:
        if len(group) >= PARAGRAPHS_AT_ONCE and line.get("document") != group[-1].get("document"):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _paragraph(line: dict[str, Any]) -> "Paragraph":
    from extractors.tagging.tagger import Paragraph

    given = line.get("sentences")
    spans = None if given is None else tuple((int(s["start"]), int(s["end"])) for s in given)
    return Paragraph(
        id=str(line["id"]),
        text=line["text"],
        heading=str(line.get("heading") or ""),
        document=str(line.get("document") or ""),
        sentences=spans,
    )


def _tagged(line: dict[str, Any], tagged: "TaggedParagraph") -> dict[str, Any]:
    sentences = [s.model_dump(mode="json") for s in tagged.sentences]
    themes = [theme.model_dump(mode="json") for theme in tagged.themes]
    return {**line, "sentences": sentences, "themes": themes}


def _bytes(file: str) -> bytes:
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
