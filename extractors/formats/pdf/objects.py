"""What is drawn on a page besides words: shapes, pictures, and the order of drawing."""

import ctypes
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extractors.formats.pdf import calls
from extractors.formats.pdf.geometry import Rect, Shape

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
Look = tuple[bool, bool, bool, tuple[int, int, int]]
"""Filled, stroked, solid, and the colour."""

MAX_SEGMENTS = 1_500
"""Segments of one path that are looked at one by one."""


def read(page: Any, frame: Frame) -> Drawn:
    """Shapes and order of drawing of a page."""
    walk = _Walk(frame)
    address = calls.address_of(page)
    count = pdfium.FPDFPage_CountObjects(page)
    walk.visit([calls.page_object(address, i) for i in range(min(count, MAX_OBJECTS + 1))], _IDENTITY, 0)
    return walk.drawn


class _Walk:
    """One pass over a page's objects, with places for the library's answers that are used again and again."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.drawn = Drawn()
        self._floats = (ctypes.c_float * 6)()
        self._ints = (ctypes.c_uint * 4)()
        self._float = [ctypes.addressof(self._floats) + 4 * i for i in range(6)]
        self._int = [ctypes.addressof(self._ints) + 4 * i for i in range(4)]

    def visit(self, items: Sequence[int], matrix: Matrix, depth: int) -> None:
        """Note each of *items*, which are drawn through *matrix*, and what is in the forms among them."""
        drawn = self.drawn
        kinds: list[int] = list(map(calls.kind_of, items))
        for item, kind in zip(items, kinds, strict=True):
            drawn.count += 1
            if drawn.count > MAX_OBJECTS or drawn.overfull:
                drawn.overfull = True
                return
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                drawn.order[item] = drawn.count
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                rect = self._bounds(item, matrix)
                if rect:
                    drawn.shapes.append(Shape(*rect, drawn=drawn.count, picture=True))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 8:
                self._form(item, matrix, depth)

    def _form(self, item: int, matrix: Matrix, depth: int) -> None:
        count = min(max(0, calls.form_count(item)), MAX_OBJECTS + 1)
        inner = _product(self._matrix(item), matrix)
        self.visit([calls.form_object(item, i) for i in range(count)], inner, depth + 1)

    def _matrix(self, item: int) -> Matrix:
        if not calls.matrix_of(item, self._float[0]):
            return _IDENTITY
        a, b, c, d, e, f = self._floats
        return (a, b, c, d, e, f)

    def _bounds(self, item: int, m: Matrix) -> Rect | None:
        # The library writes left, lower, right, upper.
        if not calls.bounds_of(item, *self._float[:4]):
            return None
        left, lower, right, upper = self._floats[:4]
        if m is not _IDENTITY:
            corners = [
                (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]) for x in (left, right) for y in (lower, upper)
            ]
            xs, ys = zip(*corners, strict=True)
            left, lower, right, upper = min(xs), min(ys), max(xs), max(ys)
        rect = self.frame.rect(left, lower, right, upper)
        return rect if all(map(math.isfinite, rect)) else None

    def _path(self, item: int, matrix: Matrix) -> None:
        rect, frame, drawn = self._bounds(item, matrix), self.frame, self.drawn
        if rect is None or rect[2] < 0 or rect[3] < 0 or rect[0] > frame.width or rect[1] > frame.height:
            return
        look = self._look(item)
        if look is None:
            return
        segments = calls.segment_count(item)
        if segments <= 6:
            drawn.shapes.append(_shape(rect, look, drawn.count, curved=segments > 2 and _has_curve(item, segments)))
            return
        parts = None
        if segments <= MAX_SEGMENTS:
            parts = self._subpaths(item, segments, _product(self._matrix(item), matrix))
        if parts is None:
            drawn.shapes.append(_shape(rect, look, drawn.count, curved=True))
        else:
            drawn.shapes.extend(_shape(part, look, drawn.count) for part in parts)

    def _look(self, item: int) -> Look | None:
        """How a path is painted; None where it leaves no trace."""
        calls.draw_mode(item, self._int[0], self._int[1])
        fill, stroke = bool(self._ints[0]), bool(self._ints[1])
        if not fill and not stroke:
            return None
        get = calls.fill_colour if fill else calls.stroke_colour
        r, g, b, alpha = self._ints if get(item, *self._int) else (0, 0, 0, 255)
        return (fill, stroke, alpha >= 250, (r, g, b)) if alpha else None

    def _subpaths(self, item: int, segments: int, m: Matrix) -> list[Rect] | None:
        """The boxes of a path's straight-sided parts; None where any part is a curve or slants."""
        parts: list[list[tuple[float, float]]] = []
        for index in range(segments):
            segment = calls.path_segment(item, index)
            kind = calls.segment_kind(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not calls.segment_point(segment, *self._float[:2]):
                return None
            x, y = self._floats[:2]
            point = (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
                parts.append([point])
            else:
                (px, py) = parts[-1][-1]
                if min(abs(px - point[0]), abs(py - point[1])) > 1.0:
                    return None
                parts[-1].append(point)
        return [_around(part, self.frame) for part in parts if len(part) > 1]


def _around(points: Sequence[tuple[float, float]], frame: Frame) -> Rect:
    xs, ys = zip(*points, strict=True)
    return frame.rect(min(xs), min(ys), max(xs), max(ys))


def _product(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _shape(rect: Rect, look: Look, count: int, *, curved: bool = False) -> Shape:
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


def _has_curve(item: int, segments: int) -> bool:
    kinds = (calls.segment_kind(calls.path_segment(item, i)) for i in range(segments))
    return any(kind == pdfium.FPDF_SEGMENT_BEZIERTO for kind in kinds)
