"""What TeX's fonts draw where the library can only give a code: primes, norms, big operators; accents over letters.

TeX sets mathematics in fonts whose glyph names are in no list of characters, so that a prime comes as "0", a norm
as "k" and a union as "[". Their places in the fonts are fixed (encodings OMS and OMX, and that of the AMS).
Accents are glyphs of their own, drawn over the letter; so they are in text that is set in TeX's first encoding.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat

import numpy as np
import numpy.typing as npt

from extractors.formats.pdf import calls
from extractors.formats.pdf.geometry import Word
from extractors.formats.pdf.styles import font_name

Codes = npt.NDArray[np.uint32]

DROPPED = 0x110000
"""Stands in the place of a character that was taken into its neighbour; no character has this code."""
_REACH = 4
"""Characters from an accent to its letter at most: the library may put a line's end between."""
_MOST = 2_000
"""Accents, and control codes, of one page that are looked at."""

_LIFT = 0xF000
"""Added to a control code that draws a symbol, which would else count as a blank."""

_OMS = dict(
    zip(
        [*range(32), *map(ord, "%&'.03467<=>@]`abcdefghiklmoqtuvw")],
        "−·×∗÷⋄±∓⊕⊖⊗⊘⊙◯∘•≍≡⊆⊇≤≥≼≽∼≈⊂⊃≪≫≺≻↗↘≃↙′∋△\u0338↦ℜℑ⊤ℵ⊎⊢⊣⌊⌋⌈⌉{}⟨⟩‖↕⇕≀∐⊔⊓⊑⊒",
        strict=True,
    )
)
_OMX = dict(
    enumerate(
        "()[]⌊⌋⌈⌉{}⟨⟩|‖/\\()()[]⌊⌋⌈⌉{}⟨⟩/\\()[]⌊⌋⌈⌉{}⟨⟩/\\/\\⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐"
        "⎝⎠⎜⎟⟨⟩⨆⨆∮∮⨀⨀⨁⨁⨂⨂∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}√√√√⎷√⎷‖↑↓︷︷︸︸⇑⇓"
    )
)
_MSAM = {3: "□", 4: "■"}
_FONTS = (
    (re.compile(r"(?:CMB?SY|LMMathSymbols)\d+"), _OMS),
    (re.compile(r"(?:CMEX|LMMathExtension)\d+"), _OMX),
    (re.compile(r"MSAM\d+"), _MSAM),
)
_OVER = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030c"
_ACCENTS = dict(zip(map(ord, "`´ˆ˜¯˘˙¨˚ˇ"), map(ord, _OVER), strict=True))
_ODD = np.zeros(max(_ACCENTS) + 2, bool)
_ODD[[*_ACCENTS, *(code for code in range(32) if code not in (0, 2, 9, 10, 13))]] = True
_STROKE = "\u0338"
_STRUCK = re.compile("(\u0338)(.)")
_CENTRED = frozenset("()[]{}⌊⌋⌈⌉⟨⟩|‖/\\∑∏∐∫∮⋃⋂⨄⋀⋁⨆⨀⨁⨂√")
_AXIS = 0.25
"""Height of the line that big operators are centred on, over the baseline, as a share of the size."""


@lru_cache(256)
def table(font: str) -> Mapping[int, str] | None:
    """What the codes of a font draw, where it is one of TeX's fonts of symbols."""
    return next((codes for name, codes in _FONTS if name.match(font)), None)


def resolve(page: int, codes: Codes) -> Codes:
    """Codes of a page's characters, with accents over their letters and the symbols that stand at control codes.

    Args:
        page: address of the page's text.
        codes: of its characters, as the library gives them.
    """
    odd = np.flatnonzero(_ODD[np.minimum(codes, len(_ODD) - 1)])[:_MOST].tolist()
    if not odd:
        return codes
    control, accents = [i for i in odd if codes[i] < 32], [i for i in odd if codes[i] >= 32]
    codes = codes.copy()
    for index, owner in zip(control, calls.owners(page, control), strict=True):
        if owner and table(font_name(calls.font_of(owner) or 0)):
            codes[index] += _LIFT
    for index in accents:
        if int(codes[index]) in _ACCENTS:  # an accent over an accent has been taken into it
            _place(page, codes, index)
    return codes


def _place(page: int, codes: Codes, at: int) -> None:
    """Put the accent at an index after the letter it is drawn over, or into it."""
    near = [i for step in range(1, _REACH) for i in (at - step, at + step) if 0 <= i < len(codes) and codes[i] > 32]
    boxes = np.zeros((len(near) + 1, 4), np.float32)
    calls.each(calls.loose_box, boxes, repeat(page), [at, *near])
    accent, *letters = boxes.tolist()
    letter = next((i for i, box in zip(near, letters, strict=True) if over(accent, box)), at)
    first, last = min(at, letter), max(at, letter)
    if letter == at or (codes[first + 1 : last] > 32).any() or codes[letter] >= DROPPED:
        return
    whole = unicodedata.normalize("NFC", chr(codes[letter]) + chr(_ACCENTS[int(codes[at])]))
    codes[first], codes[last] = ord(whole[0]), ord(whole[1]) if len(whole) > 1 else DROPPED
    codes[first + 1 : last] = DROPPED


def over(accent: Sequence[float], letter: Sequence[float]) -> bool:
    """Whether an accent is drawn over a letter; boxes are left, upper, right, lower, and heights count upwards.

    Examples:
        >>> [over((2, 10, 4, 0), box) for box in ((0, 9, 5, -1), (4, 9, 9, -1), (0, 39, 5, 29))]
        [True, False, False]
    """
    level = abs(accent[3] - letter[3]) < 0.7 * abs(letter[1] - letter[3])
    return level and letter[0] < (accent[0] + accent[2]) / 2 < letter[2]


def name(words: Sequence[Word]) -> list[Word]:
    """The words with the symbols that their fonts draw, and each stroke put through the sign it crosses."""
    named: list[Word] = []
    waiting: Word | None = None
    for word in words:
        codes = table(word.style.font)
        if codes is not None:
            word.text = "".join(codes.get(_code(c), c) for c in word.text).replace("↦→", "↦")
            word.text = _STRUCK.sub(r"\2\1", word.text)
        if word.text == _STROKE:
            waiting = None if named and _cross(named[-1], word) else word
            continue
        if waiting is not None:
            word.text = word.text[:1] + _STROKE + word.text[1:]
            word.glued, waiting = waiting.glued, None
        if codes is not None or _STROKE in word.text:
            word.text = unicodedata.normalize("NFC", word.text)
        named.append(word)
    return named


def _cross(sign: Word, stroke: Word) -> bool:
    """Put a stroke through the sign drawn before it, where it lies over that one."""
    if abs(sign.x0 - stroke.x0) > 0.3 * stroke.style.size or abs(sign.base - stroke.base) > 1:
        return False
    sign.text = unicodedata.normalize("NFC", sign.text + _STROKE)
    return True


def _code(character: str) -> int:
    code = ord(character)
    return code - _LIFT if _LIFT <= code < _LIFT + 32 else code


def on_axis(word: Word) -> bool:
    """Whether a word is a big operator or bracket, which hangs from its origin and is centred on the line's axis."""
    return table(word.style.font) is _OMX and word.text in _CENTRED


def centre(word: Word, top: float, bottom: float) -> None:
    """Set a big symbol, whose ink reaches from *top* to *bottom*, on the line that it belongs to."""
    size = word.style.size
    word.base = (top + bottom) / 2 + _AXIS * size
    word.top, word.bottom = word.base - 0.8 * size, word.base + 0.22 * size
