"""RapidOCR, for machines where only pip exists: slower than tesseract, and its models come with the package."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from extractors.formats.pdf.ocr import DESCENDING, TALL, Found
from extractors.formats.pdf.render import Pixels

_LINE, _BELOW = 1.22, 0.36
"""Height of the engine's lines, and how far they reach below the baseline, in sizes of the type."""
_TALL, _SMALL, _DEEP = 0.72, 0.52, 0.21


def installed() -> bool:
    """Whether the package is here."""
    return find_spec("rapidocr") is not None


class Rapid:
    """The engine that is used where tesseract is missing."""

    name = "rapidocr"

    def read(self, pictures: Sequence[Pixels], processes: int) -> list[list[list[Found]] | None]:
        """Read pictures one after the other, each with *processes* threads."""
        engine = _engine(max(1, processes))
        return [_lines(engine(_coloured(picture), return_word_box=True)) for picture in pictures]


@lru_cache(maxsize=1)
def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": threads})


def _coloured(picture: Pixels) -> Pixels:
    return np.repeat(picture[:, :, None], 3, axis=2) if picture.ndim == 2 else picture


def _lines(answer: Any) -> list[list[Found]]:
    """Words line by line from the engine's answer, which gives each with its score and the corners of its box."""
    if answer.word_results is None:
        return []
    return [[_word(*word) for word in line if str(word[0]).strip()] for line in answer.word_results]


def _word(text: str, score: float, corners: Sequence[Sequence[float]]) -> Found:
    """A word with a box as tight as its letters: the engine gives each the height of its whole line, with a margin."""
    across, down = [float(c[0]) for c in corners], [float(c[1]) for c in corners]
    em = (max(down) - min(down)) / _LINE
    base = max(down) - _BELOW * em
    deep = _DEEP * em if set(text) & DESCENDING else 0.0
    tall = _TALL if set(text) & TALL else _SMALL
    return Found(text, min(across), base - tall * em, max(across), base + deep, 100 * float(score))
