"""The layout code on made-up words and lines, without any PDF."""

import gc
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.formats.pdf import aligned, bullets, captions, footnotes, margins, redaction
from extractors.formats.pdf.document import assemble, lay_out, write_blocks
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, PageContent, Shape, Style, Word
from extractors.formats.pdf.grids import edges_of, grids
from extractors.formats.pdf.joining import join_breaks
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.order import Region, masthead_rules, nest, read_columns
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.formats.pdf.pausing import no_collecting
from extractors.formats.pdf.tables import Layout, Table, ruled
from extractors.formats.pdf.turning import turn_upright, turned
from extractors.records import BlockKind
from tests.support.layout import line, texts, words


def columns(left: float, right: float) -> list[Region]:
    rows = [line("this is a line of the left column", left, 100 + 12 * i) for i in range(5)]
    rows += [line("here is one of the right column", right, 100 + 12 * i) for i in range(5)]
    return [Region(r.rect, r, r.size) for r in rows]


def test_left_column_before_right() -> None:
    """Two columns are read one after the other."""
    found = read_columns(columns(50, 300))
    assert [len(c) for c in found] == [5, 5]
    assert all(r.rect[0] < 200 for r in found[0])


def test_a_title_over_columns_comes_first_and_parts_them() -> None:
    """A line across the gutter is read at its height."""
    title = line("A title over both of the columns that reaches from one side to the other side of it", 50, 80)
    found = read_columns([*columns(50, 300), Region(title.rect, title, 10.0)])
    assert [len(c) for c in found] == [1, 5, 5]


def test_a_box_is_read_as_one() -> None:
    """Lines within a drawn box stay together."""
    inner = [Region((100, 100 + 12 * i, 200, 110 + 12 * i), i) for i in range(3)]
    outer = [Region((50, 20, 400, 30), "above"), Region((50, 300, 400, 310), "below")]
    nested = nest([*outer, *inner], [(90, 90, 210, 150)])
    assert sorted(len(r.inner) for r in nested) == [0, 0, 3]


def rule(x0: float, top: float, x1: float, bottom: float) -> Shape:
    return Shape(x0, top, x1, bottom, filled=True, stroked=False)


def frame(xs: list[float], ys: list[float]) -> list[Shape]:
    level = [rule(xs[0], y, xs[-1], y + 0.5) for y in ys]
    return level + [rule(x, ys[0], x + 0.5, ys[-1]) for x in xs]


def page(found: list[Word], shapes: list[Shape]) -> PageContent:
    return PageContent(1, 600, 800, found, shapes)


def test_ruled_table() -> None:
    """Cells come from the rules, whole, row by row; words outside stay."""
    shapes = frame([50, 150, 300], [100, 120, 150])
    inside = (
        words("Force", 55, 115)
        + words("Stops", 155, 115)
        + words("Northshire", 55, 135)
        + words("12 of", 155, 135)
        + words("40", 155, 147)
    )
    tables, layouts, rest = ruled(page([], shapes), inside + words("Afterwards", 50, 300))
    assert [t.rows for t in tables] == [[["Force", "Stops"], ["Northshire", "12 of 40"]]]
    assert (layouts, [w.text for w in rest]) == ([], ["Afterwards"])


def test_a_form_with_a_number_column_is_no_table() -> None:
    """A grid with bare numbers beside prose is read as text."""
    prose = [w for i in range(8) for w in words("I held an inquest into the matter and found this", 85, 112 + 11 * i)]
    shapes = frame([50, 80, 400], [100, 200, 230])
    tables, layouts, _ = ruled(
        page([], shapes), words("1", 55, 112) + prose + words("2", 55, 215) + words("CIRCUMSTANCES", 85, 215)
    )
    assert not tables
    assert [type(made) for made in layouts] == [Layout]


def test_merged_cells_stand_first() -> None:
    """A cell over two rows stands in the upper; the lower is empty."""
    shapes = [*frame([50, 150, 300], [100, 140]), rule(150, 120, 300, 120.5)]
    inside = words("Merged", 55, 122) + words("upper", 155, 115) + words("lower", 155, 135)
    tables, _, _ = ruled(page([], shapes), inside)
    assert [t.rows for t in tables] == [[["Merged", "upper"], ["", "lower"]]]


def test_a_frame_round_prose_is_no_table() -> None:
    """One box has no cells."""
    tables, layouts, rest = ruled(page([], frame([50, 300], [100, 200])), words("A note in a box", 60, 120))
    assert (tables, layouts, len(rest)) == ([], [], 5)


def test_aligned_columns_make_a_table() -> None:
    """Figures that stand in columns make a table without rules."""
    rows = [("Year", "Stops", "Searches"), ("2021", "120", "44"), ("2022", "98", "31"), ("2023", "77", "20")]
    lines = [
        line(cell, x, 100 + 14 * i) for i, row in enumerate(rows) for cell, x in zip(row, (50, 150, 250), strict=True)
    ]
    found, rest = aligned.find(lines)
    assert [t.rows for t in found] == [[list(row) for row in rows]]
    assert rest == []


def test_columns_of_prose_are_no_table() -> None:
    """Two columns of running text stay text."""
    lines = [r.content for r in columns(50, 300)]
    assert aligned.find(lines) == ([], lines)


def test_notes_at_the_foot() -> None:
    """Small lines led by a mark are notes; each mark opens one."""
    small = Style("Body", 8.0)
    body = [line("the text of the report goes on", 50, 100 + 12 * i) for i in range(3)]
    notes = [
        line("1 See the chapter on stops.", 50, 700, small),
        line("and the annex.", 50, 710, small),
        line("2 As above.", 50, 720, small),
    ]
    text, found = footnotes.split([*body, *notes], 10.0, 800.0)
    assert (len(text), [len(n) for n in found]) == (3, [2, 1])


def test_small_print_without_marks_stays_text() -> None:
    """Small type alone makes no note."""
    lines = [line("the text goes on", 50, 100), line("small print at the foot", 50, 700, Style("Body", 8.0))]
    assert footnotes.split(lines, 10.0, 800.0) == (lines, [])


def test_a_paragraph_over_a_page_break_is_one() -> None:
    """An unfinished sentence goes on past notes and furniture on the next page."""
    drafts = [
        Draft(BlockKind.PARAGRAPH, [line("The officer did not", 50, 700)]),
        Draft(BlockKind.FOOTNOTE, [line("1 See above.", 50, 760)]),
        Draft(BlockKind.FURNITURE, [line("Annual Report", 50, 30, page=2)]),
        Draft(BlockKind.PARAGRAPH, [line("activate the camera.", 50, 60, page=2)]),
    ]
    assert texts(join_breaks(drafts))[0] == "The officer did not activate the camera."


def test_a_finished_sentence_does_not_run_on() -> None:
    """A paragraph that ended stays apart from the next page's."""
    drafts = [
        Draft(BlockKind.PARAGRAPH, [line("The officer ran.", 50, 700)]),
        Draft(BlockKind.PARAGRAPH, [line("Another matter arose.", 50, 60, page=2)]),
    ]
    assert len(join_breaks(drafts)) == 2


def test_words_under_a_box_are_left_out_and_reported() -> None:
    """What an opaque box covers, drawn later, is never read."""
    content = page(words("secret name", 50, 100, drawn=1) + words("open text", 50, 200, drawn=1), [])
    content.shapes = [Shape(45, 85, 200, 110, drawn=5, filled=True, opaque=True)]
    problems = redaction.apply(content)
    assert [w.text for w in content.words] == ["open", "text"]
    assert [(p.kind, p.page) for p in problems] == [("hidden-text", 1)]


@pytest.mark.parametrize(("again", "told"), [("Justice Directorate", 0), ("Justice", 1), ("Something else", 1)])
def test_words_drawn_again_over_their_box_are_not_hidden(again: str, told: int) -> None:
    """A diagram stacks a box and its words over the same words: nothing is kept from a reader; other words hide."""
    box = Shape(40, 85, 300, 110, drawn=5, filled=True, opaque=True, colour=(238, 238, 238))
    content = page(words("Justice Directorate", 50, 100, drawn=2) + words(again, 51, 101, drawn=7), [box])
    assert len(redaction.apply(content)) == told
    assert " ".join(w.text for w in content.words) == again


def test_a_box_behind_words_hides_nothing() -> None:
    """A tint drawn before the words is a background."""
    content = page(words("open text", 50, 100, drawn=9), [Shape(45, 85, 200, 110, drawn=5, filled=True, opaque=True)])
    assert redaction.apply(content) == []
    assert len(content.words) == 2


def test_line_numbers_are_no_text() -> None:
    """1, 2, 3 … down the margin in even steps are taken out; a short numbered list is not."""
    numbers = [w for n in range(1, 21) for w in words(str(n), 30, 100 + 24 * n)]
    prose = [w for n in range(1, 21) for w in words("counsel asked the witness again", 80, 100 + 24 * n)]
    assert margins.line_numbers(numbers + prose) == {id(w) for w in numbers}
    assert margins.line_numbers(numbers[:5] + prose) == set()


def test_drawn_bullets() -> None:
    """A small filled shape before a line is its bullet."""
    item = line("report what was found", 80, 100)
    bullets.attach([item], [Shape(66, 94, 70, 98, filled=True, curved=True)])
    assert item.label == "•"


def test_caption_under_a_picture() -> None:
    """Small type right under a picture is its caption, named or not."""
    draft = Draft(BlockKind.PARAGRAPH, [line("The yard after the event", 50, 315, Style("Body", 8.0))])
    captions.mark([draft], [(1, Shape(50, 100, 300, 300, picture=True))], 10.0)
    assert draft.kind is BlockKind.CAPTION


def test_sideways_pages_are_turned() -> None:
    """A page whose words run up the side is read upright, and its width and height change places."""
    style = Style("Body", 10.0, angle=90)
    content = PageContent(
        1, 600, 800, [Word("Table", 100, 300, 110, 330, 0, style), Word("one", 100, 340, 110, 360, 0, style)], []
    )
    turn_upright(content)
    assert (content.width, content.height, content.turned) == (800, 600, 90)
    assert {w.style.angle for w in content.words} == {0}


boxes = st.tuples(*[st.floats(0, 600, allow_nan=False)] * 4).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


@given(boxes, st.sampled_from([90, 180, 270]))
def test_turning_a_box_back_gives_the_box(box: tuple[float, float, float, float], angle: int) -> None:
    """A turn and the turn back leave every box where it was."""
    width, height = (600.0, 800.0)
    once = turned(box, angle, width, height)
    size = (height, width) if angle != 180 else (width, height)
    assert turned(once, (360 - angle) % 360 or 360, *size) == pytest.approx(box)


some_words = st.lists(
    st.tuples(
        st.text("ab1.()•-", min_size=1, max_size=8),
        st.floats(-50, 700, allow_nan=False),
        st.floats(-50, 900, allow_nan=False),
        st.sampled_from([6.0, 8.0, 10.0, 14.0]),
        st.booleans(),
    ),
    max_size=40,
    unique_by=lambda word: word[0],  # what is drawn twice in one place is one word
)


@settings(max_examples=150, deadline=None)
@example([("1", 0.0, 2.0, 6.0, False), ("a", 45.0, 0.0, 6.0, False), ("1.", 0.0, 0.0, 6.0, False)], [])
@given(some_words, st.lists(boxes, max_size=8))
def test_no_word_is_lost_whatever_the_layout(
    raw: list[tuple[str, float, float, float, bool]], drawn: list[tuple[float, float, float, float]]
) -> None:
    """Lines, tables and what is left hold each word once, for any words and any shapes."""
    made = [w for text, x, base, size, bold in raw for w in words(text, x, base, Style("F", size, bold))]
    shapes = [Shape(*b, filled=True, stroked=True) for b in drawn]
    tables, layouts, rest = ruled(page(made, shapes), made)
    held = [w for t in tables for row in t.lines for w in row.words] + [
        w for lay in layouts for cell in lay.cells for w in cell
    ]
    lines = lines_of(rest)
    assert sorted(map(id, [*held, *(w for made_line in lines for w in made_line.words)])) == sorted(map(id, made))
    regions = [Region(made_line.rect, made_line, made_line.size) for made_line in lines]
    ordered = [r for column in read_columns(regions) for r in column]
    assert sorted(map(id, ordered)) == sorted(map(id, regions))
    drafts = paragraphs_of([r.content for r in ordered])
    # A number and the text far beside it become one line, so it is words that are counted.
    assert sorted(id(w) for d in drafts for own in d.lines for w in own.words) == sorted(
        id(w) for own in lines for w in own.words
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes, max_size=30))
def test_grids_from_any_shapes(drawn: list[tuple[float, float, float, float]]) -> None:
    """Any rules make grids whose cells each have an owner."""
    for grid in grids(*edges_of([Shape(*b, stroked=True) for b in drawn])):
        assert len(grid.owner) == (len(grid.xs) - 1) * (len(grid.ys) - 1)
        assert set(grid.owner.values()) <= set(grid.owner)


def test_table_is_a_block() -> None:
    """A table's draft carries its rows and its box."""
    draft = Table((0, 0, 10, 10), [["a"]], [line("a", 1, 8)]).draft()
    assert (draft.kind, draft.rows, draft.rect) == (BlockKind.TABLE, [["a"]], (0, 0, 10, 10))


def test_no_garbage_is_collected_while_reading() -> None:
    """Within, the collector rests; after it, also after an error, it is as it was before."""
    states: list[bool] = []
    with suppress(ValueError), no_collecting():
        states.append(gc.isenabled())
        with no_collecting():
            states.append(gc.isenabled())
        states.append(gc.isenabled())
        raise ValueError
    assert states == [False, False, False]
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (words("and the officer said", 50, 700), words("that it was so.", 50, 100), True),
        (
            words("and the officer", 50, 700),
            words("Lethal force", 50, 100, Style("Bold", 10.0, bold=True)) + words("means this.", 120, 100),
            False,
        ),
    ],
)
def test_a_bold_term_opens_a_block_over_a_page_break(above: list[Word], below: list[Word], joined: bool) -> None:
    """A definition at the head of a page is not the end of the one before, although that lacks its full stop."""
    drafts = [Draft(BlockKind.PARAGRAPH, [Line(made).measured()]) for made in (above, below)]
    drafts[1].lines[0].page = 2
    assert (len(join_breaks(drafts)) == 1) is joined


def test_a_masthead_over_columns_is_read_before_them() -> None:
    """What stands above a rule over the page is of no column, though it begins where one does; a paragraph goes on."""
    lines = [r.content for r in columns(50, 320)]
    above = line("A Gazette", 320, 80)
    content = page([w for made in [above, *lines] for w in made.words], [rule(45, 88, 560, 89)])
    blocks = write_blocks(assemble([lay_out(content)]))
    assert [b.text.split()[0] for b in blocks] == ["A", "this"]
    assert "left column here is one" in blocks[1].text


@pytest.mark.parametrize(
    ("shape", "tables", "found"),
    [
        (rule(45, 88, 560, 89), [], 1),
        (rule(45, 88, 300, 89), [], 0),
        (rule(45, 500, 560, 501), [], 0),
        (rule(45, 88, 560, 89), [(40, 80, 570, 200)], 0),
    ],
)
def test_rules_of_mastheads(shape: Shape, tables: list[tuple[float, float, float, float]], found: int) -> None:
    """They run over most of the page, high on it, and are no table's."""
    assert len(masthead_rules(page([], [shape]), tables, 10.0)) == found
