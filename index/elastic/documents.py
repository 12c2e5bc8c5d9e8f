"""Tagged reports as bulk actions, each keyed by what it holds, so that a rerun overwrites."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from extractors.records import Passage, Recommendation, Report, Tagged
from index.elastic.names import Generation
from index.fields import day_number, decisions, facet_values, keys, place, recommendation_keys, report_keys, texts
from index.generation import maker_name
from index.long_names import FIELD, LongNames
from index.storage import digest, stored_all
from index.stretches import Stretch, read, stretches

Action = dict[str, Any]


def actions(tagged: Tagged, to: Generation, names: LongNames, *, vectors: bool) -> Iterator[Action]:
    """Everything of one report, its passages first."""
    records = stored_all(tagged)
    decided, called = decisions(tagged), report_keys(tagged.report)
    record, vector = iter(records), iter(_vectors(tagged, vectors=vectors))
    for stretch in stretches(tagged):
        together: dict[str, None] = {}
        whole, each = read(stretch, names)
        for passage, found in zip(stretch.passages, each, strict=True):
            facets = facet_values(passage, decided.get(passage.id))
            held = keys(facets, called)
            together.update(dict.fromkeys(held))
            source = _passage(passage, facets, next(record)) | next(vector)
            source |= {"keys": held, "stretch": str(stretch.place), FIELD: found.names}
            yield {"_index": to.passages, "_id": passage.id, "_source": source}
        yield {
            "_index": to.records,
            "_id": f"stretch:{stretch.place}",
            "_source": _stretch(stretch, together) | {FIELD: whole.names},
        }
    for number, unit in enumerate(tagged.recommendations):
        yield {"_index": to.records, "_id": f"recommendation:{unit.id}", "_source": _recommendation(unit, number)}
    yield {
        "_index": to.records,
        "_id": f"report:{tagged.report.id}",
        "_source": _report(tagged.report)
        | {
            "passages": len(tagged.passages),
            "digest": digest(tagged, records),
            "maker": maker_name(tagged.maker),
        },
    }


def _passage(passage: Passage, facets: dict[str, tuple[str, ...]], record: bytes) -> Action:
    return {
        **texts(passage),
        "report_id": passage.report.id,
        "page": passage.block.pages,
        "published": day_number(passage.report),
        "place": place(passage.report.id, passage.block.ordinal),
        "record": json.loads(record),
        **{f"facet_{facet}": values for facet, values in facets.items()},
    }


def _vectors(tagged: Tagged, *, vectors: bool) -> list[Action]:
    """The field of each passage's vector; none where vectors are not wanted, or a passage says nothing."""
    if not vectors:
        return [{} for _ in tagged.passages]
    from index.meaning.encoder import encoder

    made = encoder().passages([texts(passage)["text"] for passage in tagged.passages])
    return [{"vector": row.tolist()} if row.any() else {} for row in made]


def _stretch(stretch: Stretch, held: Iterable[str]) -> Action:
    first = stretch.passages[0]
    return {
        "kind": "stretch",
        "id": str(stretch.place),
        "report_id": first.report.id,
        "keys": list(held),
        "published": day_number(first.report),
        "whole": stretch.text,
        "stretch": stretch.place,
    }


def _recommendation(unit: Recommendation, number: int) -> Action:
    return {
        "kind": "recommendation",
        "id": unit.id,
        "report_id": unit.report.id,
        "place": number,
        "keys": sorted(recommendation_keys(unit)),
        "published": day_number(unit.report),
        "record": unit.model_dump(mode="json", exclude_defaults=True),
    }


def _report(report: Report) -> Action:
    return {
        "kind": "report",
        "id": report.id,
        "report_id": report.id,
        "published": day_number(report),
        "record": report.model_dump(mode="json", exclude_defaults=True),
    }
