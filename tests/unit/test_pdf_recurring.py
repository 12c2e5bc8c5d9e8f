"""Titles in plain type with a colon, which come again below each section."""

import pytest

from extractors.formats.pdf import headings
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, Style
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.formats.pdf.recurring import find, may_title
from extractors.records import BlockKind
from tests.support.layout import line

BOLD = Style("Body", 10.0, bold=True)
SET = ("Approved Use:", "Level of Control:", "Training Requirements:")


def drafts_of(*said: str, gap: float = 24.0) -> list[Draft]:
    """Each line over two lines of prose, with a space above it; "=" opens a section in bold."""
    top = 100.0
    rows: list[Line] = []
    for text in said:
        top += gap
        rows.append(line(text.strip("="), 50, top, BOLD if text[0] == "=" else Style("Body", 10.0)))
        for words in ("and then the force wrote down what it did then", "which nobody had asked for in all that time."):
            top += 14 if text[0] != "=" else 0
            rows += [line(words, 60, top)] if text[0] != "=" else []
    return paragraphs_of(rows)


def titles(drafts: list[Draft]) -> list[str]:
    return [drafts[place].said for place in sorted(find(drafts))]


def test_a_set_of_titles_that_comes_again() -> None:
    """Three that come again below two sections are titles, once is none."""
    again = drafts_of("=A. Batons", *SET, "=B. Sprays", *SET, "Storage Requirements:")
    assert titles(again) == [*SET, *SET]
    assert titles(drafts_of(*SET, *SET[:2])) == []
    assert titles(drafts_of("Proof Of It:", "Proof Of It:", "Proof Of It:", "Proof Of It:")) == []


def test_entries_of_a_form_are_no_titles() -> None:
    """Without space above most of them, they are labels of a form."""
    assert titles(drafts_of(*SET, *SET, gap=12.5)) == []


def test_a_label_beside_its_text_is_no_title() -> None:
    """Text of its own begins on the line below."""
    rows = [line(said, 50, 100 + 40 * n) for n, said in enumerate([*SET, *SET])]
    beside = [line("what the force wrote down", 250, 100 + 40 * n) for n in range(6)]
    drafts = [draft for pair in zip(rows, beside, strict=True) for part in pair for draft in paragraphs_of([part])]
    assert titles(drafts) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Tactical Considerations:", True, id="title case"),
        pytest.param("Level of Control:", True, id="small words"),
        pytest.param("The officer shall:", False, id="what leads in a list"),
        pytest.param("Officers May Use Force When:", False, id="a sentence in title case"),
        pytest.param("This Includes:", False, id="another that leads in"),
        pytest.param("Tactical considerations:", False, id="small letters"),
        pytest.param("Tactical Considerations", False, id="no colon"),
        pytest.param("One Two Three Four Five Sixth Seven Eighth:", False, id="many words"),
        pytest.param("a. Tactical Considerations:", False, id="a label"),
    ],
)
def test_what_may_be_such_a_title(said: str, expected: bool) -> None:
    """A few words in title case with a colon, without label or words of sentences."""
    (draft,) = paragraphs_of([line(said, 50, 100)])
    assert may_title(draft) is expected


def test_they_stand_below_the_sections_they_divide() -> None:
    """Set weaker than the bold section, on the next level."""
    drafts = drafts_of("=TACTICS", "=A. Batons", *SET, "=B. Sprays", *SET)
    headings.mark(drafts)
    levels = [d.level for d in drafts if d.kind is BlockKind.HEADING]
    assert levels == [1, 2, 3, 3, 3, 2, 3, 3, 3]
