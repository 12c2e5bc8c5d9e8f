"""Bullets that are drawn as shapes or pictures rather than set as characters."""

from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line, Shape


def attach(lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
    """Give a line the label • where a small shape stands before it at half height."""
    small = [s for s in shapes if _is_dot(s)]
    if not small or len(small) > 400:
        return
    for line in lines:
        if not line.label and any(_before(s, line) for s in small):
            line.label, line.label_words = "•", 0


def _is_dot(shape: Shape) -> bool:
    width, height = shape.x1 - shape.x0, shape.bottom - shape.top
    return (
        1.5 <= width <= 9
        and 1.5 <= height <= 9
        and 0.6 < width / height < 1.7
        and (shape.filled or shape.stroked or shape.picture)
    )


def _before(shape: Shape, line: Line) -> bool:
    middle = (shape.top + shape.bottom) / 2
    gap = line.x0 - shape.x1
    return 0 < gap < 2.5 * line.size and line.base - 0.85 * line.size < middle < line.base + 0.05 * line.size
