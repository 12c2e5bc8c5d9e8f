"""The words of a query with their other names: see ``index.vocabulary``. Quoted words stay as they were written."""

from collections.abc import Container, Iterator, Sequence

from index.long_names import named
from index.query import Both, Either, Loose, Node, Word, telling
from index.vocabulary import groups


def widened(tree: Node, names: Container[str] = ()) -> Node:
    """*tree* with each free word carrying the other names of what it stands for.

    Args:
        tree: of the query.
        names: those which the index holds as terms: ``index.long_names``.
    """
    if isinstance(tree, Word):
        return _widened([tree], names)[0]
    if isinstance(tree, Loose):
        return tree.replaced(words=tuple(_widened(tree.words, names)))
    if isinstance(tree, Both | Either):
        return tree.replaced(parts=tuple(widened(part, names) for part in tree.parts))
    return tree


def told(tree: Node) -> dict[str, tuple[str, ...]]:
    """Which names were sought beside the words of a widened tree."""
    return {word.text: tuple(name.replace("-", " ") for name in word.others) for word in _words(tree) if word.others}


def _words(tree: Node) -> Iterator[Word]:
    if isinstance(tree, Word):
        yield tree
    elif isinstance(tree, Loose):
        yield from telling(tree)
    elif isinstance(tree, Both | Either):
        for part in tree.parts:
            yield from _words(part)


def _widened(asked: Sequence[Word], names: Container[str]) -> list[Word]:
    """Each word of a name gets its other names; where several words are one name, each asks for its share of them."""
    plain = [(n, term) for n, word in enumerate(asked) if not (word.prefix or word.edits) for term in _terms(word)]
    made = list(asked)
    for group in groups([term for _, term in plain]):
        places = list(dict.fromkeys(n for n, _ in plain[group.start : group.end]))
        told_apart = [n for n in places if asked[n] in telling(Loose.model_construct(words=tuple(asked)))]
        for n in told_apart:
            share = made[n].share if made[n].others else 1 / len(told_apart)
            others = tuple(dict.fromkeys((*made[n].others, *group.others)))
            terms = tuple(other for other in others if named(other) in names)
            made[n] = made[n].replaced(others=others, terms=terms, share=share)
    return made


def _terms(word: Word) -> list[str]:
    return word.text.split("-")
