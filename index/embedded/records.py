"""Reports and recommendations of a generation, in SQLite beside the search files."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import zstandard

from extractors.records import Recommendation, Report, Tagged
from index.generation import maker_name

_TABLES = """
create table if not exists report (
  id text primary key, digest text not null, passages integer not null, maker text not null, record blob not null);
create table if not exists recommendation (
  id text primary key, report text not null, place integer not null, record blob not null);
create index if not exists recommendation_by_report on recommendation (report, place);
"""


class Records:
    """The records file of one generation.

    Args:
        path: the SQLite file.
        write: True to make or change it; readers open it without ever locking it.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        # A published generation never changes, so readers need neither locks nor a journal.
        uri = f"{path.absolute().as_uri()}?mode=rwc" if write else f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        if write:
            self._database.executescript(_TABLES)

    def close(self) -> None:
        """Write what is open and let go of the file."""
        self._database.commit()
        self._database.close()

    def put(self, tagged: Tagged, digest: str) -> bool:
        """Add a report and its recommendations, in place of what bore its id; whether something did."""
        report = tagged.report
        replaced = self.drop(report.id)
        row = (report.id, digest, len(tagged.passages), maker_name(tagged.maker), _packed(report))
        self._database.execute("insert into report values (?, ?, ?, ?, ?)", row)
        rows = [(unit.id, report.id, place, _packed(unit)) for place, unit in enumerate(tagged.recommendations)]
        self._database.executemany("insert into recommendation values (?, ?, ?, ?)", rows)
        return replaced

    def drop(self, report_id: str) -> bool:
        """Remove a report and its recommendations; whether it was there."""
        self._database.execute("delete from recommendation where report = ?", (report_id,))
        return self._database.execute("delete from report where id = ?", (report_id,)).rowcount > 0

    def digests(self) -> dict[str, str]:
        """Digest of each report, by id."""
        return dict(self._rows("select id, digest from report"))

    def makers(self) -> list[str]:
        """Every tagger whose tags are held."""
        return [name for (name,) in self._rows("select distinct maker from report order by maker")]

    def counts(self) -> tuple[int, int, int]:
        """Reports, passages and recommendations."""
        reports, passages = next(self._rows("select count(*), coalesce(sum(passages), 0) from report"))
        return reports, passages, next(self._rows("select count(*) from recommendation"))[0]

    def report(self, report_id: str) -> Report | None:
        """One report by its id."""
        for (packed,) in self._rows("select record from report where id = ?", (report_id,)):
            return Report.model_validate_json(_unpacked(packed))
        return None

    def reports(self) -> Iterator[Report]:
        """Every report, in order of id."""
        for (packed,) in self._rows("select record from report order by id"):
            yield Report.model_validate_json(_unpacked(packed))

    def recommendations(self) -> Iterator[Recommendation]:
        """Every recommendation, in order of report and place."""
        for (packed,) in self._rows("select record from recommendation order by report, place"):
            yield Recommendation.model_validate_json(_unpacked(packed))

    def _rows(self, query: str, values: Iterable[object] = ()) -> Iterator[tuple[Any, ...]]:
        with closing(self._database.execute(query, tuple(values))) as found:
            yield from found


def _packed(record: Report | Recommendation) -> bytes:
    return zstandard.compress(record.model_dump_json(exclude_defaults=True).encode(), 3)


def _unpacked(packed: bytes) -> bytes:
    return zstandard.decompress(packed)
