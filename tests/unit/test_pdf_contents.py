"""Lists of contents: found, put together entry by entry, read column by column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import aligned, contents
from extractors.formats.pdf.geometry import Line, Style
from tests.support.layout import BODY, line

BOLD = Style("Body", 10.0, bold=True)
DOTS = "." * 20
TITLE = line("Contents", 50, 60, BOLD)


def entry(title: str, page: str, base: float, x: float = 50, style: Style = BODY) -> list[Line]:
    """A title and its page number, which ends 200 points to the right of the margin at *x* = 50."""
    return [line(title, x, base, style), line(page, x + 200 - 5 * len(page), base)]


def led(title: str, page: str, base: float, x: float = 50, right: float = 350) -> Line:
    """A title, dots up to the right edge, and the page number there."""
    made = line(f"{title} {DOTS} {page}", x, base)
    made.words[-1].x1 = right
    return made.measured()


def rows(lines: list[Line], aside: list[Line] | None = None, since: int | None = None) -> list[list[list[str]]]:
    return [table.rows for table in contents.find(lines, aside or [], since=since)[0]]


THREE = [["Custody", "3"], ["Searches", "9"], ["Training", "12"]]


def test_dots_lead_to_a_number() -> None:
    """Entries whose dots lead to a number are one table, under any title or none; the rest of the page is left."""
    below = line("Published in June of that year", 50, 400)
    made = [led(title, page, 100 + 14 * n) for n, (title, page) in enumerate(THREE)]
    found, rest = contents.find([*made, below])
    assert [table.rows for table in found] == [THREE]
    assert rest == [below]
    assert [(e.title, e.page, e.lines) for e in found[0].listed] == [
        (t, p, (made[n],)) for n, (t, p) in enumerate(THREE)
    ]


@pytest.mark.parametrize(
    ("above", "since", "pages", "found"),
    [
        pytest.param([TITLE], None, ["3", "9", "12"], True, id="under the title"),
        pytest.param([], 3, ["3", "9", "12"], True, id="on the page after"),
        pytest.param([], 4, ["3", "9", "12"], False, id="on the page after, but numbered from before"),
        pytest.param(
            [line("As", 50, 60), line("told", 50, 72)], 3, ["3", "9", "12"], False, id="below other text there"
        ),
        pytest.param([], None, ["3", "9", "12"], False, id="figures alone prove nothing"),
        pytest.param([TITLE], None, ["30", "9", "12"], False, id="figures that do not count up"),
        pytest.param([TITLE], None, ["ii", "iv", "9"], False, id="one figure"),
    ],
)
def test_numbers_without_dots(above: list[Line], since: int | None, pages: list[str], found: bool) -> None:
    """Without dots a list needs its title, here or on the page before, and numbers that count up."""
    made = [part for n, page in enumerate(pages) for part in entry(THREE[n][0], page, 100 + 14 * n)]
    expected = [[[title, page] for (title, _), page in zip(THREE, pages, strict=True)]]
    assert rows([*above, *made], since=since) == (expected if found else [])


def test_two_columns_are_read_one_after_the_other() -> None:
    """The left list comes first, whether or not the two share their baselines."""
    for shift, gutter in ((0, 50), (5, 50), (0, 30)):
        left = [part for n, (title, page) in enumerate(THREE) for part in entry(title, page, 100 + 14 * n)]
        right = [
            part
            for n in range(3)
            for part in entry(f"Part {n} of it", f"{20 + n}", 100 - shift + 14 * n, x=250 + gutter)
        ]
        assert rows([TITLE, *right, *left]) == [[*THREE, *([f"Part {n} of it", f"{20 + n}"] for n in range(3))]]


def test_an_entry_over_two_lines() -> None:
    """A long line without a number goes on below; a short one ends the entry above, unless dots ended that."""
    long = "Findings about the conduct of"
    made = [
        *entry("Custody", "3", 100),
        line(long, 50, 112),
        *entry("officers", "9", 124),
        *entry("Training", "12", 136),
    ]
    assert rows([TITLE, *made]) == [[["Custody", "3"], [f"{long} officers", "9"], ["Training", "12"]]]
    made = [
        *entry("Custody", "3", 100),
        *entry(long, "9", 112),
        line("officers", 50, 124),
        *entry("Training", "12", 136),
    ]
    assert rows([TITLE, *made]) == [[["Custody", "3"], [f"{long} officers", "9"], ["Training", "12"]]]
    made = [led("Custody", "3", 100), led(long, "9", 112), line("officers", 50, 124), led("Training", "12", 136)]
    assert rows(made) == [[["Custody", "3"], [long, "9"], ["officers", ""], ["Training", "12"]]]


def test_a_number_taken_for_the_page_s_own() -> None:
    """The last entry's number, which stands where page numbers do, comes back; the page's own, alone, does not."""
    made = [part for n, (title, page) in enumerate(THREE) for part in entry(title, page, 700 + 14 * n)]
    own, number = line("4", 245, 760), made.pop()
    assert rows([TITLE, *made], [number, own]) == [THREE]


def test_a_heading_between_two_lists() -> None:
    """A larger line parts two lists and is in neither."""
    first = [led(title, page, 100 + 14 * n) for n, (title, page) in enumerate(THREE)]
    second = [led(f"Figure {n}", f"{n}", 180 + 14 * n) for n in (1, 2, 3)]
    heading = line("Figures", 50, 160, Style("Body", 14.0))
    found, rest = contents.find([*first, heading, *second])
    assert [len(table.rows) for table in found] == [3, 3]
    assert rest == [heading]


def test_a_chapter_without_a_page() -> None:
    """A line of the list that names no page is a row of its own."""
    made = [
        led("Custody", "3", 100),
        line("Part Two", 50, 114, BOLD),
        led("Searches", "9", 128),
        led("Training", "12", 142),
    ]
    assert rows(made) == [[["Custody", "3"], ["Part Two", ""], ["Searches", "9"], ["Training", "12"]]]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 40), st.sampled_from(["Custody", "4", "12", "a .... 9", "ii"])),
        max_size=40,
    )
)
def test_no_line_is_lost_or_read_twice(placed: list[tuple[int, int, str]]) -> None:
    """Whatever stands where, each word is in one list or among the rest."""
    made = [TITLE, *(line(text, 60 + 150 * column, 100 + 9 * row) for column, row, text in placed)]
    found, rest = contents.find(made)
    kept = [part for table in found for part in table.lines] + rest
    assert sorted(id(w) for part in kept for w in part.words) == sorted(id(w) for part in made for w in part.words)
    for table in found:
        assert [[e.title, e.page] for e in table.listed] == table.rows


@pytest.mark.parametrize(
    ("left", "right", "beside"),
    [
        pytest.param(
            ["1. cells", "2. vans", "3. yards"], ["4. forms", "5. logs", "6. tapes"], True, id="numbers go on"
        ),
        pytest.param(
            ["(a) cells", "(b) vans", "(c) yards"], ["(d) forms", "(e) logs", "(f) tapes"], True, id="letters"
        ),
        pytest.param(["• cells", "• vans", "• yards"], ["• interview rooms", "• logs", "• tapes"], True, id="bullets"),
        pytest.param(
            ["1. cells", "2. vans", "3. yards"], ["1. forms", "2. logs", "3. tapes"], False, id="begins again"
        ),
        pytest.param(["cells kept", "vans kept", "yards kept"], ["1. two", "2. ten", "3. six"], False, id="one list"),
    ],
)
def test_two_lists_beside_each_other(left: list[str], right: list[str], beside: bool) -> None:
    """Lists whose numbers go on from the left to the right, or with bullets in both, are columns and no table."""
    columns = [[line(text, x, 100 + 14 * n) for n, text in enumerate(side)] for x, side in ((50, left), (250, right))]
    assert aligned.lists_beside(columns) is beside
    assert not beside or not aligned.find([*columns[0], *columns[1]])[0]
