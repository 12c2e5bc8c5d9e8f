"""Fill the next generation on the server, count it, and move the aliases in one step."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch

from extractors.errors import PublishRefused
from extractors.records import SCHEMA_VERSION, Tagged
from index.elastic.documents import actions
from index.elastic.listing import listed
from index.elastic.lock import writing
from index.elastic.mapping import LAYOUT, passage_index, record_index
from index.elastic.names import FORMER, SERVED, Generation, Names
from index.elastic.sending import FLUSH, Change, refusals
from index.generation import generation_name, outdated
from index.long_names import LongNames
from index.selection import check, wants_vectors

REFUSALS_TOLD = 5


class _Given(NamedTuple):
    """What is to be published."""

    tagged: Iterable[Tagged]
    remove: Iterable[str]
    names: LongNames
    vectors: bool


def publish(
    client: Elasticsearch,
    names: Names,
    tagged: Iterable[Tagged],
    remove: Iterable[str],
    *,
    keep_rest: bool,
    vectors: bool | None,
) -> None:
    """Fill the next generation from the served one and *tagged*, check its counts, and serve it.

    Raises:
        IndexBusy: another process is publishing.
        PublishRefused: documents were refused, or counts do not agree.
    """
    with writing(client, names.lock):
        current = names.pointed(client)
        served = bool(read_meta(client, current).get("vectors")) if current else None
        with_vectors = wants_vectors(vectors, served, keep_rest=keep_rest)
        clear(client, names)
        number = max((one.number for one in (current, names.pointed(client, FORMER)) if one), default=0) + 1
        new = names.generation(number)
        try:
            held = _begin(client, current if keep_rest else None, new, vectors=with_vectors)
            _fill(client, new, _Given(tagged, remove, held, with_vectors))
            _seal(client, new, held, vectors=with_vectors)
        except BaseException:
            _drop(client, new)
            raise
        _switch(client, names, current, new)
        clear(client, names)


def clear(client: Elasticsearch, names: Names) -> None:
    """Remove every generation that no alias names: debris of a crash, or older than the former one."""
    kept = {one.number for one in (names.pointed(client), names.pointed(client, FORMER)) if one}
    for generation in names.all(client):
        if generation.number not in kept:
            _drop(client, generation)


def _begin(client: Elasticsearch, current: Generation | None, new: Generation, *, vectors: bool) -> LongNames:
    """The new indices: clones of the served ones, which share their segments, or empty. The names they keep."""
    if current is None:
        client.indices.create(index=new.passages, **passage_index(vectors=vectors))
        client.indices.create(index=new.records, **record_index())
        return LongNames.current()
    if (meta := read_meta(client, current))["layout"] != LAYOUT:
        raise outdated(meta["generation"])
    for old, name in ((current.passages, new.passages), (current.records, new.records)):
        client.indices.put_settings(index=old, settings={"index.blocks.write": True})
        client.indices.clone(index=old, target=name, settings={"index.blocks.write": None})
    client.cluster.health(index=f"{new.passages},{new.records}", wait_for_status="yellow", timeout="60s")
    return LongNames(meta["names"])


def _fill(client: Elasticsearch, new: Generation, given: _Given) -> None:
    held = set(digests(client, new))
    refused = list(refusals(client, _changes(client, new, held, given)))
    if refused:
        first = "; ".join(refused[:REFUSALS_TOLD])
        raise PublishRefused(
            f"The search server refused {len(refused)} documents: {first}.", mend="Mend or leave them."
        )


def _changes(client: Elasticsearch, new: Generation, held: set[str], given: _Given) -> Iterator[Change]:
    """What goes out and what comes in. A report that is replaced goes out before it comes in."""
    came: set[str] = set()
    for name in set(given.remove) & held:
        held.discard(name)
        yield from _deletions(client, new, name)
    for one in given.tagged:
        check(one)
        name = one.report.id
        if name in came:
            yield FLUSH  # so that its documents of a moment ago are there to be found
        if name in held:
            yield from _deletions(client, new, name)
        held.add(name)
        came.add(name)
        yield from actions(one, new, given.names, vectors=given.vectors)


def _deletions(client: Elasticsearch, new: Generation, report_id: str) -> Iterator[Change]:
    """One deletion for each document of a report, also for those that came in a moment ago."""
    for index in (new.passages, new.records):
        client.indices.refresh(index=index)
        query = {"term": {"report_id": report_id}}
        for found in list(listed(client, index, query, ["report_id"], [])):
            yield {"_op_type": "delete", "_index": index, "_id": found["_id"]}
    yield FLUSH  # so that what comes in under the same ids is not deleted


def digests(client: Elasticsearch, generation: Generation) -> dict[str, str]:
    """Digest of each report, by id."""
    query = {"term": {"kind": "report"}}
    found = listed(client, generation.records, query, ["id"], ["id", "digest"])
    return {one["_source"]["id"]: one["_source"]["digest"] for one in found}


def _seal(client: Elasticsearch, new: Generation, held: LongNames, *, vectors: bool) -> None:
    """Refuse indices that do not hold what their reports say; write down what they hold."""
    both = f"{new.passages},{new.records}"
    client.indices.refresh(index=both)
    said = client.search(
        index=new.records,
        size=0,
        aggs={
            "kinds": {"terms": {"field": "kind"}},
            "passages": {"sum": {"field": "passages"}},
            "makers": {"terms": {"field": "maker", "size": 1_000}},
        },
    )["aggregations"]
    kinds = {one["key"]: one["doc_count"] for one in said["kinds"]["buckets"]}
    expected = int(said["passages"]["value"])
    counted = client.count(index=new.passages)["count"]
    if counted != expected:
        raise PublishRefused(f"The server holds {counted} passages where {expected} were given.", mend="Publish again.")
    meta = {
        "generation": generation_name(new.number, digests(client, new)),
        "layout": LAYOUT,
        "schema_version": SCHEMA_VERSION,
        "reports": kinds.get("report", 0),
        "passages": counted,
        "recommendations": kinds.get("recommendation", 0),
        "vectors": vectors,
        "names": held.listed,
        "models": sorted(one["key"] for one in said["makers"]["buckets"]),
    }
    client.indices.put_mapping(index=new.records, meta=meta)
    client.indices.put_settings(index=both, settings={"index.auto_expand_replicas": "0-1", "refresh_interval": "1s"})


def read_meta(client: Elasticsearch, generation: Generation) -> dict[str, Any]:
    """What a generation says of itself."""
    found = client.indices.get_mapping(index=generation.records)[generation.records]
    return dict(found["mappings"]["_meta"])


def _switch(client: Elasticsearch, names: Names, current: Generation | None, new: Generation) -> None:
    """Serve *new*, and keep *current* as the former one, all in one request."""
    moves: list[dict[str, Any]] = []
    for kind in ("passages", "records"):
        wanted = {SERVED: new, FORMER: current}
        for state, generation in wanted.items():
            alias = names.alias(kind, state)
            if generation is None:
                continue
            moves.append({"remove": {"index": f"{names.prefix}-{kind}-*", "alias": alias, "must_exist": False}})
            moves.append({"add": {"index": getattr(generation, kind), "alias": alias}})
    client.indices.update_aliases(actions=moves)


def roll_back(client: Elasticsearch, names: Names) -> bool:
    """Serve the former generation again; whether there was one."""
    with writing(client, names.lock):
        former = names.pointed(client, FORMER)
        if former is None:
            return False
        _switch(client, names, names.pointed(client), former)
        return True


def _drop(client: Elasticsearch, generation: Generation) -> None:
    client.indices.delete(index=[generation.passages, generation.records], ignore_unavailable=True)
