"""The same query in fewer steps, for an engine that looks at every place of every word.

Of five words of which three must be found, whatever is found holds one of the three rarest. So a word that is far more
frequent than those need only be looked at where one of them stands. What is found, and its score, are the same.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from index.plan import Best, Bool, Run, Step, Term

FREQUENT = 2
"""A word that stands so many times more often than the rare ones together is worth looking at them first."""
MANY = 1_000_000_000
"""What is not counted, such as beginnings of words, is taken to stand so often."""

Held: TypeAlias = Callable[[str, str], int]
"""In how many texts a term of a field stands."""


def narrowed(step: Bool, held: Held) -> Bool:
    """*step* with its frequent words looked at only beside rare ones, where it asks for some of several."""
    must = tuple(narrowed(part, held) if isinstance(part, Bool) else part for part in step.must)
    if 1 < step.need < len(step.should):
        return replace(step, must=must, should=_beside_rare(step.should, step.need, held))
    return replace(step, must=must)


def _beside_rare(words: tuple[Step, ...], need: int, held: Held) -> tuple[Step, ...]:
    often = [_often(word, held) for word in words]
    in_order = sorted(range(len(words)), key=often.__getitem__)
    rare = sorted(in_order[: len(words) - need + 1])
    enough = FREQUENT * sum(often[n] for n in rare)
    silent = Best(((0.0, Bool(should=tuple(words[n] for n in rare), need=1)),))
    return tuple(
        Bool(must=(word, silent)) if count > enough else word for word, count in zip(words, often, strict=True)
    )


def _often(step: Step, held: Held) -> int:
    """How many places of *step* are looked at, at most."""
    match step:
        case Term():
            return held(step.field, step.term)
        case Run():
            return min(held(step.field, term) for term in step.terms)
        case Best():
            return sum(_often(part, held) for _, part in step.parts)
        case _:
            return MANY
