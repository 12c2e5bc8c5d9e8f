"""A label beside a block of text, which it must neither cut nor be mixed with."""

import io
from itertools import accumulate

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import Line
from extractors.formats.pdf.order import Region, read_columns
from extractors.records import BlockKind
from tests.support.layout import line

ROWS = [
    "This rule may not cover all of what may come to pass.", "In each case officers act with care and with good",
    "judgment. Any departure from what is set down here", "is looked at by itself, and the officer must be able",
    "to say why it was right at the time.",
]  # fmt: skip


def regions(*lines: Line) -> list[Region]:
    return [Region(made.rect, made, made.size) for made in lines]


def stacked(rows: list[str], x: float, top: float = 100) -> list[Line]:
    return [line(text, x, top + 12 * n) for n, text in enumerate(rows)]


def read(*lines: Line) -> list[list[str]]:
    return [[region.content.text for region in column] for column in read_columns(regions(*lines))]


def test_a_label_halfway_down_its_box() -> None:
    """It is read before the text, which stays whole; what stands above and below keeps its place."""
    above, below = line("What stands above them both, from the left to the right edge", 50, 70), line("Below", 50, 190)
    found = read(above, *stacked(ROWS, 150), line("NOTE", 50, 121), below)
    assert found == [[above.text], ["NOTE"], ROWS, ["Below"]]


def test_a_label_of_several_lines() -> None:
    """It may stand beside the first lines, or higher; none of its lines is left within the text."""
    label = ["Staff who are", "not sworn, and", "volunteers"]
    assert read(*stacked(label, 50, 89), *stacked(ROWS[:2], 180)) == [label, ROWS[:2]]
    assert read(*stacked(label, 50, 106), *stacked(ROWS, 180)) == [label, ROWS]


MENU = ["Guidelines", "Visibility", "Safety", "Parents", "Policy"]


def spaced(steps: tuple[int, ...]) -> list[Line]:
    """Lines of a main column, each so far below the one before."""
    tops = accumulate(steps, initial=100)
    return [line("Terms that are read by all of those who come here", 200, top) for top in tops]


@pytest.mark.parametrize(
    ("steps", "heads"),
    [
        pytest.param((18, 18, 18, 32, 18, 18, 18, 32, 18, 18), False, id="lines set wide, entries beside any of them"),
        pytest.param((18, 32, 18, 32, 18, 32, 18, 32, 18), True, id="a heading beside each block"),
    ],
)
def test_a_menu_beside_text_set_wide(steps: tuple[int, ...], heads: bool) -> None:
    """Entries beside a column are headings of it only where its blocks begin, not wherever lines stand far apart."""
    text = spaced(steps)
    menu = [line(entry, 50, 100 + 50 * n) for n, entry in enumerate(MENU)]
    found = read(*menu, *text)
    assert len(found) == (2 * len(MENU) if heads else 2)
    assert found[0] == (MENU[:1] if heads else MENU)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*stacked(ROWS, 150), line("NOTE:", 50, 100)], "a word that leads in on the first line cuts nothing"),
        ([*stacked(ROWS[:2], 150), line("Term", 50, 100), line("Other", 50, 112)], "terms with their meanings"),
        ([*stacked(ROWS, 150), line("b.", 50, 124)], "the letter of an item"),
        ([*stacked(ROWS, 150), line("Figure 3:", 50, 124)], "the name of a caption"),
        ([*stacked(ROWS, 150), line("A label that is nearly as wide", 10, 124)], "as wide as text"),
        ([*stacked(["Some", "Bars", "Here", "Now"], 150), line("Share", 50, 121)], "no running text"),
        ([*stacked(ROWS, 150), line("NOTE", 50, 121), line("Far off here", 480, 130)], "something else beside them"),
    ],
)
def test_what_is_no_label(lines: list[Line], why: str) -> None:
    """Items, terms, captions, words of diagrams and lead-ins are read with what they stand beside."""
    assert len(read(*lines)) == 1, why


def test_figures_in_the_margin() -> None:
    """A bare figure is a label beside a line that goes on within a sentence; beside a capital it may number it."""
    assert read(*stacked(ROWS, 150), line("7", 50, 138))[0] == ["7"]
    assert len(read(*stacked(ROWS, 150), line("7", 50, 113))) == 1


def test_a_side_label_in_a_drawn_box() -> None:
    """A whole page: the label is a block of its own before the text of the box, which is one paragraph."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(60, 600, 475, 100)
    for n, text in enumerate(ROWS):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(180, 680 - 14 * n, text)
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(80, 659, "NOTE")
    canvas.save()
    blocks = read_pdf(out.getvalue(), "side-label", Limits(ocr=False)).blocks
    assert [block.text for block in blocks] == ["NOTE", " ".join(ROWS)]
    assert blocks[1].kind is BlockKind.PARAGRAPH
