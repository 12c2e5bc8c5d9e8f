"""Paragraphs become word pieces and windows."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from extractors.errors import ModelError
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.windows import BUDGET, CONTEXT, Marks, Piece, Window, pack, shorten

TOKENIZER_FILE = "tokenizer.json"
_PAGES = re.compile(r"\s*pp?(?:ages?)?\.?\s[\d\s,–-]*")
_MOST_CHARACTERS = 4000
"""Of a longer sentence only the beginning and the end are cut into word pieces."""


def useful_heading(heading: str) -> str:
    """*heading*, or nothing where it only names pages.

    Examples:
        >>> useful_heading("pages 17-20")
        ''
        >>> useful_heading("Pages lost from the log")
        'Pages lost from the log'
    """
    return "" if _PAGES.fullmatch(heading.lower()) else heading


def runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[int]]:
    """Ordinals of paragraphs that stand together: neighbours of one document under one heading."""
    keyed = groupby(range(len(paragraphs)), key=lambda at: (paragraphs[at].document, paragraphs[at].heading))
    return (list(group) for _, group in keyed)


class Tokens:
    """The word-piece tokenizer of the encoder."""

    def __init__(self, path: Path) -> None:
        """Load the tokenizer at *path*.

        Raises:
            ModelError: it cannot be loaded.
        """
        from tokenizers import Tokenizer

        try:
            self._tokenizer: Any = cast("Any", Tokenizer).from_file(str(path))
        except Exception as error:  # the library raises bare Exception for every fault
            raise ModelError(f"{path} cannot be loaded as a tokenizer.") from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.marks = Marks(self._id("[CLS]"), self._id("[SEP]"), self._id("[PAD]"))
        self.unknown = self._id("[UNK]")
        self.mask = self._id("[MASK]")

    def _id(self, token: str) -> int:
        found: int | None = self._tokenizer.token_to_id(token)
        if found is None:
            raise ModelError(f"The tokenizer knows no {token}.")
        return found

    def pieces(self, texts: Sequence[str]) -> list[tuple[int, ...]]:
        """Word pieces of each of *texts*, without framing, never none."""
        half = _MOST_CHARACTERS // 2
        cut = [t if len(t) <= _MOST_CHARACTERS else f"{t[:half]} {t[-half:]}" for t in texts]
        encoded = self._tokenizer.encode_batch_fast(cut, add_special_tokens=False)
        return [shorten(e.ids) or (self.unknown,) for e in encoded]

    def windows(
        self, paragraphs: Sequence[Paragraph], pieces: Sequence[Sequence[tuple[int, ...]]], *, budget: int = BUDGET
    ) -> list[Window]:
        """Windows over *paragraphs*; spans count sentences over all of them.

        Args:
            paragraphs: documents' paragraphs in order.
            pieces: per paragraph, its sentences' word pieces.
            budget: most tokens of a window.
        """
        offsets = [0]
        for own in pieces:
            offsets.append(offsets[-1] + len(own))
        windows: list[Window] = []
        for run in runs(paragraphs):
            stretch = [Piece(tokens, at) for at in run for tokens in pieces[at]]
            heading = self._heading(paragraphs[run[0]].heading)
            for window in pack(stretch, heading, self.marks, budget=budget, context=CONTEXT):
                moved = tuple((sentence + offsets[run[0]], start, end) for sentence, start, end in window.spans)
                windows.append(Window(window.tokens, moved))
        return windows

    def _heading(self, heading: str) -> tuple[int, ...]:
        useful = useful_heading(heading)
        return self.pieces([useful])[0] if useful.strip() else ()
