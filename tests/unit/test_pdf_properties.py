"""What holds for any page whatever, from words and shapes to blocks; made-up pages, without any PDF."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.formats.pdf import aligned, furniture
from extractors.formats.pdf.document import assemble, lay_out, write_blocks
from extractors.formats.pdf.geometry import Line, PageContent, Shape, Style, Word
from extractors.formats.pdf.joining import join_breaks
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.order import Region, nest, read_columns
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import Block
from tests.support.layout import words

WIDTH, HEIGHT = 600.0, 800.0
Placed = tuple[str, float, float, float, bool]
"""Text, where it begins, its baseline, its size, and whether it is bold."""
Printed = tuple[str, float, float, Style]
VOCABULARY = ["the", "force", "kept", "no record", "of its", "stops", "Sergeant", "4.17", "(a)", "•", "12", "Figure"]
SENTENCES = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12).map(" ".join)
PLACED = st.tuples(SENTENCES, st.floats(20, 400), st.floats(20, 780), st.sampled_from([8.0, 10.0, 14.0]), st.booleans())
BOXES = st.tuples(st.floats(0, 500), st.floats(0, 700), st.floats(0.4, 300), st.floats(0.4, 200), st.booleans())


def any_page(placed: list[Placed], drawn: list[tuple[float, float, float, float, bool]]) -> PageContent:
    """Words anywhere, over each other as they come, and any boxes and rules."""
    found: list[Word] = []
    for text, x, base, size, bold in placed:
        found += words(text, x, base, Style("F", size, bold))
        if size == 14.0:  # with a raised mark at its end
            mark = Style("F", 8.0)
            found.append(Word("7", found[-1].x1, base - 12, found[-1].x1 + 4, base - 3, base - 5, mark, glued=True))
    shapes = [Shape(x, top, x + w, top + h, filled=fill, stroked=not fill) for x, top, w, h, fill in drawn]
    return PageContent(1, WIDTH, HEIGHT, found, shapes)


def once(placed: list[Placed]) -> list[Placed]:
    """Without what may print a word of another text on the same line: drawn twice in one place, it is one word."""
    kept: list[Placed] = []
    for text in placed:
        if all(abs(text[2] - other[2]) > 2 or not set(text[0].split()) & set(other[0].split()) for other in kept):
            kept.append(text)
    return kept


PAGES = st.builds(any_page, st.lists(PLACED, max_size=25).map(once), st.lists(BOXES, max_size=12))


def blocks_of(pages: Sequence[PageContent]) -> list[Block]:
    for number, content in enumerate(pages, 1):
        content.number = number
    return write_blocks(assemble([lay_out(content) for content in pages]))


def letters(texts: Sequence[str]) -> Counter[str]:
    return Counter(c for text in texts for c in text if not c.isspace())


@settings(max_examples=150, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_no_letter_is_lost_or_doubled(pages: list[PageContent]) -> None:
    """Every letter of the words stands once in the raw text of the blocks, whatever the page looks like."""
    before = letters([w.text for content in pages for w in content.words])
    assert letters([block.raw for block in blocks_of(pages)]) == before


@settings(max_examples=100, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3))
def test_blocks_are_numbered_in_order_and_lie_on_their_pages(pages: list[PageContent]) -> None:
    """Ordinals count from 0; each box is on a page of its block, around something, no further out than the words."""
    blocks = blocks_of(pages)
    assert [b.ordinal for b in blocks] == list(range(len(blocks)))
    for block in blocks:
        assert {box.page for box in block.boxes} == set(block.pages)
        for box in block.boxes:
            held = pages[box.page - 1].words
            assert box.x0 < box.x1
            assert box.top < box.bottom
            assert box.x0 >= min(0, *(w.x0 for w in held)) - 0.1
            assert box.x1 <= max(WIDTH, *(w.x1 for w in held)) + 0.1


@settings(max_examples=100, deadline=None)
@given(st.lists(PLACED, max_size=30))
def test_reading_order_is_a_permutation(placed: list[Placed]) -> None:
    """Columns, boxes and bands hold each region once, however they are nested."""
    lines = lines_of(any_page(placed, []).words)
    regions = [Region(line.rect, line, line.size) for line in lines]
    nested = nest(regions, [(50, 50, 300, 400), (60, 60, 200, 200), (400, 100, 500, 700)])
    assert sorted(map(id, leaves(nested))) == sorted(map(id, regions))


def leaves(regions: Sequence[Region]) -> list[Region]:
    ordered = [region for column in read_columns(regions) for region in column]
    return [leaf for region in ordered for leaf in (leaves(region.inner) if region.inner else [region])]


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACED, max_size=25))
def test_tables_by_alignment_take_whole_lines(placed: list[Placed]) -> None:
    """A line is in one table or outside all; a table's cells hold the letters of its lines."""
    lines = lines_of(any_page(placed, []).words)
    tables, rest = aligned.find(lines)
    assert sorted(map(id, [*rest, *(line for t in tables for line in t.lines)])) == sorted(map(id, lines))
    for table in tables:
        assert len({len(row) for row in table.rows}) == 1
        cells = letters([cell for row in table.rows for cell in row])
        assert not cells - letters([line.text for line in table.lines])


@st.composite
def reports(draw: Callable[..., object]) -> list[Printed]:
    """Lines of print as reports have them: headings, paragraphs, items, in one or two columns."""
    body, head = Style("Body", 10.0), Style("Bold", 14.0, bold=True)
    found: list[Printed] = []
    columns = draw(st.sampled_from([[80.0], [60.0, 320.0]]))
    for left in columns:  # pyright: ignore
        base = 180.0
        for kind, count in draw(st.lists(st.tuples(st.sampled_from("hpi"), st.integers(1, 4)), min_size=1, max_size=5)):  # pyright: ignore
            for n in range(1 if kind == "h" else count):
                text = {"h": "Findings", "p": "the force kept no record of these", "i": "(a) its record of stops"}[kind]
                found.append((f"{text}{'.' if n == count - 1 else ''}", left, base, head if kind == "h" else body))
                base += 12.0 if kind != "h" else 18.0
            base += 16.0  # even, as the others: no two baselines differ by a threshold to the last digit
    return found


def printed(
    lines: list[Printed], scale: float = 1.0, x: float = 0.0, y: float = 0.0
) -> list[tuple[str, str, str | None]]:
    """Kind, text and marker of each block of the page, scaled and moved."""
    styles = {id(s): replace(s, size=s.size * scale) for *_, s in lines}
    found = [
        w for text, left, base, s in lines for w in words(text, scale * (left + x), scale * (base + y), styles[id(s)])
    ]
    return [
        (b.kind.value, b.text, b.marker) for b in blocks_of([PageContent(1, scale * WIDTH, scale * HEIGHT, found, [])])
    ]


@settings(max_examples=60, deadline=None)
@given(reports(), st.floats(-25, 25), st.floats(-25, 25), st.sampled_from([0.75, 0.9, 1.0, 1.2, 1.5]))
def test_moving_or_scaling_a_page_changes_no_block(lines: list[Printed], x: float, y: float, scale: float) -> None:
    """The same print a little to the side, or on larger paper, gives the same blocks."""
    assert printed(lines, scale, x, y) == printed(lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLACED, max_size=20).map(once), st.randoms(use_true_random=False))
def test_the_order_of_drawing_moves_no_line_to_another_page(placed: list[Placed], chance: object) -> None:
    """Whatever order the texts are drawn in, the same letters stand on the page."""
    shuffled = list(placed)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    raws = [letters([b.raw for b in blocks_of([any_page(p, [])])]) for p in (placed, shuffled)]
    assert raws[0] == raws[1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PLACED, max_size=8), min_size=1, max_size=9))
def test_furniture_is_among_the_lines_and_rows_keep_their_words(
    pages: list[list[Placed]],
) -> None:
    """What is found as furniture are lines of the pages, and joining them by rows keeps every word."""
    laid = [(HEIGHT, lines_of(any_page(placed, []).words, n)) for n, placed in enumerate(pages, 1)]
    known = {id(line) for _, lines in laid for line in lines}
    assert furniture.find(laid) <= known
    for _, lines in laid:
        rows = furniture.rows(lines)
        assert sorted(id(w) for row in rows for w in row.words) == sorted(id(w) for line in lines for w in line.words)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(SENTENCES, st.integers(1, 3), st.floats(20, 780)), max_size=15))
def test_joining_over_breaks_keeps_every_line(placed: list[tuple[str, int, float]]) -> None:
    """Blocks are joined or left, never dropped; the order of lines stays."""
    lines: list[Line] = []
    for text, page, base in sorted(placed, key=lambda p: p[1:]):
        lines.append(Line(words(text, 50, base)).measured())
        lines[-1].page = page
    drafts = paragraphs_of(lines)
    assert [line for d in join_breaks(drafts) for line in d.lines] == lines


def test_words_are_as_they_were() -> None:
    """Reading changes no word's place: what evidence marks is where the words were drawn."""
    content = any_page([("the force kept no record", 50, 300, 10.0, False)], [])
    before = [(w.text, w.rect) for w in content.words]
    blocks_of([content])
    assert [(w.text, w.rect) for w in content.words] == before


def test_a_number_with_a_notes_mark_alone() -> None:
    """A number is text where only a note's mark stands behind it; the line was lost, as such a number has no text."""
    content = any_page([("4.17", 50, 300, 14.0, False)], [])
    assert [(b.number, b.text) for b in blocks_of([content])] == [(None, "4.17")]
