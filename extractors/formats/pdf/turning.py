"""Pages printed sideways: turned so that most of their words stand upright."""

from collections import Counter

from extractors.formats.pdf.geometry import PageContent, Rect, Shape, Style, Word

_RIGHT_ANGLES = (90, 180, 270)


def turn_upright(content: PageContent) -> None:
    """Turn a page whose words mostly run up, down or upside down; ``content.turned`` says by how much."""
    angles: Counter[int] = Counter()
    for word in content.words:
        angles[word.style.angle] += len(word.text)
    if not angles:
        return
    angle, letters = angles.most_common(1)[0]
    if angle not in _RIGHT_ANGLES or letters < 0.6 * sum(angles.values()):
        return
    width, height = content.width, content.height
    content.words = [_word(w, angle, width, height) for w in content.words]
    content.shapes = [_shape(s, angle, width, height) for s in content.shapes]
    content.turned = angle
    if angle != 180:
        content.width, content.height = height, width


def turned(rect: Rect, angle: int, width: float, height: float) -> Rect:
    """A box on the page after a turn by *angle* degrees against the clock; width and height are those before.

    Examples:
        >>> turned((0, 0, 10, 20), 90, 100, 200)
        (0, 90, 20, 100)
    """
    x0, top, x1, bottom = rect
    if angle == 90:
        return (top, width - x1, bottom, width - x0)
    if angle == 180:
        return (width - x1, height - bottom, width - x0, height - top)
    return (height - bottom, x0, height - top, x1)


def turned_back(rect: Rect, content: PageContent) -> Rect:
    """A box of a turned page in the page's own frame."""
    if not content.turned:
        return rect
    return turned(rect, 360 - content.turned if content.turned != 180 else 180, content.width, content.height)


def _word(word: Word, angle: int, width: float, height: float) -> Word:
    x0, top, x1, bottom = turned(word.rect, angle, width, height)
    old = word.style
    style = Style(
        old.font, old.size, old.bold, old.italic, (old.angle - angle) % 360, old.hidden, old.colour, old.fixed
    )
    # The loose box holds ascenders and descenders; its lower quarter lies below the baseline.
    base = bottom - 0.22 * (bottom - top)
    return Word(word.text, x0, top, x1, bottom, base, style, word.drawn, glued=word.glued, start=word.start)


def _shape(shape: Shape, angle: int, width: float, height: float) -> Shape:
    rect = turned(shape.rect, angle, width, height)
    return Shape(
        *rect,
        drawn=shape.drawn,
        filled=shape.filled,
        stroked=shape.stroked,
        opaque=shape.opaque,
        colour=shape.colour,
        picture=shape.picture,
        curved=shape.curved,
    )
