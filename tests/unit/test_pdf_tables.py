"""Tables and boxed heads, on made-up rules and words: each case is a way of drawing that was once misread."""

from itertools import pairwise

import pytest

from extractors.formats.pdf import aligned, furniture, jointed
from extractors.formats.pdf.geometry import Line, PageContent, Shape, Style, Word, union
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.order import Region, read_columns
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.formats.pdf.tables import ruled
from extractors.records import BlockKind

BODY = Style("Body", 10.0)
BOLD = Style("Body", 10.0, bold=True)


def words(text: str, x: float, base: float, style: Style = BODY) -> list[Word]:
    """Words set from *x* on, five points a letter and three a blank."""
    found: list[Word] = []
    for part in text.split():
        width = 0.5 * style.size * len(part)
        found.append(Word(part, x, base - 0.8 * style.size, x + width, base + 0.22 * style.size, base, style, 1))
        x += width + 0.3 * style.size
    return found


def rows_of(found: list[Word], shapes: list[Shape]) -> list[list[list[str]]]:
    tables, _, _ = ruled(PageContent(1, 600, 800, found, shapes), found)
    return [t.rows for t in tables]


def fill(x0: float, top: float, x1: float, bottom: float, grey: int = 0) -> Shape:
    return Shape(x0, top, x1, bottom, filled=True, colour=(grey, grey, grey))


def pieces(xs: list[float], height: float) -> list[Shape]:
    """A level rule drawn cell by cell."""
    return [fill(a, height, b, height + 0.7) for a, b in pairwise(xs)]


COLUMNS = [50.0, 150.0, 300.0, 450.0]


def test_a_tinted_header_is_a_row() -> None:
    """A tint from column border to column border ends a row, where no rule is drawn under it."""
    shapes = [fill(x, 120, x + 0.5, 180) for x in (50, 150, 300)]
    shapes += [fill(50, y, 300, y + 0.5) for y in (100, 150, 180)]
    shapes += [fill(50, 100, 150, 120, 200), fill(150, 100, 300, 120, 200)]
    inside = words("Term", 55, 114) + words("Meaning", 155, 114)
    inside += words("Stop", 55, 134) + words("Being held", 155, 134) + words("Search", 55, 164)
    inside += words("Being felt", 155, 164)
    expected = [["Term", "Meaning"], ["Stop", "Being held"], ["Search", "Being felt"]]
    assert rows_of(inside, shapes) == [expected]


def test_colour_behind_words_is_no_row() -> None:
    """Marking laid behind some words of a cell leaves the cell whole."""
    shapes = [fill(x, 100, x + 0.5, 160) for x in (50, 150, 300)]
    shapes += [fill(50, y, 300, y + 0.5) for y in (100, 130, 160)]
    shapes.append(fill(60, 105, 120, 116, 200))
    inside = words("Stop", 65, 114) + words("search", 65, 126) + words("12", 155, 114) + words("Total", 55, 144)
    inside += words("12", 155, 144)
    assert rows_of(inside, shapes) == [[["Stop search", "12"], ["Total", "12"]]]


def test_rules_drawn_cell_by_cell_tell_the_columns() -> None:
    """Where the pieces of level rules meet, columns meet; a row above the first and below the last belongs to it."""
    shapes = [*pieces(COLUMNS, 120), *pieces(COLUMNS, 160), *pieces(COLUMNS, 160)]
    inside = words("Force", 55, 114, BOLD) + words("Sources", 155, 114, BOLD) + words("Gaps", 305, 114, BOLD)
    inside += words("North", 55, 134) + words("Returns", 155, 134) + words("No view of", 305, 134)
    inside += words("and notices", 155, 146) + words("private care", 305, 146)
    inside += words("South", 55, 174) + words("Returns", 155, 174) + words("None", 305, 174)
    expected = [
        ["Force", "Sources", "Gaps"],
        ["North", "Returns and notices", "No view of private care"],
        ["South", "Returns", "None"],
    ]
    assert rows_of(inside, shapes) == [expected]


def test_a_row_below_the_last_rule_ends_at_the_running_foot() -> None:
    """A wider gap within a cell is passed over; words in another size are the page's foot, not the table's."""
    foot = Style("Body", 7.0)
    shapes = [*pieces(COLUMNS, 120), *pieces(COLUMNS, 140)]
    inside = words("Force", 55, 114) + words("Sources", 155, 114) + words("Gaps", 305, 114)
    inside += words("North", 55, 134) + words("Returns", 155, 134) + words("None", 305, 134)
    inside += words("South", 55, 154) + words("Returns", 155, 154) + words("None", 305, 154)
    inside += words("Notices", 155, 174) + words("Printed on Friday", 55, 184, foot)
    assert rows_of(inside, shapes)[0][-1] == ["South", "Returns Notices", "None"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [pytest.param(118.0, 0, id="underlined words"), pytest.param(112.0, 1, id="words in a cell over its rule")],
)
def test_underlines_are_no_rules(base: float, expected: int) -> None:
    """Pieces right under words underline them."""
    over = words("the whole of this line is one long link of words", 50, base)
    assert len(jointed.rules(pieces([50.0, 150.0, 300.0], 120), over)) == expected


def test_words_across_a_joint_part_two_tables() -> None:
    """A line that crosses the columns between two rules stands between two tables."""
    shapes = [*pieces(COLUMNS, 120), *pieces(COLUMNS, 200)]
    title = words("Factors that contributed to the poor outcomes", 55, 170)
    assert [g.ys for g in jointed.grids(shapes, [], title)] == []


def head(number: int, base: float) -> list[Line]:
    return lines_of(words("Order 12", 50, base) + words("Use of dogs", 250, base) + words(f"Page {number}", 450, base))


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        pytest.param(40, {1, 2, 3}, id="head; the first names the document"),
        pytest.param(770, {0, 1, 2, 3}, id="foot"),
        pytest.param(400, set[int](), id="the same table amid the text of each page"),
    ],
)
def test_boxed_heads_are_furniture(base: float, expected: set[int]) -> None:
    """A small ruled box that comes again at the edge of the pages is a running head or foot."""
    boxes = [head(number, base) for number in range(1, 5)]
    pages = [(800.0, [(union(line.rect for line in lines), lines)]) for lines in boxes]
    assert {number for number, _ in furniture.boxed(pages)} == expected


def test_a_closed_box_takes_no_line_from_below() -> None:
    """Only a table without upright rules may have a row outside its rules."""
    shapes = [fill(50, top, 450, top + 12, 200) for top in (100, 112, 124)]
    inside = [w for i, side in enumerate(("Order", "Date", "Page")) for w in words(side, 55, 109 + 12 * i)]
    inside += [w for i in range(3) for w in words("12", 400, 109 + 12 * i)]
    below = words("and", 300, 145)
    tables, _, rest = ruled(PageContent(1, 600, 800, [], shapes), inside + below)
    assert [t.rows for t in tables] == [[["Order", "12"], ["Date", "12"], ["Page", "12"]]]
    assert rest == below


def lines(*rows: tuple[float, str, float, str]) -> list[Line]:
    """Lines of print, each with up to two cells: where and what."""
    return [line for base, row in enumerate(rows) for line in _cells(100.0 + 14 * base, row)]


def _cells(base: float, row: tuple[float, str, float, str]) -> list[Line]:
    left, term, right, meaning = row
    return lines_of([*words(term, left, base), *words(meaning, right, base)])


GAP = (50.0, "", 200.0, "")
PROSE = "the degree of grip at the rolling contact patch of a wheel"


def test_a_glossary_is_a_table() -> None:
    """Terms in a narrow column beside meanings of some lines, white space between entries: one row an entry."""
    entries = [(50.0, term, 200.0, PROSE) for term in ("grip", "slide", "tread")]
    more = (50.0, "", 200.0, "and on the rail, as the manual has it")
    made = lines(*[row for entry in entries for row in (entry, more, GAP)])
    (table,), rest = aligned.find(made)
    whole = f"{PROSE} and on the rail, as the manual has it"
    assert table.rows == [["grip", whole], ["slide", whole], ["tread", whole]]
    assert rest == []


def test_side_headings_beside_longer_text_are_no_glossary() -> None:
    """Entries of many lines are text with a heading beside it."""
    entry = [(50.0, "Policy", 200.0, PROSE), *[(50.0, "", 200.0, PROSE)] * 6, GAP]
    made = lines(*entry * 4)
    assert aligned.find(made) == ([], made)


ORDERS = (
    ("Order 30,", "Regulations and responsibilities"),
    ("Order 31,", "Demonstrations in thoroughfares"),
    ("Order 40,", "Communications equipment"),
)


@pytest.mark.parametrize(
    ("term", "x", "rows"),
    [
        pytest.param("Order 1107,", 115.0, 4, id="at the column's place"),
        pytest.param("Order 1107,", 111.0, 3, id="beside it"),
        pytest.param("Order 1107 of", 115.0, 3, id="after a blank such as words have"),
    ],
)
def test_a_row_whose_first_cell_is_long(term: str, x: float, rows: int) -> None:
    """Below rows of two cells a line is one more where its second cell begins as theirs do, at a narrower blank."""
    made = lines(*((50.0, left, 115.0, right) for left, right in ORDERS))
    made += lines_of([*words(term, 50, 142), *words("Identification procedures", x, 142)])
    (table,), _ = aligned.find(made)
    assert len(table.rows) == rows


def test_a_centred_cell_stands_beside_its_two_lines() -> None:
    """A page number set at half the height of a two-line entry belongs to that entry."""
    made = lines_of(words("Page", 50, 86) + words("Content", 120, 86))
    for number, base in enumerate((110, 150, 190)):
        made += lines_of(words("Recommendation that the force reviews its", 120, base))
        made += lines_of(words(f"{number}-{number + 3}", 50, base + 7)) + lines_of(
            words("policy on stops", 120, base + 14)
        )
    (table,), _ = aligned.find(made)
    entry = "Recommendation that the force reviews its policy on stops"
    assert table.rows == [["Page", "Content"], *([f"{n}-{n + 3}", entry] for n in range(3))]


def test_text_is_read_beside_its_heading() -> None:
    """A column of side headings is read heading by heading, each before its text."""
    made = [line for base in (100, 220, 340) for line in lines_of(words(f"HEAD {base}", 50, base))]
    made += [
        line
        for top in (100, 220, 340)
        for n in range(6)
        for line in lines_of(words(f"the text that stands by {top}", 200, top + 14 * n))
    ]
    order = [r.content.text for column in read_columns([Region(m.rect, m, 10.0) for m in made]) for r in column]
    assert [text for text in order if text.startswith("HEAD")] == ["HEAD 100", "HEAD 220", "HEAD 340"]
    assert order.index("HEAD 220") == 7


@pytest.mark.parametrize(
    ("pieces_of", "expected"),
    [
        pytest.param([("In", 50), ("ves", 60), ("tigation", 75)], ["Investigation"], id="letters drawn apart"),
        pytest.param([("1", 50), (".2", 55), (".", 65)], ["1.2."], id="a number drawn apart"),
        pytest.param([("2.10.", 50), ("Many", 75)], ["2.10.", "Many"], id="a number that touches its text"),
        pytest.param([("Stop", 50), ("Search", 75)], ["Stop", "Search"], id="a gap"),
    ],
)
def test_letters_drawn_apart_make_one_word(pieces_of: list[tuple[str, float]], expected: list[str]) -> None:
    """Pieces of one style that touch and have no blank between them are one word, save a number and its text."""
    made = [word for text, x in pieces_of for word in words(text, x, 100)]
    for word in made[1:]:
        word.glued = True
    (line,) = lines_of(made)
    assert [word.text for word in line.words] == expected


def test_an_exclamation_mark_by_itself_is_a_bullet() -> None:
    """Symbol fonts put their ticks and dots on such letters."""
    (line,) = lines_of(words("!", 50, 100) + words("The mere presence of police", 70, 100))
    (draft,) = paragraphs_of([line])
    assert (draft.kind, draft.label_kind) == (BlockKind.LIST_ITEM, "bullet")


def test_a_list_of_contents_has_a_row_for_each_page_number() -> None:
    """Entries set close together are rows of their own; a wrapped one is one row; paragraph numbers are no labels."""
    made = lines_of(words("Summary", 50, 100) + words("5", 400, 100))
    made += lines_of(words("Chapter one of the report that the office made and its very", 50, 128))
    made += lines_of(words("long name", 50, 142) + words("7", 400, 142))
    for number, name in enumerate(("Scope", "Method", "Thanks", "Names")):
        base = 156.0 + 14 * number
        made += lines_of(words(name, 50, base) + words(f"1.{number}", 350, base) + words(str(8 + number), 400, base))
    (table,), rest = aligned.find(made)
    assert [row[-1] for row in table.rows] == ["5", "7", "8", "9", "10", "11"]
    assert table.rows[1][0] == "Chapter one of the report that the office made and its very long name"
    assert rest == []


def test_single_cells_between_full_lines_are_no_columns() -> None:
    """Numbers of sections left of their names, between lines over the whole width, are read line by line."""
    made = [line for n in range(4) for line in lines_of(words("6/002.00", 50, 100 + 60 * n))]
    made += [line for n in range(4) for line in lines_of(words("USE OF FORCE", 140, 100 + 60 * n))]
    made += [line for n in range(4) for line in lines_of(words("the text that reaches over both", 60, 120 + 60 * n))]
    (column,) = read_columns([Region(m.rect, m, 10.0) for m in made])
    assert [r.content.text for r in column][:3] == ["6/002.00", "USE OF FORCE", "the text that reaches over both"]


def test_the_short_last_line_of_a_paragraph_stays_with_it() -> None:
    """Where a paragraph's first lines cross a gutter and its last does not, all are one column."""
    made = [
        line for n in range(5) for x in (50, 300) for line in lines_of(words("a line of its column", x, 100 + 12 * n))
    ]
    made += lines_of(words("the purpose of this policy is to describe the duties of each of the officers", 50, 200))
    made += lines_of(words("who use force", 50, 212))
    last = read_columns([Region(m.rect, m, 10.0) for m in made])[-1]
    assert len(last) == 2


def test_causes_of_death_are_lines_of_their_own() -> None:
    """1a, 1b and 1c of a medical certificate each open a block."""
    made = [line for n, c in enumerate("abc") for line in lines_of(words(f"1{c} Septic shock", 50, 100 + 12 * n))]
    assert len(paragraphs_of(made)) == 3


def test_a_smaller_link_is_part_of_its_sentence() -> None:
    """Browsers print addresses smaller than the text; that parts no paragraph."""
    link = Style("Body", 9.0)
    made = lines_of(words("the criteria for such assessments", 50, 100))
    made += lines_of(words("(https://example.org/key-tools/digital/)", 50, 113, link))
    made += lines_of(words("are met", 50, 126))
    assert len(paragraphs_of(made)) == 1


def test_an_index_is_part_of_its_word() -> None:
    """A smaller letter that touches a larger one follows it without a blank, whatever the library puts between."""
    small = words("n", 55, 102, Style("Body", 7.0))
    (line,) = lines_of([*words("x", 50, 100), *small, *words("grows", 62, 100)])
    assert line.text == "xn grows"
