"""Covers, title pages, mastheads and the titles of appendices."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf import covers, headings
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.outlines import Entry
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line

PROSE = "The force kept no record of the stops that it made in the whole of that year, as we found."
REST = [("Summary", 14, 2), (PROSE, 10, 2), ("Stops", 12, 2), (PROSE, 10, 2)]


def made(rows: Sequence[tuple[str, float, int]]) -> list[Draft]:
    """A block for each text, one below the other on its page, marked."""
    drafts: list[Draft] = []
    for n, (text, size, page) in enumerate(rows):
        drafts.extend(paragraphs_of([line(text, 50, 100 + 60 * n, Style("Body", size), page)]))
    return drafts


def levels(rows: Sequence[tuple[str, float, int]], outline: list[Entry] | None = None) -> list[int | None]:
    drafts = made(rows)
    headings.mark(drafts, outline or [])
    return [draft.level for draft in drafts]


COVERS = [
    pytest.param(
        [("Northshire Inquiry", 20), ("Custody in Northshire", 30)], [2, 1], id="a small line above the title"
    ),
    pytest.param([("HOUSE OF LORDS", 40), ("Custody in Northshire", 30)], [2, 1], id="its publisher larger"),
    pytest.param(
        [("Final Report", 40), ("Custody in Northshire", 30), ("Volume 2", 20)], [2, 1, 2], id="its kind larger"
    ),
    pytest.param([("Custody", 20), ("Custody in Northshire", 20)], [2, 1], id="alike: the longer"),
    pytest.param([("Custody", 30), ("3 May 2024", 20)], [1, None], id="its date"),
    pytest.param([("Custody", 30), ("Presented to Parliament by Command", 16)], [1, None], id="a formula"),
    pytest.param([("Review of the Police Department", 30), ("Custody", 20)], [1, 2], id="a title that names a body"),
    pytest.param([("Final Report", 30), ("3 May 2024", 20)], [1, None], id="nothing better"),
]


@pytest.mark.parametrize(("cover", "expected"), COVERS)
def test_one_title_on_a_cover(cover: list[tuple[str, float]], expected: list[int | None]) -> None:
    """It is the largest line that names neither publisher nor kind; the others lie below, dates are text."""
    found = levels([*((text, size, 1) for text, size in cover), *REST])
    assert found == [*expected, 1, None, 2, None]


def test_sizes_of_a_cover_push_nothing_down() -> None:
    """However many sizes a cover and its title page use up, the largest of the text is on the first level."""
    front = [(f"Line {n} of it", 40 - 4 * n, page) for page in (1, 2) for n in range(4)]
    assert levels([*front, *((t, s, 3) for t, s, _ in REST)])[-4:] == [1, None, 2, None]


def test_a_masthead_over_text() -> None:
    """Above text on the first page, what is set as no later heading is the title, and sections lie below it."""
    rows = [("Northshire Police Department", 16, 1), ("Use of Force", 20, 1), ("Purpose", 12, 1), (PROSE * 3, 10, 1)]
    assert levels([*rows, ("Policy", 12, 2), (PROSE, 10, 2)]) == [2, 1, 2, None, 2, None]
    smaller = [("Policy", 12, 1), ("Use of Force", 20, 1), (PROSE * 3, 10, 1), ("Use of Force", 20, 2), (PROSE, 10, 2)]
    assert levels(smaller)[:2] == [1, 1]  # nothing stands above the first line, so it is below nothing


def test_the_outline_has_the_first_word_on_covers_too() -> None:
    """Levels that the outline gives stay; the cover's other lines are ranked among themselves."""
    outline = [Entry(1, "Northshire Inquiry", 1), Entry(1, "Summary", 2), Entry(2, "Stops", 2)]
    assert levels([("Northshire Inquiry", 20, 1), ("Custody", 30, 1), *REST], outline) == [1, 1, 1, None, 2, None]


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        pytest.param(("APPENDIX A", 12), ("Calls for evidence", 14), [1, 1], id="smaller than its title"),
        pytest.param(("Annex 2", 14), ("Calls for evidence", 12), [1, 2], id="larger"),
        pytest.param(("Part of it", 12), ("Calls for evidence", 14), [2, 1], id="no label"),
    ],
)
def test_the_label_of_an_appendix(label: tuple[str, float], title: tuple[str, float], expected: list[int]) -> None:
    """An "Appendix A" right above its larger title stands on the title's level."""
    above = paragraphs_of([line(label[0], 50, 100, Style("Body", label[1]), 4)])
    below = paragraphs_of([line(title[0], 50, 124, Style("Body", title[1]), 4)])
    drafts = [*made([(text, size, 1) for text, size, _ in REST]), *above, *below, *made([(PROSE, 10, 4)])]
    headings.mark(drafts)
    assert [d.level for d in (*above, *below)] == expected


def test_appendices_are_twins() -> None:
    """Where the first appendix has no title of its own, the larger title of the second stands beside, not above."""
    bold, larger = Style("Body", 12, bold=True), Style("Body", 16, bold=True)
    first = paragraphs_of([line("APPENDIX A", 50, 100, bold, 4)])
    second = paragraphs_of([line("APPENDIX B", 50, 100, bold, 5)])
    own = paragraphs_of([line("Anatomical drawings", 50, 124, larger, 5)])
    text = [made([(PROSE, 10, page)])[0] for page in (4, 5)]
    headings.mark([*made(REST), *first, text[0], *second, *own, text[1]])
    assert first[0].level == second[0].level == own[0].level


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Final Report", "Custody", "HOUSE OF LORDS", "3 May 2024", PROSE, "Volume 2"]),
            st.sampled_from([10.0, 12.0, 16.0, 30.0]),
            st.integers(1, 4),
        ),
        min_size=1,
        max_size=14,
    )
)
def test_every_heading_has_a_level(rows: list[tuple[str, float, int]]) -> None:
    """Whatever stands on the first pages, headings have levels from 1 to 6, a cover at most one title."""
    drafts = made(sorted(rows, key=lambda row: row[2]))
    headings.mark(drafts)
    found = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    assert all(1 <= (draft.level or 0) <= 6 for draft in found)
    front = covers.find(drafts, found)
    for page in (1, 2, 3):
        assert sum(front.levels.get(id(draft)) == 1 for draft in found if draft.page == page) <= 1


def test_a_cover_in_a_file() -> None:
    """A publisher in larger type than the title: the title is the report's, and sections begin on the first level."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for y, size, text in ((780, 32, "HOUSE OF COMMONS"), (600, 26, "Custody in Northshire"), (200, 16, "3 May 2024")):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(72, y, text)
    canvas.showPage()
    for title in ("Cells", "Stops and searches"):
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, 760 - len(title), title)
        canvas.setFont("Helvetica", 11)
        for row in range(5):
            canvas.drawString(72, 720 - 14 * row, PROSE[:80])
        canvas.showPage()
    canvas.save()
    reading = read_pdf(out.getvalue(), "cover", Limits(ocr=False))
    assert reading.title == "Custody in Northshire"
    assert [b.level for b in reading.blocks if b.kind is BlockKind.HEADING] == [2, 1, 1, 1]
    assert next(b for b in reading.blocks if b.text == "3 May 2024").kind is BlockKind.PARAGRAPH
