"""Walk through a whole index in order, on one frozen view of it."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from index.elastic.mapping import TOLD_OVER_ALL

PAGE = 1_000
KEEP = "5m"

Order = Sequence[str | dict[str, Any]]
"""Fields, or fields with how they sort."""


def listed(
    client: Elasticsearch, name: str, query: dict[str, Any], order: Order, fields: list[str]
) -> Generator[dict[str, Any]]:
    """Every document of index *name* that meets *query*, in the order of some fields, ascending unless said."""
    view = client.open_point_in_time(index=name, keep_alive=KEEP)["id"]
    try:
        yield from _pages(client, view, query, order, fields)
    finally:
        with suppress(ApiError):
            client.close_point_in_time(id=view)


def _pages(
    client: Elasticsearch, view: str, query: dict[str, Any], order: Order, fields: list[str]
) -> Iterator[dict[str, Any]]:
    after: list[Any] | None = None
    while True:
        found = client.search(
            pit={"id": view, "keep_alive": KEEP},
            query=query,
            sort=list(order),
            size=PAGE,
            search_after=after,
            source=bool(fields),
            source_includes=fields or None,
            track_total_hits=False,
            search_type=TOLD_OVER_ALL,
        )["hits"]["hits"]
        yield from found
        if len(found) < PAGE:
            return
        after = found[-1]["sort"]
