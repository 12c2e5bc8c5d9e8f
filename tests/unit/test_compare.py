"""Comparisons: the unit of a count, exact intervals, and a sentence that claims no more than the data carry."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from extractors.errors import UsageError
from extractors.records import (
    Block,
    BlockKind,
    Maker,
    Passage,
    Recommendation,
    Report,
    Role,
    Tagged,
    TaggedSentence,
    ThemeScore,
)
from index.compare import compare, rates
from index.compare.estimates import adjusted, count_interval, poisson_test, share_interval
from index.disclosure import suppress
from index.embedded import EmbeddedIndex
from index.memory import MemoryIndex
from index.protocol import Filters


def report(name: str, **given: object) -> Report:
    return Report.model_validate(
        {"id": name, "sha256": "0" * 64, "url": f"file:///{name}", "title": name.title(), **given}
    )


def tagged(about: Report, findings: Sequence[str] = (), asks: Sequence[tuple[str, tuple[str, ...]]] = ()) -> Tagged:
    """A report with a passage of three finding sentences per theme, and recommendations (theme, addressees)."""
    sentence = [
        TaggedSentence(start=n, end=n + 1, role=Role.FINDING, score=0.9, scores={Role.FINDING: 0.9}) for n in range(3)
    ]
    return Tagged(
        report=about,
        maker=Maker(name="by-hand", revision="1"),
        passages=tuple(
            Passage(
                id=f"{about.id}:{n}",
                report=about,
                block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text="Three bad things.", pages=(1,)),
                sentences=tuple(sentence),
                themes=(ThemeScore(theme=theme, score=0.9),),
            )
            for n, theme in enumerate(findings)
        ),
        recommendations=tuple(
            Recommendation(id=f"{about.id}/{n}", report=about, text="Act.", pages=(1,), themes=(theme,), addressees=to)
            for n, (theme, to) in enumerate(asks)
        ),
    )  # fmt: skip


NORHAVEN, WEXMOOR = "Norhaven Police", "Wexmoor Constabulary"


@pytest.fixture(scope="module", params=["memory", "embedded"])
def index(request, tmp_path_factory):
    """Two forces; one investigation in two reports; one report about no force."""
    made = MemoryIndex() if request.param == "memory" else EmbeddedIndex(tmp_path_factory.mktemp("compare"))
    matter = {"investigation": "Operation Fennick", "forces": (NORHAVEN,)}
    made.publish([
        tagged(
            report("one", published=date(2021, 5, 1), **matter), ["custody", "custody"], [("custody", (NORHAVEN,))] * 3
        ),
        tagged(report("two", published=date(2022, 5, 1), **matter), ["custody", "road"], [("road", (WEXMOOR,))]),
        tagged(
            report("three", published=date(2022, 1, 1), forces=(WEXMOOR,)),
            ["road"],
            [("road", ()), ("road", ("College of Policing",))],
        ),
        tagged(report("four", source="record"), [], [("road", ())]),
    ])  # fmt: skip
    return made


def test_the_unit_is_the_recommendation_or_the_matter(index):
    """Recommendations count one by one; findings count once a matter, however many sentences or reports say it."""
    found = compare(index, "investigation")
    asked = found.cell("Operation Fennick", "custody", "recommendations")
    judged = found.cell("Operation Fennick", "custody", "findings")
    assert (asked.count, asked.matters, asked.documents) == (3, 1, 1)
    assert (judged.count, judged.matters, judged.of, judged.documents) == (1, 1, 1, 2)


def test_a_report_without_an_investigation_is_its_own(index):
    """Reports that name no investigation are each a matter, under their titles."""
    assert [group.name for group in compare(index, "investigation").groups] == ["Four", "Operation Fennick", "Three"]


def test_by_force_a_recommendation_belongs_to_its_addressee(index):
    """A recommendation counts for the force it is addressed to; to nobody, for its report's; to a body, for none."""
    found = compare(index, "force")
    counts = {(c.group, c.theme): c.count for c in found.cells if c.measure == "recommendations"}
    assert (counts[NORHAVEN, "custody"], counts[WEXMOOR, "road"]) == (3, 2)
    assert counts[NORHAVEN, "road"] == 0
    assert counts[WEXMOOR, None] == 2


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("force", [NORHAVEN, WEXMOOR]),
        ("source", ["folder", "record"]),
        ("year", ["2021", "2022"]),
        ("report", ["Four", "One", "Three", "Two"]),
    ],
)
def test_groups(index, by, names):
    """Groups come in order of name."""
    assert [group.name for group in compare(index, by).groups] == names


def test_what_it_rests_on_is_said(index):
    """A comparison says how many reports it rests on, from when to when, what failed, and what belongs to no group."""
    found = compare(index, "force", unread=3)
    assert (found.documents, found.without_group, found.unread) == (4, 1, 3)
    assert (found.first, found.last) == (date(2021, 5, 1), date(2022, 5, 1))
    assert found.statement.endswith(
        "It rests on 4 reports, published from 2021-05-01 to 2022-05-01; "
        "1 of them belong to no force that is known and stand in no row; 3 more could not be read."
    )


def test_themes_measures_and_filters(index):
    """Only what was asked for is counted; an asked-for theme without any count is shown as 0."""
    found = compare(index, "force", themes=("vetting",), measures=("findings",), filters=Filters(forces=(WEXMOOR,)))
    assert {(cell.theme, cell.measure) for cell in found.cells} == {(None, "findings"), ("vetting", "findings")}
    assert found.cell(WEXMOOR, "vetting", "findings").count == 0
    assert found.documents == 1


def test_one_matter_each_is_not_tested(index):
    """Where every group is one matter there is no test, and the sentence says that these are counts only."""
    found = compare(index, "investigation")
    assert all(cell.q is None for cell in found.cells)
    assert found.statement.startswith("Counts only")


def test_nothing_differs_in_little_data(index):
    """Four reports carry no difference between forces."""
    assert compare(index, "force").statement.startswith("No force differs")


def test_a_real_difference_is_found():
    """Forty matters of one force with a theme, forty of another without: that is said, with the force and the theme."""
    made = MemoryIndex()
    made.publish(
        tagged(report(f"{force}{n}", forces=(force,)), ["custody" if force == NORHAVEN else "road"])
        for force in (NORHAVEN, WEXMOOR)
        for n in range(40)
    )
    found = compare(made, "force")
    assert found.cell(NORHAVEN, "custody", "findings").differs
    assert "Norhaven Police (Custody and detention, findings)" in found.statement


def test_frame(index):
    """A comparison is also a DataFrame, one row a cell."""
    frame = compare(index, "force").frame()
    assert {"group", "theme", "measure", "count", "low", "high", "documents", "q", "differs"} <= set(frame.columns)


@given(st.integers(0, 3_000))
def test_garwood(count):
    """The limits are where the count would just be surprising: each tail holds 2.5 %."""
    low, high = count_interval(count)
    assert low <= count <= high
    assert stats.poisson.cdf(count, high) == pytest.approx(0.025, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx(0.025, rel=1e-6)


@given(st.integers(0, 60), st.integers(0, 60))
def test_clopper_pearson(part, rest):
    """A share lies within its limits, and they within 0 and 1."""
    if part + rest:
        low, high = share_interval(part, part + rest)
        assert 0 <= low <= part / (part + rest) <= high <= 1


@given(st.integers(0, 200), st.floats(0.1, 200))
def test_the_test_agrees_with_the_interval(count, expected):
    """A rate is surprising exactly where it lies outside the interval."""
    low, high = count_interval(count)
    outside = expected < low or expected > high
    assert (poisson_test(count, expected) < 0.05) == outside or poisson_test(count, expected) == pytest.approx(0.05)


def test_benjamini_hochberg():
    """The worked example of a textbook."""
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert adjusted([]) == []


def golden(shared: Path) -> list[tuple[str, int, float]]:
    with (shared / "corpus" / "datasets" / "iopc_misconduct_rates_by_force.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2 and row[1].isdigit()]
    return [(name, int(events), float(size)) for name, events, size, *_ in rows]


def test_no_force_differs(shared):
    """Real misconduct rates look like a league table; 2 of 39 have p < .05, and none once the number is reckoned in."""
    found = rates(golden(shared), whole="national")
    assert len(found.rows) == 39
    assert found.nominal == 2
    assert not any(row.differs for row in found.rows)
    assert found.statement.startswith("No force differs from the national rate of 1.38 per 1,000: 2 of 39")


TABLE = [("A", 40, 1_000.0), ("B", 8, 1_000.0), ("C", 10, 1_000.0), ("D", 2, 1_000.0), ("E", 9, 1_000.0)]


def test_a_rate_that_differs():
    """A group far outside the funnel is named."""
    found = rates(TABLE, threshold=0)
    first = found.rows[0]
    assert first.differs
    assert first.rate is not None
    assert first.rate > first.funnel_998[1] > first.funnel_95[1]
    assert found.statement.startswith("A, D differ") or found.statement.startswith("A differs")


def test_shrinkage_draws_to_the_overall_rate():
    """Each estimate lies between the group's own rate and that of all; the smaller group is drawn further."""
    found = rates([("small", 6, 100.0), ("big", 60, 1_000.0), ("other", 100, 10_000.0)], threshold=0)
    small, big, _ = found.rows
    assert small.rate == pytest.approx(big.rate)
    assert found.overall < (small.shrunk or 0) < (big.shrunk or 0) < (big.rate or 0)


def test_small_counts_of_people_are_not_shown():
    """A count of 1 to 4 people is hidden with everything that gives it away, and one more beside it."""
    found = rates(TABLE)
    hidden = [row.group for row in found.rows if row.events is None]
    assert hidden == ["B", "D"]
    assert all((row.rate, row.low, row.shrunk) == (None, None, None) for row in found.rows if row.group in hidden)


@given(st.lists(st.integers(0, 40)), st.integers(0, 10))
def test_suppress(counts, threshold):
    """Nothing small is shown, zeros are, and never is exactly one count hidden beside others that are not 0."""
    shown = suppress(counts, threshold)
    assert all(one is None or one == 0 or one >= threshold for one in shown)
    assert all(one is None or one == count for one, count in zip(shown, counts, strict=True))
    assert shown.count(None) != 1 or sum(map(bool, counts)) == 1


@pytest.mark.parametrize("table", [[], [("A", -1, 10.0)], [("A", 1, 0.0)]], ids=["none", "negative", "no denominator"])
def test_tables_that_cannot_be(table):
    """A table without sense is refused, naming the group."""
    with pytest.raises(UsageError):
        rates(table)
