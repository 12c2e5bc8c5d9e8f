"""How many passages a query should find, told from how often its words stand, as a database plans a query.

Words are taken to stand without regard to each other, which is seldom quite so: this is a guess, good enough to choose
between two ways to the same answer.
"""

import math
from collections.abc import Callable, Sequence

from index.embedded.narrowing import Held
from index.plan import At, Best, Bool, Keys, Run, Step, Term


def expected(step: Step, held: Held, passages: int) -> float:
    """About how many of so many *passages* meet *step*."""
    return passages * _share(step, lambda field, term: held(field, term) / max(passages, 1))


def _share(step: Step, share_of: Callable[[str, str], float]) -> float:  # noqa: PLR0911 - one for each kind
    match step:
        case Term():
            return share_of(step.field, step.term)
        case Run():
            return min(share_of(step.field, term) for term in step.terms)
        case Keys():
            return min(1.0, sum(share_of("keys", key) for key in step.keys))
        case Best():
            return _any([_share(part, share_of) for _, part in step.parts])
        case Bool():
            return _all(step, share_of)
        case At():
            return 0.0
        case _:  # beginnings of words, numbers and dates are not counted anywhere
            return 1.0


def _any(shares: Sequence[float]) -> float:
    return 1.0 - math.prod(1.0 - share for share in shares)


def _all(step: Bool, share_of: Callable[[str, str], float]) -> float:
    must = math.prod(_share(part, share_of) for part in step.must)
    never = math.prod(1.0 - _share(part, share_of) for part in step.never)
    return must * never * at_least(step.need, [_share(part, share_of) for part in step.should])


def at_least(need: int, shares: Sequence[float]) -> float:
    """How likely *need* or more of independent events happen, each with a probability of its own.

    Examples:
        >>> at_least(0, []), at_least(1, [0.5, 0.5]), at_least(2, [0.5, 0.5])
        (1.0, 0.75, 0.25)
    """
    fewer = [1.0] + [0.0] * max(need - 1, 0)  # by how many have happened so far; those with enough are dropped
    for share in shares:
        before = [0.0, *fewer[:-1]]
        fewer = [now * (1.0 - share) + one_less * share for now, one_less in zip(fewer, before, strict=True)]
    return 1.0 - sum(fewer) if need else 1.0
