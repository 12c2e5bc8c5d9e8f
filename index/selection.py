"""Filters on recommendations, and what a tagged report must hold to be published: the same for every back end."""

from extractors.errors import PublishRefused, UsageError
from extractors.records import Recommendation, Tagged
from index.fields import day_number, recommendation_keys
from index.plan import Between, Bool, Keys, Step, filter_steps
from index.protocol import Filters


def recommendation_steps(filters: Filters) -> Bool:
    """*filters* as a recommendation must meet them. A role filter never excludes one: its role is to recommend."""
    return Bool(must=filter_steps(filters.replaced(roles=())))


def recommendation_meets(unit: Recommendation, filters: Filters) -> bool:
    """Whether *unit* meets *filters*."""
    held, day = recommendation_keys(unit), day_number(unit.report)
    return all(_meets(step, held, day) for step in recommendation_steps(filters).must)


def _meets(step: Step, held: frozenset[str], day: int | None) -> bool:
    if isinstance(step, Keys):
        return not held.isdisjoint(step.keys)
    assert isinstance(step, Between)
    after = step.low is None or (day is not None and day >= step.low)
    return day is not None and after and (step.high is None or day <= step.high)


def wants_vectors(wanted: bool | None, held: bool | None, *, keep_rest: bool) -> bool:
    """Whether the next generation has vectors, where those *held* by the served one are what the rest would keep.

    Raises:
        UsageError: they would not be those of the rest.
    """
    if wanted is None or held is None:
        return bool(held) if wanted is None else wanted
    if keep_rest and wanted != held:
        raise UsageError("Vectors are made for all passages or for none.", mend="Publish everything anew.")
    return wanted


def check(tagged: Tagged) -> None:
    """Refuse a report whose parts do not belong to it or double.

    Raises:
        PublishRefused: naming the report.
    """
    name = tagged.report.id
    strangers = [p.id for p in (*tagged.passages, *tagged.recommendations) if p.report.id != name]
    if strangers:
        raise PublishRefused(f"Report {name} holds {len(strangers)} parts of another report.", mend="Tag it again.")
    for parts in (tagged.passages, tagged.recommendations):
        if len({part.id for part in parts}) != len(parts):
            raise PublishRefused(f"Report {name} holds two parts with one id.", mend="Tag it again.")
