"""Stretches: a report cut into parts of some pages, each searched as one text.

A passage says too little to be ranked by alone: who, where and what it is about stand in its neighbours. A report of
a page or two is one stretch; a long one is many, so that an inquiry that mentions everything somewhere does not
answer everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.records import Passage, Tagged
from index.fields import texts

LONGEST = 6_000
"""Characters after which the next stretch begins, about a thousand words."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring passages of one report."""

    id: str
    text: str
    passages: tuple[Passage, ...]


def stretches(tagged: Tagged) -> Iterator[Stretch]:
    """The stretches of a report, in order; together they hold every passage once."""
    report = tagged.report
    about = " / ".join(part for part in (report.title, *report.forces, report.investigation) if part)
    held: list[Passage] = []
    size = number = 0
    for passage in tagged.passages:
        length = len(texts(passage)["text"])
        if held and size + length > LONGEST:
            yield _stretch(f"{report.id}/{number}", about, held)
            held, size, number = [], 0, number + 1
        held.append(passage)
        size += length
    if held:
        yield _stretch(f"{report.id}/{number}", about, held)


def _stretch(name: str, about: str, held: list[Passage]) -> Stretch:
    said = (texts(passage)["text"] for passage in held)
    return Stretch(name, "\n".join((about, *said)), tuple(held))
