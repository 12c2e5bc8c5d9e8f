"""How text becomes the terms that are searched: one analysis for every back end.

A token is a run of letters, digits and marks, with apostrophes inside it ("officer's", "O'Brien").
Accents, ligatures and curly quotes are folded to ASCII, then case. *Stemmed* terms go on through the
Snowball English stemmer, which also drops the possessive; *exact* terms stop there. There
is no list of stop words in the index, so that phrases hold: ``FUNCTION_WORDS`` is for queries alone.

The work is done by tantivy's analyser, which the embedded index runs on its own when it writes; the
Elasticsearch mapping is written from the same table of steps.
"""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from itertools import chain
from sys import intern
from typing import TypeVar

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

T = TypeVar("T")

WORD_PATTERN = r"[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*"
"""A token, in the syntax that both Rust's and Java's regular expressions read."""

LONGEST = 120
"""Longer tokens (in bytes) are dropped, in the index and in queries alike: they are debris, not words."""

MOST_PIECES = 200_000
"""Pieces of text whose terms are kept in memory, some 30 MB."""

FUNCTION_WORDS = frozenset(
    """
    a about an and any are as at be been being but by can could did do does for from had has have he her him his
    how i if in into is it its may me might my no nor not of on or our out over shall she should so some such than
    that the their them then there these they this those to under up us was we were what when where which while
    who whom whose why will with would you your
    """.split()  # noqa: SIM905 - as prose it can be read
)
"""Words that ask for nothing by themselves. A query need not find them, though they count where they are found."""


@cache
def stemmer() -> TextAnalyzer:
    """The analyser of stemmed fields."""
    return _folded().filter(Filter.stemmer("english")).build()


@cache
def folder() -> TextAnalyzer:
    """The analyser of exact fields."""
    return _folded().build()


def _folded() -> TextAnalyzerBuilder:
    tokens = TextAnalyzerBuilder(Tokenizer.regex(WORD_PATTERN)).filter(Filter.remove_long(LONGEST))
    return tokens.filter(Filter.ascii_fold()).filter(Filter.lowercase())


def stems(text: str) -> list[str]:
    """Stemmed terms of *text*, in order.

    Examples:
        >>> stems("The officer’s body-worn cameras")
        ['the', 'offic', 'bodi', 'worn', 'camera']
    """
    return stemmer().analyze(text)


def words(text: str) -> list[str]:
    """Exact terms of *text*, in order: folded, not stemmed.

    Examples:
        >>> words("Naïve O’Brien policed s.136")
        ['naive', "o'brien", 'policed', 's', '136']
    """
    return folder().analyze(text)


class _Pieces(dict[str, T]):
    """What is made of that which stands between blanks: most of it comes again and again."""

    def __init__(self, made: Callable[[str], T]) -> None:
        self._made = made

    def __missing__(self, piece: str) -> T:
        if len(self) >= MOST_PIECES:
            self.clear()
        found = self[piece] = self._made(piece)
        return found


_STEMS = _Pieces(lambda piece: tuple(map(intern, stems(piece))))
_WRITTEN = _Pieces(lambda piece: " ".join(words(piece)))


def many_stems(text: str) -> list[str]:
    """``stems``, several times as fast where many texts are read."""
    return list(chain.from_iterable(map(_STEMS.__getitem__, text.split())))


def many_written(text: str) -> str:
    """``words`` with blanks between, several times as fast where many texts are read.

    Examples:
        >>> many_written("Naïve O’Brien")
        "naive o'brien"
    """
    return " ".join(map(_WRITTEN.__getitem__, text.split()))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stemmed term of one exact term."""
    found = stemmer().analyze(word)
    return found[0] if found else word


class Terms:
    """The terms of a text, each with the offsets at which it stands.

    Args:
        text: any.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = folder().pre_tokenize(text).tokens
        self.stemmed = stems(text)
        if len(self._tokens) != len(self.stemmed):  # what is too long to be a term is left out on both sides
            self._tokens = [token for token in self._tokens if words(token.text)]

    @cached_property
    def exact(self) -> list[str]:
        """The terms as written."""
        return words(self._text)

    def ends(self, place: int) -> tuple[int, int]:
        """Where a term begins and ends.

        Examples:
            >>> [Terms("PC Smith’s log").ends(place) for place in range(3)]
            [(0, 2), (3, 10), (11, 14)]
        """
        token = self._tokens[place]
        return token.char_offset_from, token.char_offset_to


def fold(value: str) -> str:
    """A name as it is compared: case and white space do not matter.

    Examples:
        >>> fold("  Operation   HOTTON ")
        'operation hotton'
    """
    return " ".join(value.casefold().split())
