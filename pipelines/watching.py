"""Run saved searches: what is new is noted and queued in one step, then delivered, so that a crash loses nothing.

Found and delivered are two steps. After a crash between them the next run delivers the same batch under the same
id: a file drops what it has already, e-mail and webhook carry the id, so that a receiver can. Nothing that was
delivered and noted is ever sent again.
"""

import hashlib
import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from extractors.errors import DeliveryFailed, UsageError
from extractors.records import Passage, Recommendation, Record
from extractors.wording import counted
from index.citing import citation_id, cited_passage, cited_recommendation, lasting_key
from index.protocol import Index
from pipelines.cli.views import passage_fields, recommendation_fields
from pipelines.store.alerts import Alert, AlertBook, Batch


class Note(Record):
    """What reaches an output: the alert, what it asked of which corpus, and what is new."""

    alert: str
    query: str
    batch: str
    generation: str
    items: tuple[Mapping[str, Any], ...]

    def sentence(self) -> str:
        """What it is about, in a line."""
        kinds = [str(item["kind"]) for item in self.items]
        counts = [counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
        return f"Alert {self.alert}: {' and '.join(counts)} new for {self.query or 'everything'}"


class Ran(Record):
    """What a run of one alert came to."""

    alert: str
    new: int = 0
    delivered: int = 0
    failed: Mapping[str, str] = Field(default_factory=dict, description="Outputs that did not take it, and why.")


Deliver = Callable[[str, Note], None]
"""Bring a note to an output; raises DeliveryFailed."""


def save(book: AlertBook, index: Index, alert: Alert, *, from_start: bool = False) -> None:
    """Save *alert*. What answers already is not new, unless *from_start*.

    Raises:
        UsageError: the query cannot be meant, or the name is taken.
    """
    published = index.describe().generation is not None
    known = [] if from_start or not published else [lasting_key(one) for one in _matches(index, alert)]
    book.add(alert, known)


def run(
    book: AlertBook,
    index: Index,
    deliver: Deliver,
    when: datetime,
    names: Sequence[str] = (),
    held_back: Container[str] = (),
) -> Iterator[Ran]:
    """Run alerts one by one (all of them where none is named); one that fails does not hold up the next.

    What is for an output that is *held_back* waits for a run in which it is not.

    Raises:
        UsageError: a name that no alert bears.
    """
    alerts = {alert.name: alert for alert in book.all()}
    if unknown := [name for name in names if name not in alerts]:
        raise UsageError(f"There is no alert named {unknown[0]!r}.", mend="findingaid alerts list names them.")
    return (_run(book, index, deliver, when, alerts[name], held_back) for name in names or alerts)


def _run(
    book: AlertBook, index: Index, deliver: Deliver, when: datetime, alert: Alert, held_back: Container[str]
) -> Ran:
    new = _look(book, index, alert, when)
    delivered, failed = 0, dict[str, str]()
    for batch in book.waiting(alert.name):
        if batch.output in failed or batch.output in held_back:  # what came first goes first
            continue
        try:
            note = _note(index, alert, batch, when)
            if note.items:
                deliver(batch.output, note)
        except (DeliveryFailed, UsageError) as error:  # an output may be off the allow-list by now
            failed[batch.output] = error.what
        else:
            book.delivered(batch)
            delivered += 1
    return Ran(alert=alert.name, new=new, delivered=delivered, failed=failed)


def _look(book: AlertBook, index: Index, alert: Alert, when: datetime) -> int:
    """Queue what is new since the last run; how much that is."""
    generation = index.describe().generation
    if generation is None or generation == alert.generation:
        return 0
    seen = book.seen(alert.name)
    new = {key: one for one in _matches(index, alert) if (key := lasting_key(one)) not in seen}
    items = tuple(citation_id(one) for one in new.values())
    name = hashlib.sha256(json.dumps([alert.name, *sorted(new)]).encode()).hexdigest()[:32]
    batches = [Batch(id=name, alert=alert.name, output=output, items=items) for output in alert.outputs if items]
    book.found(alert, generation, when, new, batches)
    return len(new)


def _matches(index: Index, alert: Alert) -> Iterator[Passage | Recommendation]:
    """What answers an alert now. Words are never loosened: an alert that nothing answers stays silent."""
    if index.search(alert.query, alert.filters, limit=0).relaxed:
        return
    met: set[str] = set()
    for hit in index.every(alert.query, alert.filters, sort="newest"):
        met.add(hit.passage.id)
        if "passages" in alert.kinds:
            yield hit.passage
    if "recommendations" in alert.kinds and met:
        for unit in index.recommendations(alert.filters):
            if not met.isdisjoint(unit.passages):
                yield unit


def _note(index: Index, alert: Alert, batch: Batch, when: datetime) -> Note:
    """The batch in words, read from the index now: what was taken down since it was found is not sent."""
    items: list[dict[str, Any]] = []
    for name in batch.items:
        if passage := cited_passage(index, name):
            items.append({"kind": "passage", **passage_fields(passage)})
        elif unit := cited_recommendation(index, name):
            items.append({"kind": "recommendation", **recommendation_fields(unit, when.date())})
    generation = index.describe().generation or ""
    return Note(alert=alert.name, query=alert.query, batch=batch.id, generation=generation, items=tuple(items))


def refuse_failures(ran: Sequence[Ran]) -> None:
    """Raise what a run must end with, now that everything that could be delivered was.

    Raises:
        DeliveryFailed: naming the alerts and their outputs.
    """
    failed = [f"{one.alert} to {output} ({why})" for one in ran for output, why in one.failed.items()]
    if failed:
        raise DeliveryFailed(f"Not delivered: {'; '.join(failed)}.")
