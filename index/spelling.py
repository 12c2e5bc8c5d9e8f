"""Slips of spelling: a word that an index does not know is read as the nearest one that it does.

Cautious on purpose. Words with digits, short words, names in the vocabulary and words inside quotes stay as they
are; what was read otherwise is told in the answer.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Protocol

from rapidfuzz.distance import OSA

from index.analysis import FUNCTION_WORDS, stem
from index.query import Both, Either, Loose, Node, Word
from index.vocabulary import known_stems

SHORTEST = 4
TWO_SLIPS_FROM = 8
"""A word of so many letters may be two slips from what was meant."""
LEAST_HELD = 2
"""Passages that must hold a word before another is read as it: what stands once may be a slip itself."""


class Words(Protocol):
    """What an index says of its words."""

    def unheld(self, asked: Collection[str]) -> set[str]:
        """Those of the exact terms *asked* of which no text holds any form."""
        ...

    def near(self, word: str, edits: int) -> Iterable[tuple[str, int]]:
        """Exact terms at most so many slips away with the same first letter, each with the passages that hold it."""
        ...


def spelt(tree: Node, index: Words) -> tuple[Node, dict[str, str]]:
    """*tree* with its unknown words read as the nearest known ones, and which those are."""
    doubtful = list(dict.fromkeys(word.text for word in _words(tree) if _doubtful(word)))
    unheld = index.unheld(doubtful) if doubtful else set[str]()
    found = {word: nearest(word, index) for word in doubtful if word in unheld}
    read = {word: other for word, other in found.items() if other is not None}
    return (_read(tree, read) if read else tree), read


def _words(node: Node) -> Iterator[Word]:
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Loose):
        yield from node.words
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from _words(part)


def _doubtful(word: Word) -> bool:
    text = word.text
    plain = not (word.prefix or word.edits) and text.isalpha() and len(text) >= SHORTEST
    return plain and text not in FUNCTION_WORDS and stem(text) not in known_stems()


def _read(node: Node, read: Mapping[str, str]) -> Node:
    if isinstance(node, Word):
        return _word(node, read)
    if isinstance(node, Loose):
        return node.replaced(words=tuple(_word(word, read) for word in node.words))
    if isinstance(node, Both | Either):
        return node.replaced(parts=tuple(_read(part, read) for part in node.parts))
    return node


def _word(word: Word, read: Mapping[str, str]) -> Word:
    return word.replaced(text=read[word.text]) if word.text in read and not (word.prefix or word.edits) else word


def nearest(word: str, index: Words) -> str | None:
    """The word that was probably meant: the fewest slips away, then the most frequent, then by name."""
    edits = 2 if len(word) >= TWO_SLIPS_FROM else 1
    held = [(slips(word, other), -count, other) for other, count in index.near(word, edits) if count >= LEAST_HELD]
    close = [one for one in held if one[0] <= edits]
    return min(close)[2] if close else None


def slips(one: str, other: str) -> int:
    """How many slips turn *one* into *other*: a letter added, dropped, changed, or two neighbours swapped.

    Examples:
        >>> slips("whatsap", "whatsapp"), slips("recieve", "receive"), slips("cat", "dog")
        (1, 1, 3)
    """
    return OSA.distance(one, other)
