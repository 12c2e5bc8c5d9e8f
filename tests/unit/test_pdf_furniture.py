"""Running heads and feet, page numbers and stamps, told from text by where they come again."""

from collections.abc import Callable

import pytest

from extractors.formats.pdf import furniture
from extractors.formats.pdf.geometry import Line
from tests.support.layout import line


def test_running_heads_are_found_by_repetition() -> None:
    """The same words at the same height on three pages or more are furniture, whatever their page number."""
    pages = [
        (800.0, [line(f"Annual Report | {n}", 50, 40), line(f"What was found in case {'abcdefghi'[n]}", 50, 400)])
        for n in range(9)
    ]
    found = furniture.find(pages)
    assert [id(lines[0]) in found and id(lines[1]) not in found for _, lines in pages] == [True] * 9


@pytest.mark.parametrize(("lower", "again"), [(0, True), (60, False)], ids=["as far from its edge", "elsewhere"])
def test_feet_of_pages_that_lie_across(lower: float, *, again: bool) -> None:
    """A short foot is told by its distance from the foot of the page, whatever the page's height."""
    heights = [800.0] * 8 + [600.0]
    foot = [line("GO 12.3", 300, h - 30 - lower * (h < 800)) for h in heights]
    body = [line(f"text {'abcdefghi'[n]} of the page", 50, 200) for n in range(9)]
    found = furniture.find([(h, [b, f]) for h, b, f in zip(heights, body, foot, strict=True)])
    assert (id(foot[-1]) in found, id(foot[0]) in found, id(body[-1]) in found) == (again, True, False)


def pages_of(top: Callable[[int], list[Line]], count: int = 9) -> list[tuple[float, list[Line]]]:
    """Pages that differ in their heads only."""
    return [(800.0, [*top(n), *(line(f"body {n} {m}", 50, 200 + 30 * m) for m in range(9))]) for n in range(count)]


@pytest.mark.parametrize(
    ("top", "furniture_of_page_3"),
    [
        pytest.param(lambda n: [line(f"Finding {3 * n * n + 2}", 50, 100)], [], id="numbered headings"),
        pytest.param(lambda n: [line(f"Page {n + 7} of 20", 50, 40)], ["Page 10 of 20"], id="numbers that keep step"),
        pytest.param(lambda n: [line(f"Part {n // 4}", 50, 40)], ["Part 0"], id="numbers that come again"),
        pytest.param(
            lambda n: [line(f"{'abcdefghi'[n] * 6} review", 50, 40), line(str(n + 7), 500, 40)],
            ["dddddd review", "10"], id="a head of one page, beside its number",
        ),
        pytest.param(
            lambda n: [line("ANNUAL REVIEW", 50, 40), line("Annual review" if n == 3 else f"text of {n}", 50, 70)],
            ["ANNUAL REVIEW"], id="a title that its running head repeats in capitals",
        ),
        pytest.param(
            lambda n: [line("Annual review", 50, 30), line(f"{'abcdefghi'[n] * 6} title", 50, 60)],
            ["Annual review"], id="a title under a running head",
        ),
    ],
)  # fmt: skip
def test_what_is_a_running_head(top: Callable[[int], list[Line]], furniture_of_page_3: list[str]) -> None:
    """Heads repeat, or keep step with the page, or share the row of its number; numbered headings do none of it."""
    pages = pages_of(top)
    found = furniture.find(pages)
    assert [made.text for made in pages[3][1] if id(made) in found] == furniture_of_page_3


Foot = Callable[[int], list[str]]


@pytest.mark.parametrize(
    ("foot", "is_text"),
    [
        pytest.param(lambda n: [f"{3 * n * n + 2} Ibid at [17/{n % 3}]."], True, id="a note a page"),
        pytest.param(
            lambda n: [f"{1 + (2 * n + m) % 7} INQ08 para {n % 3}" for m in range(4)], True, id="numbers begin again"
        ),
        pytest.param(lambda n: [f"{n + 7} Annual report"], False, id="a foot that opens with the page's number"),
        pytest.param(lambda n: [f"{n + 7} Part {n % 3}"], False, id="a page's number and a chapter's"),
        pytest.param(lambda _: ["12 Mill Street, Northshire"], False, id="an address"),
    ],
)
def test_notes_at_the_foot_that_are_alike_but_for_their_figures(foot: Foot, is_text: bool) -> None:
    """Their first figure is mostly their own and keeps no step with the page: they are no running feet."""
    pages = [
        (800.0, [line(f"body {n}", 50, 300), *(line(t, 50, 790 - 10 * m) for m, t in enumerate(reversed(foot(n))))])
        for n in range(9)
    ]
    found = furniture.find(pages)
    assert [id(made) in found for made in pages[4][1][1:]] == [not is_text] * len(foot(4))


def test_a_tall_head_goes_with_what_stands_above() -> None:
    """Rows that come again word for word on most pages, right below a head, are of it, however far down they reach."""
    tall = ["ADMINISTRATIVE DIRECTIVE", "REVIEW SCHEDULE: Annual", "AFFECTS: All Personnel"]
    pages = pages_of(lambda n: [line(words, 50, 100 + 13 * m) for m, words in enumerate(tall)])
    found = furniture.find(pages)
    assert [made.text for made in pages[2][1] if id(made) in found] == tall
    pages[2][1].append(line("AFFECTS: All Personnel", 50, 400))
    assert id(pages[2][1][-1]) not in furniture.find(pages)


def test_a_box_at_the_foot_that_numbers_its_page() -> None:
    """A ruled foot of one page alone is furniture where it says "Page 1 of 8"; other boxes at the foot stay."""
    numbered = [line("Chief of Police", 50, 760), line("Page 1 of 8", 400, 760)]
    other = [line("Total", 50, 760), line("188", 400, 760)]
    boxes = [((40.0, 740.0, 500.0, 780.0), lines) for lines in (numbered, other)]
    assert furniture.boxed([(800.0, boxes)]) == {(0, 0)}


def test_rows_of_a_list_of_contents_are_no_running_head() -> None:
    """A page number at the edge takes its row with it only where white space parts the row from the text."""
    rows = [
        made
        for n in range(9)
        for made in (line("abcdefghi"[n] * 9, 50, 40 + 14 * n), line(str(n + 3), 500, 40 + 14 * n))
    ]
    found = furniture.find([(800.0, rows)])
    assert all(id(made) not in found for made in rows if not made.text.isdigit())


def test_furniture_of_one_row_is_one_line() -> None:
    """Number, title and date of a running head come as one, from left to right."""
    made = furniture.rows(
        [line("2024", 500, 40), line("12", 50, 40), line("Annual Review", 200, 40), line("foot", 50, 780)]
    )
    assert [m.text for m in made] == ["12 Annual Review 2024", "foot"]


def test_a_recommendations_own_heading_is_no_running_head() -> None:
    """What says "Recommendation 4" at the top of a page is text, however many pages open so."""
    pages = [(800.0, [line(f"Recommendation {n}", 50, 40), line("It should act.", 50, 400)]) for n in range(1, 9)]
    assert furniture.find(pages) == set()


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        pytest.param("17", 780, True, id="page number at the foot"),
        pytest.param("17", 400, False, id="figure in the text"),
        pytest.param("Case 1:20-cv-3 Document 9 Filed 01/02/20 Page 3 of 9", 20, True, id="court stamp"),
        pytest.param("https://example.org/a", 785, True, id="browser print line"),
    ],
)
def test_margin_lines(text: str, base: float, expected: bool) -> None:
    """Page numbers and stamps are furniture even on a single page."""
    stamp = line(text, 50, base)
    body = [line("the body of the page goes on and on here", 50, 100 + 12 * i) for i in range(40)]
    assert (id(stamp) in furniture.find([(800.0, [*body, stamp])])) is expected
