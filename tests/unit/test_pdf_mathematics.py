"""Formulas that TeX set: symbols by their place in its fonts, accents on their letters, signs on their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.limits import Limits
from extractors.formats.pdf import mathematics
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import Style, Word
from extractors.formats.pdf.lines import lines_of
from tests.support.pdf_files import FONT, pdf


def sign(text: str, font: str = "CMSY10", x: float = 100, base: float = 100) -> Word:
    return Word(text, x, base - 8, x + 5, base + 2, base, Style(font, 10.0))


@pytest.mark.parametrize(
    ("given_by_the_library", "font", "drawn"),
    [
        ("0", "CMSY8", "′"),
        ("k", "CMSY10", "‖"),
        ("hi", "LMMathSymbols10-Regular", "⟨⟩"),
        ("7→", "CMSY10", "↦"),
        ("[", "CMEX10", "⋃"),
        ("X", "CMEX10", "∑"),
        ("\uf004", "MSAM10", "■"),
        ("∈", "CMSY10", "∈"),
        ("S", "CMSY10", "S"),
        ("0", "CMR10", "0"),
        ("k", "Helvetica", "k"),
    ],
)
def test_symbols_by_their_place_in_the_font(given_by_the_library: str, font: str, drawn: str) -> None:
    """What no list of glyph names knows is read by its place; what the library knows, and other fonts, stay."""
    assert [w.text for w in mathematics.name([sign(given_by_the_library, font)])] == [drawn]


@pytest.mark.parametrize(
    ("words", "read"),
    [
        pytest.param([sign("6"), sign("=", "CMR10")], ["≠"], id="before its sign"),
        pytest.param([sign("=", "CMR10"), sign("6", x=101)], ["≠"], id="after its sign"),
        pytest.param([sign("6∈")], ["∉"], id="in one word with it"),
        pytest.param([sign("x", "CMMI10", 50), sign("6"), sign("⊆")], ["x", "⊈"], id="after another word"),
    ],
)
def test_a_stroke_goes_through_its_sign(words: list[Word], read: list[str]) -> None:
    """TeX draws "not" as a stroke over the sign; in whichever order, the two are one character."""
    assert [w.text for w in mathematics.name(words)] == read


LETTERS = st.text(st.characters(codec="ascii", exclude_characters="6"), min_size=1, max_size=4)
FONTS = st.sampled_from(["CMSY10", "CMEX10", "CMR10", "Body"])


@given(st.lists(st.tuples(LETTERS, FONTS), max_size=12))
def test_other_fonts_keep_their_letters(found: list[tuple[str, str]]) -> None:
    """Words of other fonts stay as they are, whatever symbols stand between them; no word is lost."""
    words = mathematics.name([sign(text, font, 100 + 50 * n) for n, (text, font) in enumerate(found)])
    assert [w.style.font for w in words] == [font for _, font in found]
    plain = [(w.text, t) for w, (t, font) in zip(words, found, strict=True) if font in ("CMR10", "Body")]
    assert all(kept == meant for kept, meant in plain)


def test_a_big_operator_stands_on_the_axis_of_its_line() -> None:
    """Its origin hangs above the line; its ink is centred a quarter of the size above the baseline."""
    union = sign("⋃", "CMEX10", 100, 91.0)
    mathematics.centre(union, 90.5, 104.5)
    assert union.base == 100.0
    assert len(lines_of([sign("x", "CMMI10", 92), union, sign("U", "CMMI10", 106)])) == 1


def page(*shown: tuple[float, float, bytes], font: str = "Helvetica") -> bytes:
    """A page whose texts stand at these places: across, up, characters in WinAnsi."""
    fonts = FONT.replace(b"/Helvetica", f"/{font}".encode()).replace(b">>", b"/Encoding /WinAnsiEncoding >>")
    body = b" ".join(b"BT /F1 20 Tf %.2f %.2f Td (%b) Tj ET" % (x, y, words) for x, y, words in shown)
    return pdf(body, font=fonts)


J, U, RGEN = (72, 700, b"J"), (82, 700, b"u"), (93, 700, b"rgen")
DOTS = (83.4, 700, b"\xa8")


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        pytest.param([J, DOTS, U, RGEN], "Jürgen", id="before"),
        pytest.param([J, U, DOTS, RGEN], "Jürgen", id="after"),
        pytest.param([(72, 700, b"x"), (73.5, 700, b"\x88")], "x\u0302", id="no character of its own"),
        pytest.param([(72, 700, b"the \xb4act\xb4 itself")], "the ´act´ itself", id="a quotation mark"),
    ],
)
def test_accents_drawn_over_letters(shown: list[tuple[float, float, bytes]], read: str) -> None:
    """An accent that is a glyph of its own belongs to the letter beneath; one beside a letter stays a mark."""
    (block,) = read_pdf(page(*shown), "accent", Limits(ocr=False)).blocks
    assert block.raw == read


@given(st.lists(st.tuples(st.floats(72, 100), st.sampled_from([b"\xa8", b"\xb4", b"\x88", b"e", b"'"])), max_size=6))
def test_accents_over_accents(marks: list[tuple[float, bytes]]) -> None:
    """However many are drawn over each other, as in broken files, the page is read."""
    shown = [(x, 700.0, mark) for x, mark in marks]
    blocks = read_pdf(page(*shown, (200, 700, b"end")), "accents", Limits(ocr=False)).blocks
    assert any(block.raw.endswith("end") for block in blocks)


def test_symbols_of_a_whole_page() -> None:
    """A PDF that names one of TeX's fonts is read with the symbols that the font draws."""
    data = pdf(b"BT /F1 12 Tf 72 700 Td (k hi) Tj ET", font=FONT.replace(b"/Helvetica", b"/ABCDEF+CMSY10"))
    assert [b.raw for b in read_pdf(data, "symbols", Limits(ocr=False)).blocks] == ["‖ ⟨⟩"]


@pytest.mark.parametrize(
    ("gap", "count", "read"),
    [(1.7, 3, "x ..."), (3.0, 3, "x . . ."), (1.7, 5, "x . . . . .")],
)
def test_three_close_dots_are_one_sign(gap: float, count: int, read: str) -> None:
    """Dots set apart by less than a blank are a sign that words were left out; leaders and spaced dots stay."""
    dots = [
        Word(".", 110 + n * (2.8 + gap), 92, 112.8 + n * (2.8 + gap), 102, 100, Style("CMMI10", 10.0))
        for n in range(count)
    ]
    (line,) = lines_of([sign("x", "CMMI10", 102), *dots])
    assert line.text == read
