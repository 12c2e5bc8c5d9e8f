"""How much of one document is read before it is given up, and with how much of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a caller may spend on one document.

    Args:
        file_bytes: larger files are refused.
        pages: those after the last are named and not read.
        ocr: whether pages without text may be read by OCR where an engine is installed.
        ocr_processes: pages that are read by OCR at a time; one for each core that nothing else uses.
    """

    file_bytes: int = 1_000_000_000
    pages: int = 5_000
    ocr: bool = True
    ocr_processes: int = 1
