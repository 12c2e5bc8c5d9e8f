"""Lines into clean text: hyphens at line ends resolved, ligatures opened, note marks taken out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from extractors.formats.pdf import hyphens
from extractors.formats.pdf.geometry import Line, Word, join_words
from extractors.formats.pdf.hyphens import Vocabulary

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    r"""Open ligatures, drop invisible characters, fold white space.

    Examples:
        >>> clean("e\ufb03cient  of\u00adficer")
        'efficient officer'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def is_mark(word: Word) -> bool:
    """Whether a word is a raised note mark."""
    return word.raised and bool(re.fullmatch(r"[\d,*†‡§–\- ]{1,8}", word.text))


def line_text(line: Line, *, skip: int = 0, marks: bool = False) -> str:
    """A line's clean text without its first *skip* words and, unless *marks*, without note marks."""
    words = line.words[skip:]
    if not marks and any(w.raised for w in words):
        kept: list[Word] = []
        for word in words:
            if is_mark(word):
                continue
            kept.append(word)
        words = kept
    text = join_words(words)
    return clean(text)


def join_lines(texts: Iterable[str], known: Vocabulary | None = None) -> str:
    """Join lines into running text, undoing hyphenation.

    Args:
        texts: clean lines.
        known: what the document says of its words and hyphens.

    Examples:
        >>> join_lines(["The inves-", "tigation of long-", "term harm"], Vocabulary({"long-term": 1}))
        'The investigation of long-term harm'
    """
    known = known or Vocabulary()
    running = ""
    for text in texts:
        if text:
            running = _append(running, text, known) if running else text
    return running


def _append(running: str, text: str, known: Vocabulary) -> str:
    unbroken = hyphens.joined(running, text, known)
    if unbroken is not None:
        return unbroken
    dashed = running.endswith(("-", "–", "/")) and not running.endswith((" -", " –"))
    return running + text if dashed else f"{running} {text}"


def raw_text(lines: Sequence[Line]) -> str:
    """The lines as extracted, one below the other."""
    return "\n".join(line.text for line in lines)
