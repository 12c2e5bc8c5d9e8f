"""Rates against a denominator: a funnel before a ranking, and "no group differs" when that is the answer."""

from collections.abc import Iterable, Sequence

from extractors.errors import UsageError
from index.compare.estimates import adjusted, count_interval, funnel, poisson_test
from index.compare.records import RateRow, Rates
from index.disclosure import THRESHOLD, suppress


def rates(
    table: Iterable[tuple[str, int, float]],
    *,
    noun: str = "force",
    whole: str = "overall",
    threshold: int = THRESHOLD,
    per: float = 1000,
) -> Rates:
    """Compare groups given as (name, events, exposure) with the rate of all together.

    Args:
        table: the groups; a rate is events by exposure.
        noun: what one group is called in the statement.
        whole: what the rate of all together is called, such as "national".
        threshold: events are of people, and below this are not shown; 0 where they are not of people.
        per: the statement gives rates per so many.

    Raises:
        UsageError: no group, or a count or denominator that cannot be.
    """
    groups = list(table)
    if not groups:
        raise UsageError("There is no group to compare.", mend="Give a table of names, events and denominators.")
    for name, events, exposure in groups:
        if events < 0 or exposure <= 0:
            raise UsageError(f"{name} has {events} events in {exposure}.", mend="Correct the table.")
    events, exposure = sum(group[1] for group in groups), sum(group[2] for group in groups)
    overall = events / exposure
    ps = [poisson_test(count, overall * size) for _, count, size in groups]
    qs = adjusted(ps)
    shown = suppress([count for _, count, _ in groups], threshold)
    shrunk = _shrunk(groups, overall)
    rows = tuple(
        _row(group, seen, overall, (p, q), estimate)
        for group, seen, p, q, estimate in zip(groups, shown, ps, qs, shrunk, strict=True)
    )
    nominal = sum(p < 0.05 for p in ps)
    base = f"the {whole} rate of {overall * per:.2f} per {per:,.0f}"
    statement = _statement(rows, base, nominal, noun)
    return Rates(rows=rows, overall=overall, events=events, exposure=exposure, nominal=nominal, statement=statement)


def _row(
    group: tuple[str, int, float], shown: int | None, overall: float, tests: tuple[float, float], estimate: float
) -> RateRow:
    name, events, exposure = group
    low, high = count_interval(events)
    hidden = shown is None
    return RateRow(
        group=name,
        events=shown,
        exposure=exposure,
        rate=None if hidden else events / exposure,
        low=None if hidden else low / exposure,
        high=None if hidden else high / exposure,
        shrunk=None if hidden else estimate,
        p=tests[0],
        q=tests[1],
        funnel_95=funnel(overall, exposure, 0.95),
        funnel_998=funnel(overall, exposure, 0.998),
    )


def _shrunk(groups: Sequence[tuple[str, int, float]], overall: float) -> list[float]:
    """Marshall's (1991) empirical-Bayes estimates: by moments, since they need no fit and never fail."""
    exposure = sum(size for _, _, size in groups)
    spread = sum(size * (count / size - overall) ** 2 for _, count, size in groups) / exposure
    between = max(0.0, spread - overall / (exposure / len(groups)))
    estimates: list[float] = []
    for _, count, size in groups:
        within = overall / size
        weight = between / (between + within) if between + within else 0.0
        estimates.append(overall + weight * (count / size - overall))
    return estimates


def _statement(rows: Sequence[RateRow], base: str, nominal: int, noun: str) -> str:
    differing = [row.group for row in rows if row.differs]
    tests = f"{nominal} of {len(rows)} have p < .05 taken alone"
    if not differing:
        return f"No {noun} differs from {base}: {tests}, and none once the number of comparisons is reckoned in."
    verb = "differs" if len(differing) == 1 else "differ"
    return f"{', '.join(differing)} {verb} from {base}: {tests}, {len(differing)} once all comparisons are reckoned in."
