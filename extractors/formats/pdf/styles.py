"""How words are set: font, size, weight, slant and colour, for each text object of a page."""

import ctypes
from collections.abc import Mapping
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extractors.formats.pdf import calls
from extractors.formats.pdf.geometry import Style
from extractors.formats.pdf.objects import Frame

_UNSEEN = (3, 7)
_OUTLINED = 2
_LONGEST_NAME = 256
Traits = tuple[str, bool, bool, bool]
"""A font's name, and whether it is bold, italic, of one width."""


def read(page: int, first: Mapping[int, int], frame: Frame) -> dict[int, Style]:
    """The style of each text object; those set alike share one.

    Args:
        page: address of the page's text.
        first: the text objects, and the index of a character of each; object 0 stands for none.
        frame: of the page.
    """
    items, indices = list(first), list(first.values())
    turns = np.zeros((len(items), 6), np.float32)
    calls.each(calls.text_matrix, turns, repeat(page), indices)
    given: list[float] = list(map(calls.font_size, repeat(page), indices))
    nominal = np.array(given, np.float64)
    sizes = _sizes(turns, nominal)
    # A size below zero turns the letters by half a circle; a matrix that does so too sets them upright again.
    turns[nominal < 0] *= -1
    colours = np.tile(np.array([0, 0, 0, 255], np.uint32), (len(items), 1))
    calls.each(calls.fill_colour, colours, items, apart=True)
    # The library takes a null object for what it is: no font, mode -1, no colour.
    of_font: list[int | None] = list(map(calls.font_of, items))
    modes: list[int] = list(map(calls.render_mode, items))
    fonts: dict[int, Traits] = {}
    known: dict[Any, Style] = {}
    alike: dict[tuple[Any, ...], Style] = {}
    found: dict[int, Style] = {}
    rows = zip(items, of_font, modes, sizes, turns[:, :2].tolist(), colours.tolist(), strict=True)
    for item, font, mode, size, turn, colour in rows:
        key = (font, mode, size, *turn, *colour)
        if key not in known:
            style = _style(font, size, turn, mode, colour, fonts=fonts, frame=frame)
            known[key] = alike.setdefault(_fields(style), style)
        found[item] = known[key]
    return found


def _sizes(turns: npt.NDArray[np.float32], nominal: npt.NDArray[np.float64]) -> list[float]:
    scale = np.hypot(turns[:, 2].astype(np.float64), turns[:, 3].astype(np.float64))
    sizes: list[float] = (np.abs(nominal) * np.where(scale == 0, 1.0, scale)).tolist()
    return [round(size, 1) for size in sizes]


def _style(
    font: int | None,
    size: float,
    turn: tuple[float, float],
    mode: int,
    colour: tuple[int, int, int, int],
    *,
    fonts: dict[int, Traits],
    frame: Frame,
) -> Style:
    if font and font not in fonts:
        fonts[font] = _traits(font)
    name, bold, italic, fixed = fonts[font] if font else ("", False, False, False)
    angle = frame.angle(*turn) if any(turn) else 0
    hidden = mode in _UNSEEN or colour[3] == 0
    return Style(name, size, bold or mode == _OUTLINED, italic, angle, hidden, (colour[0], colour[1], colour[2]), fixed)


def _fields(style: Style) -> tuple[Any, ...]:
    return (
        style.font,
        style.size,
        style.bold,
        style.italic,
        style.angle,
        style.hidden,
        style.colour,
        style.fixed,
    )


def font_name(address: int) -> str:
    """The name of the font at an address, without the mark of a subset."""
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFFont_GetBaseFontName(ctypes.cast(address, pdfium.FPDF_FONT), buffer, _LONGEST_NAME)
    return buffer.value.decode("utf-8", "replace").rpartition("+")[2]


def _traits(address: int) -> Traits:
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = font_name(address)
    flags = pdfium.FPDFFont_GetFlags(font)
    low = name.lower()
    heavy = any(w in low for w in ("bold", "black", "heavy", "semibold", "demi")) or low.endswith((".b", "-bd", "-b"))
    # The library's weight is guessed from stem widths and takes many regular fonts for bold.
    bold = heavy or (flags != -1 and bool(flags & 0x40000))
    italic = any(w in low for w in ("italic", "oblique")) or (flags != -1 and bool(flags & 0x40))
    return (name, bold, italic, flags != -1 and bool(flags & 1))
