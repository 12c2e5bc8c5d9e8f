"""A recommendation in the making, and small questions that all finders ask of passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.records import BlockKind, Passage, Role, TaggedSentence

BESIDE = frozenset({BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.FURNITURE})
"""Kinds that stand between the blocks of a recommendation without being part of it."""

ASKS = re.compile(
    r"\b(?:should|shall|must|ought|needs?\s+to|will\s+need|recommend(?:s|ed)?|urges?|invites?|call\s+(?:on|upon)|encourages?"
    r"|be\s+\w+(?:ed|en))\b"
)
"""Words that ask: a sentence that holds none may still recommend, one that does may not; the tagger decides between."""

_LEADERS = re.compile(r"\.{4,}|(?:\.\s){4,}|…{2,}")
_CONTENTS = re.compile(r"^(?:table\s+of\s+)?contents$", re.IGNORECASE)
_NUMBER = re.compile(r"^(\d{1,3}(?:\.\d{1,3}){0,3})(?:[.)]|\s|$)")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage that belongs to a recommendation."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words, with the item's own mark before them where the stretch opens the item."""
        words = self.passage.block.text[self.start : self.end].strip()
        marker = self.passage.block.marker
        return f"{marker} {words}" if marker and self.start == 0 else words

    @property
    def sentences(self) -> tuple[TaggedSentence, ...]:
        """Sentences within the stretch."""
        return tuple(s for s in self.passage.sentences if self.start <= s.start and s.end <= self.end)


@dataclass(frozen=True, slots=True)
class Draft:
    """What will be a recommendation: its stretches of text in order, and its number as printed."""

    parts: tuple[Part, ...]
    number: str | None = None
    pages: tuple[int, ...] = ()
    formal: bool = False

    @property
    def text(self) -> str:
        """The exact words, stretches joined by a blank."""
        return " ".join(part.text for part in self.parts)

    @property
    def demands(self) -> list[TaggedSentence]:
        """Its recommendation sentences."""
        return [s for part in self.parts for s in part.sentences if s.role is Role.RECOMMENDATION]

    @property
    def first(self) -> int:
        """Where it begins in the report."""
        return self.parts[0].passage.block.ordinal

    def all_pages(self) -> tuple[int, ...]:
        """Pages of its stretches and of its other printings."""
        own = (page for part in self.parts for page in part.passage.block.pages)
        return tuple(sorted({*own, *self.pages}))

    def on_pages(self, pages: Sequence[int]) -> "Draft":
        """The same, printed on further pages."""
        return replace(self, pages=tuple(sorted({*self.pages, *pages})))


def whole(passage: Passage) -> Part:
    """All of a passage."""
    return Part(passage, 0, len(passage.block.text))


def demands(passage: Passage, *, sure: bool = False) -> bool:
    """Whether any sentence recommends; with *sure*, one that the tagger did not leave for a person to decide."""
    return any(s.role is Role.RECOMMENDATION and not (sure and s.abstained) for s in passage.sentences)


def listed_in_contents(passage: Passage) -> bool:
    """Whether the passage is a line of a table of contents."""
    return bool(_LEADERS.search(passage.block.text)) or bool(_CONTENTS.match(passage.heading.strip()))


def numbers(passage: Passage) -> tuple[int, ...] | None:
    """The printed number as figures: (4, 17) for "4.17"; None for letters, words and none.

    A number that the reader left in the text counts, where the text opens with it.
    """
    found = _NUMBER.match((passage.block.number or "").strip("([ ")) if passage.block.number else None
    if found is None and passage.block.number is None and passage.block.marker is None:
        found = re.match(r"(\d{1,3}(?:\.\d{1,3}){0,3})[.)]\s+(?=[A-Z“‘\"])", passage.block.text)
    return tuple(int(figure) for figure in found.group(1).split(".")) if found else None


def squeezed(text: str) -> str:
    """Letters and figures only, in lower case: print spreads headings and breaks words.

    Examples:
        >>> squeezed("SUMMARY OF C ONCLUSIONS")
        'summaryofconclusions'
    """
    return re.sub(r"[\W_]+", "", text).lower()


def goes_on(text: str) -> bool:
    """Whether a text is left open: by a colon, a comma, a semicolon, "and", or no stop at all.

    Examples:
        >>> goes_on("The force should:"), goes_on("train staff; and"), goes_on("It should act.")
        (True, True, False)
    """
    end = text.rstrip()
    return not end or end[-1] in ":;,–—-" or bool(re.search(r"\b(?:and|or|that|to)$", end)) or end[-1].isalnum()
