"""Headings that the document's own outline names, and their levels."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf import headings, outlines
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.geometry import Line, Style, Word
from extractors.formats.pdf.outlines import Entry
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line
from tests.support.pdf_files import SENTENCE, pdf, text


def draft(words: str, page: int = 1, size: float = 10, *, bold: bool = False) -> Draft:
    style = Style("Body", size, bold=bold)
    line = Line([Word(word, 50, 90, 60, 102, 100, style) for word in words.split()]).measured()
    line.page = page
    return Draft(BlockKind.PARAGRAPH, [line])


PROSE = "The force kept no record of the stops that it made in the whole of that year, as the inquiry found."


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([], [1, 2, 3, None], id="no outline: by rank of size"),
        pytest.param([Entry(1, "Custody", 1), Entry(2, "Cells", 1)], [1, 1, 2, None], id="as the outline has it"),
        pytest.param([Entry(1, "2. Custody", 1), Entry(2, "2.1 Cells", 1)], [1, 1, 2, None], id="numbers in one alone"),
        pytest.param([Entry(1, "Custody", 1), Entry(2, "Nowhere", 1)], [1, 2, 3, None], id="one proves nothing"),
        pytest.param([Entry(1, "Custody", 7), Entry(2, "Cells", 7)], [1, 2, 3, None], id="other pages"),
        pytest.param([Entry(3, "Custody", 1), Entry(4, "Cells", 1)], [1, 3, 4, None], id="sizes that it does not name"),
    ],
)  # fmt: skip
def test_levels(entries: list[Entry], expected: list[int | None]) -> None:
    """The outline's levels go before ranks of size; a size that it never names lies under the larger ones."""
    drafts = [draft("Review", size=20), draft("Custody", size=15), draft("Cells", size=12), draft(PROSE)]
    headings.mark(drafts, entries)
    assert [d.level for d in drafts] == expected


def test_an_outline_at_odds_with_its_numbers() -> None:
    """Levels that a few bookmarks give against the sequence of the numbers are not believed; their titles are."""
    said = ["4. Cells", "5. Searches", "6. Complaints"]
    titles = [line(text, 50, 100 + 60 * n, Style("Body", 12.0, bold=True)) for n, text in enumerate(said)]
    drafts = [part for title in titles for part in (*paragraphs_of([title]), draft(PROSE))]
    headings.mark(drafts, [Entry(1, "Searches", 1), Entry(2, "Complaints", 1)])
    assert [d.level for d in drafts if d.kind is BlockKind.HEADING] == [1, 1, 1]


def test_a_heading_in_plain_type() -> None:
    """What the outline names is a heading, however it is set; the same words elsewhere are not."""
    drafts = [draft("Record keeping", 2), draft(PROSE, 2), draft("Record keeping", 5), draft("Searches", 6)]
    headings.mark(drafts, [Entry(1, "Record keeping", 2), Entry(2, "Searches", 5)])
    kinds = [d.kind for d in drafts]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.HEADING]


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 3)), max_size=9),
    st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 9), st.integers(1, 3)), max_size=12),
)
def test_each_heading_is_named_once(words: list[tuple[str, int]], named: list[tuple[str, int, int]]) -> None:
    """However titles repeat, a draft takes one level, and no more drafts are named than there are entries."""
    drafts = [draft(word, page) for word, page in words]
    levels = outlines.named(drafts, [Entry(level, title, page) for title, level, page in named])
    assert len(levels) <= min(len(named), len(drafts))
    for place, level in levels.items():
        title = drafts[place].lines[0].text
        assert any((t, v) == (title, level) and drafts[place].page - p in (0, 1) for t, v, p in named)


def test_an_outline_from_its_file() -> None:
    """Bookmarks are read with their depth and page, and become levels of headings."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page, (title, level) in enumerate([("Custody", 0), ("Cells", 1), ("Searches", 0)]):
        canvas.bookmarkPage(title)
        canvas.addOutlineEntry(title, title, level)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, f"{page + 1}. {title}")
        for row in range(4):
            canvas.drawString(72, 660 - 14 * row, PROSE[:80])
        canvas.showPage()
    canvas.save()
    found = [(b.text, b.level) for b in read_pdf(out.getvalue(), "x", Limits(ocr=False)).blocks if b.level]
    assert found == [("Custody", 1), ("Cells", 2), ("Searches", 1)]


def test_an_outline_that_holds_itself() -> None:
    """Bookmarks chained in a ring are read once each, whatever they lead to."""
    ring = (
        b"<< /Title (one) /Parent 6 0 R /Next 8 0 R /First 7 0 R /Dest [4 0 R /Fit] >>",
        b"<< /Title (two) /Parent 6 0 R /Next 7 0 R /First 8 0 R /Dest [99 0 R /Fit] >>",
    )
    more = (b"<< /Type /Outlines /First 7 0 R /Last 8 0 R >>", *ring)
    data = pdf(text(), catalog="/Outlines 6 0 R", more=more)
    with PdfFile(data, "ring") as file:
        assert file.outline() == [Entry(1, "one", 1)]
    assert [b.text for b in read_pdf(data, "ring", Limits(ocr=False)).blocks] == [SENTENCE]
