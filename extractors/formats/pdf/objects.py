"""What is drawn on a page besides words, and how words are set: shapes, pictures, fonts, colours, order of drawing."""

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extractors.formats.pdf.geometry import Rect, Shape, Style

MAX_OBJECTS = 20_000
"""Objects of one page that are looked at; drawings with more are pictures to a reader of prose."""

Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class Frame:
    """The page as it is seen: its box and its rotation."""

    width: float
    height: float
    left: float = 0.0
    bottom: float = 0.0
    turns: int = 0

    @classmethod
    def of(cls, page: Any) -> "Frame":
        """The frame of a page handle."""
        box = pdfium.FS_RECTF()
        found = pdfium.FPDF_GetPageBoundingBox(page, box)
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        left, bottom = (min(box.left, box.right), min(box.top, box.bottom)) if found else (0.0, 0.0)
        return cls(width, height, left, bottom, pdfium.FPDFPage_GetRotation(page) % 4)

    def points(self, raw: Floats) -> Floats:
        """Turn x, y (upwards) pairs into points from the top left of the page as seen."""
        x, y = raw[:, 0] - self.left, raw[:, 1] - self.bottom
        if self.turns == 0:
            return np.stack([x, self.height - y], axis=1)
        if self.turns == 1:
            return np.stack([y, x], axis=1)
        if self.turns == 2:
            return np.stack([self.width - x, y], axis=1)
        return np.stack([self.width - y, self.height - x], axis=1)

    def rects(self, raw: Floats) -> Floats:
        """Turn left, lower, right, upper boxes into x0, top, x1, bottom."""
        a, b = self.points(raw[:, :2]), self.points(raw[:, 2:])
        return np.concatenate([np.minimum(a, b), np.maximum(a, b)], axis=1)

    def rect(self, left: float, lower: float, right: float, upper: float) -> Rect:
        """The same for one box."""
        (ax, ay), (bx, by) = self._point(left, lower), self._point(right, upper)
        return (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        # The same turns as in ``points``, without an array for each of thousands of shapes.
        x, y = x - self.left, y - self.bottom
        if self.turns == 0:
            return (x, self.height - y)
        if self.turns == 1:
            return (y, x)
        return (self.width - x, y) if self.turns == 2 else (self.width - y, self.height - x)

    def angle(self, a: float, b: float) -> int:
        """Direction of text as seen, in degrees clockwise, to the nearest five."""
        degrees = -math.degrees(math.atan2(b, a)) + 90 * self.turns
        return round(degrees / 5) * 5 % 360


@dataclass(slots=True)
class Drawn:
    """Shapes, and the place of each text object in the order of drawing."""

    shapes: list[Shape] = field(default_factory=list[Shape])
    order: dict[int, int] = field(default_factory=dict[int, int])
    overfull: bool = False
    count: int = 0


_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


def read(page: Any, frame: Frame) -> Drawn:
    """Shapes and order of drawing of a page."""
    drawn = Drawn()
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        _visit(pdfium.FPDFPage_GetObject(page, index), frame, drawn, _IDENTITY, 0)
        if drawn.overfull:
            break
    return drawn


def _visit(item: Any, frame: Frame, drawn: Drawn, matrix: Matrix, depth: int) -> None:
    drawn.count += 1
    if drawn.count > MAX_OBJECTS:
        drawn.overfull = True
        return
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        drawn.order[ctypes.cast(item, ctypes.c_void_p).value or 0] = drawn.count
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        _path(item, frame, drawn, matrix)
    elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        rect = _bounds(item, frame, matrix)
        if rect:
            drawn.shapes.append(Shape(*rect, drawn=drawn.count, picture=True))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
        inner = _product(_matrix_of(item), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            _visit(pdfium.FPDFFormObj_GetObject(item, index), frame, drawn, inner, depth + 1)
            if drawn.overfull:
                return


def _matrix_of(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return _IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _product(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _bounds(item: Any, frame: Frame, m: Matrix) -> Rect | None:
    left, lower, right, upper = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetBounds(item, left, lower, right, upper):
        return None
    xs, ys = (left.value, right.value), (lower.value, upper.value)
    if m is not _IDENTITY:
        corners = [(x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]) for x in xs for y in ys]
        xs, ys = tuple(zip(*corners, strict=True))
    rect = frame.rect(min(xs), min(ys), max(xs), max(ys))
    return rect if all(map(math.isfinite, rect)) else None


def _path(item: Any, frame: Frame, drawn: Drawn, matrix: Matrix) -> None:
    rect = _bounds(item, frame, matrix)
    if rect is None or rect[2] < 0 or rect[3] < 0 or rect[0] > frame.width or rect[1] > frame.height:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    colour, alpha = _colour(item, bool(fill.value))
    if alpha == 0:
        return
    look = (bool(fill.value), bool(stroke.value), alpha >= 250, colour)
    segments = pdfium.FPDFPath_CountSegments(item)
    if segments <= 6:
        drawn.shapes.append(_shape(rect, look, drawn.count, curved=segments > 2 and _has_curve(item, segments)))
        return
    parts = _subpaths(item, segments, frame, _product(_matrix_of(item), matrix)) if segments <= MAX_SEGMENTS else None
    if parts is None:
        drawn.shapes.append(_shape(rect, look, drawn.count, curved=True))
    else:
        drawn.shapes.extend(_shape(part, look, drawn.count) for part in parts)


MAX_SEGMENTS = 1_500
"""Segments of one path that are looked at one by one."""


def _shape(
    rect: Rect, look: tuple[bool, bool, bool, tuple[int, int, int]], count: int, *, curved: bool = False
) -> Shape:
    filled, stroked, solid, colour = look
    return Shape(
        *rect,
        drawn=count,
        filled=filled,
        stroked=stroked,
        opaque=filled and solid and not curved,
        colour=colour,
        curved=curved,
    )


def _has_curve(item: Any, segments: int) -> bool:
    kinds = (pdfium.FPDFPathSegment_GetType(pdfium.FPDFPath_GetPathSegment(item, i)) for i in range(segments))
    return any(kind == pdfium.FPDF_SEGMENT_BEZIERTO for kind in kinds)


def _subpaths(item: Any, segments: int, frame: Frame, m: Matrix) -> list[Rect] | None:
    """The boxes of a path's straight-sided parts; None where any part is a curve or slants."""
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return None
        point = (x.value * m[0] + y.value * m[2] + m[4], x.value * m[1] + y.value * m[3] + m[5])
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
        else:
            (px, py) = parts[-1][-1]
            if min(abs(px - point[0]), abs(py - point[1])) > 1.0:
                return None
            parts[-1].append(point)
    boxes: list[Rect] = []
    for part in parts:
        if len(part) > 1:
            xs, ys = zip(*part, strict=True)
            boxes.append(frame.rect(min(xs), min(ys), max(xs), max(ys)))
    return boxes


def _colour(item: Any, fill: bool) -> tuple[tuple[int, int, int], int]:
    r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
    get = pdfium.FPDFPageObj_GetFillColor if fill else pdfium.FPDFPageObj_GetStrokeColor
    if not get(item, r, g, b, a):
        return (0, 0, 0), 255
    return (r.value, g.value, b.value), a.value


class Styles:
    """Styles of text objects, worked out once for each object and each font."""

    def __init__(self, text: Any, address: int | None, frame: Frame, drawn: Drawn) -> None:
        self._text, self._address, self._frame, self._drawn = text, address, frame, drawn
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, tuple[str, bool, bool, bool]] = {}
        self._equal: dict[tuple[object, ...], Style] = {}

    def drawn(self, owner: int) -> int:
        """Place in the order of drawing; 0 where unknown."""
        return self._drawn.order.get(owner, 0)

    def of(self, owner: int, index: int) -> Style:
        """The style of the text object *owner*, one of whose characters is *index*."""
        style = self._styles.get(owner)
        if style is None:
            style = self._styles[owner] = self._read(owner, index)
        return style

    def _read(self, owner: int, index: int) -> Style:
        m = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, m)
        nominal = pdfium.FPDFText_GetFontSize(self._text, index)
        size = round(abs(nominal) * (math.hypot(m.c, m.d) or 1.0), 1)
        angle = self._frame.angle(m.a, m.b) if m.a or m.b else 0
        item = ctypes.cast(owner, pdfium.FPDF_PAGEOBJECT) if owner else None
        name, bold, italic, fixed = self._font(item)
        colour, alpha = _colour(item, True) if item else ((0, 0, 0), 255)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item) if item else 0
        hidden = mode in (3, 7) or alpha == 0
        bold = bold or mode == 2
        key = (name, size, bold, italic, angle, hidden, colour, fixed)
        if key not in self._equal:
            self._equal[key] = Style(name, size, bold, italic, angle, hidden, colour, fixed)
        return self._equal[key]

    def _font(self, item: Any) -> tuple[str, bool, bool, bool]:
        font = pdfium.FPDFTextObj_GetFont(item) if item else None
        if not font:
            return ("", False, False, False)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            self._fonts[key] = _font_traits(font)
        return self._fonts[key]


def _font_traits(font: Any) -> tuple[str, bool, bool, bool]:
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, size))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    flags = pdfium.FPDFFont_GetFlags(font)
    low = name.lower()
    heavy = any(w in low for w in ("bold", "black", "heavy", "semibold", "demi")) or low.endswith((".b", "-bd", "-b"))
    # The library's weight is guessed from stem widths and takes many regular fonts for bold.
    bold = heavy or (flags != -1 and bool(flags & 0x40000))
    italic = any(w in low for w in ("italic", "oblique")) or (flags != -1 and bool(flags & 0x40))
    return (name, bold, italic, flags != -1 and bool(flags & 1))
