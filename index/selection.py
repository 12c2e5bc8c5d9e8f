"""Filters on recommendations, and what a tagged report must hold to be published: the same for every back end."""

from extractors.errors import PublishRefused
from extractors.records import Recommendation, Tagged
from index.fields import key, recommendation_keys
from index.protocol import Filters


def recommendation_meets(unit: Recommendation, filters: Filters) -> bool:
    """Whether *unit* meets *filters*. A role filter never excludes one: its role is to recommend."""
    held = recommendation_keys(unit)
    named = {
        "theme": filters.themes,
        "force": filters.forces,
        "source": filters.sources,
        "investigation": filters.investigations,
        "report": filters.reports,
    }
    return _dated(unit, filters) and all(
        any(key(field, value) in held for value in values) for field, values in named.items() if values
    )


def _dated(unit: Recommendation, filters: Filters) -> bool:
    day = unit.report.published
    if filters.published_from is None and filters.published_to is None:
        return True
    after = filters.published_from is None or (day is not None and day >= filters.published_from)
    return day is not None and after and (filters.published_to is None or day <= filters.published_to)


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
