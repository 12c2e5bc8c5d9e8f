"""Pages as pictures: for OCR, for viewers, and for those who doubt a citation."""

import ctypes
import struct
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

MAX_PIXELS = 40_000_000
"""A page that would be larger, at 200 inches or so, is drawn at a lower resolution."""

Pixels = npt.NDArray[np.uint8]


def scale_for(width: float, height: float, dpi: float) -> float:
    """Pixels for each point at *dpi*, less where the picture would be too large.

    Examples:
        >>> scale_for(595, 842, 72)
        1.0
    """
    scale = dpi / 72.0
    pixels = max(1.0, width * height * scale * scale)
    return scale if pixels <= MAX_PIXELS else scale * (MAX_PIXELS / pixels) ** 0.5


def pixels(page: Any, dpi: float, *, grey: bool = False) -> tuple[Pixels, float]:
    """Draw a page handle, annotations too.

    Returns:
        Height x width (x 3 where in colour) bytes, and the scale in pixels for each point.
    """
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = scale_for(width, height, dpi)
    columns, rows = max(1, round(width * scale)), max(1, round(height * scale))
    kind = pdfium.FPDFBitmap_Gray if grey else pdfium.FPDFBitmap_BGR
    bitmap = pdfium.FPDFBitmap_CreateEx(columns, rows, kind, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_GRAYSCALE if grey else pdfium.FPDF_REVERSE_BYTE_ORDER)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, columns, rows, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        address = pdfium.FPDFBitmap_GetBuffer(bitmap)
        raw = np.frombuffer(ctypes.string_at(address, stride * rows), np.uint8).reshape(rows, stride)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return (raw[:, :columns] if grey else raw[:, : columns * 3].reshape(rows, columns, 3)), scale


def to_pgm(picture: Pixels) -> bytes:
    """A grey picture in the plainest format that OCR engines take."""
    return b"P5 %d %d 255\n" % (picture.shape[1], picture.shape[0]) + picture.tobytes()


def to_png(picture: Pixels) -> bytes:
    """A picture as PNG."""
    rows, columns = picture.shape[:2]
    channels = 1 if picture.ndim == 2 else 3
    lines = np.zeros((rows, 1 + columns * channels), np.uint8)
    lines[:, 1:] = picture.reshape(rows, columns * channels)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 0 if channels == 1 else 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
