"""Blocks drawn over their pages, for people who work on the reader and those who doubt a citation."""

import zlib
from collections.abc import Sequence

from extractors.errors import UsageError
from extractors.formats.pdf import render
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.render import Pixels
from extractors.records import Block, BlockKind, Reading

COLOURS: dict[BlockKind, tuple[int, int, int]] = {
    BlockKind.HEADING: (190, 30, 45),
    BlockKind.PARAGRAPH: (30, 110, 190),
    BlockKind.LIST_ITEM: (0, 140, 90),
    BlockKind.TABLE: (140, 60, 170),
    BlockKind.FOOTNOTE: (160, 110, 30),
    BlockKind.CAPTION: (0, 150, 160),
    BlockKind.FURNITURE: (150, 150, 150),
}
_DPI = 96
_MAX_PAGES = 200


def overlay_pdf(data: bytes, reading: Reading, *, name: str = "the document", pages: Sequence[int] = ()) -> bytes:
    """The pages as pictures in a new PDF, each block framed in its kind's colour with its number in reading order.

    Args:
        data: the PDF's bytes.
        reading: what was read from them.
        name: for messages.
        pages: 1-based; all of them, up to a limit, where empty.
    """
    with PdfFile(data, name) as pdf:
        wanted = [p for p in (pages or range(1, pdf.page_count + 1)) if 1 <= p <= pdf.page_count][:_MAX_PAGES]
        if not wanted:
            raise UsageError(f"{name} has {pdf.page_count} pages; none of those asked for is among them.")
        pictures = [_drawn(pdf, page, reading) for page in wanted]
    return _pdf_of(pictures)


def overlay_png(data: bytes, reading: Reading, page: int, *, name: str = "the document") -> bytes:
    """One page as PNG with its blocks drawn over it."""
    with PdfFile(data, name) as pdf:
        if not 1 <= page <= pdf.page_count:
            raise UsageError(f"{name} has {pdf.page_count} pages; there is no page {page}.")
        return render.to_png(_drawn(pdf, page, reading)[0])


def _drawn(pdf: PdfFile, page: int, reading: Reading) -> tuple[Pixels, float]:
    picture, scale = pdf.picture(page - 1, _DPI, grey=False)
    shown = picture.copy()
    for block in reading.blocks:
        if page in block.pages:
            draw_block(shown, block, page, scale)
    return shown, scale


def draw_block(picture: Pixels, block: Block, page: int, scale: float) -> None:
    """Frame a block's boxes on a page's picture and write its ordinal, and its printed number, at the corner."""
    colour = COLOURS[block.kind]
    for box in block.boxes:
        if box.page != page:
            continue
        x0, top, x1, bottom = (round(v * scale) for v in (box.x0 - 1, box.top - 1, box.x1 + 1, box.bottom + 1))
        x0, top = max(0, x0), max(0, top)
        for rows, columns in ((slice(top, top + 1), slice(x0, x1)), (slice(bottom, bottom + 1), slice(x0, x1))):
            picture[rows, columns] = colour
        for rows, columns in ((slice(top, bottom), slice(x0, x0 + 1)), (slice(top, bottom), slice(x1, x1 + 1))):
            picture[rows, columns] = colour
        label = f"{block.ordinal}" + (f"={block.number}" if block.number else "")
        write(picture, label, x0, max(0, top - 8), colour)


_SIGNS = "0123456789.=()-"
_DOTS = (
    "111101101101111 010110010010111 111001111100111 111001111001111 101101111001001 111100111001111 "
    "111100111101111 111001010010010 111101111101111 111101111001111 000000000000010 000111000111000 "
    "010100100100010 010001001001010 000000111000000"
)
_FONT = dict(zip(_SIGNS, _DOTS.split(), strict=True))


def write(picture: Pixels, text: str, x: int, y: int, colour: tuple[int, int, int]) -> None:
    """Write figures with a font of three by five points; other signs are left blank."""
    for place, sign in enumerate(text):
        bits = _FONT.get(sign, "0" * 15)
        for index, bit in enumerate(bits):
            row, column = y + index // 3, x + place * 4 + index % 3
            if bit == "1" and row < picture.shape[0] and column < picture.shape[1]:
                picture[row, column] = colour


def _pdf_of(pictures: Sequence[tuple[Pixels, float]]) -> bytes:
    """A plain PDF with one picture a page."""
    objects: list[bytes] = [b"", b""]
    kids: list[str] = []
    for picture, scale in pictures:
        rows, columns = picture.shape[:2]
        width, height = columns / scale, rows / scale
        body = zlib.compress(picture.tobytes(), 6)
        at = len(objects) + 1
        objects.append(
            f"<< /Type /XObject /Subtype /Image /Width {columns} /Height {rows} /ColorSpace /DeviceRGB "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(body)} >>\nstream\n".encode()
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
