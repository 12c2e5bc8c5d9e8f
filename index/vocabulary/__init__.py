"""Other names of what is asked for: the reviewed list in ``synonyms.toml``, and the gazetteer's forces and bodies.

A name is written as the query language writes a compound word: folded terms joined by hyphens. Names are met by
their stems, longer ones first; what a shorter name within a longer one means is then not asked.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias, cast

from extractors.entities.gazetteer import BODIES, FORCES
from index.analysis import FUNCTION_WORDS, stem, words

Stems: TypeAlias = tuple[str, ...]


class Group(NamedTuple):
    """Words of a query that are a name together, by place, and the other names."""

    start: int
    end: int
    others: tuple[str, ...]


def groups(asked: Sequence[str]) -> list[Group]:
    """The names among the exact terms of a query.

    Examples:
        >>> [(group.start, group.end, "conducted-energy-device" in group.others) for group in groups(["taser", "fall"])]
        [(0, 1, True)]
    """
    known, stemmed = _others(), [stem(term) for term in asked]
    found: list[Group] = []
    free = [True] * len(asked)
    for length in range(min(_longest(), len(asked)), 0, -1):
        for start in range(len(asked) - length + 1):
            end = start + length
            others = known.get(tuple(stemmed[start:end])) if all(free[start:end]) else None
            if others and not all(term in FUNCTION_WORDS for term in asked[start:end]):
                free[start:end] = [False] * length
                found.append(Group(start, end, others))
    return sorted(found)


@cache
def known_stems() -> frozenset[str]:
    """Every stem that stands in a name: words that are spelt right, whether or not a corpus holds them."""
    return frozenset(term for name in _others() for term in name)


@cache
def long_names() -> frozenset[str]:
    """The names of several words that others bring in, written as the query language writes them."""
    return frozenset(other for others in _others().values() for other in others if "-" in other)


@cache
def _longest() -> int:
    return max(map(len, _others()))


@cache
def _others() -> Mapping[Stems, tuple[str, ...]]:
    """Every name by its stems, with the other names that are sought for it, in the order of the lists."""
    table: dict[Stems, dict[Stems, str]] = {}
    for asked, sought in _rows():
        names = [words(name) for name in sought]
        for name in map(words, asked):
            row = table.setdefault(_stems(name), {})
            for other in names:
                if _stems(other) != _stems(name):
                    row.setdefault(_stems(other), "-".join(other))
    return {name: tuple(row.values()) for name, row in table.items() if row}


def _stems(terms: Iterable[str]) -> Stems:
    return tuple(map(stem, terms))


def _rows() -> Iterator[tuple[list[str], list[str]]]:
    """What is asked, and what is sought for it as well."""
    text = files("index.vocabulary").joinpath("synonyms.toml").read_text("utf-8")
    for topic in tomllib.loads(text)["topic"]:
        for same in cast("list[list[str]]", topic.get("same", [])):
            yield same, same
        yield from cast("list[tuple[list[str], list[str]]]", topic.get("also", []))
    for named in (*FORCES, *BODIES):
        same = [named.name, *named.exact, *named.aliases]
        yield same, same
