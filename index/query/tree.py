"""The tree of a query. ``str`` of a node is a query that parses to the same node."""

from collections.abc import Iterator
from typing import TypeAlias

from pydantic import Field

from extractors.records import Record
from index.analysis import FUNCTION_WORDS


class Word(Record):
    """One word of free text, stemmed before it is sought. Several terms in it ("body-worn") must stand together."""

    text: str = Field(min_length=1, description="Folded; terms joined by hyphens.")
    prefix: bool = Field(default=False, description="Any word that begins so, as written.")
    edits: int = Field(default=0, ge=0, le=2, description="Slips of spelling forgiven.")
    others: tuple[str, ...] = Field(default=(), description="Other names that are sought as well, written like text.")
    terms: tuple[str, ...] = Field(default=(), description="Those of the others that the index holds as one term each.")
    share: float = Field(default=1.0, description="How much another name counts here: part, where words share it.")

    def __str__(self) -> str:
        mark = "*" if self.prefix else f"~{self.edits}" if self.edits else ""
        return self.text + mark


class Phrase(Record):
    """Words that stand together in this order, as written."""

    text: str = Field(min_length=1, description="Folded; terms joined by blanks.")
    slop: int = Field(
        default=0, ge=0, le=50, description="Others allowed between a word and the next; a change of order costs two."
    )

    def __str__(self) -> str:
        return f'"{self.text}"' + (f"~{self.slop}" if self.slop else "")


class Condition(Record):
    """A field that must hold any of some values, or a number within a range. It does not change the ranking."""

    field: str
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None

    def __str__(self) -> str:
        if self.values:
            return f"{self.field}:" + ",".join(f'"{value}"' for value in self.values)
        low, high = ("" if end is None else str(end) for end in (self.low, self.high))
        return f"{self.field}:{low}..{high}"


class Loose(Record):
    """Adjacent words: short queries need every one of them, longer ones most."""

    words: tuple[Word, ...] = Field(min_length=2)

    def __str__(self) -> str:
        return "(" + " ".join(map(str, self.words)) + ")"


class Everything(Record):
    """Every passage: an empty query."""

    def __str__(self) -> str:
        return ""


class Without(Record):
    """Passages that do not meet the part."""

    part: "Node"

    def __str__(self) -> str:
        return f"NOT {self.part}"


class Both(Record):
    """Passages that meet every part."""

    parts: "tuple[Node, ...]" = Field(min_length=2)

    def __str__(self) -> str:
        return "(" + " AND ".join(map(str, self.parts)) + ")"


class Either(Record):
    """Passages that meet any part."""

    parts: "tuple[Node, ...]" = Field(min_length=2)

    def __str__(self) -> str:
        return "(" + " OR ".join(map(str, self.parts)) + ")"


Node: TypeAlias = Word | Phrase | Condition | Loose | Everything | Without | Both | Either

for _kind in (Without, Both, Either):
    _kind.model_rebuild()


def telling(group: Loose) -> tuple[Word, ...]:
    """The words of a group that ask for something; all of them where none does."""
    return tuple(word for word in group.words if word.text not in FUNCTION_WORDS) or group.words


def sought(node: Node, *, without: bool = False) -> Iterator[Word | Phrase]:
    """Words and phrases that a hit may hold; *without*: those that it must not hold, too."""
    match node:
        case Word() | Phrase():
            yield node
        case Loose():
            yield from telling(node)
        case Both() | Either():
            for part in node.parts:
                yield from sought(part, without=without)
        case Without() if without:
            yield from sought(node.part, without=without)
        case _:
            return
