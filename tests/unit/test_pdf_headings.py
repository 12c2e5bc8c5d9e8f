"""Which blocks are titles, though set in the type of the text."""

import pytest

from extractors.formats.pdf import headings
from extractors.formats.pdf.geometry import Line, Style, Word
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line, texts, words

BOLD = Style("Body", 10.0, bold=True)
TITLED = [
    pytest.param("4.5 Reporting requirements", "4.5.1 Any employee who fires reports it.", 50, True, id="numbered"),
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
