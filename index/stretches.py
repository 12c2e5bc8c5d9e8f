"""Stretches: a report cut into parts of some pages, each searched as one text.

A passage says too little to be ranked by alone: who, where and what it is about stand in its neighbours. A report of
a page or two is one stretch; a long one is many, so that an inquiry that mentions everything somewhere does not
answer everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from extractors.records import Passage, Tagged
from index.analysis import many_stems
from index.fields import place, texts
from index.long_names import LongNames, field

LONGEST = 6_000
"""Characters after which the next stretch begins, about a thousand words."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring passages of one report."""

    place: int
    """Where it begins: the place of its first passage, which names it in every process and back end."""
    about: str
    """What its report is about: the first line of its text."""
    text: str
    passages: tuple[Passage, ...]


def stretches(tagged: Tagged) -> Iterator[Stretch]:
    """The stretches of a report, in order; together they hold every passage once."""
    report = tagged.report
    about = " / ".join(part for part in (report.title, *report.forces, report.investigation) if part)
    held: list[Passage] = []
    size = 0
    for passage in tagged.passages:
        length = len(texts(passage)["text"])
        if held and size + length > LONGEST:
            yield _stretch(about, held)
            held, size = [], 0
        held.append(passage)
        size += length
    if held:
        yield _stretch(about, held)


class Found(NamedTuple):
    """What is sought in a text: its stems, and the field of its names, with blanks between."""

    stems: str
    names: str


class Read(NamedTuple):
    """What is sought in a stretch as a whole, and in each of its passages."""

    whole: Found
    each: list[Found]


def read(stretch: Stretch, names: LongNames) -> Read:
    """The stems of *stretch*, and which of *names* stand in its passages or in what its report is about."""
    texts_of = [texts(passage)["text"] for passage in stretch.passages]
    about, *said = map(many_stems, (stretch.about, *texts_of))
    held = list(map(names.within, said))
    each = [Found(" ".join(terms), field(text, found)) for text, terms, found in zip(texts_of, said, held, strict=True)]
    whole = field(stretch.text, (*names.within(about), *chain.from_iterable(held)))
    return Read(Found(" ".join((*about, *(one.stems for one in each))), whole), each)


def _stretch(about: str, held: list[Passage]) -> Stretch:
    said = (texts(passage)["text"] for passage in held)
    return Stretch(place(held[0].report.id, held[0].block.ordinal), about, "\n".join((about, *said)), tuple(held))
