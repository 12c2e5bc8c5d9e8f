"""Saved searches in the catalogue: what each has reported, and what still waits to be delivered."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, delete, func, insert, select, update

from extractors.errors import UsageError
from extractors.records import Record
from index.protocol import NO_FILTERS, Filters
from pipelines.store import tables as t
from pipelines.store.catalogue import Catalogue

Kind = Literal["passages", "recommendations"]


class Alert(Record):
    """A saved search that reports what is new."""

    name: str = Field(pattern=r"^[\w.-]{1,80}$")
    query: str
    filters: Filters = NO_FILTERS
    kinds: tuple[Kind, ...] = ("passages", "recommendations")
    outputs: tuple[str, ...] = Field(min_length=1, description="- for stdout, a file, mailto:… or http(s)://…")
    created_at: datetime
    ran_at: datetime | None = None
    generation: str | None = Field(default=None, description="The generation that was looked through last.")


class Batch(Record):
    """What one run of an alert found for one output."""

    id: str
    alert: str
    output: str
    items: tuple[str, ...] = Field(description="Permanent names; the words stay in the index.")


class AlertBook:
    """Alerts in a catalogue; each method is one transaction."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def add(self, alert: Alert, known: Iterable[str]) -> None:
        """Save *alert*; what *known* names is not new to it.

        Raises:
            UsageError: there is one of that name.
        """
        with self._catalogue.begin() as db:
            if db.scalar(select(t.alerts.c.name).where(t.alerts.c.name == alert.name)):
                raise UsageError(f"There is an alert named {alert.name}.", mend="Choose another name, or remove it.")
            db.execute(insert(t.alerts).values(**_row(alert)))
            _mark(db, alert.name, known)

    def all(self) -> list[Alert]:
        """Every alert, by name."""
        with self._catalogue.begin() as db:
            return [_alert(row) for row in db.execute(select(t.alerts).order_by(t.alerts.c.name)).mappings()]

    def remove(self, name: str) -> bool:
        """Forget an alert and all it reported; whether there was one."""
        with self._catalogue.begin() as db:
            db.execute(delete(t.alert_seen).where(t.alert_seen.c.alert == name))
            db.execute(delete(t.alert_batches).where(t.alert_batches.c.alert == name))
            return db.execute(delete(t.alerts).where(t.alerts.c.name == name)).rowcount > 0

    def seen(self, name: str) -> set[str]:
        """What an alert knows already."""
        with self._catalogue.begin() as db:
            return set(db.scalars(select(t.alert_seen.c.item).where(t.alert_seen.c.alert == name)))

    def found(self, alert: Alert, generation: str, when: datetime, keys: Iterable[str], new: Iterable[Batch]) -> None:
        """Note in one step what a run found: from now on it is known, and waits to be delivered."""
        with self._catalogue.begin() as db:
            _mark(db, alert.name, keys)
            rows = [{**batch.model_dump(exclude={"items"}), "items": json.dumps(batch.items)} for batch in new]
            if rows:
                db.execute(insert(t.alert_batches), rows)
            changed = update(t.alerts).where(t.alerts.c.name == alert.name)
            db.execute(changed.values(generation=generation, ran_at=when))

    def waiting(self, name: str) -> list[Batch]:
        """What was found and not yet delivered, oldest first."""
        b = t.alert_batches
        with self._catalogue.begin() as db:
            rows = db.execute(select(b).where(b.c.alert == name).order_by(b.c.number)).mappings().all()
        fields = ("id", "alert", "output")
        return [Batch(**{f: row[f] for f in fields}, items=tuple(json.loads(row["items"]))) for row in rows]

    def undelivered(self) -> dict[str, int]:
        """How many deliveries wait, by alert."""
        b = t.alert_batches
        with self._catalogue.begin() as db:
            return {row[0]: row[1] for row in db.execute(select(b.c.alert, func.count()).group_by(b.c.alert))}

    def delivered(self, batch: Batch) -> None:
        """Note that a batch has reached its output."""
        b = t.alert_batches
        with self._catalogue.begin() as db:
            db.execute(delete(b).where(b.c.id == batch.id, b.c.output == batch.output))


def _mark(db: Connection, name: str, keys: Iterable[str]) -> None:
    rows = [{"alert": name, "item": key} for key in dict.fromkeys(keys)]
    if rows:
        db.execute(insert(t.alert_seen), rows)


def _row(alert: Alert) -> dict[str, Any]:
    return {
        **alert.model_dump(exclude={"filters", "kinds", "outputs"}),
        "filters": alert.filters.model_dump_json(exclude_defaults=True),
        "kinds": ",".join(alert.kinds),
        "outputs": json.dumps(alert.outputs),
    }


def _alert(row: Any) -> Alert:
    return Alert.model_validate({
        **row,
        "filters": Filters.model_validate_json(row["filters"]),
        "kinds": tuple(row["kinds"].split(",")),
        "outputs": tuple(json.loads(row["outputs"])),
    })  # fmt: skip
