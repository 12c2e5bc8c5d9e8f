"""Levels of headings by the list of contents."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import contents_levels, headings
from extractors.formats.pdf.drafts import Draft, Listed
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.outlines import Entry
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import BODY, line

BOLD = Style("Body", 10.0, bold=True)
PROSE = "The force kept no record of the stops that it made in the whole of that year."


def listed(
    rows: Sequence[tuple[str, float, str]], style: Style = BODY, page: int = 1, shift: float = 0
) -> list[Listed]:
    """Entries fourteen points apart, each set in so far, with page numbers that end at one edge."""
    made: list[Listed] = []
    for n, (title, indent, number) in enumerate(rows):
        head = line(title, 50 + indent + shift, 100 + 14 * n, style, page)
        end = line(number or "x", 400 + shift - 5 * len(number or "x"), 100 + 14 * n, BODY, page)
        made.append(Listed(title, number, (head, end) if number else (head,)))
    return made


def contents(entries: list[Listed], page: int = 1) -> Draft:
    lines = [part for entry in entries for part in entry.lines]
    return Draft(BlockKind.TABLE, lines, rows=[[e.title, e.page] for e in entries], listed=tuple(entries))


def block(text: str, page: int, style: Style = BODY) -> Draft:
    (draft,) = paragraphs_of([line(text, 50, 100, style, page)])
    return draft


LEVELS = [
    pytest.param(
        [("Foreword", 0), ("Custody", 0), ("Cells", 20), ("Vans", 20), ("Law", 0)], [1, 1, 2, 2, 1], id="set in"
    ),
    pytest.param([("1 Custody", 0), ("1.1 Cells", 0), ("1.1.1 Locks", 0), ("2 Law", 0)], [1, 2, 3, 1], id="numbers"),
    pytest.param([("1 Custody", 0), ("1.1 Cells", 20), ("Locks", 40), ("2 Law", 0)], [1, 2, 3, 1], id="both"),
    pytest.param(
        [("Foreword", 0), ("1 Custody", 0), ("1.1 Cells", 0), ("Index", 0)], [1, 1, 2, 1], id="no number, no less"
    ),
    pytest.param(
        [("Summary", 0), ("Chapter 1: Custody", 0), ("Cells", 0), ("Chapter 2: Law", 0), ("Powers", 0), ("Annex A", 0)],
        [1, 1, 2, 1, 2, 1],
        id="sections between chapters at one margin",
    ),
    pytest.param([("Custody", 0), ("Searches", 0), ("Law", 0)], [1, 1, 1], id="all alike"),
]


@pytest.mark.parametrize(("rows", "expected"), LEVELS)
def test_levels_of_entries(rows: list[tuple[str, float]], expected: list[int]) -> None:
    """An entry stands below another by being set in, by its number, or between chapters without space above it."""
    assert contents_levels.levels(listed([(title, indent, "1") for title, indent in rows])) == expected


def test_bold_and_plain_entries_at_one_margin() -> None:
    """Where each type comes more than once, bold stands above plain; what comes before any bold one is below none."""
    rows = [("Foreword", BODY), ("Custody", BOLD), ("Cells", BODY), ("Law", BOLD), ("Powers", BODY)]
    made = [entry for n, (title, style) in enumerate(rows) for entry in listed([(title, 0, "1")] * (n + 1), style)[n:]]
    assert contents_levels.levels(made) == [1, 1, 2, 1, 2]


def test_space_above_tells_a_section_from_a_chapter() -> None:
    """Between chapters at one margin, an entry with more space above it is no section."""
    rows = [("Chapter 1: Custody", 0, "1"), ("Cells", 0, "2"), ("Vans", 0, "3"), ("Chapter 2: Law", 0, "4")]
    last = Listed("Sources", "9", (line("Sources", 50, 170), line("9", 395, 170)))
    assert contents_levels.levels([*listed(rows), last]) == [1, 2, 2, 1, 1]


def test_pages_with_other_margins() -> None:
    """On even pages the whole list may stand further left: what counts is the distance to its right edge."""
    first = listed([("Custody", 0, "1"), ("Cells", 20, "2")])
    second = listed([("Vans", 20, "3"), ("Law", 0, "4")], page=2, shift=-25)
    assert contents_levels.levels([*first, *second]) == [1, 2, 2, 1]


def test_printed_pages_are_pages_of_the_file() -> None:
    """Titles that stand on one page alone tell how printed numbers run; the others are looked for by it."""
    rows = [("Custody", 0, "1"), ("Introduction", 20, "2"), ("Law", 0, "5"), ("Introduction", 20, "6")]
    body = [block(t, p) for t, p in (("Custody", 5), ("Introduction", 6), ("Law", 9), ("Introduction", 10))]
    found = contents_levels.entries([contents(listed(rows)), *body])
    assert found == [
        Entry(1, "Custody", 5),
        Entry(2, "Introduction", 6),
        Entry(1, "Law", 9),
        Entry(2, "Introduction", 10),
    ]


@pytest.mark.parametrize(
    ("rows", "pages", "expected"),
    [
        pytest.param([("Custody", "i"), ("Cells", "ii")], [3, 4], [3, 4], id="Roman numbers count by themselves"),
        pytest.param([("Custody", "1"), ("Cells", "9")], [3, 3], [], id="titles that do not agree"),
        pytest.param([("Custody", "1"), ("Cells", "2"), ("Law", "4")], [3, 4, 7], [3, 4, 7], id="one a page off"),
        pytest.param([("Figure 1: Cells", "1"), ("Custody", "2"), ("Law", "3")], [3, 4, 5], [4, 5], id="figures"),
        pytest.param([("Custody 1.4", "1"), ("Law", "2"), ("Yards", "3")], [3, 4, 5], [3, 4, 5], id="of paragraphs"),
    ],
)  # fmt: skip
def test_where_entries_lead(rows: list[tuple[str, str]], pages: list[int], expected: list[int]) -> None:
    """Only what the titles in the text bear out is believed."""
    body = [
        block(title.removesuffix(" 1.4").removesuffix(" 1.9"), page)
        for (title, _), page in zip(rows, pages, strict=True)
    ]
    found = contents_levels.entries([contents(listed([(title, 0, number) for title, number in rows])), *body])
    assert [entry.page for entry in found] == expected


def test_the_first_list_over_its_pages() -> None:
    """A list goes on over the pages that follow; lists of figures and those of later chapters are others."""
    figures = contents(listed([("Figure 1: Cells", 0, "3"), ("Figure 2: Vans", 0, "4")], page=2))
    first, second = listed([("Custody", 0, "1")] * 3, page=2), listed([("Law", 0, "9")] * 3, page=3)
    later = contents(listed([("Powers", 0, "12")] * 3, page=12))
    assert contents_levels.main_list([figures, contents(first), contents(second), later]) == [*first, *second]
    assert contents_levels.main_list([figures]) == []


def test_headings_take_the_levels_of_the_list() -> None:
    """Before sizes, but after an outline; a sentence that the list names stays text."""
    quoted = "The force should keep a full record of stops."
    rows = [("Custody", 0, "2"), ("Cells", 20, "2"), ("Law", 0, "3"), (quoted, 20, "3")]

    def drafts() -> list[Draft]:
        body = [("Custody", 2), ("Cells", 2), (PROSE, 2), ("Law", 3), (quoted, 3), (PROSE, 3)]
        large = Style("Body", 20.0, bold=True)
        return [
            block("Review of it", 1, large),
            contents(listed(rows)),
            *(block(t, p, BODY if p else BOLD) for t, p in body),
        ]

    made = drafts()
    headings.mark(made)
    assert [d.level for d in made] == [1, None, 1, 2, None, 1, None, None]
    made = drafts()
    headings.mark(made, [Entry(3, "Custody", 2), Entry(4, "Cells", 2)])
    assert [d.level for d in made] == [1, None, 3, 4, None, None, None, None]


@given(
    st.lists(
        st.tuples(st.sampled_from(["Custody", "1.2 Cells", "Chapter 3", "Annex B"]), st.sampled_from([0.0, 3, 20, 41])),
        min_size=1,
        max_size=25,
    )
)
def test_levels_begin_at_one_and_leave_none_out(rows: list[tuple[str, float]]) -> None:
    """Whatever is listed, the first entry is below none, and the outermost level is used."""
    found = contents_levels.levels(listed([(title, indent, "1") for title, indent in rows]))
    assert len(found) == len(rows)
    assert found[0] == 1
    assert min(found) == 1
