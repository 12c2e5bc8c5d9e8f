"""Words, lines and shapes of one page, in points from the top left of the page as a reader sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(slots=True)
class Style:
    """How a run of text is set."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    hidden: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    fixed: bool = False


@dataclass(slots=True)
class Word:
    """Characters without a blank between them, on one baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    style: Style
    drawn: int = 0
    raised: bool = False
    glued: bool = False
    start: int = 0

    @property
    def rect(self) -> Rect:
        """The word's box."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Shape:
    """A rectangle or straight line that is drawn on the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    drawn: int = 0
    filled: bool = False
    stroked: bool = False
    opaque: bool = False
    colour: tuple[int, int, int] = (0, 0, 0)
    picture: bool = False
    curved: bool = False

    @property
    def rect(self) -> Rect:
        """The shape's box."""
        return (self.x0, self.top, self.x1, self.bottom)


@dataclass(slots=True)
class Line:
    """Words on one baseline that a reader takes in one go."""

    words: list[Word]
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    base: float = 0.0
    size: float = 0.0
    page: int = 1
    label: str = ""
    label_words: int = 0
    text_x0: float = 0.0
    column: Rect = (0.0, 0.0, 0.0, 0.0)
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    _text: str = field(default="", repr=False)

    @property
    def rect(self) -> Rect:
        """The line's box."""
        return (self.x0, self.top, self.x1, self.bottom)

    @property
    def text(self) -> str:
        """The words with blanks between them; a raised mark glued to its word stays glued."""
        if not self._text:
            self._text = join_words(self.words)
        return self._text

    def measured(self) -> "Line":
        """Work out box, baseline and main style from the words; returns the line itself."""
        words = self.words
        self.x0 = self.text_x0 = min([w.x0 for w in words])
        self.x1 = max([w.x1 for w in words])
        self.top = min([w.top for w in words])
        self.bottom = max([w.bottom for w in words])
        self._text = ""
        style, base = words[0].style, words[0].base
        if all(w.style is style and w.base == base for w in words):
            # By far the most lines are set in one style, and all of the layout passes through here.
            self.size, self.base, self.bold, self.italic = style.size, base, style.bold, style.italic
        else:
            self._weigh()
        return self

    def _weigh(self) -> None:
        weights: dict[tuple[float, float], int] = {}
        bold = italic = total = 0
        for w in self.words:
            n = len(w.text)
            key = (w.style.size, w.base)
            weights[key] = weights.get(key, 0) + n
            total += n
            bold += n if w.style.bold else 0
            italic += n if w.style.italic else 0
        self.size, self.base = max(weights, key=lambda k: weights[k])
        self.bold = bold > 0.8 * total
        self.italic = italic > 0.8 * total


@dataclass(slots=True)
class PageContent:
    """Everything drawn on one page that matters to a reader."""

    number: int
    width: float
    height: float
    words: list[Word]
    shapes: list[Shape]
    characters: int = 0
    garbage: int = 0
    overfull: bool = False
    turned: int = 0


def join_words(words: Sequence[Word]) -> str:
    """The words' text, blanks between, none before a glued word."""
    parts: list[str] = []
    for i, word in enumerate(words):
        if i and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def union(rects: Iterable[Rect]) -> Rect:
    """The smallest box around all *rects*."""
    x0s, tops, x1s, bottoms = zip(*rects, strict=True)
    return (min(x0s), min(tops), max(x1s), max(bottoms))


def overlap(a: Rect, b: Rect) -> float:
    """Area that two boxes share."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0.0


def area(rect: Rect) -> float:
    """Area of a box."""
    return max(0.0, rect[2] - rect[0]) * max(0.0, rect[3] - rect[1])


def inside(inner: Rect, outer: Rect, slack: float = 1.0) -> bool:
    """Whether one box lies in the other, give or take *slack* points.

    Examples:
        >>> inside((10, 10, 20, 20), (9, 9, 30, 30))
        True
    """
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )
