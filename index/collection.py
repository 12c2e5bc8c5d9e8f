"""Texts in memory, and how each step of a plan is carried out over them: the meaning of every step, in plain words."""

from collections import Counter
from collections.abc import Mapping

from index import long_names
from index.analysis import stems, words
from index.plan import At, Best, Between, Bool, Keys, Near, Run, Starts, Step, Term, Within
from index.postings import Postings
from index.spelling import slips

Scores = dict[int, float]


class Collection:
    """Texts by number, in the order in which they were added.

    Args:
        stemmed: fields whose terms are stems.
        exact: fields whose terms stand as written.
    """

    def __init__(self, stemmed: tuple[str, ...], exact: tuple[str, ...] = ()) -> None:
        self.fields = {field: Postings() for field in (*stemmed, *exact, long_names.FIELD)}
        self._texts = (*stemmed, *exact)
        self._stemmed = frozenset(stemmed)
        self._keys: list[frozenset[str]] = []
        self._numbers: list[Mapping[str, tuple[int, ...]]] = []
        self._stretches: dict[int, list[int]] = {}
        self.places: list[int] = []

    def add(
        self,
        said: Mapping[str, str],
        keys: frozenset[str],
        numbers: Mapping[str, tuple[int, ...]],
        stretch: int,
        place: int,
        named: str,
    ) -> None:
        """The next text: what it says by field, its keys and numbers, the stretch it is in, its place, its names."""
        self._stretches.setdefault(stretch, []).append(len(self._keys))
        self._keys.append(keys)
        self.places.append(place)
        self._numbers.append(numbers)
        self.fields[long_names.FIELD].add(named.split(" "))
        for field in self._texts:
            self.fields[field].add(stems(said[field]) if field in self._stemmed else words(said[field]))

    def scores(self, step: Step) -> Scores:  # noqa: PLR0911 - a line for each kind
        """The texts that meet *step*, by number, with their scores."""
        match step:
            case Bool():
                return self._bool(step)
            case Best():
                return _best([(weight, self.scores(part)) for weight, part in step.parts], step.tie)
            case Keys():
                return {n: 0.0 for n, held in enumerate(self._keys) if not held.isdisjoint(step.keys)}
            case Between():
                return {n: 0.0 for n, held in enumerate(self._numbers) if _between(held[step.field], step)}
            case Within():
                return dict.fromkeys(self._stretches.get(step.stretch, ()), step.score)
            case At():
                return {n: 0.0 for n, place in enumerate(self.places) if place in set(step.places)}
            case _:
                return self._worded(step)

    def _worded(self, step: Term | Run | Starts | Near) -> Scores:
        postings = self.fields[step.field]
        if isinstance(step, Term):
            return postings.term(step.term)
        if isinstance(step, Run):
            return postings.run(step.terms, step.slop)
        if isinstance(step, Starts):
            terms = [term for term in postings.terms() if term.startswith(step.prefix)]
        else:
            terms = [term for term in postings.terms() if slips(term, step.term) <= step.edits]
        return dict.fromkeys(postings.having(terms), 1.0)

    def _bool(self, step: Bool) -> Scores:
        must = [self.scores(part) for part in step.must]
        should = [self.scores(part) for part in step.should]
        never = {n for part in step.never for n in self.scores(part)}
        met = set(range(len(self._keys))).intersection(*must) - never
        times = Counter(n for part in should for n in part)
        return {n: sum(part.get(n, 0.0) for part in (*must, *should)) for n in sorted(met) if times[n] >= step.need}


def _between(values: tuple[int, ...], step: Between) -> bool:
    low = step.low if step.low is not None else 0
    high = step.high if step.high is not None else 10**9
    return any(low <= value <= high for value in values)


def _best(parts: list[tuple[float, Scores]], tie: float) -> Scores:
    found: dict[int, list[float]] = {}
    for weight, scores in parts:
        for number, score in scores.items():
            found.setdefault(number, []).append(weight * score)
    return {number: max(each) + tie * (sum(each) - max(each)) for number, each in found.items()}
