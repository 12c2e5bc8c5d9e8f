"""Levels of headings by what their labels say: sequence, division, and type only where there is no label."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import headings
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, Style
from extractors.formats.pdf.nesting import Title, settle, title_of
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.formats.pdf.schemes import named_step, parts_of, steps_of
from extractors.records import BlockKind
from tests.support.layout import line, words

BOLD = Style("Body", 10.0, bold=True)
LARGE = Style("Body", 18.0, bold=True)
SPOKEN = {
    "": "Ashgrove road",
    "CAPS": "ASHGROVE ROAD",
    "App A": "Appendix A",
    "App B": "Appendix B",
    "Att A": "Attachment A",
}


def title(text: str) -> Title:
    """A title as "A. | bu2" tells it: its label, then its rank and marks.

    The marks: b for bold, + for larger, u for right below, f for fixed, r for the title of a remark.
    "CAPS" stands for a title in capitals, "App A" for an appendix; neither has a label.
    """
    label, _, marks = text.partition(" | ")
    said = SPOKEN.get(label, "Ashgrove road")
    label = "" if label in SPOKEN else label
    number = parts_of(label, said)
    steps = steps_of(label) if label and not number else named_step(said)
    return Title(
        next((int(mark) for mark in marks if mark.isdecimal()), 1),
        tuple(steps),
        number,
        size=14.0 if "+" in marks else 10.0,
        bold="b" in marks,
        capitals=said.isupper(),
        fixed="f" in marks,
        under="u" in marks,
        barren="r" in marks,
        remark="r" in marks,
    )


NESTED = [
    pytest.param(["I.", "A.", " | r", "B."], [1, 2, 3, 2], id="a remark within its section"),
    pytest.param(["6.", " | r", " | r", "7."], [1, 2, 2, 1], id="two remarks of one section"),
    pytest.param([" | r2", "1."], [1, 1], id="a remark before any section"),
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
    pytest.param(["5.5", "5.5.1", "6.5.1"], [1, 2, 2], id="a number of as many parts as one before"),
    pytest.param(["304.2 - 1", "304.2 - 1.1", "304.2 - 2"], [1, 2, 1], id="parts of several signs"),
    pytest.param(["10)", "10a)", "10b)", "11)"], [1, 2, 2, 1], id="a figure and a letter"),
    pytest.param(["1.2", "(a)", "1.3"], [1, 2, 1], id="letters under a number in parts"),
    pytest.param(["12.10", "C.", "12.11", "D."], [1, 2, 1, 2], id="letters that go on from text under the next number"),
    pytest.param(["1. | b", "2. | b", "3."], [1, 1, 1], id="the next in the sequence, though not bold"),
    pytest.param(["1.", "2. | b"], [1, 1], id="the next in the sequence, though bold"),
    pytest.param(["I.", "II.", "b.", "D.", "III."], [1, 1, 2, 2, 1], id="the letter beside, not the figure above"),
    pytest.param(["1. | b", "A.", "3."], [1, 2, 3], id="a plain figure under a letter does not go on from a bold one"),
    pytest.param(["3. | +b", "a.", "4."], [1, 2, 2], id="nor does a small one from a large one"),
    pytest.param(["3. | +b", "4.", "4. | +b"], [1, 2, 1], id="the large one goes on after it"),
    pytest.param(["A. | 1", "B. | 4", "C. | 6"], [1, 1, 1], id="however their types rank"),
    pytest.param(["4.1 | b1", "4.2 | 3", "4.3 | b2"], [1, 1, 1], id="numbers in parts, however their types rank"),
    pytest.param(["I.", "a.", "b. | b"], [1, 2, 2], id="a bold one of a plain sequence"),
    pytest.param(["I.", "A.", "2. | b"], [1, 2, 3], id="bold over a plain letter"),
    pytest.param(["CAPS | b", "I. | bu", "II. | b"], [1, 2, 2], id="a numbering right below a title set like it"),
    pytest.param([" | b", "I. | b", "II. | b"], [1, 1, 1], id="not where text stands between"),
    pytest.param(
        ["CAPS | +b", "App A | b3", "CAPS | +b", " | 2", "Att A | b4"],
        [1, 2, 1, 2, 2],
        id="an attachment as appendices",
    ),
    pytest.param(
        ["I. | b", "II. | b", "App A | b", "I. | b", "App B | b", "I. | b"], [1, 1, 1, 2, 1, 2], id="appendices"
    ),
    pytest.param(["I.", "II.", "I.", "II."], [1, 1, 1, 1], id="a list of contents and what it lists"),
    pytest.param(["CAPS | b", " | b", " | b", "CAPS | b"], [1, 2, 2, 1], id="small letters under capitals"),
    pytest.param([" | b", "CAPS | b", " | b"], [1, 1, 1], id="not where capitals come later"),
    pytest.param(
        ["E. | b", " | b1", "F. | b"], [1, 1, 1], id="a title without label beside a labelled one set like it"
    ),
    pytest.param(["CAPS | b1", "A. | bu1", " | b1", "B. | b1"], [1, 2, 2, 2], id="and goes down with it"),
    pytest.param(
        ["4.1 | +b", " | b", "4.2 | +b", " | b", " | 1"], [1, 2, 1, 2, 3], id="a weaker type below a stronger"
    ),
    pytest.param(["I. | f2", "II. | 5", "A."], [2, 2, 3], id="beside what the outline names"),
]


@pytest.mark.parametrize(("texts", "expected"), NESTED)
def test_labels_say_the_level(texts: list[str], expected: list[int]) -> None:
    """The next of a sequence stands beside it, the first of a new form below what it divides."""
    assert settle([title(text) for text in texts]) == expected


TREES = st.recursive(st.just([]), lambda inner: st.lists(inner, min_size=1, max_size=4), max_leaves=20)
SCHEMES = (("I.", "II.", "III.", "IV."), ("A.", "B.", "C.", "D."), ("1.", "2.", "3.", "4."), ("a.", "b.", "c.", "d."))


def labels_of(tree: list[list[object]], deep: int = 0) -> list[tuple[str, int]]:
    """Label and depth of each place in a tree that is numbered by custom, parents first."""
    if deep == len(SCHEMES):
        return []
    found: list[tuple[str, int]] = []
    for label, inner in zip(SCHEMES[deep], tree, strict=False):
        found.append((label, deep + 1))
        found.extend(labels_of(inner, deep + 1))  # pyright: ignore[reportArgumentType]  (a tree of trees)
    return found


@given(TREES, st.lists(st.integers(1, 6), min_size=400, max_size=400))
def test_siblings_share_a_level(tree: list[list[object]], ranks: list[int]) -> None:
    """Whatever their types rank, a whole numbering of several schemes has the levels of the tree it numbers."""
    numbered = labels_of(tree)
    ranks = [1, *ranks]
    made = [title(f"{label} | {ranks[n]}") for n, (label, _) in enumerate(numbered)]
    assert settle(made) == [deep for _, deep in numbered]


TEXTS = st.tuples(
    st.sampled_from(
        ["I.", "II.", "IV.", "A.", "B.", "C.", "1.", "2.", "a.", "b.", "(1)", "(a)", "4.1", "4.2", "4.2.1", "", "CAPS"]
    ),
    st.sampled_from(["", "b", "+", "+b", "u", "bu"]),
).map(lambda pair: f"{pair[0]} | {pair[1]}")


@given(st.lists(TEXTS, max_size=30))
def test_levels_leave_none_out(texts: list[str]) -> None:
    """Whatever the labels and types, no heading stands more than one below the deepest before it."""
    levels = settle([title(text) for text in texts])
    assert all(level <= 1 + max(levels[:n], default=0) for n, level in enumerate(levels))
    assert all(1 <= level <= 6 for level in levels)


@given(st.lists(TEXTS, max_size=30), st.data())
def test_what_the_outline_gives_stays(texts: list[str], data: st.DataObject) -> None:
    """A level that outline, contents or cover give is not changed."""
    titles = [title(f"{text}{data.draw(st.sampled_from(['', 'f2', 'f4']))}") for text in texts]
    assert all(level == t.level for t, level in zip(titles, settle(titles), strict=True) if t.fixed)


@given(st.lists(TEXTS, max_size=30))
def test_no_level_is_left_out_on_the_way_down(texts: list[str]) -> None:
    """Whatever the labels and types, a heading stands at most one below the one before it."""
    levels = [0, *settle([title(text) for text in texts])]
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([" | b+1", " | 6", " | 6"], [1, 2, 2], id="twins below a title, far below it by type"),
        pytest.param([" | 5", " | b+1", " | 5"], [1, 1, 2], id="a small line over the title opens the document"),
        pytest.param([" | b+1", " | b4", " | 5", " | b4"], [1, 2, 3, 2], id="two types, in the order of their ranks"),
    ],
)
def test_far_ranks_come_close(texts: list[str], expected: list[int]) -> None:
    """Sizes that other parts of a document use leave no levels out in this one."""
    assert settle([title(text) for text in texts]) == expected


def test_what_titles_the_contents_is_divided_by_nothing() -> None:
    """A numbering right below it goes on below what stands above it."""
    contents = Title(2, size=14.0, bold=True, fixed=True, barren=True)
    assert settle([title("CAPS | b+"), contents, title("1. | bu")]) == [1, 2, 2]


def drafts_of(*lines: Line) -> list[Draft]:
    drafts = paragraphs_of(list(lines))
    headings.mark(drafts)
    return drafts


def levels_of(drafts: list[Draft]) -> list[int | None]:
    return [d.level for d in drafts if d.kind is BlockKind.HEADING]


def prose(top: float) -> Line:
    return line("and then the force wrote down what it did", 50, top)


def test_letters_below_roman_figures_in_a_document() -> None:
    """In bold of one size, with text between, as orders have them."""
    rows = [line(t, 50, 100 + 60 * n, BOLD) for n, t in enumerate(["IV. Procedure", "A. Reports", "B. Reviews"])]
    made = [prose(124 + 60 * n) for n in range(3)]
    assert levels_of(drafts_of(*(part for pair in zip(rows, made, strict=True) for part in pair))) == [1, 2, 2]


def test_a_plain_number_before_a_bold_title() -> None:
    """Twins share a level, though the number of one is set in the type of the text, that of the other in bold."""
    plain = Line([*words("1.", 50, 160), *words("Officer", 70, 160, BOLD)]).measured()
    rows = [line("TACTICS", 50, 60, LARGE), line("300.1 INQUIRY", 50, 100, BOLD), prose(124), plain, prose(184)]
    rows += [line("2. Supervisor", 50, 220, BOLD), prose(244), line("300.2 REVIEW", 50, 280, BOLD), prose(304)]
    assert levels_of(drafts_of(*rows)) == [1, 2, 3, 3, 2]


def test_a_title_in_capitals_over_titles_of_its_size() -> None:
    """Capitals stand above small letters where size and weight are one."""
    said = ["DIRECTIVES", "Restraint", "Firearms", "REVIEW", "Reports"]
    rows = [line(text, 50, 100 + 60 * n, BOLD) for n, text in enumerate(said)]
    made = [prose(124 + 60 * n) for n in range(len(rows))]
    drafts = drafts_of(*(part for pair in zip(rows, made, strict=True) for part in pair))
    assert levels_of(drafts) == [1, 2, 2, 1, 2]


@pytest.mark.parametrize(
    ("said", "remark"),
    [("NOTE", True), ("Important note:", True), ("Caution!", True), ("Notes", False), ("Note on method", False)],
)
def test_titles_of_remarks(said: str, remark: bool) -> None:
    """A word such as "Note" by itself titles a remark; what it may begin, or a chapter of notes, does not."""
    told = title_of(Draft(BlockKind.HEADING, [line(said, 50, 100, BOLD)], level=1))
    assert (told.remark, told.barren) == (remark, remark)
