"""Lists without bullets, numbers or space between their entries."""

from collections.abc import Sequence

import pytest

from extractors.formats.pdf.geometry import Line, Style
from extractors.formats.pdf.listings import parted
from extractors.formats.pdf.paragraphs import listed, paragraphs_of
from tests.support.layout import line, texts

NAMES = ["Rosalind Ashgrove, chair of the board", "Peter Marsh", "Dr Imogen Vale", "The North Trust", "Owen Tarn"]
FLOWING = [
    "The board met in June and again in the",
    "August that followed, when Peter Marsh",
    "Imogen Vale and all of the others had to",
    "Sit for three days and hear the evidence",
]
BODY = Style("Body", 10.0)


def stacked(rows: list[str], x: float = 50, style: Style = BODY) -> list[Line]:
    return [line(text, x, 100 + 12 * n, style) for n, text in enumerate(rows)]


def test_names_without_bullets_are_an_entry_each() -> None:
    """Lines that each end although the next word would have fitted are entries; the longest one too."""
    assert texts(listed(paragraphs_of(stacked(NAMES)), 10)) == NAMES


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        pytest.param(FLOWING, BODY, id="lines that end because they are full"),
        pytest.param([*NAMES[:3], "and others"], BODY, id="a line that begins within a sentence"),
        pytest.param(NAMES[:3], BODY, id="too few to tell"),
        pytest.param([*NAMES[:4], "12 Mill Street"], BODY, id="an address"),
        pytest.param(NAMES, Style("Body", 10.0, bold=True), id="a title in bold"),
        pytest.param(NAMES, Style("Body", 16.0), id="a title in large type"),
    ],
)
def test_what_stays_one_block(rows: list[str], style: Style) -> None:
    """Flowing text, titles over several lines and addresses are not cut."""
    made = stacked(rows, style=style)
    assert len(parted(made, 10, made)) == 1


EDGE = "The members of the board who heard all of the evidence that was given in the year"


def column_of(*blocks: list[Line]) -> list[Line]:
    """Lines of a column whose right edge two full lines show, and these blocks."""
    return [*stacked([EDGE, EDGE]), *(made for block in blocks for made in block)]


def below(rows: Sequence[tuple[str, float]]) -> list[Line]:
    return [line(text, x, 200 + 12 * n) for n, (text, x) in enumerate(rows)]


def test_an_entry_that_wraps_within_the_column() -> None:
    """Where the column's edge is known, an entry goes on in small letters or in a word that would not have fitted."""
    rows = ["Rosalind Ashgrove", "Peter Marsh, who is the chair of the trust that was named in the first report and",
            "council", "Dr Imogen Vale", "Owen Tarn"]  # fmt: skip
    made = below([(text, 50) for text in rows])
    assert [len(part) for part in parted(made, 10, column_of(made))] == [1, 2, 1, 1]


def test_lines_that_all_end_early_are_entries_by_the_column() -> None:
    """Beside a full column even the longest of some short lines ends on purpose."""
    made = below([(f"{name} Ashgrove", 50) for name in ("Rosalind", "Rosamund", "Rosalynn", "Rosaline")])
    assert len(parted(made, 10, column_of(made))) == 4


@pytest.mark.parametrize(("before", "parts"), [("The members were:", 2), ("The members", 1)])
def test_a_colon_leads_in_a_short_list(before: str, parts: int) -> None:
    """After a colon two short lines are entries; elsewhere they may be a name and an office."""
    made = below([("Rosalind Ashgrove", 50), ("Peter Marsh", 50)])
    column = [*column_of(made), line(before, 50, 180)]
    assert len(parted(made, 10, column)) == parts


def test_a_long_list_may_hold_an_address() -> None:
    """One address among many names does not make them one address."""
    rows = [*NAMES, "Mill Street Trust", "Ines Holt", "Adam Wray", "Ruth Penn"]
    made = stacked(rows)
    assert len(parted(made, 10, made)) == len(rows)


def test_many_lines_that_all_begin_as_entries() -> None:
    """Of six such lines half need to end early; an indented one goes on with the entry above."""
    rows = [("2-52-1: Purpose", 50), ("2-52-2: Policy", 50), ("2-52-3: Reporting and supervisory", 50),
            ("Investigations", 90), ("2-52-4: Definitions", 50), ("A: Use", 70), ("B: Force", 70)]  # fmt: skip
    made = below(rows)
    assert [len(part) for part in parted(made, 10, made)] == [1, 1, 2, 1, 1, 1]


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        pytest.param([("Peter Marsh", 50), ("Member of the board of the trust until the year end", 80)], 2, id="name"),
        pytest.param([("Definition 4", 50), ("Sets of which each is open are called topologies here,", 80),
                      ("as before.", 80)], 2, id="term"),
        pytest.param([("Ashgrove, R. On the use of force in custody suites and cells", 50), ("Northshire 2011", 80)], 1,
                     id="a reference that fills its line"),
        pytest.param([("Peter Marsh", 50), ("who was a member of the board of the trust", 80)], 1, id="goes on"),
        pytest.param([("Peter Marsh,", 50), ("Member of the board of the trust until then", 80)], 1, id="comma"),
    ],
)  # fmt: skip
def test_a_short_line_over_text_set_in(rows: list[tuple[str, float]], parts: int) -> None:
    """A name or term that hangs out over what is said of it is a block of its own, and that text titles nothing."""
    made = below(rows)
    assert len(parted(made, 10, column_of(made))) == parts
    drafts = listed(paragraphs_of([*column_of(), *made]), 10)
    assert [draft.entry for draft in drafts][-1] is (parts == 2)


def test_centred_lines_stay_together() -> None:
    """A centred caption of several lines is one block."""
    made = below([("Chart of the airfield in use", 100), ("Credit: Northshire", 125), ("Not to be used", 135)])
    centred = [line(part.text, 170 - (part.x1 - part.x0) / 2, part.base) for part in [*made, line("At all", 1, 236)]]
    assert len(parted(centred, 10, column_of(centred))) == 1


def test_an_entry_that_fills_its_line_goes_on_below() -> None:
    """Where the column's edge shows in other lines, a line that reaches it wraps; where none does, it is an entry."""
    rows = [*NAMES[1:], "Rosalind Ashgrove, member of the board of", "Northshire (12)"]
    made, other = stacked(rows), line("An entry above that reaches the right edge", 50, 70)
    assert [len(part) for part in parted(made, 10, [other, *made])] == [1, 1, 1, 1, 2]
    assert [len(part) for part in parted(made, 10, made)] == [1] * 6


def test_items_that_lost_their_bullets() -> None:
    """A line that ends early with a semicolon ends an item, whatever the next begins with but a bracket."""
    rows = ["obtaining sleep;", "training;", "(all by May)", "monitoring for fatigue while on duty, by lists"]
    assert [len(part) for part in parted(stacked(rows), 10, [])] == [1, 3]


def test_sentences_that_each_begin_a_line() -> None:
    """A sentence that leaves much of the measure empty ends its block; under a number it stays in its item."""
    rows = ["An audit was completed.", "A draft manual was completed and awaits approval for", "implementation."]
    assert [len(part) for part in parted(stacked(rows), 10, [])] == [1, 2]
    numbered = stacked(rows)
    numbered[0].label = "1."
    assert [len(part) for part in parted(numbered, 10, [])] == [3]


FULL = "The officer writes down what was done and gives the paper to the sergeant on duty"
RUNS_ON = "who keeps it with the others until the end of the year in which it was put down"


@pytest.mark.parametrize(
    ("last", "following", "parts"),
    [
        pytest.param("The unit keeps a copy. (4.2.c)", "The form is not given away.", 2, id="a reference behind"),
        pytest.param("The unit keeps a copy. [see 4.2]", "The form is not given away.", 2, id="in square brackets"),
        pytest.param("It is read by the sergeant and the captain before the end.", "It stays.", 2, id="a fifth empty"),
        pytest.param(
            "The unit keeps a copy, which it files by its own date and its own number.", "It is.", 1, id="a tenth"
        ),
        pytest.param("The unit keeps a copy", "The Form is not given to others.", 1, id="no sentence ends"),
        pytest.param("The unit (and no other)", "The Form is given to.", 1, id="brackets within a sentence"),
        pytest.param("The unit keeps a copy.", "and the form is not given to others.", 1, id="the sentence runs on"),
        pytest.param("It is read by the sergeant and the captain at noon.", "M" * 60, 1, id="a word without room"),
    ],
)
def test_paragraphs_without_gap_or_indent(last: str, following: str, parts: int) -> None:
    """A paragraph ends with a sentence that leaves room for the next word; a tenth may be left empty by hand."""
    rows = stacked([FULL, RUNS_ON, last, following, RUNS_ON])
    assert len(listed(paragraphs_of(rows), 10)) == parts


def test_entries_that_hang_out() -> None:
    """A line back at the margin begins the next entry, though the one before ends without a stop."""
    rows = [("Ashgrove, R. The use of force", 50), ("Northshire Press 2011", 70), ("Vale, I. On custody", 50)]
    made = [line(text, x, 100 + 12 * n) for n, (text, x) in enumerate(rows)]
    assert len(paragraphs_of(made)) == 2
    onwards = [*made[:2], line("which is in print", 50, 124)]
    assert len(paragraphs_of(onwards)) == 1


@pytest.mark.parametrize(
    ("first", "number", "blocks"),
    [
        pytest.param("d. An officer shall comply with the provisions in GO", "522.02 Emergency care.", 1, id="wrapped"),
        pytest.param("d. An officer shall comply with all the provisions.", "522.02 Emergency care.", 2, id="ended"),
        pytest.param("d. An officer shall", "522.02 Emergency care, as all of the orders have", 2, id="not full"),
    ],
)
def test_a_number_within_an_item(first: str, number: str, blocks: int) -> None:
    """Below an item's full first line, at the place where its text begins, a number is a word of its sentence."""
    made = line(first, 50, 100)
    below = line(number, made.words[1].x0, 112)
    assert len(paragraphs_of([made, below])) == blocks


def test_entries_that_open_with_one_word_and_a_figure() -> None:
    """Where most lines open so, each such line is an entry, also below one that is full."""
    rows = [
        "Manual of rules and standing orders, parts 1.01 and 2.12 and 4.05 and all that goes beyond",
        "Order 12.140, Dogs",
        "Order 12.150, Plan for the control of disorder in the gaols of the northern and western and",
        "Adult part", "Order 12.155, Young people", "Order 12.170, Disorder", "Order 12.536, Pursuit on foot",
    ]  # fmt: skip
    made = below([(text, 50) for text in rows])
    assert [len(part) for part in parted(made, 10, column_of(made))] == [1, 1, 2, 1, 1, 1]


def test_sentences_that_open_with_a_word_and_a_figure_now_and_then() -> None:
    """A few lines that happen to begin so make no list."""
    rows = [
        "Section 12 was read to the witness, who said that nobody had told her of it before the",
        "Section 13 hearing", "began, and that the others", "knew of neither",
    ]  # fmt: skip
    made = below([(text, 50) for text in rows])
    assert len(parted(made, 10, column_of(made))) == 1
