"""Drawn diagrams are read box by box, as plain text."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf import diagrams
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import PageContent, Shape, Word
from extractors.formats.pdf.joining import goes_on
from extractors.records import BlockKind
from tests.support.layout import words

PLACES = [(60, 100), (240, 115), (400, 100), (90, 200), (250, 220), (420, 205), (70, 310), (260, 330)]
SAID = ["Chief officer", "Board of review", "Inspectorate", "Custody staff", "Legal advice", "Complaints unit",
        "Training branch", "Station desk"]  # fmt: skip


def boxed(places: list[tuple[int, int]], said: list[str], width: int = 100, lines: int = 6) -> PageContent:
    """A page of boxes with words in them, and of lines between them."""
    held = [word for (x, y), text in zip(places, said, strict=True) for word in words(text, x + 8, y + 18)]
    shapes = [Shape(x, y, x + width, y + 30, stroked=True) for x, y in places]
    shapes += [Shape(150, 140 + 30 * n, 152, 165 + 30 * n, stroked=True) for n in range(lines)]
    return PageContent(1, 595, 842, held, shapes)


def parts(content: PageContent) -> list[str]:
    found, _ = diagrams.find(content, content.words)
    return [" ".join(word.text for word in part) for diagram in found for part in diagram.parts]


def test_boxes_from_top_to_bottom_and_left_to_right() -> None:
    """Each box is a part; words outside the diagram stay as they are."""
    content = boxed(PLACES, SAID)
    outside = words("Text well below the diagram", 60, 600)
    content.words.extend(outside)
    found, rest = diagrams.find(content, content.words)
    assert rest == outside
    assert sorted(parts(content)) == sorted(SAID)
    assert parts(content)[:2] == ["Chief officer", "Inspectorate"]
    drafts = found[0].drafts()
    assert all(draft.kind is BlockKind.PARAGRAPH and draft.entry for draft in drafts)
    assert not goes_on(drafts[0], drafts[1])


def test_words_beside_the_boxes_are_parts_of_their_own() -> None:
    """A label of two lines between boxes is one part."""
    content = boxed(PLACES, SAID)
    content.words.extend([*words("reports", 180, 260), *words("each year", 180, 272)])
    assert "reports each year" in parts(content)


def test_a_box_within_a_box() -> None:
    """A frame around several boxes holds only the words that these leave over."""
    content = boxed(PLACES, SAID)
    content.shapes.append(Shape(230, 100, 450, 160, stroked=True))
    assert sorted(parts(content)) == sorted(SAID)


GRID = [(60 + 100 * column, 100 + 30 * row) for row in range(3) for column in range(3)]
APART = [(60 + 120 * column, 100 + 50 * row) for row in range(3) for column in range(3)]
NINE = [*SAID, "Press office"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (boxed(GRID, NINE), "cells share their sides"),
        (boxed(APART, NINE), "boxes in rows and columns are a table, though apart"),
        (boxed(PLACES, SAID, lines=2), "hardly any line between the boxes"),
        (boxed(PLACES[:5], SAID[:5]), "few boxes"),
        (boxed(PLACES, ["12 %", "31 %", "7", "9", "1,200", "18", "44 %", "2"]), "bars of a chart"),
        (boxed(PLACES, list("abcdefgh")), "letters of a sketch"),
    ],
)
def test_what_is_no_diagram(content: PageContent, why: str) -> None:
    """Tables, charts and sketches are left to the rooms that know them."""
    assert diagrams.find(content, content.words) == ([], content.words), why


def test_boxes_around_prose() -> None:
    """Where more words stand between the boxes than in them, the page is text."""
    content = boxed(PLACES, SAID)
    prose: list[Word] = []
    for n in range(12):
        prose += words("prose that runs on between", 180, 140 + 12 * n)
    content.words.extend(prose)
    assert parts(content) == []


def test_a_flow_chart() -> None:
    """A whole page: a caption above, then each box as a paragraph, without any table, heading or further caption."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 780, "Figure 3: How a complaint is handled")
    canvas.setFont("Helvetica-Bold", 8)
    for (x, y), text in zip(PLACES, SAID, strict=True):
        canvas.rect(x, 812 - y, 110, 30)
        canvas.drawString(x + 8, 824 - y, text)
    for n in range(6):
        canvas.line(170, 700 - 40 * n, 250, 690 - 40 * n)
        canvas.line(120, 660 - 40 * n, 120, 640 - 40 * n)
    canvas.save()
    blocks = read_pdf(out.getvalue(), "flow-chart", Limits(ocr=False)).blocks
    assert blocks[0].kind is BlockKind.CAPTION
    assert {block.kind for block in blocks[1:]} == {BlockKind.PARAGRAPH}
    assert sorted(block.text for block in blocks[1:]) == sorted(SAID)
