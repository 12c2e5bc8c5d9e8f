"""Lists of contents that name no pages."""

import pytest

from extractors.formats.pdf import bare_contents
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.records import BlockKind
from tests.support.layout import line, texts

ENTRIES = ["1. Ashgrove road", "2. Hatherley lane", "3. Bexcombe square"]
AGAIN = ["Ashgrove road", "Hatherley lane", "Bexcombe square"]


def read(title: str, entries: list[str], later: list[str], apart: float = 14.0) -> list[Draft]:
    """A list under *title*, and further on what may be the titles of its entries, each over a sentence."""
    below = [line(text, 60, 100 + apart * n) for n, text in enumerate([title, *entries])]
    made = [
        [line(text, 50, 300 + 60 * n), line("They wrote down what was said.", 50, 330 + 60 * n)]
        for n, text in enumerate(later)
    ]
    drafts = [
        draft
        for lines in [[one] for one in below] + [[one] for pair in made for one in pair]
        for draft in paragraphs_of(lines)
    ]
    bare_contents.mark(drafts)
    return drafts


@pytest.mark.parametrize("title", ["Contents", "CONTENTS:", "Table of contents"])
def test_entries_that_come_again_are_furniture(title: str) -> None:
    """What stands below "Contents" and comes again as a title is no title itself; the later one stays."""
    drafts = read(title, ENTRIES, AGAIN)
    aside = [d for d in drafts if d.kind is BlockKind.FURNITURE]
    assert len(aside) == 3
    assert aside == drafts[1:4]
    assert texts(drafts[4:])[::2] == AGAIN


@pytest.mark.parametrize(
    ("title", "entries", "later", "apart"),
    [
        pytest.param("Index", ENTRIES, AGAIN, 14.0, id="no title of contents"),
        pytest.param("Contents", ENTRIES[:2], AGAIN, 14.0, id="two lines prove nothing"),
        pytest.param("Contents", ENTRIES, AGAIN[:1], 14.0, id="they do not come again"),
        pytest.param("Contents", ENTRIES, AGAIN, 40.0, id="far apart"),
    ],
)
def test_what_is_no_list_stays(title: str, entries: list[str], later: list[str], apart: float) -> None:
    """Lines stay what they are where nothing says that they list what follows."""
    assert all(d.kind is not BlockKind.FURNITURE for d in read(title, entries, later, apart))


def test_text_after_the_list_stays() -> None:
    """The list ends with the last entry that comes again, however close the text below it."""
    drafts = read("Contents", [*ENTRIES, "It was a long day."], AGAIN)
    assert [d.kind is BlockKind.FURNITURE for d in drafts[:5]] == [False, True, True, True, False]
