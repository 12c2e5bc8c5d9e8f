"""A passage as stored bytes: without its report, which is stored once and put back on reading."""

import hashlib
import json
from collections.abc import Callable, Iterable

from extractors.records import Passage, Report, Tagged


def stored(passage: Passage) -> bytes:
    """*passage* as JSON with its report's id in place of the report."""
    rest = passage.model_dump_json(exclude={"report"}, exclude_defaults=True)
    return f'{{"report":{json.dumps(passage.report.id)},{rest[1:]}'.encode()


def restored(record: bytes, report: Callable[[str], Report]) -> Passage:
    """The passage that ``stored`` made bytes of. *report* gives the report of an id."""
    held = json.loads(record)
    held["report"] = report(held["report"])
    return Passage.model_validate(held)


def digest(tagged: Tagged, passages: Iterable[bytes]) -> str:
    """The digest of one tagged report: its text, its tags and who made them. *passages* are its stored passages."""
    whole = hashlib.sha256(tagged.report.model_dump_json().encode())
    whole.update(tagged.maker.model_dump_json().encode())
    for part in passages:
        whole.update(part)
    for unit in tagged.recommendations:
        whole.update(unit.model_dump_json(exclude={"report"}).encode())
    return whole.hexdigest()
