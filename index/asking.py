"""A query as it is put to an index: spelt, widened by other names, and ranked within its surroundings.

A passage scores by its own words and by those of the stretch of the report it stands in. The engine is therefore
asked twice: for the best stretches, and for the passages, those of the best stretches lifted by their scores. What
is found and counted is decided by the passages alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.long_names import LongNames
from index.plan import Bool, Step, Within, condition, filter_steps, plan, run, with_others
from index.protocol import Answer, Filters
from index.query import Both, Condition, Either, Loose, Node, Phrase, Word, parse, telling
from index.spelling import Words, spelt
from index.widening import told, widened

MOST_STRETCHES = 100
"""Stretches whose passages are lifted; beyond so many, passages stand by their own words."""
LIFT = 2.0
"""How much the words of the stretch count beside those of the passage."""


class Engine(Words, Protocol):
    """What a generation answers besides searches."""

    names: LongNames
    """Those that it holds as terms."""

    def stretches(self, step: Bool, most: int) -> Sequence[tuple[int, float]]:
        """The best stretches that meet *step*, by place, with their scores; ties in order of place."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was understood."""

    tree: Node
    filters: Filters
    corrected: dict[str, str]
    lifts: tuple[Within, ...]

    def met(self, *, loosened: bool = False) -> Bool:
        """The steps that say what is found."""
        return plan(self.tree, self.filters, loosened=loosened)

    def plan(self, *, loosened: bool = False) -> Bool:
        """The steps that answer it, in order."""
        return lifted(self.met(loosened=loosened), self.lifts)

    def told(self, answer: Answer) -> Answer:
        """*answer* with what was sought beside or in place of the words of the query."""
        names = told(self.tree)
        return answer.replaced(corrected=self.corrected, widened=names) if self.corrected or names else answer


def asked(query: str, filters: Filters, engine: Engine) -> Asked:
    """*query* as *engine* is asked it.

    Raises:
        UsageError: the query cannot be parsed.
    """
    spelt_tree, corrected = spelt(parse(query), engine)
    tree = widened(spelt_tree, engine.names)
    step = surroundings(tree, filters)
    found = engine.stretches(step, MOST_STRETCHES) if step else ()
    return Asked(tree, filters, corrected, tuple(Within(begin, round(LIFT * score, 4)) for begin, score in found))


def lifted(step: Bool, lifts: tuple[Step, ...]) -> Bool:
    """*step*, its passages lifted by what else they meet, such as the stretches they stand in."""
    return Bool(must=(step,), should=lifts) if lifts else step


def surroundings(tree: Node, filters: Filters) -> Bool | None:
    """What a stretch should hold: any word of the query, and passages that meet its conditions. None without words."""
    words = tuple(dict.fromkeys(_words(tree)))
    if not words:
        return None
    return Bool(must=(*_conditions(tree), *filter_steps(filters)), should=words, need=1)


def _words(node: Node) -> Iterator[Step]:
    if isinstance(node, Word) and not (node.prefix or node.edits):
        own = run("whole", tuple(node.text.split("-")), stemmed=True)
        yield with_others(own, node, "whole")
    elif isinstance(node, Phrase):
        yield run("whole", tuple(node.text.split(" ")), node.slop, stemmed=True)
    elif isinstance(node, Loose | Both | Either):
        for part in telling(node) if isinstance(node, Loose) else node.parts:
            yield from _words(part)


def _conditions(tree: Node) -> Iterator[Step]:
    """Conditions that every hit meets, save those on pages, which a stretch has many of."""
    for part in tree.parts if isinstance(tree, Both) else (tree,):
        if isinstance(part, Condition) and part.field != "page":
            yield condition(part)
