"""Names, offices and dates under a signature or a quotation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf import headings
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.joining import join_breaks
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import BODY, line

BOLD = Style("Body", 10.0, bold=True)
LARGE = Style("Body", 14.0, bold=True)
PROSE = "The force kept no record of the stops that it made in the whole of that year, as we found."
QUOTE = "“The force kept no record of the stops that it made in the whole of that year, as we found.”"


def blocks(*rows: tuple[str, Style, int]) -> list[Draft]:
    """A block for each text, one below the other on its page."""
    made: list[Draft] = []
    for n, (text, style, page) in enumerate(rows):
        made.extend(paragraphs_of([line(text, 50, 100 + 40 * n, style, page)]))
    return made


def titles(drafts: list[Draft]) -> list[str]:
    """Texts of those that are marked as headings."""
    headings.mark(drafts)
    return [" ".join(part.text for part in d.lines) for d in drafts if d.kind is BlockKind.HEADING]


NEXT = ("Findings", LARGE, 2)
AFTER = (PROSE, BODY, 2)


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param(["Dame Rosalind Ashgrove"], id="a name with its honour"),
        pytest.param(["Rosalind Ashgrove"], id="a bare name alone"),
        pytest.param(["Rosalind Ashgrove", "Chair of the Inquiry"], id="name and office"),
        pytest.param(["Rosalind Ashgrove", "3 May 2024"], id="name and date"),
        pytest.param(["Dated: 03/05/2024", "Assistant Coroner for Northshire"], id="a coroner's"),
        pytest.param(["HM Chief Inspector of Constabulary"], id="an office"),
    ],
)
def test_what_closes_a_foreword_is_text(closing: list[str]) -> None:
    """Below the text, before a page that opens with a heading, a larger heading, or the end of the document."""
    for below in ([NEXT, AFTER], [("Findings", LARGE, 1), (PROSE, BODY, 1)], []):
        made = blocks((PROSE, BODY, 1), *((text, BOLD, 1) for text in closing), *below)
        assert titles(made) == ["Findings"][: len(below)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("Chief Constable", BOLD, 1), (PROSE, BODY, 1)], id="its own text below"),
        pytest.param([("Chief Constable", BOLD, 1), (PROSE, BODY, 2)], id="its own text on the next page"),
        pytest.param([("Chief Constable", BOLD, 1), ("Duties", BOLD, 1), (PROSE, BODY, 1)], id="a title of its size"),
        pytest.param([("Dame Rosalind Ashgrove", LARGE, 1), NEXT, AFTER], id="larger than the text"),
        pytest.param([("Duties of the Chair:", BOLD, 1), NEXT, AFTER], id="leads to something"),
        pytest.param([("USE OF FORCE", BOLD, 1), NEXT, AFTER], id="no name"),
        pytest.param([("3.1 Chief Inspector", BOLD, 1), NEXT, AFTER], id="numbered"),
    ],
)  # fmt: skip
def test_what_stays_a_heading(rows: list[tuple[str, Style, int]]) -> None:
    """A heading has text below it, or is set larger, or is not called as people and offices are."""
    assert rows[0][0] in titles(blocks((PROSE, BODY, 1), *rows))


def test_a_date_beside_what_it_titles() -> None:
    """In a chronology the last date of a page has its event beside it, although a heading follows."""
    made = blocks((PROSE, BODY, 1), ("3 May 2024", BOLD, 1))
    (event,) = paragraphs_of([line("The report was made", 200, 140)])
    assert "3 May 2024" in titles([*made, event, *blocks(NEXT, AFTER)])


def test_who_is_quoted() -> None:
    """A line in bold under a quotation, before the next one, is no heading, and nothing goes on from it."""
    who = "Rosalind Ashgrove, a member of the group"
    made = blocks((QUOTE, BODY, 1), (who, BOLD, 1), (QUOTE, BODY, 2), (who, BOLD, 2))
    assert titles(made) == []
    assert len(join_breaks(made)) == 4
    assert titles(blocks((QUOTE, BODY, 1), ("Stops and searches", BOLD, 1), (PROSE, BODY, 1))) == ["Stops and searches"]


def test_what_the_outline_names_stays() -> None:
    """A section may be called like an office; the document's own outline or contents say so."""
    from extractors.formats.pdf.outlines import Entry

    made = blocks((PROSE, BODY, 1), ("Chief Constable", BOLD, 1), NEXT, AFTER)
    headings.mark(made, [Entry(1, "Chief Constable", 1), Entry(1, "Findings", 2)])
    assert [d.kind for d in made].count(BlockKind.HEADING) == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from([PROSE, QUOTE, "Chief Constable", "3 May 2024", "Findings", "Rosalind Ashgrove"]),
            st.sampled_from([BODY, BOLD, LARGE]),
            st.integers(1, 3),
        ),
        max_size=12,
    )
)
def test_nothing_that_closes_is_a_heading(rows: list[tuple[str, Style, int]]) -> None:
    """Whatever stands in whatever order, a closing line is short text, and text comes before it on its page."""
    made = blocks(*rows)
    headings.mark(made)
    for place, draft in enumerate(made):
        if draft.closes:
            assert draft.kind is not BlockKind.HEADING
            assert draft.size < 1.14 * headings.body_size(made)
            assert place > 0
            assert made[place - 1].page == draft.page
