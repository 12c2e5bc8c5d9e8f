"""``tag``: one stage on one file of paragraphs."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractors.errors import BadRecord
from pipelines.cli.options import ModelFolder, RuntimeBy, tagger_settings
from pipelines.cli.talk import out_json
from pipelines.cli.texts import bytes_of

if TYPE_CHECKING:
    from extractors.tagging.tagger import Paragraph, TaggedParagraph

Lines = Annotated[str, typer.Argument(help="JSON lines of {id, heading?, text, sentences?}, or - for stdin.")]

PARAGRAPHS_AT_ONCE = 2000
"""Paragraphs tagged together: enough for full batches, few enough for flat memory."""


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(tag)


def tag(file: Lines, model: ModelFolder = None, runtime: RuntimeBy = None) -> None:
    """Tag paragraphs: the same JSON lines out, with a role for each sentence and the themes of each paragraph."""
    from pipelines.tagging import open_tagger

    settings = tagger_settings(model, runtime)
    lines = _parse(bytes_of(file).decode("utf-8", errors="replace"), file)
    tagger = open_tagger(settings)
    for group in _groups(lines):
        for (line, paragraph), tagged in zip(group, tagger.tag([p for _, p in group]), strict=True):
            out_json(_tagged(line, paragraph, tagged))


Line = tuple[dict[str, Any], "Paragraph"]


def _parse(text: str, name: str) -> Iterator[Line]:
    """The lines of a file, each with the paragraph it holds.

    Raises:
        BadRecord: naming the line; nothing of its text is quoted.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            raise BadRecord(f"{name}, line {number} is not JSON.", mend="One JSON object a line is read.") from error
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise BadRecord(f"{name}, line {number} has no text.", mend="Each line needs id and text.")
        whole: dict[str, Any] = {"id": str(number), **item}
        try:
            yield whole, _paragraph(whole)
        except (TypeError, KeyError, ValueError):
            raise BadRecord(
                f"{name}, line {number}: its sentences are not spans of its text.",
                mend="Each is {start, end}, in order, without overlaps, counted in characters of text.",
            ) from None


def _groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in groups of bounded size that do not cut a document in two."""
    group: list[Line] = []
    for line in lines:
        if len(group) >= PARAGRAPHS_AT_ONCE and line[1].document != group[-1][1].document:
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
        text=_whole(line["text"]),
        heading=_whole(str(line.get("heading") or "")),
        document=str(line.get("document") or ""),
        sentences=spans,
    )


def _whole(text: str) -> str:
    """*text* with a mark in place of each half of a broken character; no offset moves."""
    return text.encode("utf-8", errors="replace").decode() if any("\ud800" <= c <= "\udfff" for c in text) else text


def _tagged(line: dict[str, Any], paragraph: "Paragraph", tagged: "TaggedParagraph") -> dict[str, Any]:
    from extractors.entities.speakers import attributed

    sentences = [s.model_dump(mode="json") for s in attributed(paragraph.text, tagged.sentences)]
    themes = [theme.model_dump(mode="json") for theme in tagged.themes]
    said = {**line, "text": paragraph.text, "sentences": sentences, "themes": themes}
    problems = [p.model_dump(mode="json", include={"kind", "what", "mend"}) for p in tagged.problems]
    return {**said, "problems": problems} if problems else said
