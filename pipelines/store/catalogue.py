"""The catalogue: what was seen where, how far each stage came with it, and what the index serves."""

import hashlib
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError

from extractors.errors import DiskFull, HomeNotWritable, NewerSchema, StoreError
from extractors.records import Document, Problem, Record, Source, Status
from pipelines.outcomes import Outcome
from pipelines.store import tables as t


class Due(Record):
    """A report whose tagged result the index does not serve yet."""

    report: str
    sha256: str
    version: str = Field(description="Of the result, and of what people have said of its sentences.")


class Noted(Record):
    """Which generation of which index the list of published reports speaks of."""

    place: str
    generation: str | None
    state: Literal["done", "adding", "anew"] = Field(
        default="done", description="What was going on when this was noted: nothing, an increment, a whole publishing."
    )


class Catalogue:
    """Reads and writes the tables; each method is one transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        with _faults(url):
            self._engine = _engine(url)
            with self._engine.begin() as db:
                t.metadata.create_all(db)
                _check_version(db)
                _add_reason(db)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def _begin(self) -> Generator[Connection]:
        with _faults(self.url), self._engine.begin() as db:
            yield db

    def begin(self) -> AbstractContextManager[Connection]:
        """One transaction, for tables that have a module of their own."""
        return self._begin()

    def see(self, documents: Iterable[Document], when: datetime) -> None:
        """Record that *documents* were seen, and make each the current version of its place."""
        with self._begin() as db:
            documents = list(documents)
            named = {document.sha256 for document in documents}
            known = set(db.scalars(select(t.documents.c.sha256).where(t.documents.c.sha256.in_(named))))
            for document in documents:
                if document.sha256 not in known:
                    known.add(document.sha256)
                    db.execute(insert(t.documents).values(**_document_row(document), first_seen=when))
                _make_current(db, document, when)

    def trouble(self, locator: str, problem: Problem, exit_code: int, when: datetime) -> None:
        """Record a problem of a place that gave no document; it replaces the former one."""
        with self._begin() as db:
            db.execute(delete(t.problems).where(t.problems.c.sha256.is_(None), t.problems.c.locator == locator))
            db.execute(insert(t.problems).values(**_problem_row(problem, None, locator, exit_code, when)))

    def pending(self, version: str, among: Sequence[str] | None = None) -> list[Document]:
        """Current documents without a result of *version*, largest first; only those of *among* where given."""
        done = select(t.results.c.sha256).where(t.results.c.version == version)
        query = select(t.documents).where(t.documents.c.sha256.in_(_current()), t.documents.c.sha256.not_in(done))
        with self._begin() as db:
            rows = db.execute(query.order_by(t.documents.c.size.desc(), t.documents.c.sha256)).mappings().all()
        wanted = None if among is None else set(among)
        return [_document(row) for row in rows if wanted is None or row["sha256"] in wanted]

    def finish(self, outcome: Outcome, locator: str, version: str, when: datetime) -> None:
        """Record what working on a document came to, its problems in place of former ones."""
        with self._begin() as db:
            db.execute(delete(t.problems).where(t.problems.c.sha256 == outcome.sha256))
            db.execute(delete(t.results).where(t.results.c.sha256 == outcome.sha256, t.results.c.version == version))
            row = outcome.model_dump(exclude={"problems", "exit_code"})
            db.execute(insert(t.results).values(**row, version=version, finished_at=when))
            for problem in outcome.problems:
                code = outcome.exit_code
                db.execute(insert(t.problems).values(**_problem_row(problem, outcome.sha256, locator, code, when)))

    def forget_failures(self, version: str) -> int:
        """Drop the results of failed documents, so that the next run works on them again. Returns how many."""
        with self._begin() as db:
            failed = delete(t.results).where(t.results.c.version == version, t.results.c.status == Status.FAILED)
            return db.execute(failed).rowcount

    def failures(self, among: Iterable[str], version: str) -> list[tuple[str, Problem, int]]:
        """Failed documents of *among*: place, problem and exit code, one for each."""
        wanted = set(among)
        query = (
            select(t.problems)
            .join(t.results, t.results.c.sha256 == t.problems.c.sha256)
            .where(t.results.c.version == version, t.results.c.status == Status.FAILED)
            .order_by(t.problems.c.id.desc())
        )
        with self._begin() as db:
            rows = {row["sha256"]: row for row in db.execute(query).mappings() if row["sha256"] in wanted}
        return [(row["locator"], _problem(row), row["exit_code"]) for row in rows.values()]

    def due(self, version: str) -> tuple[list[Due], list[str]]:
        """What the index lacks: reports to add or replace, and ids of reports to drop."""
        wanted_query = select(t.results.c.report, t.results.c.sha256).where(
            t.results.c.version == version,
            t.results.c.report.is_not(None),
            t.results.c.sha256.in_(_current()),
        )
        with self._begin() as db:
            wanted = {row.report: row.sha256 for row in db.execute(wanted_query.order_by(t.results.c.finished_at))}
            served = {r.report: (r.sha256, r.version) for r in db.execute(select(t.published))}
            said = _said_of(db)
        every = [Due(report=r, sha256=s, version=version + said.get(r, "")) for r, s in sorted(wanted.items())]
        add = [due for due in every if served.get(due.report) != (due.sha256, due.version)]
        return add, sorted(set(served) - set(wanted))

    def mark_published(self, added: Iterable[Due], removed: Iterable[str]) -> None:
        """Record what the index now serves."""
        added, removed = list(added), list(removed)
        with self._begin() as db:
            gone = [*removed, *(due.report for due in added)]
            for part in range(0, len(gone), 500):
                db.execute(delete(t.published).where(t.published.c.report.in_(gone[part : part + 500])))
            if added:
                db.execute(insert(t.published), [due.model_dump() for due in added])

    def forget_published(self) -> None:
        """Record that the index serves nothing."""
        with self._begin() as db:
            db.execute(delete(t.published))

    def note(self, noted: Noted) -> None:
        """Record which index the list of published reports speaks of."""
        with self._begin() as db:
            db.execute(delete(t.meta).where(t.meta.c.key == "index"))
            db.execute(insert(t.meta).values(key="index", value=noted.model_dump_json()))

    def noted(self) -> Noted | None:
        """Which index the list of published reports speaks of; None where an older version kept the list."""
        with self._begin() as db:
            found = db.scalar(select(t.meta.c.value).where(t.meta.c.key == "index"))
        return Noted.model_validate_json(found) if found else None

    def start_run(self, command: str, when: datetime) -> int:
        """Note that a run began; returns its number."""
        with self._begin() as db:
            key = db.execute(insert(t.runs).values(command=command, started_at=when)).inserted_primary_key
            assert key is not None
            return int(key[0])

    def finish_run(self, run: int, when: datetime, *, found: int, worked: int, failed: int) -> None:
        """Note how a run ended."""
        with self._begin() as db:
            values = {"finished_at": when, "found": found, "worked": worked, "failed": failed}
            db.execute(t.runs.update().where(t.runs.c.id == run).values(**values))

    def problems(self) -> list[dict[str, Any]]:
        """Problems of current documents, and of places that gave none, in the order they were met."""
        table = t.problems
        query = select(table).where(table.c.sha256.is_(None) | table.c.sha256.in_(_current()))
        with self._begin() as db:
            return [dict(row) for row in db.execute(query.order_by(table.c.id)).mappings()]

    def results(self, version: str) -> list[dict[str, Any]]:
        """Results of current documents for one version, each with the place of its document."""
        query = (
            select(t.results, t.documents.c.locator.label("place"))
            .join(t.documents, t.documents.c.sha256 == t.results.c.sha256)
            .where(t.results.c.version == version, t.results.c.sha256.in_(_current()))
        )
        with self._begin() as db:
            return [dict(row) for row in db.execute(query.order_by(t.documents.c.locator)).mappings()]

    def review(self, row: Mapping[str, Any]) -> None:
        """Record a person's word on a sentence, in place of an earlier one.

        A word on what a person had said already keeps what the tagger had said, and why the sentence waited.
        """
        same = (t.reviews.c.sentence == row["sentence"]) & (t.reviews.c.text_sha256 == row["text_sha256"])
        with self._begin() as db:
            first = db.execute(select(t.reviews.c.was, t.reviews.c.reason).where(same)).mappings().first()
            kept = dict(first) if first and row.get("reason") is None else {}
            db.execute(delete(t.reviews).where(t.reviews.c.sentence == row["sentence"]))
            db.execute(insert(t.reviews).values({**row, **kept}))

    def reviews(self, report: str) -> list[dict[str, Any]]:
        """What people said of the sentences of one report."""
        own = t.reviews.c.sentence.startswith(f"{report}:", autoescape=True)
        with self._begin() as db:
            return [dict(row) for row in db.execute(select(t.reviews).where(own).order_by(t.reviews.c.id)).mappings()]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """All rows of one table, as plain dictionaries, for status and export."""
        table = t.metadata.tables[name]
        with self._begin() as db:
            return [dict(row) for row in db.execute(select(table)).mappings()]

    def current_documents(self) -> int:
        """How many documents are the current version of some place."""
        with self._begin() as db:
            return int(db.scalar(select(func.count()).select_from(_current().subquery())) or 0)


def _said_of(db: Connection) -> dict[str, str]:
    """By report, for those of which sentences were reviewed: a digest of all that was said."""
    columns = (t.reviews.c.sentence, t.reviews.c.text_sha256, t.reviews.c.role)
    said: dict[str, Any] = {}
    for row in db.execute(select(*columns).order_by(t.reviews.c.sentence)):
        said.setdefault(row.sentence.rpartition(":")[0], hashlib.sha256()).update(" ".join(row).encode())
    return {report: f"+{digest.hexdigest()[:12]}" for report, digest in said.items()}


def _current() -> Any:
    """Hashes of documents that are the latest sighting of some place."""
    latest = select(func.max(t.sightings.c.id)).group_by(t.sightings.c.source, t.sightings.c.locator)
    return select(t.sightings.c.sha256).where(t.sightings.c.id.in_(latest)).distinct()


def _make_current(db: Connection, document: Document, when: datetime) -> None:
    """Sight *document* at its place, unless it is what was last seen there; clear the place's trouble."""
    s = t.sightings
    place = (s.c.source == document.source.name) & (s.c.locator == document.source.locator)
    last = db.scalar(select(s.c.sha256).where(place).order_by(s.c.id.desc()).limit(1))
    if last != document.sha256:
        db.execute(delete(s).where(place, s.c.sha256 == document.sha256))
        source = document.source
        db.execute(insert(s).values(source=source.name, locator=source.locator, sha256=document.sha256, seen_at=when))
    locator = document.source.locator
    db.execute(delete(t.problems).where(t.problems.c.sha256.is_(None), t.problems.c.locator == locator))


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "sha256": document.sha256,
        "media_type": document.media_type,
        "size": document.size,
        "source": document.source.name,
        "locator": document.source.locator,
    }


def _document(row: Any) -> Document:
    return Document(
        sha256=row["sha256"],
        media_type=row["media_type"],
        size=row["size"],
        source=Source(name=row["source"], locator=row["locator"]),
        fetched_at=row["first_seen"],
    )


def _problem_row(problem: Problem, sha256: str | None, locator: str, code: int, when: datetime) -> dict[str, Any]:
    return {**problem.model_dump(), "sha256": sha256, "locator": locator, "exit_code": code, "seen_at": when}


def _problem(row: Any) -> Problem:
    return Problem(kind=row["kind"], what=row["what"], mend=row["mend"], page=row["page"])


def _engine(url: str) -> Engine:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    """Readers never wait for the writer, a second writer waits its turn, and a crash loses no commit."""
    for pragma in ("journal_mode=WAL", "busy_timeout=30000", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _check_version(db: Connection) -> None:
    found = db.scalar(select(t.meta.c.value).where(t.meta.c.key == "version"))
    if found is None:
        db.execute(insert(t.meta).values(key="version", value=str(t.CATALOGUE_VERSION)))
    elif int(found) > t.CATALOGUE_VERSION:
        raise NewerSchema(f"The catalogue was written with version {found}, newer than {t.CATALOGUE_VERSION}.")


def _add_reason(db: Connection) -> None:
    """Give the reviews of an earlier home the column they lack; an older findingaid reads and writes beside it."""
    if all(column["name"] != "reason" for column in inspect(db).get_columns("reviews")):
        db.exec_driver_sql("alter table reviews add column reason text")


@contextmanager
def _faults(url: str) -> Generator[None]:
    """Say what a refusal of the database means to the person who runs the command."""
    place = url.partition(":///")[2] or url
    try:
        yield
    except OSError as error:
        raise HomeNotWritable(f"{place} cannot be written.") from error
    except OperationalError as error:
        said = str(error.orig)
        if "full" in said:
            raise DiskFull(f"No space is left for the catalogue {place}.") from error
        if "unable to open" in said or "readonly" in said:
            raise HomeNotWritable(f"The catalogue {place} cannot be written.") from error
        raise StoreError(f"The catalogue {place} refused: {said}.", mend="Run findingaid doctor.") from error
    except DatabaseError as error:
        raise StoreError(
            f"The catalogue {place} is damaged.",
            mend="Move it away and ingest again; the archive and stage results are kept.",
        ) from error
