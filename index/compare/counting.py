"""Counts per theme and group, from an index.

The unit is the recommendation, or the matter (an investigation, or a report that names none), never the sentence: a
long report is not more guilty. Shares are tested over matters, since recommendations of one report are not independent.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.entities.gazetteer import resolve_body, resolve_force
from extractors.records import Recommendation, Report, Role
from extractors.tagging.vocabulary import THEME_CODES, theme_title
from extractors.wording import counted
from index.compare.estimates import adjusted, count_interval, share_interval, share_test
from index.compare.records import By, Cell, Comparison, Group, Measure
from index.protocol import NO_FILTERS, Filters, Index

MEASURES: tuple[Measure, ...] = ("recommendations", "findings")
_FORCE = re.compile(r"\b(?:Police|Constabulary)\b")


def compare(
    index: Index,
    by: By,
    *,
    themes: Sequence[str] = (),
    measures: Sequence[Measure] = MEASURES,
    filters: Filters = NO_FILTERS,
    unread: int = 0,
) -> Comparison:
    """Compare groups of reports by theme.

    Args:
        index: where the reports are published.
        by: what makes a group.
        themes: codes to compare; all of the codebook by default.
        measures: what to count.
        filters: what to count it in. Roles do not apply.
        unread: documents that failed to be read, to be said beside the result.
    """
    codes = tuple(themes) or THEME_CODES
    tally = _Tally(by, _reports(index, filters))
    if "recommendations" in measures:
        for unit in index.recommendations(filters):
            tally.add_recommendation(unit)
    if "findings" in measures:
        _add_findings(index, tally, codes, filters)
    cells = _tested(by, _cells(tally, codes, measures, restricted=bool(themes)))
    days = [report.published for report in tally.reports.values() if report.published]
    return Comparison(
        by=by,
        generation=index.describe().generation,
        groups=tuple(tally.group(name) for name in tally.names()),
        themes=codes,
        cells=cells,
        documents=len(tally.reports),
        without_group=sum(not tally.groups_of(report) for report in tally.reports.values()),
        unread=unread,
        first=min(days, default=None),
        last=max(days, default=None),
        statement=_statement(by, tally, cells, unread),
    )


def is_force(name: str) -> bool:
    """Whether an addressee is a force: the gazetteer knows it as one, or it is named like one and is no body.

    Examples:
        >>> is_force("Kent Police"), is_force("College of Policing"), is_force("chief constables")
        (True, False, False)
    """
    return resolve_force(name) is not None or (_FORCE.search(name) is not None and resolve_body(name) is None)


def matter(report: Report) -> str:
    """What a report is about, as a unit of counting: its investigation, or itself."""
    return f"investigation:{report.investigation}" if report.investigation else f"report:{report.id}"


@dataclass
class _Seen:
    """What was counted in one place of the table."""

    units: int = 0
    reports: set[str] = field(default_factory=set[str])
    matters: set[str] = field(default_factory=set[str])

    def add(self, report: Report) -> None:
        self.units += 1
        self.reports.add(report.id)
        self.matters.add(matter(report))


class _Tally:
    """Counts as they grow."""

    def __init__(self, by: By, reports: Iterable[Report]) -> None:
        self.by: By = by
        self.reports = {report.id: report for report in reports}
        self.seen: dict[tuple[str, str | None, Measure], _Seen] = defaultdict(_Seen)
        self.members: dict[str, list[Report]] = defaultdict(list)
        for report in self.reports.values():
            for name in self.groups_of(report):
                self.members[name].append(report)

    def groups_of(self, report: Report) -> tuple[str, ...]:
        return _GROUPS[self.by](report)

    def names(self) -> list[str]:
        return sorted(self.members, key=lambda name: (name.casefold(), name))

    def add_recommendation(self, unit: Recommendation) -> None:
        report = self.reports.get(unit.report.id)
        if report is None:
            return
        for name in self._addressed(unit, report):
            for theme in (None, *dict.fromkeys(unit.themes)):
                self.seen[name, theme, "recommendations"].add(report)

    def _addressed(self, unit: Recommendation, report: Report) -> tuple[str, ...]:
        """By force, a recommendation belongs to the forces it is addressed to; addressed to none, to its report's."""
        forces = tuple(filter(is_force, unit.addressees))
        if self.by != "force" or not unit.addressees:
            return self.groups_of(report)
        for name in forces:
            if report not in self.members[name]:
                self.members[name].append(report)
        return forces

    def add_finding(self, report_id: str, theme: str | None) -> None:
        report = self.reports.get(report_id)
        for name in self.groups_of(report) if report else ():
            self.seen[name, theme, "findings"].add(self.reports[report_id])

    def group(self, name: str) -> Group:
        reports = self.members[name]
        days = [report.published for report in reports if report.published]
        return Group(
            name=name,
            documents=len(reports),
            matters=len({matter(report) for report in reports}),
            recommendations=self.seen[name, None, "recommendations"].units,
            findings=len(self.seen[name, None, "findings"].matters),
            first=min(days, default=None),
            last=max(days, default=None),
        )


def _investigation(report: Report) -> tuple[str, ...]:
    return (report.investigation or report.title,)


_GROUPS: Mapping[By, Callable[[Report], tuple[str, ...]]] = {
    "force": lambda report: report.forces,
    "investigation": _investigation,
    "source": lambda report: (report.source,),
    "year": lambda report: (str(report.published.year),) if report.published else (),
    "report": lambda report: (report.title,),
}


def _reports(index: Index, filters: Filters) -> list[Report]:
    """Reports with a passage that meets *filters*."""
    met = filters.replaced(roles=(), themes=())
    if met == NO_FILTERS:
        return list(index.reports())
    held = index.search("", met, limit=0, facets=("report",)).facets["report"]
    return [report for report in index.reports() if report.id in held]


def _add_findings(index: Index, tally: _Tally, codes: Sequence[str], filters: Filters) -> None:
    for theme in (None, *codes):
        within = filters.replaced(roles=(Role.FINDING,), themes=(theme,) if theme else filters.themes)
        for report in index.search("", within, limit=0, facets=("report",)).facets["report"]:
            tally.add_finding(report, theme)


def _cells(tally: _Tally, codes: Sequence[str], measures: Sequence[Measure], *, restricted: bool) -> list[Cell]:
    """Every group, theme and measure; where no theme was asked for, those without any count are left out."""
    names = tally.names()
    used = {theme for (_, theme, _), seen in tally.seen.items() if seen.units}
    kept = [code for code in codes if restricted or code in used]
    themes: list[str | None] = [None, *kept]
    return [_cell(tally, name, theme, measure) for measure in measures for name in names for theme in themes]


def _cell(tally: _Tally, name: str, theme: str | None, measure: Measure) -> Cell:
    seen = tally.seen[name, theme, measure]
    whole = len({matter(report) for report in tally.members[name]})
    count = seen.units if measure == "recommendations" else len(seen.matters)
    low, high = count_interval(count)
    share_low, share_high = share_interval(len(seen.matters), whole) if whole else (None, None)
    return Cell(
        group=name, theme=theme, measure=measure, count=count, low=low, high=high, matters=len(seen.matters), of=whole,
        share_low=share_low, share_high=share_high, documents=len(seen.reports),
    )  # fmt: skip


def _tested(by: By, cells: list[Cell]) -> tuple[Cell, ...]:
    """Cells with their tests. Where every group is one matter there is nothing to test."""
    if by in {"investigation", "report"}:
        return tuple(cells)
    parts: Counter[tuple[Measure, str | None]] = Counter()
    wholes: Counter[tuple[Measure, str | None]] = Counter()
    for cell in cells:
        parts[cell.measure, cell.theme] += cell.matters
        wholes[cell.measure, cell.theme] += cell.of
    open_to_test = [
        c for c in cells if c.theme and c.of and parts[c.measure, c.theme] > 0 and wholes[c.measure, c.theme] > c.of
    ]
    ps = [
        share_test(c.matters, c.of, parts[c.measure, c.theme] - c.matters, wholes[c.measure, c.theme] - c.of)
        for c in open_to_test
    ]
    tests = {(c.group, c.theme, c.measure): (p, q) for c, p, q in zip(open_to_test, ps, adjusted(ps), strict=True)}
    return tuple(
        cell.replaced(p=tests[key][0], q=tests[key][1])
        if (key := (cell.group, cell.theme, cell.measure)) in tests
        else cell
        for cell in cells
    )


def _statement(by: By, tally: _Tally, cells: Sequence[Cell], unread: int) -> str:
    """What the table carries, in sentences."""
    days = sorted(report.published for report in tally.reports.values() if report.published)
    span = f", published from {days[0]} to {days[-1]}" if days else ""
    lost = f"; {unread} more could not be read" if unread else ""
    outside = sum(not tally.groups_of(report) for report in tally.reports.values())
    apart = f"; {outside} of them belong to no {by} that is known and stand in no row" if outside else ""
    rests = f"It rests on {counted(len(tally.reports), 'report')}{span}{apart}{lost}."
    return f"{_verdict(by, cells)} {rests}"


def _verdict(by: By, cells: Sequence[Cell]) -> str:
    tested = [cell for cell in cells if cell.q is not None]
    differing = [cell for cell in tested if cell.differs]
    if not tested:
        return f"Counts only: no denominator is known, and one {by} alone cannot be tested."
    if not differing:
        return f"No {by} differs from the others on any theme ({len(tested)} comparisons, Benjamini-Hochberg at 5 %)."
    named = [f"{cell.group} ({theme_title(cell.theme or '')}, {cell.measure})" for cell in differing[:5]]
    more = f" and {len(differing) - 5} more" if len(differing) > 5 else ""
    share = f"{len(differing)} of {len(tested)} comparisons, Benjamini-Hochberg at 5 %"
    return f"The share of matters differs from the others for {'; '.join(named)}{more} ({share})."
