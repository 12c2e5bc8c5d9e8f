"""Blocks drawn over their pages, for people who work on the reader and those who doubt a citation."""

import io
from collections.abc import Iterator, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from extractors.errors import UsageError
from extractors.formats.pdf.engine import PdfFile
from extractors.records import Block, BlockKind, Box, Reading

COLOURS: dict[BlockKind, tuple[int, int, int]] = {
    BlockKind.HEADING: (190, 30, 45),
    BlockKind.PARAGRAPH: (30, 100, 180),
    BlockKind.LIST_ITEM: (0, 120, 75),
    BlockKind.TABLE: (130, 50, 160),
    BlockKind.FOOTNOTE: (150, 95, 15),
    BlockKind.CAPTION: (0, 125, 135),
    BlockKind.FURNITURE: (125, 125, 125),
}
_SIGNS = {kind: "N" if kind is BlockKind.FOOTNOTE else kind.value[0].upper() for kind in BlockKind}
_DPI = 110
_LETTERS = 13
"""Height of labels in pixels."""
_QUALITY = 82
_TINT = 26
_PAD = 3

Corners = tuple[float, float, float, float]
"""Left, upper, right and lower edge in pixels."""


def overlay_pdf(data: bytes, reading: Reading, *, name: str = "the document", pages: Sequence[int] = ()) -> bytes:
    """The pages as pictures in a new PDF, each block framed in its kind's colour and labelled.

    A label gives the place in the reading order, the kind, and what is printed as number or marker. The pages are
    pictures, so that nothing the document hides under a box goes with them.

    Args:
        data: the PDF's bytes.
        reading: what was read from them.
        name: for messages.
        pages: 1-based; all of them where empty.

    Raises:
        UsageError: a page asked for does not exist.
    """
    with PdfFile(data, name) as pdf:
        wanted = pages_of(pdf.page_count, pages, name)
        return _pdf_of(_jpeg(*_drawn(pdf, page, reading)) for page in wanted)


def overlay_png(data: bytes, reading: Reading, page: int, *, name: str = "the document") -> bytes:
    """One page as PNG with its blocks drawn over it."""
    out = io.BytesIO()
    with PdfFile(data, name) as pdf:
        pages_of(pdf.page_count, (page,), name)
        _drawn(pdf, page, reading)[0].save(out, "PNG")
    return out.getvalue()


def pages_of(count: int, asked: Sequence[int], name: str) -> Sequence[int]:
    """The pages *asked* for, all where none is.

    Raises:
        UsageError: one of them does not exist.
    """
    for page in asked:
        if not 1 <= page <= count:
            raise UsageError(f"{name} has {count} pages; there is no page {page}.")
    return asked or range(1, count + 1)


def _drawn(pdf: PdfFile, page: int, reading: Reading) -> tuple[Image.Image, float]:
    pixels, scale = pdf.picture(page - 1, _DPI, grey=False)
    picture = Image.fromarray(pixels)
    draw = ImageDraw.Draw(picture, "RGBA")
    shown = [
        (block, _corners(box, scale, picture.size))
        for block in reading.blocks
        for box in block.boxes
        if box.page == page
    ]
    for block, at in shown:
        draw.rectangle(at, fill=(*COLOURS[block.kind], _TINT), outline=(*COLOURS[block.kind], 255), width=2)
    taken = [at for _, at in shown]
    for block, at in shown:
        taken.append(_label(draw, block, at, taken, picture.size))
    _legend(draw, {block.kind for block, _ in shown}, picture.size)
    return picture, scale


def _corners(box: Box, scale: float, size: tuple[int, int]) -> Corners:
    """A box in pixels, a little wider than the words, and never outside the page or inside out."""
    x0, y0 = max(0.0, (box.x0 - 1) * scale), max(0.0, (box.top - 1) * scale)
    x1, y1 = min(size[0] - 1.0, (box.x1 + 1) * scale), min(size[1] - 1.0, (box.bottom + 1) * scale)
    return min(x0, size[0] - 1.0), min(y0, size[1] - 1.0), max(x0, x1), max(y0, y1)


def label_of(block: Block) -> str:
    """What an overlay writes beside a block: place in the reading order, kind, level, printed number or marker.

    A kind is shown by its first letter, save footnotes (N): furniture has the F. The foot of the page explains them.
    """
    level = str(block.level) if block.kind is BlockKind.HEADING else ""
    return " ".join(
        filter(None, [str(block.ordinal), _SIGNS[block.kind] + level, block.number or _plain(block.marker)])
    )


def _plain(marker: str | None) -> str:
    # The font that comes with the library has no bullets; what they are says the kind.
    return marker if marker and marker.isascii() else ""


def _label(
    draw: ImageDraw.ImageDraw, block: Block, at: Corners, taken: Sequence[Corners], size: tuple[int, int]
) -> Corners:
    """Write a block's label beside its frame, where it hides no other block and no other label."""
    text = label_of(block)
    width, height = _font().getbbox(text)[2] + 2 * _PAD, _LETTERS + _PAD
    places = [
        (at[0] - width, at[1]),
        (at[0], at[1] - height),
        (at[2] + 1, at[1]),
        (at[0], at[3] + 1),
        (at[2] - width, at[1]),
    ]
    corners = [(x, y, x + width, y + height) for x, y in places]
    inside = [c for c in corners if c[0] >= 0 and c[1] >= 0 and c[2] < size[0] and c[3] < size[1]]
    free = (c for c in inside if not any(_meet(c, other) for other in taken))
    place = next(free, corners[-1] if not inside else inside[-1])
    _tab(draw, text, COLOURS[block.kind], place)
    return place


def _meet(a: Corners, b: Corners) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _tab(draw: ImageDraw.ImageDraw, text: str, colour: tuple[int, int, int], at: Corners) -> None:
    draw.rectangle(at, fill=(*colour, 225))
    draw.text((at[0] + _PAD, at[1]), text, fill=(255, 255, 255, 255), font=_font())


def _legend(draw: ImageDraw.ImageDraw, kinds: set[BlockKind], size: tuple[int, int]) -> None:
    """What the colours and letters on this page mean, along its foot."""
    x, y = 4.0, size[1] - _LETTERS - 2.0 * _PAD
    for kind in (k for k in BlockKind if k in kinds):
        text = f"{_SIGNS[kind]} {kind.value.replace('_', ' ')}"
        width = _font().getbbox(text)[2] + 2 * _PAD
        _tab(draw, text, COLOURS[kind], (x, y, x + width, y + _LETTERS + _PAD))
        x += width + 4


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(_LETTERS)


def _jpeg(picture: Image.Image, scale: float) -> tuple[bytes, tuple[int, int], float]:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), picture.size, scale


def _pdf_of(pictures: Iterator[tuple[bytes, tuple[int, int], float]]) -> bytes:
    """A plain PDF with one picture a page; only their compressed bytes are held."""
    objects: list[bytes] = [b"", b""]
    kids: list[str] = []
    for body, (columns, rows), scale in pictures:
        width, height = columns / scale, rows / scale
        at = len(objects) + 1
        objects.append(
            f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /DeviceRGB "
            f"/BitsPerComponent 8 /Filter /DCTDecode /Length {len(body)} >>\nstream\n".encode()
            + body
            + b"\nendstream"
        )
        content = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /I Do Q".encode()
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents {at + 1} 0 R "
            f"/Resources << /XObject << /I {at} 0 R >> >> >>".encode()
        )
        kids.append(f"{at + 2} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
