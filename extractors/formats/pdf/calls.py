"""The PDF library's functions that are called for every word or object, with plain addresses for arguments.

A page costs thousands of such calls. ctypes converts integers fastest, so handles and places for results are
addresses here, and ``each`` fills one row of an array for each item without a Python object for any of them.
"""

import ctypes
from collections.abc import Iterable
from itertools import repeat
from typing import Any

import numpy.typing as npt
import pypdfium2.raw as pdfium

ADDRESS, INT = ctypes.c_void_p, ctypes.c_int


def bound(function: Any, result: Any, *arguments: Any) -> Any:
    """The library's *function* with plain addresses for arguments."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def address_of(handle: Any) -> int:
    """The address that a handle of the library stands for; 0 for none."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0 if handle else 0


loose_box = bound(pdfium.FPDFText_GetLooseCharBox, INT, ADDRESS, INT, ADDRESS)
tight_box = bound(pdfium.FPDFText_GetCharBox, INT, ADDRESS, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
origin = bound(pdfium.FPDFText_GetCharOrigin, INT, ADDRESS, INT, ADDRESS, ADDRESS)
text_object = bound(pdfium.FPDFText_GetTextObject, ADDRESS, ADDRESS, INT)
text_of = bound(pdfium.FPDFText_GetText, INT, ADDRESS, INT, INT, ADDRESS)
unicode_of = bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ADDRESS, INT)
text_matrix = bound(pdfium.FPDFText_GetMatrix, INT, ADDRESS, INT, ADDRESS)
font_size = bound(pdfium.FPDFText_GetFontSize, ctypes.c_double, ADDRESS, INT)
font_of = bound(pdfium.FPDFTextObj_GetFont, ADDRESS, ADDRESS)
render_mode = bound(pdfium.FPDFTextObj_GetTextRenderMode, INT, ADDRESS)
fill_colour = bound(pdfium.FPDFPageObj_GetFillColor, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
stroke_colour = bound(pdfium.FPDFPageObj_GetStrokeColor, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
kind_of = bound(pdfium.FPDFPageObj_GetType, INT, ADDRESS)
matrix_of = bound(pdfium.FPDFPageObj_GetMatrix, INT, ADDRESS, ADDRESS)
bounds_of = bound(pdfium.FPDFPageObj_GetBounds, INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS)
page_object = bound(pdfium.FPDFPage_GetObject, ADDRESS, ADDRESS, INT)
form_count = bound(pdfium.FPDFFormObj_CountObjects, INT, ADDRESS)
form_object = bound(pdfium.FPDFFormObj_GetObject, ADDRESS, ADDRESS, ctypes.c_ulong)
draw_mode = bound(pdfium.FPDFPath_GetDrawMode, INT, ADDRESS, ADDRESS, ADDRESS)
segment_count = bound(pdfium.FPDFPath_CountSegments, INT, ADDRESS)
path_segment = bound(pdfium.FPDFPath_GetPathSegment, ADDRESS, ADDRESS, INT)
segment_kind = bound(pdfium.FPDFPathSegment_GetType, INT, ADDRESS)
segment_point = bound(pdfium.FPDFPathSegment_GetPoint, INT, ADDRESS, ADDRESS, ADDRESS)


def each(call: Any, answers: npt.NDArray[Any], *arguments: Iterable[Any], apart: bool = False) -> None:
    """Call once for each row of *answers*, into which the call writes.

    Args:
        call: a bound function whose last arguments are places for results.
        answers: one row for each item; where the library has no answer, the row stays as it is.
        arguments: the arguments before, a value for each item.
        apart: whether the call takes a place for each number rather than one for all.
    """
    count, columns = answers.shape
    width, base = answers.itemsize, answers.ctypes.data
    step = width * columns
    places = [range(base + width * i, base + width * i + step * count, step) for i in range(columns if apart else 1)]
    for _ in map(call, *arguments, *places):
        pass


def owners(page: int, indices: Iterable[int]) -> list[int]:
    """The text object that each character belongs to; 0 for none."""
    found: list[int | None] = list(map(text_object, repeat(page), indices))
    return [owner or 0 for owner in found]
