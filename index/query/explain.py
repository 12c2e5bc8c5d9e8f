"""How a query is understood: its tree in words, what each word becomes, and what it may have meant otherwise."""

from collections.abc import Iterator, Mapping

from pydantic import Field

from extractors.records import Record
from extractors.wording import counted
from index.analysis import stem
from index.plan import FIELD_WEIGHTS, NUMBER_WEIGHT, needed
from index.query.hints import hints
from index.query.parser import parse
from index.query.tree import Both, Condition, Either, Everything, Loose, Node, Phrase, Without, Word, sought, telling

INDENT = "  "


class Explanation(Record):
    """A query as it was understood."""

    query: str
    meant: str = Field(description="The query in full brackets; it finds the same.")
    tree: tuple[str, ...] = Field(description="The same, one part a line, indented by depth.")
    terms: Mapping[str, str] = Field(
        description="Each word sought in any of its forms, and the stem that stands for it."
    )
    exact: tuple[str, ...] = Field(description="Words and beginnings sought as they are written.")
    left_out: tuple[str, ...] = Field(description="Words that ask for nothing by themselves and are not sought.")
    synonyms: Mapping[str, tuple[str, ...]] = Field(description="Other names that are sought as well.")
    corrected: Mapping[str, str] = Field(description="Words that nothing holds, and what was sought in their place.")
    weights: Mapping[str, float] = Field(description="Where words are sought, and how much they count there.")
    hints: tuple[str, ...] = Field(description="What it may have meant otherwise.")


def explain(
    query: str, *, synonyms: Mapping[str, tuple[str, ...]] | None = None, corrected: Mapping[str, str] | None = None
) -> Explanation:
    """How *query* is understood.

    Args:
        query: as typed.
        synonyms: what the answer says was sought as well.
        corrected: what the answer says was sought instead.

    Raises:
        UsageError: it cannot be parsed.
    """
    tree = parse(query)
    leaves = list(sought(tree, without=True))
    plain = [word for word in leaves if isinstance(word, Word) and not (word.prefix or word.edits)]
    return Explanation(
        query=query,
        meant=str(tree),
        tree=tuple(_lines(tree, 0)),
        terms={term: stem(term) for word in plain for term in word.text.split("-")},
        exact=tuple(dict.fromkeys(str(leaf) for leaf in leaves if leaf not in plain)),
        left_out=tuple(dict.fromkeys(_left_out(tree))),
        synonyms=synonyms or {},
        corrected=corrected or {},
        weights={**FIELD_WEIGHTS, "number": NUMBER_WEIGHT},
        hints=hints(query),
    )


def _lines(node: Node, depth: int) -> Iterator[str]:
    """The tree in words."""
    lead = INDENT * depth
    if isinstance(node, Both | Either):
        yield f"{lead}{'all' if isinstance(node, Both) else 'any'} of"
        for part in node.parts:
            yield from _lines(part, depth + 1)
    elif isinstance(node, Without):
        yield f"{lead}without"
        yield from _lines(node.part, depth + 1)
    elif isinstance(node, Loose):
        words = dict.fromkeys(telling(node))
        yield f"{lead}at least {needed(len({word.text for word in words}))} of"
        for word in words:
            yield from _lines(word, depth + 1)
    else:
        yield lead + _leaf(node)


def _leaf(node: Word | Phrase | Condition | Everything) -> str:  # noqa: PLR0911 - a line for each kind
    match node:
        case Everything():
            return "every passage"
        case Condition(values=()):
            return f"{node.field} from {'the first' if node.low is None else node.low} to " + (
                "the last" if node.high is None else str(node.high)
            )
        case Condition():
            return f"{node.field} is " + " or ".join(node.values)
        case Phrase(slop=0):
            return f"the words {node} in a row, as written"
        case Phrase():
            return f'the words "{node.text}", each within {node.slop} of the next, as written'
        case Word(prefix=True):
            return f"a word that begins with {node.text}, as written"
        case Word(edits=0):
            together = " (together)" if "-" in node.text else ""
            return f"{node.text.replace('-', ' ')}{together}, in any form"
        case Word():
            return f"{node.text}, or a word {counted(node.edits, 'slip')} away"


def _left_out(node: Node) -> Iterator[str]:
    if isinstance(node, Loose):
        asking = set(telling(node))
        yield from (word.text for word in node.words if word not in asking)
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from _left_out(part)
    elif isinstance(node, Without):
        yield from _left_out(node.part)
