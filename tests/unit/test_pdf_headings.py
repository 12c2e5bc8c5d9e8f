"""Which blocks are titles, though set in the type of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import headings, underlines
from extractors.formats.pdf.geometry import Line, Shape, Style, Word
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line, texts, words

BOLD = Style("Body", 10.0, bold=True)
TITLED = [
    pytest.param("4.5 Reporting requirements", "4.5.1 Any employee who fires reports it.", 50, True, id="numbered"),
    pytest.param(
        "4.5 Reporting requirements", "4.5.6 Any employee who fires reports it.", 50, False, id="not the first"
    ),
    pytest.param("7) Jail restraint options", "7.1.2.6 JAIL RESTRAINT", 50, False, id="an item before a section"),
    pytest.param("4.5 Reporting requirements", "4.6 Any employee who fires reports it.", 50, False, id="a sibling"),
    pytest.param("D. Jail Restraint Options", "1. Now and then a prisoner is held.", 70, True, id="title case, set in"),
    pytest.param("D. Jail Restraint Options", "E. Use of Neck Restraints", 50, False, id="title case, a sibling"),
    pytest.param("D. Jail restraint options are", "1. Now and then a prisoner is held.", 70, False, id="a sentence"),
    pytest.param("D. Jail Restraint Options.", "1. Now and then a prisoner is held.", 70, False, id="a full stop"),
]


@pytest.mark.parametrize(("title", "text", "x", "expected"), TITLED)
def test_titles_in_plain_type(title: str, text: str, x: float, expected: bool) -> None:
    """A numbered line titles what is numbered below it, or, in title case, what is set in below it."""
    drafts = paragraphs_of([line(title, 50, 100), line(text, x, 112)])
    assert headings.titles_numbered(*drafts) is expected


def test_titles_in_plain_type_are_no_chapters() -> None:
    """However small its number, a title in the type of the text stands below the titles that are set larger."""
    rows = [line("Custody", 50, 70, Style("Body", 18.0)), line("(2) Jail Restraint Options", 50, 100)]
    drafts = paragraphs_of([*rows, *(line("prose that goes on for a while here", 70, 125 + 12 * n) for n in range(5))])
    headings.mark(drafts)
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == [1, 2]


def test_a_bold_title_whose_number_is_plain() -> None:
    """It ends where plain type begins, as one that is bold throughout does."""
    title = Line(words("III.", 50, 100) + words("RESTRAINTS", 80, 100, BOLD)).measured()
    assert texts(paragraphs_of([title, line("Level of control:", 80, 112)])) == ["III. RESTRAINTS", "Level of control:"]


def test_a_remark_in_small_type_stays_in_its_paragraph() -> None:
    """A last line that small type outweighs goes on where it begins in the size of the text; small print does not."""
    small = Style("Body", 8.0)
    above = Line(words("the employee will be placed on leave for the", 50, 100)).measured()
    last = Line([*words("tour.", 50, 112), *words("(Revised 06-04-04) (A 01.3.2)", 80, 112, small)]).measured()
    note = Line(words("Sources: the annual returns", 50, 112, small)).measured()
    assert [len(paragraphs_of([above, below])) for below in (last, note)] == [1, 2]


def test_a_number_whose_full_stop_is_in_another_type() -> None:
    """It is a number all the same."""
    stop = Word(".", 55, 92, 57, 102, 100, Style("Italic", 10.0, italic=True), glued=True)
    (made,) = lines_of([*words("4", 50, 100), stop, *words("When force was used", 66, 100)])
    assert [d.label for d in paragraphs_of([made])] == ["4."]


def rule(x0: float, x1: float, top: float, height: float = 0.6) -> Shape:
    return Shape(x0, top, x1, top + height, filled=True)


UNDER = [
    pytest.param([rule(50, 137, 101)], True, id="from end to end"),
    pytest.param([rule(50, 90, 101), rule(90, 137, 101)], True, id="in pieces"),
    pytest.param([rule(50, 80, 101)], False, id="one word of it"),
    pytest.param([rule(20, 400, 101)], False, id="a rule across the page"),
    pytest.param([rule(50, 137, 106)], False, id="a rule that stands off"),
    pytest.param([rule(50, 137, 94)], False, id="struck through"),
    pytest.param([rule(50, 137, 98, height=9)], False, id="a box"),
    pytest.param([], False, id="nothing"),
]


@pytest.mark.parametrize(("shapes", "expected"), UNDER)
def test_what_is_underlined(shapes: list[Shape], expected: bool) -> None:
    """A line is underlined where rules run under all of its words and hardly beyond them."""
    made = line("Use of force range", 50, 100)
    underlines.mark([made], shapes)
    assert made.underlined is expected


BLUE = Style("Body", 10.0, colour=(0, 0, 200))


@pytest.mark.parametrize(
    ("title", "style", "expected"),
    [
        pytest.param("Firearms guidelines", Style("Body", 10.0), True, id="a title"),
        pytest.param("Firearms guidelines", BLUE, False, id="a link"),
        pytest.param("https://example.org/guidelines", Style("Body", 10.0), False, id="an address"),
        pytest.param("Officers are trained.", Style("Body", 10.0), False, id="a sentence"),
        pytest.param("- Firearms guidelines", Style("Body", 10.0), False, id="an item"),
    ],
)
def test_underlined_titles(title: str, style: Style, expected: bool) -> None:
    """A short block that is underlined throughout, in the colour of the text, titles what is not underlined."""
    made = line(title, 50, 100, style)
    made.underlined = True
    text = [line("Officers should use a firearm as a last resort", 50, 130 + 12 * n) for n in range(4)]
    first, *rest = paragraphs_of([made, *text])
    assert headings.underlined(first, rest[0], headings.body_look(rest)) is expected


def test_a_numbered_title_in_capitals_right_above_its_text() -> None:
    """It is a block of its own, and a heading, without any space below it; capitals that run on are not."""
    text = [line("The proper use of the hold may be effective in restraining", 50, 112), line("a person.", 50, 124)]
    drafts = paragraphs_of([line("300.3.4 CAROTID CONTROL HOLD", 50, 100), *text])
    headings.mark(drafts)
    assert [d.kind for d in drafts] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert (
        len(paragraphs_of([line("1. USE OF FORCE IS USUALLY REACTIONARY, AND OFFICERS ARE TOLD", 50, 100), text[1]]))
        == 1
    )


@pytest.mark.parametrize(
    ("rest", "gap", "label"),
    [
        pytest.param("- 3.4", 20, "304.2 - 3.4", id="in two parts"),
        pytest.param("- 5", 20, "304.2 - 5", id="one figure"),
        pytest.param("- 3.4", 2, "304.2", id="no gap: a range in a sentence"),
        pytest.param("and 3.4", 20, "304.2", id="two numbers"),
    ],
)
def test_numbers_in_two_parts(rest: str, gap: float, label: str) -> None:
    """An order's number and the section's within it are one printed number."""
    number = words(f"304.2 {rest}", 50, 100)
    made = Line(number + words("Use of force", number[-1].x1 + gap, 100)).measured()
    assert [d.label for d in paragraphs_of([made])] == [label]


def test_a_small_remark_on_a_line_of_its_own() -> None:
    """In brackets and flush with the text above, it ends that paragraph; any other small line is apart."""
    small = Style("Body", 8.0)
    above = line("the review will be sent to the Chief for the file.", 50, 100)
    below = [
        line(text, x, 112, small)
        for text, x in (("(Revised 06-04-04)", 50), ("Revised 06-04-04", 50), ("(a note)", 90))
    ]
    assert [len(paragraphs_of([above, made])) for made in below] == [1, 2, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The government accepts this recommendation.", False, id="a sentence"),
        pytest.param("The government accepts this recommendation", True, id="without a stop"),
        pytest.param("Authorised Use of Deadly Force.", True, id="title case"),
        pytest.param("Medical attention.", True, id="two words"),
        pytest.param("How well the governments communicated with people.", True, id="a question"),
        pytest.param("4. Officers should write down each use of force.", True, id="numbered"),
        pytest.param("5. Remember that:", False, id="a clause that a list ends"),
        pytest.param("THIS REPORT IS BEING SENT TO:", True, id="the label of a form"),
    ],
)
def test_a_bold_sentence_is_no_heading(text: str, expected: bool) -> None:
    """What is said in bold, as answers to recommendations are, is text; what names the text below is a heading."""
    (draft,) = paragraphs_of([line(text, 50, 100, BOLD)])
    assert headings.is_heading(draft, 10.0, bold_counts=True) is expected


@pytest.mark.parametrize(("size", "expected"), [(24.0, True), (12.0, False)])
def test_a_title_of_many_lines(size: float, expected: bool) -> None:
    """On covers, in very large type, a title may have more lines than a heading."""
    style = Style("Body", size)
    (draft,) = paragraphs_of([line("the answer to a report", 50, 100 + 1.2 * size * n, style) for n in range(7)])
    assert headings.is_heading(draft, 10.0, bold_counts=True) is expected


@given(st.lists(st.integers(1, 6) | st.none(), max_size=12))
def test_no_level_is_left_out(levels: list[int | None]) -> None:
    """From the first on each level is used, and what stood deeper still does."""
    drafts = paragraphs_of([line(f"Title {n}", 50, 100 + 40 * n, BOLD) for n in range(len(levels))])
    for draft, level in zip(drafts, levels, strict=True):
        draft.level = level
    headings.close_gaps(drafts)
    closed = [draft.level for draft in drafts if draft.level is not None]
    before = [level for level in levels if level is not None]
    assert sorted(set(closed)) == list(range(1, 1 + len(set(before))))
    assert [a < b for a in closed for b in closed] == [a < b for a in before for b in before]


def test_a_number_of_many_parts_is_one_level_below_its_chapter() -> None:
    """As orders of police forces number their sections: 3.00.00.010 right below a chapter without a number."""
    rows = [line("TACTICS", 50, 70, Style("Body", 18.0, bold=True)), line("3.00.00.010 Restraint", 50, 100, BOLD)]
    drafts = paragraphs_of([*rows, *(line("prose that goes on for a while here", 50, 125 + 12 * n) for n in range(5))])
    headings.mark(drafts)
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == [1, 2]


@pytest.mark.parametrize(
    ("front", "size", "between", "levels"),
    [
        pytest.param(["PURPOSE", "VALUES", "FORMS"], 11.0, "", [1, 1, 1, 1, 1, 1], id="hardly smaller, after several"),
        pytest.param(["PURPOSE", "VALUES", "FORMS"], 10.0, "", [1, 1, 1, 2, 2, 2], id="clearly smaller"),
        pytest.param(["PURPOSE"], 11.0, "", [1, 2, 2, 2], id="after one"),
        pytest.param(["PURPOSE", "VALUES", "Forms in use"], 11.0, "", [1, 1, 2, 3, 3, 3], id="not all in capitals"),
        pytest.param(["PURPOSE", "VALUES"], 11.0, "FORMS", [1, 1, 2, 1, 2, 2], id="among the larger ones"),
    ],
)
def test_titles_that_go_on_a_little_smaller(front: list[str], size: float, between: str, levels: list[int]) -> None:
    """Titles in capitals that go on hardly smaller behind a front page stand beside those on it."""
    then = ["REPORTS", "WEAPONS", "TRAINING"]
    rows = [(title, 12.0) for title in front] + [(title, size) for title in then]
    if between:
        rows.insert(len(front) + 1, (between, 12.0))
    drafts = [
        draft
        for n, (title, points) in enumerate(rows)
        for draft in paragraphs_of(
            [
                line(title, 50, 100 + 60 * n, Style("Bold", points, bold=True)),
                line("prose that goes on for a while here.", 50, 130 + 60 * n, Style("Body", 9.0)),
            ]
        )
    ]
    headings.mark(drafts)
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == levels
