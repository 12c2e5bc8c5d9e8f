"""Measures of tagging, with intervals: what every published figure is computed by.

Definitions agree with the ones reports are scored by elsewhere: F1 per class and their plain
mean, calibration error over ten equal cells of the score, accuracy after leaving out the least
sure tenth, and intervals from resampling whole documents.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extractors.records import Record, Role
from extractors.tagging.vocabulary import ROLE_ORDER


class ClassScore(Record):
    """Precision, recall and F1 of one class, and how many there were."""

    precision: float
    recall: float
    f1: float
    support: int


class ScoredSentence(Record):
    """One sentence of the measure: what it is, what was said, and how surely."""

    document: str
    truth: Role
    guess: Role
    score: float


def f1(hits: int, false_alarms: int, misses: int) -> float:
    """The harmonic mean of precision and recall; 0 without a hit.

    Examples:
        >>> f1(2, 1, 1)
        0.6666666666666666
    """
    return 2 * hits / (2 * hits + false_alarms + misses) if hits else 0.0


def class_score(hits: int, false_alarms: int, misses: int) -> ClassScore:
    """The score of one class from its counts."""
    return ClassScore(
        precision=hits / (hits + false_alarms) if hits else 0.0,
        recall=hits / (hits + misses) if hits else 0.0,
        f1=f1(hits, false_alarms, misses),
        support=hits + misses,
    )


def role_scores(pairs: Iterable[tuple[Role, Role]]) -> dict[Role, ClassScore]:
    """Scores per role from (true, guessed) pairs."""
    cells = Counter(pairs)
    scores: dict[Role, ClassScore] = {}
    for role in ROLE_ORDER:
        hits = cells[role, role]
        misses = sum(n for (truth, guess), n in cells.items() if truth is role and guess is not role)
        alarms = sum(n for (truth, guess), n in cells.items() if guess is role and truth is not role)
        scores[role] = class_score(hits, alarms, misses)
    return scores


def macro(scores: Mapping[Role, ClassScore]) -> float:
    """The plain mean of F1 over all seven roles, absent ones counting as 0."""
    return sum(score.f1 for score in scores.values()) / len(ROLE_ORDER)


def accuracy(sentences: Sequence[ScoredSentence]) -> float:
    """The share of right roles."""
    return sum(s.truth is s.guess for s in sentences) / len(sentences)


def calibration_error(scored: Sequence[tuple[float, bool]], cells: int = 10) -> float:
    """How far scores lie from the share that is right, over equal cells of the score.

    Examples:
        >>> calibration_error([(0.75, True), (0.75, True), (0.75, True), (0.75, False)])
        0.0
    """
    kept: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in scored:
        kept[min(int(score * cells), cells - 1)].append((score, right))
    gaps = (abs(sum(s for s, _ in cell) - sum(r for _, r in cell)) for cell in kept.values())
    return sum(gaps) / len(scored)


def accuracy_when_sure(sentences: Sequence[ScoredSentence], abstained: float = 0.1) -> float:
    """Accuracy once the least sure share *abstained* is left to people."""
    ranked = sorted(sentences, key=lambda s: -s.score)
    return accuracy(ranked[: max(1, int(len(ranked) * (1 - abstained)))])


def allegation_as_finding(sentences: Iterable[ScoredSentence]) -> float:
    """The share of allegations that a reader would be shown as findings."""
    guesses = [s.guess for s in sentences if s.truth is Role.ALLEGATION]
    return guesses.count(Role.FINDING) / max(1, len(guesses))


def macro_interval(sentences: Iterable[ScoredSentence], draws: int = 200, seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over documents drawn again with replacement."""
    by_document: dict[str, Counter[tuple[Role, Role]]] = defaultdict(Counter)
    for s in sentences:
        by_document[s.document][s.truth, s.guess] += 1
    documents = list(by_document.values())
    chance = random.Random(seed)  # noqa: S311  resampling, not secrets
    values: list[float] = []
    for _ in range(draws):
        total: Counter[tuple[Role, Role]] = Counter()
        for _ in documents:
            total.update(chance.choice(documents))
        values.append(macro(role_scores(total.elements())))
    values.sort()
    return values[int(draws * 0.025)], values[min(draws - 1, int(draws * 0.975))]


def theme_scores(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> dict[str, ClassScore]:
    """Scores per theme from (true, assigned) sets, for every theme that occurs in either."""
    hits: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    for truth, assigned in pairs:
        hits.update(truth & assigned)
        alarms.update(assigned - truth)
        misses.update(truth - assigned)
    return {code: class_score(hits[code], alarms[code], misses[code]) for code in sorted({*hits, *alarms, *misses})}


def micro_macro(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """F1 over all assignments, and its mean over the themes that truly occur."""
    hits = sum(len(truth & assigned) for truth, assigned in pairs)
    alarms = sum(len(assigned - truth) for truth, assigned in pairs)
    misses = sum(len(truth - assigned) for truth, assigned in pairs)
    held = [score.f1 for score in theme_scores(pairs).values() if score.support]
    return f1(hits, alarms, misses), sum(held) / max(1, len(held))
