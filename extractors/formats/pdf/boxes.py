"""Drawn boxes that set text apart: panels, frames, shaded recommendations."""

from extractors.formats.pdf.geometry import PageContent, Rect, area


def panels(content: PageContent) -> list[Rect]:
    """Boxes on the page that hold text of their own."""
    whole = content.width * content.height
    found: list[Rect] = []
    for shape in content.shapes:
        if shape.picture or (shape.curved and not shape.filled):
            continue
        width, height = shape.x1 - shape.x0, shape.bottom - shape.top
        if width < 80 or height < 24 or area(shape.rect) > 0.8 * whole:
            continue
        if shape.filled and min(shape.colour) > 250 and not shape.stroked:
            continue
        if all(abs(a - b) > 3 for r in found for a, b in zip(r, shape.rect, strict=True)) or shape.rect not in found:
            found.append(shape.rect)
    return found[:60]
