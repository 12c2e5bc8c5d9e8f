"""Documents become windows: several sentences read in one pass, each with its neighbours.

A window is ``[CLS] heading [SEP] sentence sentence … [SEP] sentence … [SEP]`` with a
separator between paragraphs. Its core sentences are tagged; sentences around the core
are context only. Training and both runtimes pack windows with this module, so that a
sentence is read the same way everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_SENTENCE_TOKENS = 160
"""A longer sentence is read by its beginning and its end."""
MOST_HEADING_TOKENS = 32
BUDGET = 320
"""Tokens of a window, context included, unless one paragraph's own sentence is longer."""
CONTEXT = 32
"""Tokens of context wanted on either side of the core."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence as word pieces, and the ordinal of its paragraph within the document."""

    tokens: tuple[int, ...]
    paragraph: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Ids of the tokens that frame a window."""

    start: int
    separator: int
    padding: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of one pass, and where each core sentence lies in them."""

    tokens: tuple[int, ...]
    spans: tuple[tuple[int, int, int], ...]
    """(ordinal of the sentence within the document, first token, token after the last)"""


def shorten(tokens: Sequence[int], most: int = MOST_SENTENCE_TOKENS) -> tuple[int, ...]:
    """*tokens* whole, or their first two thirds and last third where they are more than *most*.

    Examples:
        >>> shorten(range(10), most=6)
        (0, 1, 2, 3, 8, 9)
    """
    if len(tokens) <= most:
        return tuple(tokens)
    tail = most // 3
    return (*tokens[: most - tail], *tokens[-tail:])


def cores(pieces: Sequence[Piece], room: int) -> Iterator[tuple[int, int]]:
    """Cut *pieces* into runs of at most *room* tokens, at a paragraph's end where one lies in the second half."""
    start, used, break_at = 0, 0, 0
    for here, piece in enumerate(pieces):
        size = len(piece.tokens) + 1
        if here > start and piece.paragraph != pieces[here - 1].paragraph and used * 2 >= room:
            break_at = here
        if used + size > room and here > start:
            end = break_at if break_at > start else here
            yield start, end
            start, used = end, sum(len(p.tokens) + 1 for p in pieces[end:here])
        used += size
    if start < len(pieces):
        yield start, len(pieces)


def _reach(pieces: Sequence[Piece], start: int, step: int, room: int) -> int:
    """How many pieces beyond *start*, going by *step*, fit into *room* tokens."""
    taken = 0
    at = start
    while 0 <= at < len(pieces) and len(pieces[at].tokens) + 1 <= room:
        room -= len(pieces[at].tokens) + 1
        taken += 1
        at += step
    return taken


def pack(
    pieces: Sequence[Piece], heading: Sequence[int], marks: Marks, *, budget: int = BUDGET, context: int = CONTEXT
) -> list[Window]:
    """Windows over one document's sentences; every sentence is core in exactly one of them.

    Args:
        pieces: the document's sentences in order.
        heading: word pieces of the heading; may be empty.
        marks: the framing tokens.
        budget: most tokens of a window.
        context: tokens of context wanted on either side where the document does not fit into one window.
    """
    heading = tuple(heading[:MOST_HEADING_TOKENS])
    room = budget - len(heading) - 3
    whole = sum(len(p.tokens) + 1 for p in pieces) <= room
    runs = [(0, len(pieces))] if whole and pieces else list(cores(pieces, room - 2 * context))
    windows: list[Window] = []
    for first, last in runs:
        left = _reach(pieces, first - 1, -1, context)
        right = _reach(pieces, last, 1, context)
        windows.append(_window(pieces, heading, marks, (first, last), (first - left, last + right)))
    return windows


def _window(
    pieces: Sequence[Piece], heading: tuple[int, ...], marks: Marks, core: tuple[int, int], reach: tuple[int, int]
) -> Window:
    tokens = [marks.start, *heading, marks.separator] if heading else [marks.start]
    spans: list[tuple[int, int, int]] = []
    for at in range(*reach):
        if at > reach[0] and pieces[at].paragraph != pieces[at - 1].paragraph:
            tokens.append(marks.separator)
        begin = len(tokens)
        tokens.extend(pieces[at].tokens)
        if core[0] <= at < core[1]:
            spans.append((at, begin, len(tokens)))
    tokens.append(marks.separator)
    return Window(tuple(tokens), tuple(spans))
