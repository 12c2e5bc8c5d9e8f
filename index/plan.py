"""A query's tree becomes a plan: few, plain steps that every back end carries out alike.

The tree says what was asked for; the plan says in which fields, with which weights, and how many of the
words must be found. Back ends translate steps and decide nothing.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from index import long_names
from index.analysis import stem
from index.fields import key
from index.protocol import Filters
from index.query import Both, Condition, Either, Everything, Loose, Node, Phrase, Without, Word, telling

FIELD_WEIGHTS = {"text": 1.0, "title": 0.6, "heading": 0.4}
"""How much a word counts by where it stands."""
NUMBER_WEIGHT = 1.5
NAME_WEIGHT = 1.1
"""How much a name counts that is a term: as a phrase it has the weight of all its words, which is a little more."""
TIE = 0.2
"""Share of the weaker names' scores that is added to that of the strongest, where a word has other names."""
NEEDED = 0.6
"""Share of the telling words of a longer query that a passage must hold."""
ALL_NEEDED_UP_TO = 2


@dataclass(frozen=True, slots=True)
class Term:
    """Passages whose field holds the term, ranked by BM25.

    A server that stems for itself, in a version of its own, is given the word as *said* instead.
    """

    field: str
    term: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Passages whose field holds the terms in a row; two terms may have up to *slop* others between."""

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    said: str = ""


@dataclass(frozen=True, slots=True)
class Starts:
    """Passages whose field holds a term that begins so; all score alike."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Near:
    """Passages whose field holds a term at most so many edits away; all score alike."""

    field: str
    term: str
    edits: int


@dataclass(frozen=True, slots=True)
class Keys:
    """Passages that hold any of the keys. No score."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Passages with a number within bounds, ends included. No score."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class At:
    """Passages at any of these places. No score."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """Any part; the best score, and a share of the others'."""

    parts: "tuple[tuple[float, Step], ...]"
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Within:
    """Passages of the stretch of a report that begins at a place, all scoring so much."""

    stretch: int
    score: float


@dataclass(frozen=True, slots=True)
class Bool:
    """Every *must*, at least *need* of *should*, none of *never*; scores are added."""

    must: "tuple[Step, ...]" = ()
    should: "tuple[Step, ...]" = ()
    never: "tuple[Step, ...]" = ()
    need: int = 0


Step: TypeAlias = Term | Run | Starts | Near | Keys | Between | Within | At | Best | Bool


def plan(tree: Node, filters: Filters, *, loosened: bool = False) -> Bool:
    """The steps that answer *tree* within *filters*; *loosened*, any word of a loose group is enough."""
    return Bool(must=(_step(tree, loosened), *filter_steps(filters)))


def asks_nothing(step: Step) -> bool:
    """Whether every passage meets *step*."""
    return isinstance(step, Bool) and not step.never and not step.need and all(map(asks_nothing, step.must))


def can_loosen(tree: Node) -> bool:
    """Whether fewer words could be asked for than a first search does."""
    if isinstance(tree, Both | Either):
        return any(can_loosen(part) for part in tree.parts)
    return isinstance(tree, Loose)


def _step(node: Node, loosened: bool) -> Step:
    match node:
        case Word() | Phrase():
            return _word(node) if isinstance(node, Word) else _phrase(node)
        case Loose():
            return _loose(node, loosened)
        case Condition():
            return condition(node)
        case Either():
            return Bool(should=tuple(_step(part, loosened) for part in node.parts), need=1)
        case Both() | Without() | Everything():
            return _all(node.parts if isinstance(node, Both) else (node,), loosened)


def _all(parts: tuple[Node, ...], loosened: bool) -> Bool:
    kept = [part for part in parts if not isinstance(part, Without | Everything)]
    never = [part.part for part in parts if isinstance(part, Without)]
    return Bool(must=tuple(_step(p, loosened) for p in kept), never=tuple(_step(p, loosened) for p in never))


def _word(word: Word) -> Step:
    if word.prefix or word.edits:
        return Best(tuple((weight, _like(f"{field}_exact", word)) for field, weight in FIELD_WEIGHTS.items()))
    exact = tuple(word.text.split("-"))
    parts = [(weight, run(field, exact, stemmed=True)) for field, weight in FIELD_WEIGHTS.items()]
    own = Best((*parts, (NUMBER_WEIGHT, run("number", exact))))
    return with_others(own, word, "text")


def with_others(own: Step, word: Word, field: str) -> Step:
    """*own*, or any other name of the word in *field*."""
    others = [_other(name, word, field) for name in word.others]
    return Best(((1.0, own), *others), TIE) if others else own


def _other(name: str, word: Word, field: str) -> tuple[float, Step]:
    if name in word.terms:
        return word.share * NAME_WEIGHT, Term(long_names.FIELD, long_names.named(name))
    return word.share, run(field, tuple(name.split("-")), stemmed=True)


def _like(field: str, word: Word) -> Step:
    return Starts(field, word.text) if word.prefix else Near(field, word.text, word.edits)


def _phrase(phrase: Phrase) -> Step:
    terms = tuple(phrase.text.split(" "))
    parts = [(weight, run(f"{field}_exact", terms, phrase.slop)) for field, weight in FIELD_WEIGHTS.items()]
    return Best((*parts, (NUMBER_WEIGHT, run("number", terms, phrase.slop))))


def run(field: str, exact: tuple[str, ...], slop: int = 0, *, stemmed: bool = False) -> Step:
    """Passages whose field holds the terms in a row."""
    if slop and len(exact) > 2:  # engines differ on longer loose phrases, and agree on pairs
        pairs = [pair for pair in pairwise(exact) if pair[0] != pair[1]] or [exact[:1]]
        return Bool(must=tuple(run(field, pair, slop) for pair in dict.fromkeys(pairs)))
    terms = tuple(map(stem, exact)) if stemmed else exact
    said = " ".join(exact)
    return Term(field, terms[0], said) if len(terms) == 1 else Run(field, terms, slop, said)


def _loose(group: Loose, loosened: bool) -> Step:
    """Telling words are counted; function words are not sought at all, unless the query has nothing else."""
    words = telling(group)
    need = 1 if loosened else needed(len({word.text for word in words}))
    return Bool(should=tuple(map(_word, dict.fromkeys(words))), need=need)


def needed(count: int) -> int:
    """How many of so many telling words a passage must hold.

    Examples:
        >>> [needed(count) for count in (1, 2, 3, 4, 5, 10)]
        [1, 2, 2, 3, 3, 6]
    """
    return count if count <= ALL_NEEDED_UP_TO else math.ceil(count * NEEDED)


def condition(condition: Condition) -> Step:
    """The step that carries out a condition."""
    if condition.values:
        return Keys(tuple(key(condition.field, value) for value in condition.values))
    if condition.field == "page":
        return Between("page", condition.low, condition.high)
    low = None if condition.low is None else condition.low * 10_000
    high = None if condition.high is None else condition.high * 10_000 + 9_999
    return Between("published", low, high)


def filter_steps(filters: Filters) -> tuple[Step, ...]:
    """The conditions that *filters* stands for."""
    named = {
        "role": tuple(role.value for role in filters.roles),
        "theme": filters.themes,
        "force": filters.forces,
        "source": filters.sources,
        "investigation": filters.investigations,
        "report": filters.reports,
        "decision": tuple(decision.value for decision in filters.decisions),
    }
    steps: list[Step] = [Keys(tuple(key(field, v) for v in values)) for field, values in named.items() if values]
    days = [int(day.strftime("%Y%m%d")) if day else None for day in (filters.published_from, filters.published_to)]
    if any(days):
        steps.append(Between("published", *days))
    return tuple(steps)
