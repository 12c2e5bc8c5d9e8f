"""Shorthand in which tests of recommendations write a report."""

from collections.abc import Callable
from datetime import date

import pytest

from extractors.entities import find
from extractors.recommendations import units
from extractors.records import Block, BlockKind, Passage, Recommendation, Report, Role, TaggedSentence
from extractors.sentences import split

Made = Callable[..., tuple[Recommendation, ...]]

KINDS = {"#": BlockKind.HEADING, "-": BlockKind.LIST_ITEM, "~": BlockKind.FOOTNOTE, "": BlockKind.PARAGRAPH}


def _report(title: str = "A report", **fields: object) -> Report:
    return Report.model_validate(
        {"id": "r", "sha256": "0" * 64, "url": "r.pdf", "title": title, "published": date(2024, 8, 31), **fields}
    )


def _role_of(text: str, recommends: str) -> Role:
    return Role.RECOMMENDATION if any(word in text for word in recommends.split("|")) else Role.NARRATIVE


def _passages(
    lines: list[str], of: Report | None = None, recommends: str = "should|recommend|shall|must"
) -> tuple[Passage, ...]:
    """Passages from shorthand; sentences that hold a word of *recommends* recommend.

    "# heading", "- item", "~ note"; "7: text" bears a number, "(a): text" a marker, "_text_" is in italics,
    "@3 text" stands on page 3.
    """
    made: list[Passage] = []
    heading = ""
    for ordinal, line in enumerate(lines):
        page, number, marker, emphasis = 1, None, None, None
        kind = KINDS[line[0]] if line[0] in "#-~" else BlockKind.PARAGRAPH
        text = line[1:].strip() if line[0] in "#-~" else line
        if text.startswith("@"):
            place, text = text.split(" ", 1)
            page = int(place[1:])
        label, _, rest = text.partition(": ")
        if rest and label.replace(".", "").isdigit():
            number, text = label, rest
        elif rest and label.startswith("("):
            marker, text = label, rest
            kind = kind if kind is BlockKind.HEADING else BlockKind.LIST_ITEM
        if text.startswith("_"):
            text, emphasis = text.strip("_"), "italic"
        block = Block(
            ordinal=ordinal, kind=kind, text=text, pages=(page,), number=number, marker=marker, emphasis=emphasis
        )
        sentences = tuple(
            TaggedSentence(
                start=start,
                end=end,
                role=(role := Role.OTHER if kind is BlockKind.HEADING else _role_of(text[start:end], recommends)),
                score=0.9,
                scores={r: 0.9 if r is role else 0.1 / 6 for r in Role},
                abstained=False,
            )
            for start, end in split(text)
        )
        made.append(
            Passage(
                id=f"r:{ordinal}",
                report=of or _report(),
                block=block,
                heading=heading,
                sentences=sentences,
                entities=find(text),
            )
        )
        heading = text if kind is BlockKind.HEADING else heading
    return tuple(made)


def _made(
    lines: list[str], recommends: str = "should|recommend|shall|must", **fields: object
) -> tuple[Recommendation, ...]:
    of = _report(**fields)  # type: ignore[arg-type]
    return units(of, _passages(lines, of, recommends))


@pytest.fixture
def report() -> Callable[..., Report]:
    """Makes a report of a title."""
    return _report


@pytest.fixture
def passages() -> Callable[..., tuple[Passage, ...]]:
    """Makes passages from shorthand."""
    return _passages


@pytest.fixture
def made() -> Made:
    """Makes the recommendations of a report written in shorthand."""
    return _made
