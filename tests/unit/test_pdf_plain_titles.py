"""Numbered and lettered titles in plain type and small letters, told from items by the text that they head."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf import plain_titles
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.paragraphs import listed, paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line, texts

PROSE = "Officers should not stand before a moving car."


def stacked(*rows: tuple[float, str]) -> list[Draft]:
    """Blocks of rows of (x, text), each a block of its own."""
    return [draft for n, (x, text) in enumerate(rows) for draft in paragraphs_of([line(text, x, 100 + 40 * n)])]


def titles(*rows: tuple[float, str]) -> list[str]:
    drafts = stacked(*rows)
    return [texts(drafts)[place] for place in sorted(plain_titles.find(drafts))]


@pytest.mark.parametrize(
    ("title", "x", "below"),
    [
        pytest.param("B. Firing at or from vehicles", 70, f"1. {PROSE}", id="over a numbering of its own"),
        pytest.param("a. Scene security", 70, PROSE, id="over text set in"),
        pytest.param("B. reporting requirements", 70, f"1. {PROSE}", id="in small letters"),
        pytest.param("6. Transportation from the scene", 50, f"a. {PROSE}", id="over a numbering at its own margin"),
        pytest.param("7. Reports", 70, f"• {PROSE} It is said twice.", id="known wrong: over bullets it is an item"),
    ],
)
def test_a_short_line_over_text_of_its_own(title: str, x: float, below: str) -> None:
    """It is a title: text is set in below it, or a numbering of its own begins there."""
    expected = [] if below.startswith("•") else [title]
    assert titles((50, title), (x, below)) == expected


@pytest.mark.parametrize(
    ("item", "x", "below"),
    [
        pytest.param("B. Firing at or from vehicles", 50, f"C. {PROSE}", id="the next of its numbering follows"),
        pytest.param("h. Firing at or from vehicles", 70, f"i. {PROSE}", id="a letter that is no Roman figure"),
        pytest.param("B. Firing at or from vehicles", 70, f"2. {PROSE}", id="a numbering goes on below"),
        pytest.param("B. Firing at or from vehicles", 30, f"1. {PROSE}", id="what follows hangs out"),
        pytest.param("B. Firing at or from vehicles", 50, PROSE, id="text that is not set in"),
        pytest.param("B. Officers may fire from vehicles", 70, f"1. {PROSE}", id="a sentence"),
        pytest.param("B. Firing at or from vehicles:", 70, f"1. {PROSE}", id="a colon"),
        pytest.param("B. Firing at vehicles, including", 70, f"1. {PROSE}", id="cut off in its sentence"),
        pytest.param("B. Cuffs - given to each of them", 70, f"1. {PROSE}", id="a term and what is said of it"),
        pytest.param("B. Firing at vehicles", 70, "1. Short list", id="an entry below that says nothing"),
        pytest.param("B. Complete the use of force report and any", 70, "required ones in the system.", id="wrapped"),
        pytest.param("B. Firing at vehicles", 70, "which officers never do in any case at all.", id="goes on"),
        pytest.param("B. Firing at (or from vehicles", 70, f"1. {PROSE}", id="an open bracket"),
    ],
)
def test_items_stay_items(item: str, x: float, below: str) -> None:
    """A short item is no title where what stands below is not its own, or where it is part of a sentence."""
    assert titles((50, item), (x, below)) == []


def test_a_line_that_is_full_may_be_cut_off() -> None:
    """Where the first word below would not have fitted on it, the line may go on there."""
    for title, expected in (("B. Firing at moving vehicles in streets", []), ("B. Firing", ["B. Firing"])):
        assert titles((50, title), (70, "Officers never stand in the way.")) == expected


def test_the_last_of_a_list_is_an_item() -> None:
    """What comes right after a line like it, numbered just before it, is of that list, whatever follows."""
    rows = [(50.0, "1. Baton"), (50.0, "2. Spray"), (50.0, "3. Dog bite")]
    assert titles(*rows, (70, PROSE)) == []


def test_titles_within_titles() -> None:
    """A title may stand right below the title that it divides, and beside one that has text of its own."""
    rows = [
        (50, "C. Level two"), (70, "1. Staff involved"), (90, f"a. {PROSE}"),
        (70, "2. Supervisor on duty"), (90, f"a. {PROSE}"),
    ]  # fmt: skip
    assert titles(*rows) == ["C. Level two", "1. Staff involved", "2. Supervisor on duty"]


FULL = "Staff pass such a report on before the shift has ended, or at once where a"


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        pytest.param([(50, "B. Minor Injury"), (64, FULL), (64, "person died.")], True, id="hanging"),
        pytest.param([(50, "B. Minor Injury"), (50, FULL), (50, "person died.")], True, id="at one margin"),
        pytest.param([(50, "B. Minor injury that one sees when searching"), (64, FULL)], False, id="nearly full"),
        pytest.param(
            [(50, "B. Minor Injury"), (64, "Set F(f) = { y | f(y) = y } in { 1, 2, 3, 4, 5 }")], False, id="formula"
        ),
        pytest.param(
            [(50, "B. Minor"), (64, "Injury of the"), (64, FULL)], False, id="a wrapped term in a narrow column"
        ),
        pytest.param([(50, "B. Officers may pass"), (64, FULL)], False, id="a sentence"),
        pytest.param([(50, "B. Minor Injury"), (64, FULL.lower())], False, id="goes on"),
    ],
)
def test_a_title_right_above_its_text(rows: list[tuple[float, str]], heads: bool) -> None:
    """A first line that ends long before it is full, over a sentence, is cut from it and is a heading."""
    lines = [line(text, x, 100 + 12 * n) for n, (x, text) in enumerate(rows)]
    drafts = listed(paragraphs_of(lines), 10)
    assert len(drafts) == 1 + heads
    assert plain_titles.find(drafts) == ({0} if heads else set())


def test_bold_lines_are_not_cut() -> None:
    """A name in bold over an office in bold is one block, as on the first page of a coroner's report."""
    bold = Style("Body", 10.0, bold=True)
    rows = [line("2 Rosalind Ashgrove", 50, 100, bold), line("Chief Officer of the North Trust", 60, 112, bold)]
    assert plain_titles.cut(paragraphs_of(rows)[0]) == [rows]


def test_notes_between_are_passed_over() -> None:
    """A note or a running foot between a title and its text does not part them; a table is no text."""
    drafts = stacked((50, "B. Firing at vehicles"), (50, "12"), (70, f"1. {PROSE}"))
    drafts[1].kind = BlockKind.FURNITURE
    assert plain_titles.find(drafts) == {0}
    drafts[2].rows = [["a", "b"]]
    assert plain_titles.find(drafts) == set()


def test_lettered_titles_in_plain_type() -> None:
    """A whole page: titles are headings with their text below, entries of a list stay items."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    rows = [
        (72, "a. Scene security"), (108, "The first officer keeps the public away and notes who comes and who goes."),
        (72, "b. Photographs of injuries"), (108, "Each injury is photographed before it is treated, if that is safe."),
        (72, "c. Tools that count as force"), (108, "i. Baton"), (108, "ii. Spray"), (108, "iii. Dog"),
    ]  # fmt: skip
    for n, (x, text) in enumerate(rows):
        canvas.drawString(x, 700 - 28 * n, text)
    canvas.save()
    kinds = {b.text: b.kind for b in read_pdf(out.getvalue(), "lettered-titles", Limits(ocr=False)).blocks}
    assert [text for text, kind in kinds.items() if kind is BlockKind.HEADING] == [
        "Scene security",
        "Photographs of injuries",
    ]
    assert kinds["Baton"] is kinds["Tools that count as force"] is BlockKind.LIST_ITEM


LONG = "C. Reporting of the use of sprays, of nets and of rounds of any kind"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param((50, f"{LONG}."), True, id="a full stop"),
        pytest.param((50, f"{LONG}:"), True, id="a colon"),
        pytest.param((70, f"{LONG}."), False, id="at another margin"),
        pytest.param((50, f"{LONG}.".replace("C.", "D.")), False, id="not the next"),
        pytest.param((50, "C. Sprays are to be reported by the day's end."), False, id="a sentence"),
    ],
)
def test_what_ends_the_next_of_some_titles(last: tuple[float, str], expected: bool) -> None:
    """What would be a title but for its length and its end is one where titles of its numbering stand before it."""
    rows = [(50.0, "A. Scene security"), (70.0, f"1. {PROSE}"), (50.0, "B. Injuries"), (70.0, f"1. {PROSE}")]
    added = [last[1]] if expected else []
    assert titles(*rows, last, (70.0, f"1. {PROSE} {PROSE}")) == ["A. Scene security", "B. Injuries", *added]


@pytest.mark.parametrize(("page", "expected"), [(1, True), (2, False)])
def test_the_next_of_some_titles_over_a_table(page: int, expected: bool) -> None:
    """A table may stand below it, on its page."""
    drafts = stacked((50, "A. Scene security"), (70, f"1. {PROSE}"), (50, "B. Kinds of force"), (50, "Force"))
    drafts[-1].kind, drafts[-1].rows = BlockKind.TABLE, (("Force", "Report"),)
    drafts[-1].lines[0].page = page
    assert plain_titles.find(drafts) == ({0, 2} if expected else {0})


LEAD = "3. Reports are made in the order that is listed here:"


@pytest.mark.parametrize(
    ("above", "then", "items"),
    [
        pytest.param(LEAD, "b. Dogs are reported by their handlers.", {1}, id="led in, and the next is a sentence"),
        pytest.param(LEAD, "b. Dogs and horses", set[int](), id="led in, and the next is a title too"),
        pytest.param(LEAD, "c. Dogs are reported by their handlers.", set[int](), id="nothing comes next"),
        pytest.param(PROSE, "b. Dogs are reported by their handlers.", set[int](), id="no colon above"),
    ],
)
def test_the_first_of_a_list_that_a_colon_leads_in(above: str, then: str, items: set[int]) -> None:
    """It is an item although text stands below it, unless its neighbour is a title as it is."""
    drafts = stacked((50, above), (70, "a. Use of force"), (90, f"1. {PROSE}"), (70, then), (90, f"1. {PROSE}"))
    plainly = plain_titles.find(drafts)
    assert 1 in plainly
    assert plain_titles.items(drafts, plainly, plainly) == items


def test_a_title_with_a_colon_leads_nothing_in() -> None:
    """Below a title that ends with a colon the first of a numbering may be a title as well."""
    drafts = stacked((50, LEAD), (70, "a. Use of force"), (90, f"1. {PROSE}"), (70, "b. Dogs are reported by us."))
    plainly = plain_titles.find(drafts)
    assert plain_titles.items(drafts, plainly, {0, *plainly}) == set()
