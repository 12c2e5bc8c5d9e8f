"""What annotations put over a page: patches that cover words, and words written over it."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from extractors.formats.pdf.geometry import Rect, Shape, Style, Word
from extractors.formats.pdf.objects import Frame

OVER_ALL = 1_000_000_000
_PATCHES = (pdfium.FPDF_ANNOT_SQUARE, pdfium.FPDF_ANNOT_REDACT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_MAX = 500


def read(page: Any, frame: Frame) -> tuple[list[Shape], list[Word]]:
    """Opaque patches, and the words of text annotations, as if drawn after everything else."""
    shapes: list[Shape] = []
    words: list[Word] = []
    library: Any = pdfium  # this call's types are not in the library's stubs
    count: int = library.FPDFPage_GetAnnotCount(page)
    for index in range(min(count, _MAX)):
        note: Any = library.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            _visit(note, frame, OVER_ALL + 2 * index, shapes, words)
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return shapes, words


def _visit(note: Any, frame: Frame, drawn: int, shapes: list[Shape], words: list[Word]) -> None:
    library: Any = pdfium
    kind: int = library.FPDFAnnot_GetSubtype(note)
    if kind not in _PATCHES or pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN:
        return
    box = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(note, box):
        return
    rect = frame.rect(
        min(box.left, box.right), min(box.top, box.bottom), max(box.left, box.right), max(box.top, box.bottom)
    )
    colour = _fill(note, kind)
    if colour is not None:
        shapes.append(Shape(*rect, drawn=drawn, filled=True, opaque=True, colour=colour))
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        words.extend(_words(_contents(note), rect, drawn + 1))


def _fill(note: Any, kind: int) -> tuple[int, int, int] | None:
    r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    which = (
        pdfium.FPDFANNOT_COLORTYPE_Color
        if kind == pdfium.FPDF_ANNOT_FREETEXT
        else pdfium.FPDFANNOT_COLORTYPE_InteriorColor
    )
    if (
        pdfium.FPDFAnnot_HasKey(note, b"AP")
        and kind == pdfium.FPDF_ANNOT_SQUARE
        and not pdfium.FPDFAnnot_HasKey(note, b"IC")
    ):
        return None
    if pdfium.FPDFAnnot_GetColor(note, which, r, g, b, a) and a.value >= 250:
        return (r.value, g.value, b.value)
    return _object_fill(note)


def _object_fill(note: Any) -> tuple[int, int, int] | None:
    """The fill of the annotation's drawn appearance, where it names no colour itself."""
    r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    for index in range(min(pdfium.FPDFAnnot_GetObjectCount(note), 8)):
        item = pdfium.FPDFAnnot_GetObject(note, index)
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPath_GetDrawMode(
            item, fill, stroke
        ):
            continue
        if fill.value and pdfium.FPDFPageObj_GetFillColor(item, r, g, b, a) and a.value >= 250:
            return (r.value, g.value, b.value)
    return None


def _contents(note: Any) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(note, b"Contents", buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _words(contents: str, rect: Rect, drawn: int) -> list[Word]:
    """Words at about their place: lines share the height, words the width by their length."""
    lines = [line for line in contents.replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return []
    height = (rect[3] - rect[1]) / len(lines)
    size = round(min(height / 1.2, 12.0), 1)
    step = min(0.5 * size, (rect[2] - rect[0]) / max(len(line) for line in lines))
    style = Style("note", max(size, 1.0))
    words: list[Word] = []
    for number, line in enumerate(lines):
        base = rect[1] + number * height + min(height, 1.2 * size) - 0.25 * size
        x = rect[0]
        for text in line.split():
            words.append(Word(text, x, base - 0.8 * size, x + len(text) * step, base + 0.22 * size, base, style, drawn))
            x += (len(text) + 1) * step
    return words
