"""Blocks one after the other, for formats without pages: keeps ordinals, and the headings above."""

import re
from collections.abc import Sequence
from typing import Literal

from extractors.records import Block, BlockKind

Emphasis = Literal["bold", "italic"]
"""How all of a block may be set."""

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_NUMBERED = re.compile(r"^(\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.|\[\d{1,3}\]|\(\d{1,3}\))\s+(?=\S)")
_NAMED = re.compile(r"^((?:Recommendation|Finding|Conclusion|Lesson)\s+\d{1,3}[A-Za-z]?)\b", re.IGNORECASE)


def clean(text: str) -> str:
    r"""Fold white space and drop what cannot be seen.

    Examples:
        >>> clean(" The  of\u00adficer\n ran. ")
        'The officer ran.'
    """
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def split_number(text: str) -> tuple[str | None, str]:
    """A printed number at the head of a text, and the text without it; 'Recommendation 7' stays in the text.

    Examples:
        >>> split_number("4.17 The officer ran.")
        ('4.17', 'The officer ran.')
        >>> split_number("Recommendation 7: review it.")
        ('Recommendation 7', 'Recommendation 7: review it.')
    """
    named = _NAMED.match(text)
    if named:
        return named.group(1), text
    found = _NUMBERED.match(text)
    if not found:
        return None, text
    return found.group(1).strip("[]().").rstrip("."), text[found.end() :]


class Builder:
    """Collects blocks in reading order."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._path: list[tuple[int, str]] = []

    @property
    def section(self) -> tuple[str, ...]:
        """Headings above what comes next."""
        return tuple(text for _, text in self._path)

    def heading(self, text: str, level: int, *, raw: str = "", number: str | None = None) -> None:
        """Add a heading, its printed number apart; deeper ones above it are closed."""
        body = clean(text)
        if not body:
            return
        number, rest = (number, body) if number else split_number(body)
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._add(BlockKind.HEADING, rest, raw or text, number=number, level=level)
        self._path.append((level, rest))

    def paragraph(
        self, text: str, *, raw: str = "", number: str | None = None, emphasis: Emphasis | None = None
    ) -> None:
        """Add a paragraph, its printed number apart; *number* where it is not part of the text."""
        body = clean(text)
        if body:
            found, rest = (number, body) if number else split_number(body)
            self._add(BlockKind.PARAGRAPH, rest, raw or text, number=found, emphasis=emphasis)

    def item(
        self,
        text: str,
        marker: str,
        level: int = 1,
        *,
        number: str | None = None,
        raw: str = "",
        emphasis: Emphasis | None = None,
    ) -> None:
        """Add a list item."""
        body = clean(text)
        if body:
            kind = BlockKind.LIST_ITEM
            self._add(kind, body, raw or text, marker=marker, level=level, number=number, emphasis=emphasis)

    def note(self, text: str, marker: str | None, *, raw: str = "", section: tuple[str, ...] | None = None) -> None:
        """Add a footnote; *section* where its mark stands in another than what comes next."""
        body = clean(text)
        if body:
            self._add(BlockKind.FOOTNOTE, body, raw or text, marker=marker, section=section)

    def furniture(self, text: str) -> None:
        """Add what is printed on every page, or beside the text, and belongs to no section."""
        body = clean(text)
        if body:
            self._add(BlockKind.FURNITURE, body, text, section=())

    def caption(self, text: str) -> None:
        """Add a caption of a figure or table."""
        body = clean(text)
        if body:
            self._add(BlockKind.CAPTION, body, text)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table; one without words is passed over."""
        cells = tuple(tuple(clean(c) for c in row) for row in rows)
        if any(c for row in cells for c in row):
            text = "\n".join(" | ".join(row) for row in cells)
            self._add(BlockKind.TABLE, text, text, rows=cells)

    def _add(
        self,
        kind: BlockKind,
        text: str,
        raw: str,
        *,
        number: str | None = None,
        marker: str | None = None,
        level: int | None = None,
        rows: tuple[tuple[str, ...], ...] = (),
        section: tuple[str, ...] | None = None,
        emphasis: Emphasis | None = None,
    ) -> None:
        self.blocks.append(
            Block(
                ordinal=len(self.blocks),
                kind=kind,
                text=text,
                raw=raw,
                pages=(1,),
                number=number,
                marker=marker,
                level=level,
                section=self.section if section is None else section,
                rows=rows,
                emphasis=emphasis,
            )
        )
