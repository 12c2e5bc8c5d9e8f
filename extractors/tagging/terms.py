"""Words that speak of a theme, and turns of phrase that tell what a sentence does.

What thirty rare labels cannot teach stands in two tables beside this module. Nothing in them was
learnt; how much a word counts is learnt by the second reading (``second.py``).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from extractors.errors import ModelError
from extractors.tagging.heads import Floats
from extractors.tagging.vocabulary import THEME_CODES

STRENGTHS = ("strong", "weak")
_THEME_TERMS = "theme_terms.toml"
_TURNS_OF_PHRASE = "turns_of_phrase.toml"
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_MOST_CHARACTERS = 20_000
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row, each whole or a stem, and the group they speak for."""

    group: int
    words: tuple[str, ...]

    def stands_at(self, words: Sequence[str], at: int) -> bool:
        """Whether the term's words stand in *words* from *at* on."""
        there = words[at : at + len(self.words)]
        return len(there) == len(self.words) and all(map(_fits, self.words, there))


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def split_words(text: str) -> list[str]:
    """Lower-cased words of *text*; hyphens and full stops part them.

    Examples:
        >>> split_words("Body-worn video (s.136): the force’s cells")
        ['body', 'worn', 'video', 's', '136', 'the', "force's", 'cells']
    """
    return _WORD.findall(text[:_MOST_CHARACTERS].lower().replace("’", "'"))


class TermTable:
    """Groups of terms, found by a term's first word or its stem."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        """Index *groups* of terms; a trailing ``*`` stands for any ending, ``*`` alone for any word.

        Examples:
            >>> table = TermTable([["blue light*"], ["cell", "cells"]])
            >>> table.counts("No blue lights; one cell of two cells.").tolist()
            [1.0, 2.0]
        """
        self.size = len(groups)
        self._whole: dict[str, list[Term]] = {}
        self._stems: dict[str, list[Term]] = {}
        for group, listed in enumerate(groups):
            for words in listed:
                term = Term(group, tuple(words.lower().split()))
                first = term.words[0]
                table, key = (self._stems, first[:-1]) if first.endswith("*") else (self._whole, first)
                table.setdefault(key, []).append(term)

    def _at(self, words: Sequence[str], at: int) -> Iterator[Term]:
        word = words[at]
        yield from self._whole.get(word, ())
        for size in range(_SHORTEST_STEM, len(word) + 1):
            yield from self._stems.get(word[:size], ())

    def counts(self, text: str) -> Floats:
        """How many different terms of each group stand in *text*."""
        words = split_words(text)
        found = {term for at in range(len(words)) for term in self._at(words, at) if term.stands_at(words, at)}
        out = np.zeros(self.size, dtype=np.float32)
        for term in found:
            out[term.group] += 1
        return out


def _table(name: str) -> Mapping[str, object]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def theme_terms() -> TermTable:
    """Groups: the themes in the codebook's order, their strong words first, then their weak ones.

    Raises:
        ModelError: the table is not of this codebook.
    """
    listed = _table(_THEME_TERMS)
    if set(listed) != set(THEME_CODES):
        raise ModelError(f"{_THEME_TERMS} and the codebook name different themes.")
    return TermTable([listed[code][strength] for strength in STRENGTHS for code in THEME_CODES])  # pyright: ignore[reportIndexIssue, reportArgumentType, reportUnknownArgumentType]  a table of ours, tested


@lru_cache(maxsize=1)
def turns_of_phrase() -> TermTable:
    """Groups: turns of phrase, in the order of their table."""
    return TermTable(list(_table(_TURNS_OF_PHRASE).values()))  # pyright: ignore[reportArgumentType]  as above
