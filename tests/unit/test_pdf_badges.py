"""A word such as "Policy" over its number in larger type is one title; what only looks so stays as it is."""

import pytest

from extractors.formats.pdf import badges
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.lines import lines_of
from extractors.records import BlockKind
from tests.support.layout import line, words

LARGE, SMALL = Style("Body", 26.0, bold=True), Style("Body", 12.0)


def drafts(
    word: str, number: str, *, x: float = 50, base: float = 128, style: Style = LARGE, page: int = 1
) -> list[Draft]:
    return [
        Draft(BlockKind.PARAGRAPH, [line(word, 60, 100, SMALL)]),
        Draft(BlockKind.PARAGRAPH, [line(number, x, base, style, page)]),
        Draft(BlockKind.PARAGRAPH, [line("Use of Force", 50, 180, LARGE)]),
    ]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(drafts("Policy", "300"), ["Policy 300", "Use of Force"], id="policy"),
        pytest.param(drafts("CHAPTER", "4.2"), ["CHAPTER 4.2", "Use of Force"], id="chapter"),
        pytest.param(drafts("Table", "300"), ["Table", "300", "Use of Force"], id="no kind of document"),
        pytest.param(drafts("Policy", "Manual"), ["Policy", "Manual", "Use of Force"], id="no number"),
        pytest.param(drafts("Policy", "300", style=SMALL), ["Policy", "300", "Use of Force"], id="of one size"),
        pytest.param(drafts("Policy", "300", x=200), ["Policy", "300", "Use of Force"], id="aside"),
        pytest.param(drafts("Policy", "300", base=170), ["Policy", "300", "Use of Force"], id="far below"),
        pytest.param(drafts("Policy", "300", base=80), ["Policy", "300", "Use of Force"], id="above"),
        pytest.param(drafts("Policy", "300", page=2), ["Policy", "300", "Use of Force"], id="on the next page"),
    ],
)
def test_a_word_over_its_number(found: list[Draft], said: list[str]) -> None:
    """The number is larger, right below, and counts a kind of document or a part of one."""
    assert [draft.said for draft in badges.join(found)] == said


@pytest.mark.parametrize("kind", [BlockKind.FURNITURE, BlockKind.FOOTNOTE])
def test_what_stands_beside_the_text_is_no_badge(kind: BlockKind) -> None:
    """A running head over a number is not its title."""
    found = drafts("Policy", "300")
    found[0].kind = kind
    assert len(badges.join(found)) == 3


@pytest.mark.parametrize(
    ("style", "gap", "labels"),
    [
        pytest.param(LARGE, 140, ["", ""], id="a badge"),
        pytest.param(LARGE, 100, ["300"], id="a large number near its title"),
        pytest.param(SMALL, 70, ["300"], id="a number behind a tab"),
    ],
)
def test_a_number_far_larger_than_the_words_beside_is_not_theirs(style: Style, gap: float, labels: list[str]) -> None:
    """A wide gap is measured by the words that a number would count, not by a number in a badge."""
    number = words("300", 50, 100, style)
    made = lines_of([*number, *words("Policy Manual", number[0].x1 + gap, 100, SMALL)])
    assert [found.label for found in made] == labels
