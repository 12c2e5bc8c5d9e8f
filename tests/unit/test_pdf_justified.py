"""Justified lines whose blanks were stretched until they looked like gaps between columns."""

import io
from itertools import pairwise

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import Style, Word
from extractors.formats.pdf.lines import lines_of
from tests.support.layout import words

FULL = "the officers were told of it at once and then"  # 267 points from 50 on


def spread(text: str, gaps: list[float], x: float = 50, base: float = 112, style: Style | None = None) -> list[Word]:
    """Words with these gaps between them, in order."""
    found: list[Word] = []
    for part, gap in zip(text.split(), [*gaps, 0.0], strict=True):
        (word,) = words(part, x, base, style or Style("Body", 10.0))
        found.append(word)
        x = word.x1 + gap
    return found


END = words(FULL, 50, 100)[-1].x1
"""Where the full line ends."""


def filled(text: str, stop_after: int | None = None) -> list[Word]:
    """A line whose blanks are stretched to the full line's end, that after one word twice as far as the others."""
    parts = text.split()
    shares = [2.0 if n == stop_after else 1.0 for n in range(len(parts) - 1)]
    rest = END - 50 - 5 * sum(map(len, parts))
    return spread(text, [rest * share / sum(shares) for share in shares])


def read(second: list[Word], above: str = FULL) -> list[str]:
    return [line.text for line in lines_of([*words(above, 50, 100), *second])]


@pytest.mark.parametrize(
    ("second", "text"),
    [
        pytest.param(filled("claim knowledge of the case"), "claim knowledge of the case", id="wide"),
        pytest.param(filled("some of them were told. Others who", 4), "some of them were told. Others who", id="stop"),
    ],
)
def test_blanks_that_were_stretched_alike(second: list[Word], text: str) -> None:
    """The words of one line are one line, where another one crosses the gaps and ends at the same edge."""
    assert max(b.x0 - a.x1 for a, b in pairwise(second)) > 15
    assert read(second) == [FULL, text]


@pytest.mark.parametrize(
    ("second", "above"),
    [
        pytest.param(filled("claim knowledge of the case"), "too short a line", id="no line crosses"),
        pytest.param(filled("some of them were told. Others who", 2), FULL, id="one gap is wider than the others"),
        pytest.param(spread("Force Region Year Total", [30, 40, 35]), FULL, id="cells of a row that ends elsewhere"),
        pytest.param(spread("Force 2024", [END - 50 - 45]), FULL, id="a single gap"),
        pytest.param(spread("a b c d", [(END - 70) / 3] * 3), FULL, id="wider than any blank"),
    ],
)
def test_cells_stay_apart(second: list[Word], above: str) -> None:
    """Gaps that differ, end elsewhere or are too few or too wide part cells or columns."""
    assert len(read(second, above)) > 2


WORDS = "the LVX is a defensive tactic to quickly and safely stop"


@pytest.mark.parametrize(
    ("text", "gap", "pieces"),
    [
        pytest.param(WORDS, 16.0, 1, id="one gap throughout"),
        pytest.param("the LVX is a tactic", 16.0, 5, id="too few to tell"),
        pytest.param("2011 2012 2013 2014 2015 2016 2017 2018", 16.0, 8, id="cells of one width"),
        pytest.param("Force Region Year Total Share Rank Rate Notes", 32.0, 8, id="wider than any blank"),
    ],
)
def test_words_that_stand_equally_far_apart(text: str, gap: float, pieces: int) -> None:
    """Many words of unlike length with the very same gap between them are a line, though no line stands nearby."""
    assert len(lines_of(spread(text, [gap] * (len(text.split()) - 1)))) == pieces


def test_cells_of_unlike_length_have_unlike_gaps() -> None:
    """Cells that begin where their columns do are no line."""
    row = [word for n, part in enumerate(WORDS.split()) for word in words(part, 50 + 70 * n, 112)]
    assert len(lines_of(row)) == len(WORDS.split())


def test_a_stretched_line_within_an_item() -> None:
    """A whole page: four stretched lines in a row of items are no columns, and each item is one block."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    y = 760
    for letter in "abcd":
        parts = f"{letter}. Interview all of the officers and others who".split()
        room = 420 - sum(canvas.stringWidth(part, "Helvetica", 11) for part in parts)
        x = 72.0
        for part in parts:
            canvas.drawString(x, y, part)
            x += canvas.stringWidth(part, "Helvetica", 11) + room / (len(parts) - 1)
        long = "were present when the officers used force on the person and"
        stretch = (420 - canvas.stringWidth(long, "Helvetica", 11)) / long.count(" ")
        canvas.drawString(72, y - 14, long, wordSpace=stretch)
        canvas.drawString(72, y - 28, "write it down.")
        y -= 44
    canvas.save()
    blocks = read_pdf(out.getvalue(), "stretched", Limits(ocr=False)).blocks
    assert [block.marker for block in blocks] == ["a.", "b.", "c.", "d."]
    assert {block.text.split()[-1] for block in blocks} == {"down."}
