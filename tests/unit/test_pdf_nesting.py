"""Headings in one type whose numbering tells how they nest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import headings, nesting
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line

BOLD = Style("Body", 10.0, bold=True)


def made(labels: list[str], levels: list[int] | None = None) -> list[Draft]:
    """Headings with these labels, all of one level unless told otherwise."""
    drafts: list[Draft] = []
    for n, label in enumerate(labels):
        (draft,) = paragraphs_of([line(f"{label} Ashgrove".strip(), 50, 100 + 40 * n)])
        assert draft.label == label
        draft.level = levels[n] if levels else 1
        drafts.append(draft)
    return drafts


NESTED = [
    pytest.param(["IV.", "A.", "B.", "V."], [1, 2, 2, 1], id="letters under Roman figures"),
    pytest.param(["1.", "A.", "B.", "2."], [1, 2, 2, 1], id="letters under figures, since they begin there"),
    pytest.param(["A.", "1.", "a.", "B.", "1."], [1, 2, 3, 1, 2], id="three schemes"),
    pytest.param(["II.", "4.", "III."], [1, 2, 1], id="the first three are no headings"),
    pytest.param(["G.", "H.", "I.", "J."], [1, 1, 1, 1], id="I. after H. is a letter"),
    pytest.param(["G.", "I.", "J."], [1, 1, 1], id="I. after G. too"),
    pytest.param(["I.", "II.", "III."], [1, 1, 1], id="I. before II. is Roman"),
    pytest.param(["B.", "C.", "D."], [1, 1, 1], id="C. and D. are letters"),
    pytest.param(["5.5", "5.5.1", "5.6", "5.6.1"], [1, 2, 1, 2], id="numbers in parts"),
    pytest.param(["5.5", "6.5.1"], [1, 1], id="numbers in parts that are not each other's"),
    pytest.param(["1.2", "(a)", "1.3"], [1, 1, 1], id="numbers in parts have their own depth"),
]


@pytest.mark.parametrize(("labels", "expected"), NESTED)
def test_numbering_nests_headings_of_one_type(labels: list[str], expected: list[int]) -> None:
    """A heading that divides another's numbering stands one below it; the next of the outer scheme closes it."""
    drafts = made(labels)
    nesting.nest(drafts, {})
    assert [d.level for d in drafts] == expected


def test_a_larger_heading_closes_the_schemes_below_it() -> None:
    """After a new chapter, A. divides nothing that stands before it; after a sub-heading it goes on."""
    drafts = made(["IV.", "A.", "", "A."], [2, 2, 1, 2])
    nesting.nest(drafts, {})
    assert [d.level for d in drafts] == [2, 3, 1, 2]
    drafts = made(["IV.", "A.", "", "B."], [2, 2, 5, 2])
    nesting.nest(drafts, {})
    assert [d.level for d in drafts] == [2, 3, 5, 3]


def test_what_is_set_stronger_divides_nothing() -> None:
    """A bold or larger number after a letter in plain type stays at the level of its type."""
    for style in (BOLD, Style("Body", 14.0)):
        (chapter,) = paragraphs_of([line("5. Redress", 50, 400, style)])
        chapter.level = 1
        drafts = [*made(["a.", "b."], [4, 4]), chapter]
        nesting.nest(drafts, {})
        assert [d.level for d in drafts] == [4, 4, 1]


def test_the_outline_has_the_first_word() -> None:
    """A level that the document's own outline gives is not changed, and what follows nests below it."""
    drafts = made(["IV.", "A.", "1."])
    nesting.nest(drafts, {id(drafts[1]): 1})
    assert [d.level for d in drafts] == [1, 1, 2]


@given(
    st.lists(st.sampled_from(["I.", "II.", "IV.", "A.", "B.", "C.", "1.", "2.", "a.", "b.", "(1)", "(a)"]), max_size=30)
)
def test_levels_are_only_lowered(labels: list[str]) -> None:
    """Whatever the labels, no heading comes to stand above its type's level, and none too deep to print."""
    drafts = made(labels)
    nesting.nest(drafts, {})
    assert all(1 <= (d.level or 0) <= 6 for d in drafts)


def test_letters_below_roman_figures_in_a_document() -> None:
    """In bold of one size, with text between, as orders have them."""
    rows = [line(t, 50, 100 + 60 * n, BOLD) for n, t in enumerate(["IV. Procedure", "A. Reports", "B. Reviews"])]
    prose = [line("and then the force wrote down what it did", 50, 124 + 60 * n) for n in range(3)]
    drafts = paragraphs_of([part for pair in zip(rows, prose, strict=True) for part in pair])
    headings.mark(drafts)
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == [1, 2, 2]
