"""Answers by meaning, and by words and meaning together: the same steps for every back end.

*meaning* ranks all passages that meet the conditions by how near they are to the words of the query; total and
facets count the passages that meet the conditions. *hybrid* fuses the best passages by words with the nearest; total
and facets are those of the words, and ``beside`` says how many of the nearest the words do not find.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from extractors.errors import UsageError
from index.analysis import FUNCTION_WORDS
from index.asking import Asked
from index.asking import Engine as Searched
from index.highlight import Marker
from index.meaning import Sought
from index.meaning.fusion import fused
from index.paging import Page
from index.plan import Best, Bool, Step, can_loosen, plan, run
from index.printings import SPARE, folded
from index.protocol import Answer, Counts, Facet
from index.query import Both, Either, Everything, Loose, Node, Phrase, Without, Word
from index.storage import Kept

if TYPE_CHECKING:
    from index.meaning.encoder import Vector

DEPTH = 200
"""How many of the best by words, and of the nearest, are fused."""
REACH = 1_000
"""How many of the nearest a search by meaning alone opens."""
TOGETHER = 0.5
"""How much two words of the query that stand together in a passage count beside each by itself."""
WEIGHT = 0.35
"""How much meaning counts beside words."""

Ranking = list[tuple[int, float]]
"""Passages by place, each with its score, best first."""


class Found(NamedTuple):
    """What a search found."""

    total: int
    counts: Counts
    best: list[int]
    """The best passages, by place; ties in order of place."""


class Engine(Searched, Protocol):
    """What a generation answers besides searches."""

    name: str
    vectors: bool

    def found(self, step: Bool, raised: tuple[Step, ...], most: int, facets: tuple[Facet, ...]) -> "Found":
        """What meets *step*; what meets any of *raised*, too, stands higher."""
        ...

    def meeting(self, step: Bool, places: Collection[int]) -> set[int]:
        """Those of *places* that meet *step*."""
        ...

    def nearest(self, vector: "Vector", step: Bool, most: int) -> Ranking:
        """The passages that meet *step* and are nearest to *vector*, with their likeness; ties in order of place."""
        ...

    def at(self, places: Sequence[int]) -> Mapping[int, Kept]:
        """The passages at *places*."""
        ...


def answered(
    engine: Engine, ask: Asked, page: Page, facets: tuple[Facet, ...], mode: Literal["meaning", "hybrid"]
) -> Answer:
    """What *engine* answers by meaning, or by words and meaning.

    Raises:
        UsageError: the generation has no vectors, hits are to be sorted by date, or nothing is asked in words.
    """
    if not engine.vectors:
        raise UsageError("This index holds no vectors to search by meaning.", mend="Run findingaid publish --vectors.")
    if page.sort != "relevance":
        raise UsageError("Hits by meaning stand in order of likeness.", mend="Leave --sort out, or use --mode text.")
    sought = tuple(said(ask.tree))
    if not sought:
        raise UsageError("A search by meaning needs words.", mend="Add some, or use --mode text.")
    from index.meaning.encoder import encoder

    vector, step = encoder().query(sought), plan(conditions(ask.tree), ask.filters)
    find = _near if mode == "meaning" else _both
    return ask.told(find(engine, ask, page, facets, (vector, step)))


def _near(engine: Engine, ask: Asked, page: Page, facets: tuple[Facet, ...], wanted: "tuple[Vector, Bool]") -> Answer:
    total, counts, _ = engine.found(wanted[1], (), 0, facets)
    ranking = engine.nearest(*wanted, REACH)
    answer = Answer(total=total, hits=(), facets=counts, generation=engine.name)
    return _shown(engine, ask.tree, page, ranking, answer, len(ranking))


def _both(engine: Engine, ask: Asked, page: Page, facets: tuple[Facet, ...], wanted: "tuple[Vector, Bool]") -> Answer:
    raised = (*ask.lifts, *_together(ask.tree))
    wide = DEPTH + page.offset + page.limit + SPARE
    met = ask.met()
    total, counts, words = engine.found(met, raised, wide, facets)
    relaxed = not total and can_loosen(ask.tree)
    if relaxed:
        met = ask.met(loosened=True)
        total, counts, words = engine.found(met, raised, wide, facets)
    near = [place for place, _ in engine.nearest(*wanted, DEPTH)]
    ranking = fused([(1.0, words[:DEPTH]), (WEIGHT, near)])
    held = {place for place, _ in ranking}
    ranking += [(place, 0.0) for place in words[DEPTH:] if place not in held]
    strangers = held.difference(words)
    beside = len(strangers) - len(engine.meeting(met, strangers) if strangers and total > len(words) else ())
    answer = Answer(
        total=total, hits=(), facets=counts, generation=engine.name, relaxed=relaxed and total > 0, beside=beside
    )
    return _shown(engine, ask.tree, page, ranking, answer, total + beside)


def _together(tree: Node) -> tuple[Step, ...]:
    """What lifts passages in which neighbouring words of the query are neighbours, too."""
    pairs = dict.fromkeys(_pairs(tree))
    return tuple(Best(((TOGETHER, run("text", pair, stemmed=True)),)) for pair in pairs)


def _pairs(node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Both | Either):
        for part in node.parts:
            yield from _pairs(part)
    elif isinstance(node, Loose):
        said = [[] if word.prefix or word.edits else word.text.split("-") for word in node.words]
        ends = ((one[-1], other[0]) for one, other in pairwise(said) if one and other)
        yield from (pair for pair in ends if pair[0] != pair[1] and not FUNCTION_WORDS.issuperset(pair))


def _shown(engine: Engine, tree: Node, page: Page, ranking: Ranking, answer: Answer, whole: int) -> Answer:
    """*answer* with the hits of *page*, of *whole* that can be followed."""
    shown = ranking[page.offset : page.offset + page.wider(SPARE).limit]
    mark = Marker(tree)
    held = engine.at([place for place, _ in shown])
    hits, seen = folded((held[place].hit(score, mark) for place, score in shown), page.limit)
    return answer.replaced(hits=hits, cursor=page.following(engine.name, seen, whole))


def said(tree: Node) -> Iterator[Sought]:
    """The words and phrases that a query asks for, with their other names; not those it excludes."""
    if isinstance(tree, Word):
        others = tuple(name.replace("-", " ") for name in tree.others)
        yield Sought(tree.text.replace("-", " "), others, tree.share)
    elif isinstance(tree, Phrase):
        yield Sought(tree.text)
    elif isinstance(tree, Loose | Both | Either):
        for part in tree.words if isinstance(tree, Loose) else tree.parts:
            yield from said(part)


def conditions(tree: Node) -> Node:
    """What every hit must meet whatever it means: conditions, quotes and exclusions, but no free words."""
    parts = [part for part in (tree.parts if isinstance(tree, Both) else (tree,)) if _wordless(part)]
    return Both(parts=tuple(parts)) if len(parts) > 1 else parts[0] if parts else Everything()


def _wordless(node: Node) -> bool:
    if isinstance(node, Both | Either):
        return all(map(_wordless, node.parts))
    return isinstance(node, Without) or not isinstance(node, Word | Loose)
