"""What is indexed of a passage: the same for every back end.

Texts are searched, keys are met or not (``role:finding``), numbers lie in a range, facets are counted.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote

from extractors.records import Decision, Passage, Recommendation, Report, Tagged
from index.analysis import fold
from index.query.conditions import canonical_force

STEMMED = ("text", "title", "heading")
EXACT = ("text_exact", "title_exact", "heading_exact", "number")
SOURCE_OF = {"text_exact": "text", "title_exact": "title", "heading_exact": "heading"}
FACETS = ("role", "theme", "force", "source", "investigation", "year", "report", "decision")

LONGEST_KEY = 1_000
_ORDINAL_BITS = 23
LAST_ORDINAL = (1 << _ORDINAL_BITS) - 1
"""Within the places of a report; those of the next begin one further."""


def texts(passage: Passage) -> dict[str, str]:
    """What is searched in words, by field; the exact fields read the same texts."""
    block = passage.block
    cells = " ".join(cell for row in block.rows for cell in row)
    heading = " / ".join(block.section) or passage.heading
    return {
        "text": block.text or cells,
        "title": passage.report.title,
        "heading": heading,
        "number": block.number or "",
    }


def facet_values(passage: Passage, decision: Decision | None = None) -> dict[str, tuple[str, ...]]:
    """The values under which *passage* is counted, by facet."""
    report = passage.report
    return {
        "role": tuple(role.value for role in passage.roles),
        "theme": tuple(dict.fromkeys(passage.theme_codes)),
        "force": passage.forces,
        "source": (report.source,),
        "investigation": (report.investigation,) if report.investigation else (),
        "year": (str(report.published.year),) if report.published else (),
        "report": (report.id,),
        "decision": (decision.value,) if decision else (),
    }


def keys(values: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> tuple[str, ...]:
    """The keys by which a passage with these facet values, in a report with these keys, meets a condition."""
    found = [key(field, value) for field, named in values.items() for value in named]
    return tuple(dict.fromkeys((*found, *names)))


def report_keys(report: Report) -> tuple[str, ...]:
    """The keys that all passages of a report share: what people may call it and its investigation."""
    found = [key("report", name) for name in report_names(report)]
    return (*found, *(key("investigation", name) for name in _investigation_names(report)))


@lru_cache(maxsize=100_000)
def key(field: str, value: str) -> str:
    """One key: case and white space do not matter, and a force's alias is its name."""
    return f"{field}:{fold(canonical_force(value) if field == 'force' else value)}"[:LONGEST_KEY]


def report_names(report: Report) -> tuple[str, ...]:
    """What a reader may call a report: its id, url, file name, file name without ending, or title."""
    path = PurePosixPath(unquote(report.url.split("?")[0]))
    return (report.id, report.url, path.name or report.url, path.stem or report.url, report.title)


def _investigation_names(report: Report) -> tuple[str, ...]:
    """An operation is also found by its bare name, and every matter by its reference."""
    name = report.investigation or ""
    bare = name.split(" ", 1)[1:] if name.lower().startswith("operation ") else []
    return (*bare, *([report.reference] if report.reference else []))


def day_number(report: Report) -> int | None:
    """The date of publication as a number that sorts, such as 20220201."""
    day = report.published
    return day.year * 10_000 + day.month * 100 + day.day if day else None


def place(report_id: str, ordinal: int) -> int:
    """A number that orders passages alike in every process and back end: report by report, in reading order."""
    return _first_place(report_id) | min(ordinal, LAST_ORDINAL)


@lru_cache(maxsize=10_000)
def _first_place(report_id: str) -> int:
    return int.from_bytes(hashlib.sha256(report_id.encode()).digest()[:5]) << _ORDINAL_BITS


def decisions(tagged: Tagged) -> dict[str, Decision]:
    """The decision on the recommendation that each passage belongs to."""
    return {name: unit.decision for unit in tagged.recommendations if unit.decision for name in unit.passages}


def recommendation_keys(unit: Recommendation) -> frozenset[str]:
    """The keys of a recommendation: its force is one it is addressed to or one its report is about."""
    report = unit.report
    values = {
        "theme": unit.themes,
        "force": (*unit.addressees, *report.forces),
        "source": (report.source,),
        "investigation": (report.investigation,) if report.investigation else (),
        "report": (report.id,),
        "decision": (unit.decision.value,) if unit.decision else (),
    }
    return frozenset(keys(values, report_keys(report)))
