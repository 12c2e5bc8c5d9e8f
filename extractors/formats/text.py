"""Plain text and import texts: paragraphs parted by blank lines, headings and items by their looks."""

import json
import re
from typing import Any

from extractors.dates import first_date
from extractors.errors import EmptyDocument
from extractors.formats.building import Builder
from extractors.records import Reading

_BULLET = re.compile(r"^\s*([•●▪■◦·*o–—-])\s+(?=\S)")
_LETTERED = re.compile(r"^\s*(\(?(?:[a-z]|[ivx]{1,5})\))\s+(?=\S)")
_UNDERLINE = re.compile(r"^\s*(=+|-+|~+)\s*$")
_ENDED = re.compile(r"[.;:,!?…][\"'”’)\]]*$")
_CHAPTER = re.compile(r"^(?:chapter|part|annex|appendix|section)\s+[\dA-Z]+\b", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, as UTF-8, else as Windows-1252, which every byte fits."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def whole(text: str) -> str:
    r"""*text* with U+FFFD for each half of a surrogate pair that lacks the other: no file can hold it.

    Examples:
        >>> whole("cut \ud83d, whole \ud83d\ude00").encode("ascii", "backslashreplace")
        b'cut \\ufffd, whole \\U0001f600'
    """
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def parsed(text: str) -> Any:
    """The value of a JSON text, whose strings are ``whole``.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    found = json.loads(text)
    return json.loads(whole(json.dumps(found, ensure_ascii=False))) if "\\ud" in text.lower() else found


def read_text(data: bytes, name: str) -> Reading:
    """Read plain text.

    Raises:
        EmptyDocument: there is nothing but white space.
    """
    text = decode(data)
    builder = Builder()
    add_text(builder, text, title=True)
    if not builder.blocks:
        raise EmptyDocument(f"{name} holds no text.")
    title = next((b.text for b in builder.blocks if b.kind == "heading"), None)
    return Reading(blocks=tuple(builder.blocks), title=title, published=first_date(text[:3000]))


def add_text(builder: Builder, text: str, level: int = 2, *, title: bool = False) -> None:
    """Add a text's paragraphs to *builder*; lines that look like headings become such at *level*, a *title* at 1."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    chunks = re.split(r"\n[ \t]*\n+", text)
    if len(chunks) < 3 and text.count("\n") > 20:
        chunks = text.split("\n")
    for index, chunk in enumerate(chunks):
        _add_chunk(builder, chunk, level, first=title and index == 0)


def _add_chunk(builder: Builder, chunk: str, level: int, *, first: bool) -> None:
    lines = [line for line in chunk.split("\n") if line.strip()]
    if not lines:
        return
    if len(lines) == 2 and _UNDERLINE.match(lines[1]):
        builder.heading(lines[0], 1 if "=" in lines[1] else level, raw=chunk)
        return
    if any(_marker(line) for line in lines):
        _add_items(builder, lines)
        return
    hashes = re.match(r"#{1,6}(?= )", lines[0])
    if hashes and len(lines) == 1:
        builder.heading(lines[0].lstrip("# "), len(hashes.group()), raw=chunk)
        return
    if len(lines) <= 2 and looks_like_heading(" ".join(lines)):
        builder.heading(" ".join(lines), 1 if first else level, raw=chunk)
        return
    builder.paragraph(_unbroken(lines), raw=chunk)


def _marker(line: str) -> re.Match[str] | None:
    return _BULLET.match(line) or _LETTERED.match(line)


def _add_items(builder: Builder, lines: list[str]) -> None:
    run: list[str] = []
    marker: str | None = None

    def close() -> None:
        if not run:
            return
        text = _unbroken(run)
        if marker is None:
            builder.paragraph(text, raw="\n".join(run))
        else:
            builder.item(text, marker, raw="\n".join(run))

    for line in lines:
        found = _marker(line)
        if found:
            close()
            run, marker = [line[found.end() :]], found.group(1)
        else:
            run.append(line)
    close()


def _unbroken(lines: list[str]) -> str:
    joined = lines[0].strip()
    for line in map(str.strip, lines[1:]):
        soft = re.search(r"[a-z]{2,}-$", joined) and line[:1].islower()
        joined = joined[:-1] + line if soft else f"{joined} {line}"
    return joined


def looks_like_heading(text: str) -> bool:
    """Whether a line by itself reads as a heading: short, no full stop, capitals at the head.

    Examples:
        >>> [looks_like_heading(t) for t in ("Circumstances of the death", "She ran.", "12 May 2021")]
        [True, False, False]
    """
    text = text.strip()
    if _CHAPTER.match(text) and len(text) < 120 and not text.endswith("."):
        return True
    if len(text) > 90 or _ENDED.search(text) or not any(c.isalpha() for c in text):
        return False
    letters = [c for c in text if c.isalpha()]
    words = text.split()
    return letters[0].isupper() and len(words) <= 12 and not first_date(text) and not text.startswith(("http", "www."))
