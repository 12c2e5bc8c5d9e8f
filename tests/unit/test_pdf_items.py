"""Where an item of a list begins and ends, on lines made up for it and on synthetic pages."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import Line
from extractors.formats.pdf.joining import join_breaks
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import Block
from tests.support.layout import line, texts

FULL = "A supervisor attends when the use of force is reported by an"
Row = tuple[str, float, float]


def made(rows: list[Row], page: int = 1) -> list[Line]:
    return [line(*row, page=page) for row in rows]


def read(draw: Callable[[Canvas], None]) -> list[Block]:
    out = io.BytesIO()
    canvas = Canvas(out)
    draw(canvas)
    canvas.save()
    return list(read_pdf(out.getvalue(), "items", Limits(ocr=False)).blocks)


@pytest.mark.parametrize(
    ("head", "next_head", "items"),
    [
        pytest.param("a.", "b.", 2, id="letters"),
        pytest.param("(a)", "(b)", 2, id="letters in brackets"),
        pytest.param("(i)", "(ii)", 2, id="roman figures"),
        pytest.param("a.", "d.", 1, id="a letter that does not come next"),
        pytest.param("(a)", "b.", 1, id="a letter of another form"),
        pytest.param("4.", "5.", 1, id="a figure, which may end a sentence"),
    ],
)
def test_the_next_letter_opens_an_item_however_close_its_text(head: str, next_head: str, items: int) -> None:
    """Under an item's line that lacks a stop, the letter that comes next at its margin is an item, not a word."""
    rows = made([(f"{head} {FULL}", 50, 100), ("officer on duty, AND", 50, 112), (f"{next_head} the log", 50, 124)])
    assert len(paragraphs_of(rows)) == items


@pytest.mark.parametrize(
    ("second", "x", "blocks"),
    [
        pytest.param(f"{FULL} officer.", 66, 1, id="its text hangs a little further in"),
        pytest.param(f"{FULL} officer.", 90, 2, id="text set in below it"),
        pytest.param("A supervisor attends.", 66, 2, id="a line that ended early"),
    ],
)
def test_the_second_line_of_an_item(second: str, x: float, blocks: int) -> None:
    """Below an item's first line that is full, a line goes on although a sentence ended there."""
    rows = made([(f"\u2022 {second}", 50, 100), ("Officers write the log and say when", x, 112)])
    assert len(paragraphs_of([*made([(f"{FULL} officer. .", 50, 60)]), *rows])) == blocks + 1


def test_the_next_letter_elsewhere_is_a_word() -> None:
    """A letter at the head of a wrapped line that is set in from its item's letter goes on the sentence."""
    rows = made([(f"a. {FULL}", 50, 100), ("officer as in paragraph", 68, 112), ("b. of that order", 68, 124)])
    assert len(paragraphs_of(rows)) == 1


@pytest.mark.parametrize(
    ("rows", "blocks"),
    [
        pytest.param([("[BRIEF SUMMARY]", 50), ("(1)", 50), ("(2)", 50)], ["[BRIEF SUMMARY]", "(1)", "(2)"], id="form"),
        pytest.param([("[BRIEF SUMMARY]", 50), ("a.", 68), ("b.", 68)], ["[BRIEF SUMMARY]", "a.", "b."], id="set in"),
        pytest.param([(f"{FULL} officer", 50), ("(1)", 50)], [f"{FULL} officer (1)"], id="a full line's last word"),
        pytest.param([("It was so in", 50), ("4.5", 50)], ["It was so in 4.5"], id="a figure with a point"),
        pytest.param([("It was so in", 50), ("2019", 50)], ["It was so in 2019"], id="a year"),
        pytest.param([("a = b + c", 50), ("(1)", 250)], ["a = b + c (1)"], id="a formula's number, far to the right"),
    ],
)
def test_a_number_without_text_is_a_block(rows: list[tuple[str, float]], blocks: list[str]) -> None:
    """A number or letter alone on a line, where it would have fitted on the one above, is an item to be filled in."""
    drafts = paragraphs_of(
        made([(FULL + " officer", 50, 40), *((t, x, 100 + 12 * n) for n, (t, x) in enumerate(rows))])
    )
    assert texts(drafts)[1:] == blocks


@pytest.mark.parametrize(
    ("number", "text", "x", "label"),
    [
        pytest.param("1.", "Officers carry the device.", 180, "1.", id="a far tab"),
        pytest.param("f.", "REDACTED", 180, "f.", id="a letter"),
        pytest.param("1.", "37", 180, "", id="a table's figures"),
        pytest.param("12", "Officers carry the device.", 180, "", id="a figure without a stop"),
    ],
)
def test_a_number_numbers_text_however_far_to_its_right(number: str, text: str, x: float, label: str) -> None:
    """A tab of any width may stand between an item's number and its text, which goes on at its own margin below."""
    rows = made([("Requirement:", 50, 88), (number, 50, 100), (text, x, 100), ("It is checked.", 68, 112)])
    drafts = paragraphs_of([*rows, line(f"{FULL} officer", 50, 150)])
    assert [draft.label for draft in drafts if draft.label] == ([label] if label else [])
    assert f"{number} {text}" in " ".join(texts(drafts))


@pytest.mark.parametrize(("number", "text", "label"), [("7.1.3", "ARRESTS", "7.1.3"), ("4.5", "12.25", "")])
def test_a_number_of_several_parts_numbers_words(number: str, text: str, label: str) -> None:
    """A number such as 7.1.3 that begins a block is the number of the words to its right, but not of figures."""
    (block,) = paragraphs_of(made([(number, 50, 100), (text, 120, 100)]))
    assert block.label == label


PROSE: list[Row] = [("I also send the report to all who asked for it, and to the family", 50, 60)]


@pytest.mark.parametrize(
    ("item", "below", "joined"),
    [
        pytest.param("- Wexcombe Hospital", PROSE, False, id="a name, then prose"),
        pytest.param(f"- {FULL}", PROSE, True, id="a full line may be cut off before a name"),
        pytest.param("- Wexcombe Hospital", [("and its trust, which runs them", 50, 60)], True, id="small letter"),
        pytest.param("- Wexcombe Hospital", [("Trust", 68, 60)], True, id="a short line shows no right edge"),
        pytest.param("Wexcombe Hospital", PROSE, True, id="no item"),
    ],
)
def test_an_item_that_ends_early_ends_at_the_page(item: str, below: list[Row], joined: bool) -> None:
    """An item goes on over a page unless its line ends early and the next page begins with a capital."""
    drafts = [*paragraphs_of(made([(item, 50, 700)])), *paragraphs_of(made(below, page=2))]
    assert (len(join_breaks(drafts)) == 1) is joined, texts(drafts)


def test_an_item_swallowed_by_the_one_above() -> None:
    """One blank after each letter: the second item is one of its own on the page."""

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 11)
        rows = [f"a. {FULL}", "officer of that district, AND", "b. The log shows that no other unit can attend, AND"]
        for n, row in enumerate([*rows, "c. The sergeant agrees."]):
            c.drawString(108, 700 - 13 * n, row)

    assert [b.marker for b in read(draw)] == ["a.", "b.", "c."]


def test_an_item_joined_with_the_next_page() -> None:
    """A list of names at the end of a page does not run into the paragraph that opens the next one."""

    def draw(c: Canvas) -> None:
        for rows in (["Copies go to:", "- Wexcombe Hospital Trust", "- Marlow County Council"], [FULL, "officer."]):
            c.setFont("Helvetica", 11)
            for n, row in enumerate(rows):
                c.drawString(90, 700 - 13 * n, row)
            c.showPage()

    assert [b.text for b in read(draw)][-2:] == ["Marlow County Council", f"{FULL} officer."]


def test_numbers_without_text_run_into_the_line_above() -> None:
    """A form's empty items stand apart from the placeholder above them; a far tab parts no item from its number."""

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 11)
        for n, row in enumerate([FULL, "officer.", "", "[SUMMARY]", "(1)", "(2)", "", "Requirement:", "1."]):
            c.drawString(90, 700 - 13 * n, row)
        c.drawString(220, 700 - 13 * 8, "Officers carry the device.")

    blocks = read(draw)
    assert [b.text for b in blocks][1:] == ["[SUMMARY]", "(1)", "(2)", "Requirement:", "Officers carry the device."]
    assert blocks[-1].number == "1"
