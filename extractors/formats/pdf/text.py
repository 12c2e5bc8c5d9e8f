"""Lines into clean text: hyphens at line ends resolved, ligatures opened, note marks taken out."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from extractors.formats.pdf.geometry import Line, Word, join_words

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"\s+")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010\u00ad]$")


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


def join_lines(texts: Iterable[str], known: frozenset[str] = frozenset()) -> str:
    """Join lines into running text, undoing hyphenation.

    Args:
        texts: clean lines.
        known: lower-case words of the document; a hyphen stays where the hyphened form is among them.

    Examples:
        >>> join_lines(["The inves-", "tigation of long-", "term harm"], frozenset({"long-term"}))
        'The investigation of long-term harm'
    """
    joined = ""
    for text in texts:
        if not text:
            continue
        joined = _append(joined, text, known) if joined else text
    return joined


def _append(joined: str, text: str, known: frozenset[str]) -> str:
    broken = _BROKEN.search(joined[-40:]) if joined[-1] in "-\u2010\u00ad" else None
    if broken is None:
        return (
            joined + text
            if joined.endswith(("-", "–", "/")) and not joined.endswith((" -", " –"))
            else f"{joined} {text}"
        )
    head, tail = broken.group(1), re.match(r"[^\W\d_]+", text)
    if tail is None or not tail.group()[0].islower():
        return joined + text
    whole = (head + tail.group()).lower()
    hyphened = f"{head}-{tail.group()}".lower()
    if hyphened in known and whole not in known:
        return joined + text
    return joined[:-1] + text


def raw_text(lines: Sequence[Line]) -> str:
    """The lines as extracted, one below the other."""
    return "\n".join(line.text for line in lines)
