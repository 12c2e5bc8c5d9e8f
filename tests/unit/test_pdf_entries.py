"""Entries of a form title nothing, in whatever type they are set."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf import entries
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import Block, BlockKind
from tests.support.layout import line

ASKS = "The medical cause of death was:"


def stacked(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Draft]:
    """One block a text, one below the other, each with the number at its head if it has one."""
    made: list[Draft] = []
    for n, text in enumerate(texts):
        made += paragraphs_of([line(text, 90, 100 + 30 * n)])
        made[-1].kind = kind
    return made


def marked(drafts: list[Draft]) -> list[str]:
    entries.mark(drafts)
    return [draft.said for draft in drafts if draft.entry]


@pytest.mark.parametrize("text", ["[NAME]", "2. [NAME]", "[BRIEF SUMMARY]", "[DATE] [SIGNED BY THE CORONER]", "[Name]"])
def test_what_is_to_be_filled_in_is_an_entry(text: str) -> None:
    """Words in square brackets and nothing else are a placeholder, with a number before them or not."""
    assert marked(stacked(text)) == [text]


@pytest.mark.parametrize(
    "text", ["INQUEST [the details are made up]", "[12]", "[1] [2]", "NAME", "[NAME], coroner", "[]"]
)
def test_brackets_within_a_text_are_no_placeholder(text: str) -> None:
    """A title with a remark in brackets, a bracketed number, or a filled-in line stays what it is."""
    assert marked(stacked(text)) == []


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["1a Septic Shock", "1b Abscess", "2 Frailty"], id="1a"),
        pytest.param(["1(a) Head Injury", "(b) Fall", "2. Frailty"], id="1(a)"),
        pytest.param(["I(a) Head Injury", "II Frailty"], id="I(a)"),
        pytest.param(["1 a) Head Injury"], id="1 a)"),
    ],
)
def test_parts_of_a_cause_of_death_are_entries(parts: list[str]) -> None:
    """What stands lettered below the line that asks for the cause is its answer, to the first line that is not."""
    assert marked(stacked(ASKS, *parts, "CIRCUMSTANCES")) == parts


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["The review:", "1a Custody", "1b Stops"], id="no cause is asked for"),
        pytest.param(["He asked for the cause of death. It is in part 1.", "1a Custody"], id="a sentence about it"),
        pytest.param([ASKS, "2 Circumstances"], id="a second part without a first"),
        pytest.param([ASKS], id="nothing below"),
    ],
)
def test_other_lettered_titles_are_none(texts: list[str]) -> None:
    """Only the parts of a cause that is asked for are entries."""
    assert marked(stacked(*texts)) == []


def cell(number: str, title: str, base: float) -> list[Draft]:
    """A form's number in a cell of its own, and the label on its line."""
    return [Draft(BlockKind.PARAGRAPH, [line(text, x, base)]) for text, x in ((number, 60), (title, 90))]


@pytest.mark.parametrize(
    "names",
    [["1. Marlow Trust", "2. Home Office"], ["Marlow Trust"], ["Marlow Trust", "Home Office", "Wexcombe Police"]],
)
def test_names_in_a_forms_cell_are_entries(names: list[str]) -> None:
    """Between a line with a colon and the number of the next cell stand those to whom a form is sent."""
    sent = stacked("THIS REPORT IS SENT TO:", *names)
    assert marked([*sent, *cell("1", "CORONER", 400)]) == names


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["THIS REPORT IS SENT TO", "Marlow Trust"], id="no colon"),
        pytest.param(["MATTERS OF CONCERN:", "Training", "The officers had none."], id="a title over its text"),
    ],
)
def test_titles_in_a_forms_cell_are_none(texts: list[str]) -> None:
    """Where a sentence stands below, or no colon leads in, what is set as a title may be one."""
    assert marked([*stacked(*texts), *cell("1", "CORONER", 400)]) == []


def test_names_after_a_colon_outside_a_form_are_none() -> None:
    """Without the number of a next cell the list may be titles of parts."""
    assert marked(stacked("THIS REPORT IS SENT TO:", "1. Marlow Trust", "2. Home Office")) == []
    assert marked([*stacked("SENT TO:"), *cell("1", "CORONER", 400)]) == []


def test_notes_and_feet_stand_beside_entries() -> None:
    """A page's foot between the parts of a cause does not end them."""
    foot = stacked("After Inquest", kind=BlockKind.FURNITURE)
    assert marked([*stacked(ASKS, "1(a) Head Injury"), *foot, *stacked("1(b) Fall")]) == [
        "1(a) Head Injury",
        "1(b) Fall",
    ]


@given(st.lists(st.sampled_from([ASKS, "1a Fall", "[NAME]", "3", "Trust", "SENT TO:", "He ran."]), min_size=1))
def test_marking_twice_is_marking_once(texts: list[str]) -> None:
    """Any order of lines is marked without error, and nothing that is marked makes more of them entries."""
    drafts = stacked(*texts)
    assert marked(drafts) == marked(drafts)


def test_the_second_part_of_a_cause_is_a_line_of_its_own() -> None:
    """What contributed stands below 1b without space or gap; a figure that wraps within a part does not."""
    rows = ["1b Fall", "2 Frailty", "3 of them"]
    drafts = paragraphs_of([line(text, 90, 100 + 12 * n) for n, text in enumerate(rows)])
    assert [draft.said for draft in drafts] == ["1b Fall", "2 Frailty 3 of them"]


def form() -> list[Block]:
    """A coroner's form of three cells: addressees in bold, a cause of death in bold, a placeholder."""
    out = io.BytesIO()
    page = Canvas(out)
    prose = "I am the coroner for the area of Wexcombe, and I hold this inquest there."
    cells = [
        ("", "THIS REPORT IS BEING SENT TO:", [("Helvetica-Bold", "1. Marlow Trust"), ("Helvetica-Bold", "2. [NAME]")]),
        ("1", "CORONER", [("Helvetica", prose)] * 5),
        (
            "2",
            "INVESTIGATION",
            [*[("Helvetica", prose)] * 2, ("Helvetica", ASKS), ("Helvetica-Bold", "1(a) Head Injury")],
        ),
        ("3", "CONCERNS", [("Helvetica", "[BRIEF SUMMARY]")]),
    ]
    for n, (number, title, rows) in enumerate(cells):
        top = 800 - 150 * n
        page.rect(60, top - 150, 30, 150)
        page.rect(90, top - 150, 440, 150)
        page.setFont("Helvetica", 11)
        page.drawString(70, top - 16, number)
        for row, (font, text) in enumerate([("Helvetica-Bold", title), *rows]):
            page.setFont(font, 11)
            page.drawString(96, top - 16 - 22 * row, text)
    page.save()
    return list(read_pdf(out.getvalue(), "form", Limits(ocr=False)).blocks)


def test_entries_of_a_form_as_headings() -> None:
    """Of a form's bold lines only its labels are headings; each entry keeps its number."""
    blocks = form()
    titles = ["THIS REPORT IS BEING SENT TO:", "CORONER", "INVESTIGATION", "CONCERNS"]
    assert [b.text for b in blocks if b.kind is BlockKind.HEADING] == titles
    assert [(b.number, b.text) for b in blocks[1:3]] == [("1", "Marlow Trust"), ("2", "[NAME]")]
    assert "1(a) Head Injury" in [b.text for b in blocks]
