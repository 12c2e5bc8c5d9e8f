"""What a comparison says."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from extractors.records import Record

if TYPE_CHECKING:
    from pandas import DataFrame

By = Literal["force", "investigation", "source", "year", "report"]
Measure = Literal["recommendations", "findings"]


class Group(Record):
    """One force, investigation, source, year or report, and what is known of it."""

    name: str
    documents: int = Field(ge=0, description="Reports the group's counts rest on.")
    matters: int = Field(ge=0, description="Investigations; a report that names none is a matter of its own.")
    recommendations: int = Field(ge=0)
    findings: int = Field(ge=0, description="Matters with at least one finding.")
    first: date | None = Field(default=None, description="Earliest date of publication.")
    last: date | None = None


class Cell(Record):
    """One group, one theme, one measure."""

    group: str
    theme: str | None = Field(default=None, description="Code of the theme; None for all together.")
    measure: Measure
    count: int = Field(ge=0, description="Recommendations, or matters with a finding. Never sentences.")
    low: float = Field(description="Exact 95 % limit for the count (Garwood).")
    high: float
    matters: int = Field(ge=0, description="Matters of the group with at least one.")
    of: int = Field(ge=0, description="Matters of the group.")
    share_low: float | None = Field(default=None, description="Exact 95 % limit for matters / of (Clopper-Pearson).")
    share_high: float | None = None
    documents: int = Field(ge=0, description="Reports that hold at least one.")
    p: float | None = Field(default=None, description="Fisher's exact test of the share against all other groups.")
    q: float | None = Field(default=None, description="The same after Benjamini-Hochberg over the whole comparison.")

    @property
    def differs(self) -> bool:
        """Whether the share differs from that of the other groups, with all comparisons reckoned in."""
        return self.q is not None and self.q < 0.05


class Comparison(Record):
    """A table of counts, and a sentence that says what it carries."""

    by: By
    generation: str | None
    groups: tuple[Group, ...]
    themes: tuple[str, ...]
    cells: tuple[Cell, ...]
    documents: int = Field(ge=0, description="Reports in the comparison.")
    without_group: int = Field(ge=0, description="Reports that belong to no group: no force or date is known.")
    unread: int = Field(ge=0, description="Documents that failed to be read and are not counted anywhere.")
    first: date | None = None
    last: date | None = None
    statement: str

    def cell(self, group: str, theme: str | None, measure: Measure) -> Cell:
        """One cell.

        Raises:
            KeyError: no such cell.
        """
        for cell in self.cells:
            if (cell.group, cell.theme, cell.measure) == (group, theme, measure):
                return cell
        raise KeyError((group, theme, measure))

    def group(self, name: str) -> Group:
        """The group of that name.

        Raises:
            KeyError: no such group.
        """
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def frequent(self, measure: Measure, most: int) -> tuple[str, ...]:
        """Codes of the themes with the highest totals of *measure*, at most *most*; none without a count."""
        totals = dict.fromkeys(self.themes, 0)
        for cell in self.cells:
            if cell.measure == measure and cell.theme in totals:
                totals[cell.theme] += cell.count
        return tuple(sorted((code for code in totals if totals[code]), key=lambda code: (-totals[code], code))[:most])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Cells as flat rows."""
        return ({**cell.model_dump(), "differs": cell.differs} for cell in self.cells)

    def frame(self) -> "DataFrame":
        """Cells as a DataFrame, one a row."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))


class RateRow(Record):
    """One group's events against its denominator. Numbers are None where few people are behind them."""

    group: str
    events: int | None
    exposure: float = Field(gt=0)
    rate: float | None
    low: float | None = Field(description="Exact 95 % limit for the rate (Garwood).")
    high: float | None
    shrunk: float | None = Field(description="Empirical-Bayes estimate: drawn to the overall rate where data are few.")
    p: float = Field(description="Exact Poisson test against the overall rate, two-sided.")
    q: float = Field(description="The same after Benjamini-Hochberg.")
    funnel_95: tuple[float, float] = Field(description="Where 95 % of groups of this size would lie by chance.")
    funnel_998: tuple[float, float]

    @property
    def differs(self) -> bool:
        """Whether the rate differs from the overall rate, with all groups reckoned in."""
        return self.q < 0.05


class Rates(Record):
    """Rates of groups against the overall rate, and a sentence that says what they carry."""

    rows: tuple[RateRow, ...]
    overall: float
    events: int
    exposure: float
    nominal: int = Field(description="Groups with p < .05 before the number of groups is reckoned in.")
    statement: str

    def frame(self) -> "DataFrame":
        """Rows as a DataFrame."""
        import pandas as pd

        return pd.DataFrame([{**row.model_dump(), "differs": row.differs} for row in self.rows])
