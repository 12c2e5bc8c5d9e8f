"""Marks become the tree: a small recursive descent that reads whatever makes no sense as plain words."""

import re

from extractors.errors import UsageError
from index.analysis import words
from index.query.conditions import FIELDS, fault, read_condition
from index.query.lexer import OPERATORS, Mark, marks
from index.query.tree import Both, Either, Everything, Loose, Node, Phrase, Without, Word

LONGEST_QUERY = 8_000
MOST_WORDS = 500
DEEPEST = 40
MOST_SLOP = 50
SHORTEST_PREFIX = 2

_LEADING_STAR = re.compile(r"\*+\w[^*]*$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_TAIL = re.compile(r"(?:(\*)|~([0-9]?))$")


def parse(query: str) -> Node:
    """The tree of *query*.

    Raises:
        UsageError: a condition that cannot be meant, a wildcard in front, or a query beyond bounds.

    Examples:
        >>> str(parse('"body worn video" OR lost phone -custody role:findings'))
        '("body worn video" OR ((lost phone) AND NOT custody AND role:"finding"))'
    """
    if len(query) > LONGEST_QUERY:
        raise UsageError(f"The query has {len(query):,} characters; the most is {LONGEST_QUERY:,}.", mend="Shorten it.")
    found = _lone_operators_are_words(list(marks(_CONTROL.sub(" ", query), FIELDS)))
    if sum(mark.kind not in {"(", ")"} for mark in found) > MOST_WORDS:
        raise UsageError(f"The query has more than {MOST_WORDS} words and conditions.", mend="Shorten it.")
    return _Parser(found).whole()


def _lone_operators_are_words(found: list[Mark]) -> list[Mark]:
    """AND and OR need something on both sides, NOT something after it; otherwise they are words like any other."""
    kept: list[Mark] = []
    for place, mark in enumerate(found):
        after = found[place + 1].kind if place + 1 < len(found) else ")"
        starts = after not in {")", "AND", "OR"} and (mark.kind, after) != ("NOT", "NOT")
        ends = bool(kept) and kept[-1].kind not in {"(", "AND", "OR", "NOT"}
        if mark.kind in OPERATORS and not (starts and (ends or mark.kind == "NOT")):
            mark = mark._replace(kind="chunk")  # noqa: PLW2901 - the same mark, read otherwise
        kept.append(mark)
    return kept


class _Parser:
    """Walks the marks once."""

    def __init__(self, found: list[Mark]) -> None:
        self.marks = found
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        parts: list[Node] = []
        while self.at < len(self.marks):
            parts += self._either()
            self.at += self._sees(")")
        return _both(parts)

    def _sees(self, kind: str) -> bool:
        return self.at < len(self.marks) and self.marks[self.at].kind == kind

    def _either(self) -> list[Node]:
        parts = [self._and()]
        while self._sees("OR"):
            self.at += 1
            parts.append(self._and())
        met = [_both(part) for part in parts if part]
        return [_either(met)] if met else []

    def _and(self) -> list[Node]:
        parts = self._adjacent()
        while self._sees("AND"):
            self.at += 1
            parts += self._adjacent()
        return parts

    def _adjacent(self) -> list[Node]:
        """Neighbours up to an operator: the free words among them are one loose group, in front."""
        loose: list[Word] = []
        parts: list[Node] = []
        while self.at < len(self.marks) and self.marks[self.at].kind not in {")", "AND", "OR"}:
            if self.marks[self.at].kind == "chunk":
                loose += _word(self.marks[self.at])
                self.at += 1
            else:
                parts += self._one()
        front: list[Node] = [Loose(words=tuple(loose))] if len(loose) > 1 else list(loose)
        return front + parts

    def _one(self) -> list[Node]:
        mark = self.marks[self.at]
        self.at += 1
        if mark.kind == "(":
            return self._group(mark)
        if mark.kind == "NOT":
            return [Without(part=part) for part in self._negated()]
        if mark.kind == "phrase":
            return _phrase(mark)
        return [read_condition(mark)] if mark.kind == "field" else list(_word(mark))

    def _negated(self) -> list[Node]:
        negated = self._one() if self.at < len(self.marks) else []
        return [_both(negated)] if negated else []

    def _group(self, mark: Mark) -> list[Node]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise fault(mark.at, f"brackets are more than {DEEPEST} deep", "Write it flatter.")
        parts = self._either()
        self.depth -= 1
        self.at += self._sees(")")
        return parts


def _both(parts: list[Node]) -> Node:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Both) else (part,))]
    return Both(parts=tuple(flat)) if len(flat) > 1 else flat[0] if flat else Everything()


def _either(parts: list[Node]) -> Node:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Either) else (part,))]
    return Either(parts=tuple(flat)) if len(flat) > 1 else flat[0]


def _terms(text: str) -> list[str]:
    """Exact terms of *text*; a sign that folds to several is read as if these were typed: ⑴ as (1)."""
    return words(" ".join(words(text)))


def _phrase(mark: Mark) -> list[Node]:
    text = " ".join(_terms(mark.text))
    return [Phrase(text=text, slop=min(mark.number, MOST_SLOP))] if text else []


def _word(mark: Mark) -> list[Word]:
    """The word in a chunk; none where it is all punctuation."""
    if _LEADING_STAR.match(mark.text):
        raise fault(mark.at, "a word cannot begin with a star", "Put the star at the end: investigat*.")
    tail = _TAIL.search(mark.text)
    terms = _terms(mark.text[: tail.start()] if tail else mark.text)
    if not terms:
        return []
    if tail is None or len(terms) > 1:
        return [Word(text="-".join(terms))]
    if tail[1] and len(terms[0]) < SHORTEST_PREFIX:
        raise fault(mark.at, "too little stands before the star", "Write at least two letters before it.")
    return [Word(text=terms[0], prefix=bool(tail[1]), edits=0 if tail[1] else min(int(tail[2] or 1), 2))]
