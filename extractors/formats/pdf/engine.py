"""The only module that talks to the PDF library: a document's pages as words and shapes.

The raw C interface is called in bulk (``calls``), because one Python object for each character would cost more
than all of the layout. Characters are measured at both ends of each word.
"""

import ctypes
from collections.abc import Iterator, Mapping
from itertools import pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from extractors.errors import BrokenDocument, LockedReport, ReadingLimit
from extractors.formats.pdf import annotations, calls, mathematics, objects, outlines, render, styles
from extractors.formats.pdf.geometry import PageContent, Word

MAX_CHARACTERS = 60_000
"""Characters of one page that are measured; a page with more is no page of prose."""

_HYPHENS = (0xFFFE, 0x2)
Floats = npt.NDArray[np.float64]


class PdfFile:
    """An open document. Use it as a context manager; pages are read one at a time and nothing is kept.

    Args:
        data: the file's bytes.
        name: for messages.

    Raises:
        LockedReport: a password is needed.
        BrokenDocument: the library cannot make sense of the bytes.
    """

    def __init__(self, data: bytes, name: str) -> None:
        import pypdfium2

        pypdfium2.PdfDocument  # noqa: B018 - importing it initialises the library
        self.name = name
        self._data = data
        self._handle: Any = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self._handle:
            self._refuse(pdfium.FPDF_GetLastError())
        self.page_count: int = pdfium.FPDF_GetPageCount(self._handle)
        if self.page_count < 1:
            self.close()
            raise BrokenDocument(f"{name} holds no pages.")

    def _refuse(self, code: int) -> None:
        if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise LockedReport(f"{self.name} needs a password.")
        raise BrokenDocument(f"{self.name} is damaged or cut off and cannot be opened.")

    def __enter__(self) -> "PdfFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the library's memory back."""
        if self._handle:
            pdfium.FPDF_CloseDocument(self._handle)
            self._handle = None

    def metadata(self, key: str) -> str:
        """A field of the document's information, such as ``Title``; empty where absent."""
        size = pdfium.FPDF_GetMetaText(self._handle, key.encode(), None, 0)
        if size <= 2:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._handle, key.encode(), buffer, size)
        return buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()

    def outline(self) -> list[outlines.Entry]:
        """The document's own outline; empty where it has none."""
        return outlines.read(self._handle)

    def load(self, index: int) -> Any:
        """The library's handle of a page (from 0), to be closed by the caller; None where it is damaged."""
        return pdfium.FPDF_LoadPage(self._handle, index)

    def page(self, index: int) -> PageContent | None:
        """Words and shapes of a page (from 0); None where the page itself is damaged."""
        handle = self.load(index)
        if not handle:
            return None
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            return _content(handle, text, index + 1)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)

    def picture(self, index: int, dpi: float, *, grey: bool = True) -> tuple[render.Pixels, float]:
        """A page (from 0) as pixels, and how many of them make a point."""
        handle = self.load(index)
        if not handle:
            raise BrokenDocument(f"Page {index + 1} of {self.name} is damaged.")
        try:
            return render.pixels(handle, dpi, grey=grey)
        finally:
            pdfium.FPDF_ClosePage(handle)

    def pages(self) -> Iterator[PageContent | None]:
        """All pages in order."""
        for index in range(self.page_count):
            yield self.page(index)


def check_size(name: str, size: int, limit: int) -> None:
    """Refuse a file that is larger than *limit* bytes.

    Raises:
        ReadingLimit: it is.
    """
    if size > limit:
        raise ReadingLimit(f"{name} has {size} bytes, over the limit of {limit}.")


def _content(page: Any, text: Any, number: int) -> PageContent:
    frame = objects.Frame.of(page)
    drawn = objects.read(page, frame)
    patches, written = annotations.read(page, frame)
    shapes = drawn.shapes + patches
    if not text:
        return PageContent(number, frame.width, frame.height, written, shapes)
    count = min(pdfium.FPDFText_CountChars(text), MAX_CHARACTERS)
    codes = mathematics.resolve(calls.address_of(text), _codes(text, count))
    words = _words(text, codes, frame, drawn) if count > 0 else []
    return PageContent(
        number,
        frame.width,
        frame.height,
        words + written,
        shapes,
        characters=int((codes > 32).sum()),
        garbage=_garbage(codes),
        overfull=drawn.overfull or count == MAX_CHARACTERS,
    )


def _codes(text: Any, count: int) -> npt.NDArray[np.uint32]:
    """Code points by character index; the bulk call where it keeps step with the characters."""
    if count <= 0:
        return np.zeros(0, np.uint32)
    address = calls.address_of(text)
    # An array of numpy's: ctypes would make a type for each length, which only the garbage collector frees.
    buffer = np.zeros(2 * count + 2, np.uint16)
    written: int = calls.text_of(address, 0, count, buffer.ctypes.data)
    units = buffer[: max(0, written - 1)]
    if len(units) == count and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units.astype(np.uint32)
    return np.array([calls.unicode_of(address, i) for i in range(count)], np.uint32)


def _garbage(codes: npt.NDArray[np.uint32]) -> int:
    """Characters that stand for no letter: private use, replacement marks, control codes, no code at all."""
    private = (codes >= 0xE000) & (codes < 0xF8FF) & ((codes < 0xF000) | (codes > 0xF0FF))
    control = (codes < 32) & (codes != 10) & (codes != 13) & (codes != 9) & (codes != 2)
    return int((private | control | (codes == 0xFFFD) | (codes == 0xFFFF)).sum())


def _words(text: Any, codes: npt.NDArray[np.uint32], frame: objects.Frame, drawn: objects.Drawn) -> list[Word]:
    starts, ends = _runs(codes)
    if not len(starts):
        return []
    address = calls.address_of(text)
    starts, ends, owners = _by_object(address, starts, ends)
    boxes = _boxes(address, starts, ends, frame).tolist()
    firsts = dict(zip(reversed(owners), reversed(starts), strict=True))
    looks = styles.read(address, firsts, frame)
    heights = _baselines(address, firsts, frame)
    order = {owner: drawn.order.get(owner, 0) for owner in looks}
    characters = _letters(codes)
    words: list[Word] = []
    previous_end = -1
    for start, end, owner, (x0, high, x1, low) in zip(starts, ends, owners, boxes, strict=True):
        style = looks[owner]
        base = heights[owner] if owner else low - 0.22 * (low - high)
        # Fonts lie about their height; the baseline and the size do not.
        level = style.angle == 0
        top, bottom = (base - 0.8 * style.size, base + 0.22 * style.size) if level else (high, low)
        glued = start == previous_end
        # Each of hundreds of thousands of words passes here: by place, not by name, which costs a tenth less.
        words.append(Word(characters[start:end], x0, top, x1, bottom, base, style, order[owner], False, glued, start))
        previous_end = end
    if "\0" in characters:
        for word in words:
            word.text = word.text.replace("\0", "")
        words = [word for word in words if word.text]
    if any(mathematics.table(style.font) for style in looks.values()):
        words = mathematics.name(words)
        _centre(address, [word for word in words if mathematics.on_axis(word)], frame)
    return words


def _centre(address: int, words: list[Word], frame: objects.Frame) -> None:
    """Set big operators on their lines, by the box of their ink: left, right, lower, upper."""
    raw = np.zeros((len(words), 4), np.float64)
    calls.each(calls.tight_box, raw, repeat(address), [word.start for word in words], apart=True)
    for word, (_, top, _, bottom) in zip(words, frame.rects(raw[:, [0, 2, 1, 3]]).tolist(), strict=True):
        mathematics.centre(word, top, bottom)


def _letters(codes: npt.NDArray[np.uint32]) -> str:
    """One character for each code; NUL where a code stands for none."""
    plain = np.where(np.isin(codes, np.array(_HYPHENS, np.uint32)), ord("-"), codes)
    plain = np.where((plain >= 0x110000) | ((plain >= 0xD800) & (plain < 0xE000)), 0, plain)
    return plain.astype("<u4").tobytes().decode("utf-32-le")


def _runs(codes: npt.NDArray[np.uint32]) -> tuple[list[int], list[int]]:
    """Where words start and end: at blanks, and after a hyphen that the library has joined over a line's end."""
    blank = (codes <= 32) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200B)) | (codes == 0x3000)
    joined = np.isin(codes, np.array(_HYPHENS, np.uint32))
    solid = ~blank | joined
    before = np.concatenate(([False], solid[:-1] & ~joined[:-1]))
    after = np.concatenate((solid[1:], [False]))
    starts = np.flatnonzero(solid & ~before)
    ends = np.flatnonzero(solid & (~after | joined)) + 1
    return starts.tolist(), ends.tolist()


def _by_object(address: int, starts: list[int], ends: list[int]) -> tuple[list[int], list[int], list[int]]:
    """Split words where the text object changes within: a raised mark, a change of font, a neighbour cell."""
    first = calls.owners(address, starts)
    # An object's characters follow each other: between two words of one object, all belongs to it.
    last = first.copy()
    changes = [i for i, pair in enumerate(pairwise([*first, -1])) if pair[0] != pair[1]]
    for i, owner in zip(changes, calls.owners(address, [ends[i] - 1 for i in changes]), strict=True):
        last[i] = owner
    if first == last:
        return starts, ends, first
    new_starts: list[int] = []
    new_ends: list[int] = []
    owners: list[int] = []
    for start, end, a, b in zip(starts, ends, first, last, strict=True):
        here = [a] if a == b else calls.owners(address, range(start, end))
        if a == b:
            here = here * (end - start)
        cut = start
        for i in range(start + 1, end + 1):
            if i == end or here[i - start] != here[cut - start]:
                new_starts.append(cut)
                new_ends.append(i)
                owners.append(here[cut - start])
                cut = i
    return new_starts, new_ends, owners


def _boxes(address: int, starts: list[int], ends: list[int], frame: objects.Frame) -> Floats:
    count = len(starts)
    raw = np.zeros((2 * count, 4), np.float32)
    calls.each(calls.loose_box, raw, repeat(address), starts + [e - 1 for e in ends])
    # FS_RECTF is left, top, right, bottom with the y axis upwards.
    left = np.minimum(raw[:count, 0], raw[count:, 0])
    right = np.maximum(raw[:count, 2], raw[count:, 2])
    upper = np.maximum(raw[:count, 1], raw[count:, 1])
    lower = np.minimum(raw[:count, 3], raw[count:, 3])
    return frame.rects(np.stack([left, lower, right, upper], axis=1).astype(np.float64))


def _baselines(address: int, firsts: Mapping[int, int], frame: objects.Frame) -> dict[int, float]:
    """The height of each object's baseline, from its first character: an object is set along one line."""
    raw = np.zeros((len(firsts), 2), np.float64)
    calls.each(calls.origin, raw, repeat(address), firsts.values(), apart=True)
    heights: list[float] = frame.points(raw)[:, 1].tolist()
    return dict(zip(firsts, heights, strict=True))
