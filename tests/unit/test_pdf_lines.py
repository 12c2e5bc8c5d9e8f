"""Lines from words, and paragraphs from lines: what begins one, and what goes on."""

import pytest

from extractors.formats.pdf.geometry import Line, Style, Word
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line, words

BOLD = Style("Body", 10.0, bold=True)


def test_words_of_one_baseline_make_a_line() -> None:
    """Words drawn out of order still make one line, left to right."""
    late, early = words("force acted", 80, 100), words("The", 50, 100)
    late[0].x0, late[0].x1 = 68, 93
    assert [made.text for made in lines_of(late[:1] + early)] == ["The force"]


def test_a_number_far_from_its_text_is_its_label() -> None:
    """A printed number by itself is attached to the text on its right."""
    made = lines_of(words("4.17", 50, 100) + words("The officer ran.", 110, 100))
    assert [(m.label, m.text_x0) for m in made] == [("4.17", 110)]


@pytest.mark.parametrize(
    ("aside", "text"),
    [
        pytest.param(0.4, "Tips", id="a hair aside"),
        pytest.param(0.0, "Tips", id="in the very place"),
        pytest.param(2.0, "TTiippss", id="as wide as a letter"),
    ],
)
def test_letters_drawn_twice(aside: float, text: str) -> None:
    """What thickens a letter is no letter of its own."""
    drawn = [w for n, part in enumerate("Tips") for x in (0, aside) for w in words(part, 50 + 5 * n + x, 100)]
    assert "".join(word.text for made in lines_of(drawn) for word in made.words) == text


@pytest.mark.parametrize(
    ("label", "text", "following", "told"),
    [
        pytest.param("3.", 150, 90, True, id="the text goes on between number and text"),
        pytest.param("(b)", 150, 90, True, id="a letter"),
        pytest.param("3.", 150, 150, False, id="a column begins there"),
        pytest.param("3.", 150, 50, False, id="the next line stands under the number"),
        pytest.param("3.", 240, 90, False, id="farther than any tab"),
        pytest.param("12", 150, 90, False, id="a bare figure"),
    ],
)
def test_a_number_that_a_tab_sets_off(label: str, text: float, following: float, told: bool) -> None:
    """A number is its text's label over a wide gap too where the next line shows that no column begins there."""
    found = [*words(label, 50, 100), *words("Officers carry the device", text, 100)]
    made = lines_of([*found, *words("in a holster that is approved by the force and its chief", following, 112)])
    assert (made[0].label == label) is told


def test_a_raised_figure_is_marked() -> None:
    """A smaller figure above the baseline is a note mark, not a number of the sentence."""
    mark = Word("3", 105, 92, 108, 98, 96, Style("Body", 6.0), glued=True)
    made = lines_of([*words("harm occurred", 40, 100)[:2], mark])
    assert [w.raised for w in made[0].words] == [False, False, True]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("The officer ran on", 50, 100), ("and fell down.", 50, 112)], 1, id="wrapped line"),
        pytest.param([("The officer ran.", 50, 100), ("She fell down.", 50, 130)], 2, id="gap"),
        pytest.param([("1.1 The officer ran.", 50, 100), ("1.2 She fell down.", 50, 112)], 2, id="numbers"),
        pytest.param([("• first matter", 50, 100), ("• second matter", 50, 112)], 2, id="bullets"),
        pytest.param(
            [("It considered section", 50, 100), ("2.4 of the guide.", 50, 112)], 1, id="a figure that only wraps"
        ),
    ],
)
def test_paragraphs(rows: list[tuple[str, float, float]], expected: int) -> None:
    """A gap, a printed number or a bullet opens a block; other lines join the one above."""
    assert len(paragraphs_of([line(*row) for row in rows])) == expected


def test_a_figure_as_far_from_its_word_as_all_words_are() -> None:
    """In lines whose blanks are wide a figure that begins one is a word; after a tab it is a number."""
    wide = [w for n, text in enumerate(["60", "hours", "of", "rest"]) for w in words(text, 50 + 40 * n, 112)]
    for word in wide:
        word.x1 = word.x0 + 33  # seven points to the next
    above = line("the officers were given", 50, 100)
    assert len(paragraphs_of([above, Line(wide).measured()])) == 1
    wide[0].x1 = wide[0].x0 + 10
    assert len(paragraphs_of([line("the officers were given", 50, 100), Line(wide).measured()])) == 2


@pytest.mark.parametrize(
    ("above", "bold", "blocks"),
    [
        pytest.param("the force may act only", "where the officer has", 1, id="emphasis within a sentence"),
        pytest.param(
            "the officer shall write a", "Report of Force (see above)", 1, id="a name that an article leads to"
        ),
        pytest.param("the risk of harm has ended;", "AND", 1, id="what stands between two items"),
        pytest.param("the force may act.", "where the officer has", 2, id="a sentence that ended"),
        pytest.param("the force may act only", "Where the officer has", 2, id="a title"),
    ],
)
def test_emphasis_that_begins_with_a_line(above: str, bold: str, blocks: int) -> None:
    """A bold line opens a block but where a sentence only goes on in bold."""
    made = [line("It is laid down that", 50, 100), line(above, 50, 112), line(bold, 50, 124, BOLD)]
    assert len(paragraphs_of(made)) == blocks


def test_a_hanging_item_keeps_its_lines() -> None:
    """Lines set in under a lettered item belong to it, and the item is a list item with its letter."""
    drafts = paragraphs_of(
        [line("(a) The force should", 50, 100), line("act at once.", 68, 112), line("(b) It should report.", 50, 124)]
    )
    assert [(d.label, d.kind) for d in drafts] == [("(a)", BlockKind.LIST_ITEM), ("(b)", BlockKind.LIST_ITEM)]
