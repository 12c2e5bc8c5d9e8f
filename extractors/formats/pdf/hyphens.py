"""Whether a hyphen at a line's end is the word's own or breaks it: what the rest of the document says."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line

_SIGNS = ("-", "\u2010", "\u00ad")
_HEAD = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")
_TAIL = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[-/@]\S*[-\u2010\u00ad]$")
"""A word with a hyphen before its last one, or an address, which no line's end adds a hyphen to."""
_STRIPPED = ".,;:()'\"“”‘’"
_FEWEST = 2
"""Words broken at a line's end, or kept whole, that a document must show to be believed."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, and whether it breaks words at its lines' ends."""

    words: Mapping[str, int] = field(default_factory=dict[str, int])
    """How often each stands, in small letters; the rests of broken words are none."""
    breaks: bool = True
    whole: bool = False
    """Whether it shows that it ends lines with hyphens of its words alone."""


def vocabulary(drafts: Sequence[Draft]) -> Vocabulary:
    """The words of a document's blocks, and what its lines' ends tell of its hyphens."""
    ends = [pair for draft in drafts if not draft.rows for pair in _ends(draft.lines)]
    words: Counter[str] = Counter()
    for printed, count in Counter(_printed(drafts)).items():
        words[printed.strip(_STRIPPED).lower()] += count
    broken = sum(bool(words[head + tail]) and not words[f"{head}-{tail}"] for head, tail in ends)
    own = sum(bool(words[f"{head}-{tail}"]) and not words[head + tail] for head, tail in ends)
    return Vocabulary(words, breaks=broken >= _FEWEST and 2 * broken > own, whole=own >= _FEWEST > broken)


def _printed(drafts: Sequence[Draft]) -> list[str]:
    """All words but the rests of broken ones."""
    found: list[str] = []
    for draft in drafts:
        rest = False
        for line in draft.lines:
            found += [word.text for word in (line.words[1:] if rest else line.words)]
            rest = line.words[-1].text.endswith(_SIGNS)
    return found


def _ends(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """The two parts of each word that stands at a line's end and on the next line."""
    for line, below in pairwise(lines):
        last = line.words[-1].text
        if not last.endswith(_SIGNS) or _COMPOUND.search(last):
            continue
        head, tail = _HEAD.search(last), _TAIL.match(below.words[0].text)
        if head and tail:
            yield head[1].lower(), tail[0].lower()


def joined(above: str, below: str, known: Vocabulary) -> str | None:
    """Two lines as one where the first ends in a hyphen after letters; None where it does not.

    Examples:
        >>> joined("the inves-", "tigation", Vocabulary()), joined("a pilot-in-", "command", Vocabulary())
        ('the investigation', 'a pilot-in-command')
    """
    head = _HEAD.search(above[-40:]) if above.endswith(_SIGNS) else None
    if head is None:
        return None
    tail = _TAIL.match(below)
    keeps = tail is None or not tail[0][0].islower() or bool(_COMPOUND.search(above[-40:]))
    if keeps or (tail is not None and owned(head[1].lower(), tail[0].lower(), known)):
        return above + below
    return above[:-1] + below


def owned(head: str, tail: str, known: Vocabulary) -> bool:
    """Whether two parts of a word are parted by a hyphen of its own.

    It is where that form is the more frequent one in the document, and where neither form stands in one that does not
    break words, if a part is a word.

    Examples:
        >>> word = Vocabulary({"trauma": 2}, breaks=False)
        >>> [owned("trauma", "informed", word), owned("inves", "tigation", word), owned("inves", "tigation", Vocabulary())]
        [True, False, False]
    """  # noqa: E501  (an example is one line)
    words = known.words
    whole, parted = words.get(head + tail, 0), words.get(f"{head}-{tail}", 0)
    if whole or parted:
        return parted >= whole
    return not known.breaks and (known.whole or head in words or tail in words)
