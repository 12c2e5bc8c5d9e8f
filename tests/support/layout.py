"""Words and lines made up for tests of the layout, without any PDF."""

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.geometry import Line, Style, Word
from extractors.formats.pdf.lines import lines_of

BODY = Style("Body", 10.0)


def words(text: str, x: float, base: float, style: Style = BODY, drawn: int = 1) -> list[Word]:
    """Words set from *x* on, five points a letter and three a blank."""
    found: list[Word] = []
    for part in text.split():
        width = 0.5 * style.size * len(part)
        found.append(Word(part, x, base - 0.8 * style.size, x + width, base + 0.22 * style.size, base, style, drawn))
        x += width + 0.3 * style.size
    return found


def line(text: str, x: float, base: float, style: Style = BODY, page: int = 1) -> Line:
    made = lines_of(words(text, x, base, style), page)
    assert len(made) == 1
    return made[0]


def texts(drafts: list[Draft]) -> list[str]:
    return [" ".join(part.text for part in d.lines) for d in drafts]
