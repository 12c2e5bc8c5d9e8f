"""Records as flat rows, for DataFrames and exports: stable names, one value a cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from extractors.records import Passage, Recommendation, Report
from index.citing import citation_id
from index.protocol import Answer, Hit

if TYPE_CHECKING:
    from pandas import DataFrame

Row = dict[str, Any]
T = TypeVar("T")


class Rows(Sequence[T], Generic[T]):
    """Typed records in order, and the same as a DataFrame.

    Records are read when they are asked for: walking through them holds one at a time; counting, picking and frames
    hold them all.

    Args:
        read: gives the records, as often as it is called.
        as_row: makes a flat row of one.
    """

    def __init__(self, read: Callable[[], Iterable[T]], as_row: Callable[[T], Row]) -> None:
        self._read = read
        self._as_row = as_row

    @cached_property
    def _records(self) -> tuple[T, ...]:
        return tuple(self._read())

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self._records[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self._records if "_records" in self.__dict__ else self._read())

    def __len__(self) -> int:
        return len(self._records)

    def rows(self) -> Iterator[Row]:
        """Each record as a flat row."""
        return map(self._as_row, self)

    def frame(self) -> "DataFrame":
        """One row a record."""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))


class Counts(dict[str, Mapping[str, int]]):
    """Counts of hits by facet and value, and the same as a DataFrame."""

    def frame(self) -> "DataFrame":
        """One row a value: facet, value, count."""
        import pandas as pd

        rows = [(facet, value, count) for facet, values in self.items() for value, count in values.items()]
        return pd.DataFrame(rows, columns=["facet", "value", "count"])


class Found(Rows[Hit]):
    """The hits of a search, with what the whole answer says."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(lambda: answer.hits, hit_row)
        self.answer = answer

    @property
    def total(self) -> int:
        """How many passages answer, shown or not."""
        return self.answer.total


def passage_row(passage: Passage) -> Row:
    """One passage with its report."""
    block = passage.block
    return {
        "id": passage.id,
        "citation_id": citation_id(passage),
        **_report_cells(passage.report),
        "page": block.pages[0],
        "number": block.number,
        "section": " / ".join(block.section),
        "roles": "; ".join(role.value for role in passage.roles),
        "reviewed": "; ".join(role.value for role in passage.reviewed_roles),
        "themes": "; ".join(passage.theme_codes),
        "forces": "; ".join(passage.forces),
        "speakers": "; ".join(f"{role.value} by {name}" for role, name in passage.speakers),
        "text": block.text,
    }


def hit_row(hit: Hit) -> Row:
    """One hit: its passage and its score."""
    return {**passage_row(hit.passage), "score": round(hit.score, 4)}


def recommendation_row(unit: Recommendation) -> Row:
    """One recommendation with its report."""
    return {
        "id": unit.id,
        "citation_id": citation_id(unit),
        **_report_cells(unit.report),
        "page": unit.pages[0],
        "number": unit.number,
        "text": unit.text,
        "addressees": "; ".join(unit.addressees),
        "themes": "; ".join(unit.themes),
        "made_on": unit.made_on,
        "due_on": unit.due_on,
        "decision": unit.decision.value if unit.decision else None,
        "score": round(unit.score, 4),
    }


def report_row(report: Report) -> Row:
    """One report."""
    return {
        **_report_cells(report),
        "source": report.source,
        "forces": "; ".join(report.forces),
        "reference": report.reference,
        "pages": report.page_count,
    }


def _report_cells(report: Report) -> Row:
    return {
        "report": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "investigation": report.investigation,
        "url": report.url,
    }
