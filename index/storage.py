"""A passage as stored bytes: without its report, which is stored once and put back on reading."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from extractors.records import Passage, Report, Tagged
from index.highlight import Marker
from index.printings import printings
from index.protocol import Hit, Printing


class Kept(NamedTuple):
    """A passage as it is read back, with its other printings."""

    passage: Passage
    also: tuple[Printing, ...]

    def hit(self, score: float, mark: Marker) -> Hit:
        """The passage as an answer to a query."""
        return Hit(passage=self.passage, score=score, highlights=mark(self.passage.block.text), also=self.also)


def stored_all(tagged: Tagged) -> list[bytes]:
    """The passages of a report as ``stored`` makes bytes of them."""
    also = printings(tagged.passages)
    return [stored(passage, also.get(passage.id, ())) for passage in tagged.passages]


def stored(passage: Passage, also: tuple[Printing, ...] = ()) -> bytes:
    """*passage* as JSON with its report's id in place of the report, and its other printings."""
    rest = passage.model_dump_json(exclude={"report"}, exclude_defaults=True)
    more = f'"also":[{",".join(one.model_dump_json() for one in also)}],' if also else ""
    return f'{{"report":{json.dumps(passage.report.id)},{more}{rest[1:]}'.encode()


def restored(record: Mapping[str, Any], report: Callable[[str], Report]) -> Kept:
    """The passage that ``stored`` made JSON of. *report* gives the report of an id."""
    rest = {name: value for name, value in record.items() if name != "also"}
    also = tuple(map(Printing.model_validate, record.get("also", ())))
    return Kept(Passage.model_validate(rest | {"report": report(rest["report"])}), also)


def digest(tagged: Tagged, passages: Iterable[bytes]) -> str:
    """The digest of one tagged report: its text, its tags and who made them. *passages* are its stored passages."""
    whole = hashlib.sha256(tagged.report.model_dump_json().encode())
    whole.update(tagged.maker.model_dump_json().encode())
    for part in passages:
        whole.update(part)
    for unit in tagged.recommendations:
        whole.update(unit.model_dump_json(exclude={"report"}).encode())
    return whole.hexdigest()
