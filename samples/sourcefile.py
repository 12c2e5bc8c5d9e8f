"""Reads the sources of the samples: TOML front matter, then a small Markdown.

Blocks are parted by blank lines. Beside headings (``#``), bullets (``-``), quotations (``>``) and
tables (``|``) a source knows printed paragraph numbers (``3.14 Text`` or ``12. Text``), lettered
items (``(a) Text``), labelled fields (``@ Label: value``), notes (``[^4]: Text``), boxes
(``::: Title`` … ``:::``) and page breaks (``===``).
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NUMBERED = re.compile(r"(?P<number>\d+\.\d+|\d+\.) (?P<text>.+)")
LETTERED = re.compile(r"(?P<number>\([a-z]\)) (?P<text>.+)")
FIELD = re.compile(r"@ (?P<number>[^:]+): (?P<text>.+)")
NOTE = re.compile(r"\[\^(?P<number>\d+)\]: (?P<text>.+)")
MARK = re.compile(r"\[\^(\d+)\]")
INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*(.+?)\*"), r"<i>\1</i>"),
)


@dataclass(frozen=True)
class Piece:
    """One block of a source."""

    kind: str
    text: str = ""
    number: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    inside: tuple["Piece", ...] = ()


@dataclass(frozen=True)
class SourceFile:
    """One sample before it is set: what its cover says, its blocks and its notes."""

    name: str
    meta: dict[str, Any]
    pieces: tuple[Piece, ...]
    notes: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> SourceFile:
    """Read one source file."""
    _, head, body = path.read_text("utf-8").split("+++\n", 2)
    pieces = tuple(parse(curled(body)))
    notes = {piece.number: piece.text for piece in pieces if piece.kind == "note"}
    meta = {key: curled(value) if isinstance(value, str) else value for key, value in tomllib.loads(head).items()}
    return SourceFile(path.stem, meta, tuple(p for p in pieces if p.kind != "note"), notes)


def parse(body: str) -> Iterator[Piece]:
    """Blocks of *body* in order; a box holds the blocks between its fences."""
    chunks = iter(re.split(r"\n\s*\n", body.strip()))
    for chunk in chunks:
        if not chunk.startswith(":::"):
            yield from _block(chunk)
            continue
        held: list[str] = []
        while (line := next(chunks)) != ":::":
            held.append(line)
        yield Piece("box", chunk[3:].strip(), inside=tuple(parse("\n\n".join(held))))


def _block(chunk: str) -> Iterator[Piece]:
    lines = chunk.splitlines()
    first = lines[0]
    if first == "===":
        yield Piece("break")
    elif match := re.fullmatch(r"(#+) (.+)", first):
        yield Piece("heading", match[2], level=len(match[1]))
    elif first.startswith("|"):
        yield Piece("table", rows=tuple(tuple(c.strip() for c in line.strip("| ").split("|")) for line in lines))
    elif first.startswith("- "):
        yield from (Piece("bullet", line[2:]) for line in lines)
    elif first.startswith("> "):
        yield Piece("quote", " ".join(line[2:] for line in lines))
    else:
        yield from _lined(lines)


def _lined(lines: list[str]) -> Iterator[Piece]:
    kinds = (("item", LETTERED), ("field", FIELD), ("note", NOTE))
    for kind, pattern in kinds:
        matches = [pattern.fullmatch(line) for line in lines]
        if all(matches):
            yield from (Piece(kind, m["text"], m["number"]) for m in matches if m)
            return
    text = " ".join(lines)
    if match := NUMBERED.fullmatch(text):
        yield Piece("numbered", match["text"], match["number"])
    else:
        yield Piece("caption" if re.match(r"Table \d", text) else "paragraph", text)


def markup(text: str, note: str = '<super size="7">{}</super>') -> str:
    """Inline marks as tags that both ReportLab and HTML read; note marks become *note*."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for pattern, tags in INLINE:
        text = pattern.sub(tags, text)
    return MARK.sub(lambda match: note.format(match[1]), text)


def curled(text: str) -> str:
    """Typed quotation marks as print has them."""
    return re.sub(r'(?<![\s(\[])"', "”", re.sub(r'(?<![^\s(\[|])"', "“", text)).replace("'", "’")


def plain(text: str) -> str:
    """*text* without inline marks and note marks."""
    return MARK.sub("", text).replace("*", "")


def everything(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """All pieces, those inside boxes included."""
    for piece in pieces:
        yield piece
        yield from everything(piece.inside)
