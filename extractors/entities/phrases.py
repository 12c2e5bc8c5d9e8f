"""Many fixed phrases, found in one pass: each word is looked up once, and only a known first word is tried further."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"\w+")
_CAPITAL_WORD = re.compile(r"[A-Z](?<!\w.)\w*")
_GAPS = re.compile(r"[\s\-‐‑–]+")
_PIECES = {" ": _GAPS.pattern, "-": _GAPS.pattern, "'": "['’]", "’": "['’]"}
_JOINED = frozenset("’'-‐‑")


class Phrases(Generic[T]):
    """Phrases as whole words, each with a meaning; the longest one that fits is found.

    Blanks and hyphens count alike, and so do straight and curly apostrophes.

    Args:
        any_case: phrases whose case does not count, and what they mean.
        exact: phrases to be met as they are written.
        capital: whether a phrase must open with a capital all the same; faster.

    Examples:
        >>> forces = Phrases({"Dyfed-Powys Police": 1, "Kent Police": 2}, {"MPS": 3})
        >>> [(match.group(), meaning) for match, meaning in forces.find("DYFED POWYS POLICE; mps; Kentish police; MPS")]
        [('DYFED POWYS POLICE', 1), ('MPS', 3)]
    """

    def __init__(self, any_case: Mapping[str, T], exact: Mapping[str, T], *, capital: bool = True) -> None:
        self._words = _CAPITAL_WORD if capital else _WORD
        self._meanings = {_plain(phrase): meaning for phrase, meaning in exact.items()}
        self._meanings |= {_plain(phrase).lower(): meaning for phrase, meaning in any_case.items()}
        patterns: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted((*any_case, *exact), key=len, reverse=True):
            words = _write(phrase)
            first = _WORD.findall(phrase)[0]
            if phrase in exact:
                patterns[first].append(words)
            else:
                for form in {first.lower(), first.capitalize(), first.upper(), first}:
                    patterns[form].append(f"(?i:{words})")
        self._patterns = {first: re.compile(rf"(?:{'|'.join(group)})(?!\w)") for first, group in patterns.items()}

    def find(self, text: str) -> Iterator[tuple[re.Match[str], T]]:
        """Each phrase in *text* with its meaning, in order, none inside another."""
        patterns, end = self._patterns, 0
        for word in self._words.finditer(text):
            pattern = patterns.get(word.group())
            if pattern is None or word.start() < end:
                continue
            match = pattern.match(text, word.start())
            if match and not (match.start() and text[match.start() - 1] in _JOINED):
                end = match.end()
                yield match, self._meaning(match.group())

    def _meaning(self, phrase: str) -> T:
        plain = _plain(phrase)
        return self._meanings[plain if plain in self._meanings else plain.lower()]


def _plain(phrase: str) -> str:
    return _GAPS.sub(" ", phrase.replace("’", "'"))


def _write(phrase: str) -> str:
    """The pattern of one phrase."""
    return "".join(_PIECES.get(character) or re.escape(character) for character in phrase)
