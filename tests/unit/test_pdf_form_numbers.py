"""Numbers in cells of their own, as coroners' forms print them, become the numbers of the text beside them."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.form_numbers import attach
from extractors.records import BlockKind
from tests.support.layout import line

QUICK = Limits(ocr="off")
PROSE = "I am the coroner for the area of Wexcombe, and I hold this inquest there."


def draft(text: str, x: float, y: float, kind: BlockKind = BlockKind.PARAGRAPH, label: str = "") -> Draft:
    return Draft(kind, [line(text, x, y)], label=label)


@pytest.mark.parametrize(
    ("number", "beside", "label"),
    [
        pytest.param(draft("3", 50, 100), draft("INQUEST", 90, 100, BlockKind.HEADING), "3", id="a heading"),
        pytest.param(draft("9.", 50, 100), draft("Dated: 2 May", 90, 101), "9.", id="a line that stands a little off"),
    ],
)
def test_a_number_on_the_line_of_a_text_is_its_number(number: Draft, beside: Draft, label: str) -> None:
    """One block is left: of the text's kind, with the number as its label and both in its lines."""
    (one,) = attach([number, beside])
    assert (one.kind, one.label, one.lines[0].label_words) == (beside.kind, label, 1)
    assert one.lines[0].text == f"{label} {beside.lines[0].text}"


@pytest.mark.parametrize(
    ("number", "beside"),
    [
        pytest.param(draft("3", 50, 100), draft("INQUEST", 90, 130), id="a line below"),
        pytest.param(draft("3", 150, 100), draft("INQUEST", 90, 100), id="to its left"),
        pytest.param(draft("no", 50, 100), draft("INQUEST", 90, 100), id="a word"),
        pytest.param(draft("3 of", 50, 100), draft("INQUEST", 90, 100), id="more than a number"),
        pytest.param(draft("3", 50, 100), draft("(1) He was ill.", 90, 100, label="(1)"), id="a text with its own"),
        pytest.param(draft("3", 50, 100, BlockKind.CAPTION), draft("INQUEST", 90, 100), id="a number of a drawing"),
        pytest.param(draft("3", 50, 100), draft("Ibid.", 90, 100, BlockKind.FOOTNOTE), id="a note"),
    ],
)
def test_other_neighbours_stay_apart(number: Draft, beside: Draft) -> None:
    """What only stands near keeps its own block."""
    assert attach([number, beside]) == [number, beside]


def test_nothing_else_changes() -> None:
    """Blocks without such a number stay as they are, in order; none is lost."""
    drafts = [draft(PROSE, 50, 100 + 20 * n) for n in range(4)]
    assert attach(drafts) == drafts
    assert attach([]) == []


def test_a_coroners_form_has_numbered_headings() -> None:
    """In a ruled form with a narrow column of numbers each heading has its number, and its text stands below it."""
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4)
    titles = ["CORONER", "LEGAL POWERS", "INVESTIGATION"]
    for n, title in enumerate(titles):
        top = 780 - 120 * n
        page.rect(60, top - 120, 30, 120)
        page.rect(90, top - 120, 440, 120)
        page.setFont("Helvetica", 11)
        page.drawString(70, top - 16, str(n + 1))
        for row in range(5):
            page.drawString(96, top - 46 - 14 * row, PROSE)
        page.setFont("Helvetica-Bold", 11)
        page.drawString(96, top - 16, title)
    page.save()
    blocks = read_pdf(target.getvalue(), "form", QUICK).blocks
    assert [(b.number, b.text) for b in blocks if b.kind is BlockKind.HEADING] == [
        (str(n + 1), title) for n, title in enumerate(titles)
    ]
    assert next(b.text for b in blocks if b.kind is BlockKind.PARAGRAPH).startswith(PROSE)
    assert not [b for b in blocks if b.text.isdecimal()]
