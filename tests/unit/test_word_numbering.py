"""Numbers of Word documents, which no text of the file holds: counted as Word counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.word.numbering import Label, Level, List, Numbering, written
from tests.support.word_files import made, p, seen


def test_automatic_numbers() -> None:
    """Numbers that Word makes are read as printed, whether asked for by the paragraph or by its style."""
    data = made(
        p("Background", "H1", num=(1, 0))
        + p("The force was asked.", "Numbered")
        + p("It had:", "Numbered")
        + p("no log", num=(1, 2))
        + p("no review", num=(1, 2))
        + p("It had said so.", "Numbered")
        + p("Findings", "H1", num=(1, 0))
        + p("Nothing was done.", "Numbered")
        + p("late", num=(2, 0))
        + p("Not numbered.", "Numbered", num=(0, 0))
    )
    assert [(kind, label) for kind, label, _ in seen(data)] == [
        ("heading", "1"),
        ("paragraph", "1.1"),
        ("paragraph", "1.2"),
        ("list_item", "(a)"),
        ("list_item", "(b)"),
        ("paragraph", "1.3"),
        ("heading", "2"),
        ("paragraph", "2.1"),
        ("list_item", "•"),
        ("paragraph", None),
    ]


def test_a_number_with_words_is_part_of_the_text() -> None:
    """'Recommendation 2' that Word writes before a paragraph is read with it, and is its number."""
    data = made(p("review its logs.", num=(3, 0)) + p("publish them.", num=(3, 0)))
    assert seen(data)[1] == ("paragraph", "Recommendation 2", "Recommendation 2: publish them.")


DECIMAL = {0: Level(text="%1."), 1: Level(text="%1.%2"), 2: Level(form="lowerRoman", text="%3)")}
COUNTING = [
    pytest.param(
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1.", "1.1", "1.2", "2.", "2.1"], id="anew below a new head"
    ),
    pytest.param([(1, 1)], ["1.1"], id="the head above was never met"),
    pytest.param([(1, 0), (2, 0), (1, 0)], ["1.", "2.", "3."], id="two lists of one kind count on"),
    pytest.param([(1, 0), (3, 0), (3, 0)], ["1.", "5.", "6."], id="a list that starts at five"),
    pytest.param([(1, 2), (1, 2)], ["i)", "ii)"], id="roman"),
    pytest.param([(9, 0), (1, 7)], [None, None], id="a list or level that is not defined"),
]


@pytest.mark.parametrize(("asked", "expected"), COUNTING)
def test_counting(asked: list[tuple[int, int]], expected: list[str | None]) -> None:
    """Lists count as Word does."""
    lists = {1: List("0", DECIMAL, {}), 2: List("0", DECIMAL, {}), 3: List("0", DECIMAL, {0: 5})}
    counted = [Numbering.label(numbering, *a) for numbering in [Numbering(lists)] for a in asked]
    assert [label.text if label else None for label in counted] == expected


def test_levels_that_never_restart() -> None:
    """A level may count on through the document, as paragraphs of judgments do; figures may be asked for."""
    levels = {0: Level(form="upperRoman", text="%1"), 1: Level(text="%1.%2", restart=0, plain=True)}
    numbering = Numbering({1: List("0", levels, {})})
    assert [numbering.label(1, depth) for depth in (0, 1, 0, 1)] == [
        Label("I", "letter"),
        Label("1.1", "number"),
        Label("II", "letter"),
        Label("2.2", "number"),
    ]


@given(st.integers(1, 3999))
def test_roman_numbers_grow_as_counts_do(count: int) -> None:
    """Reading a roman number back gives the count."""
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    values = [worth[sign] for sign in written(count, "lowerRoman")]
    pairs = zip(values, [*values[1:], 0], strict=True)
    assert sum(-v if v < after else v for v, after in pairs) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("4.17\tThe officer ran.", ("paragraph", "4.17", "The officer ran."), id="number and tab"),
        pytest.param("4.17 The officer ran.", ("paragraph", "4.17", "The officer ran."), id="number and blank"),
        pytest.param("(a)\tno log", ("list_item", "(a)", "no log"), id="letter"),
        pytest.param("•\tno log", ("list_item", "•", "no log"), id="bullet"),
        pytest.param("Name:\tunknown", ("paragraph", None, "Name: unknown"), id="a tab that parts words"),
    ],
)
def test_typed_numbers(text: str, expected: tuple[str, str | None, str]) -> None:
    """Numbers and bullets that the writer typed count like those that Word makes."""
    assert seen(made(p(text))) == [expected]
