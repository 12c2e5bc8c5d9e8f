"""The best hits of a query, in the one order that all back ends keep."""

from collections.abc import Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple, cast

import tantivy

from index.embedded.parts import Hits, Walks, count
from index.embedded.translate import silent
from index.paging import Page

MOST_TIES = 10_000
"""Ties among more hits than this stand as they were written; the order is the same on every page all the same."""
MORE = 300
"""Hits looked at beyond those wanted, which mostly settles ties at once and often is all there are."""


class First(NamedTuple):
    """The first hits of a query."""

    total: int
    hits: Hits
    all: list[tantivy.DocAddress] | None = None
    """Every hit, in no order, where there are so few that all were looked at."""


def first(walks: Walks, schema: tantivy.Schema, query: tantivy.Query, page: Page, more: int = MORE) -> First:
    """How many passages answer, and those up to the end of *page*, with their scores; *more* are looked at."""
    wanted, searcher = page.offset + page.limit, walks.searcher
    if page.sort != "relevance":
        return First(*_by_date(searcher, schema, query, wanted, newest=page.sort == "newest"))
    reach = wanted + more
    total, hits = walks.best(query, reach)
    seen = [address for _, address in hits] if total <= len(hits) else None
    if not wanted or not hits:
        return First(total, [], seen)
    if round(hits[0][0], 4) == 0.0:  # nothing scores, so all tie
        return First(total, [(0.0, address) for address in in_place(searcher, query, wanted)], seen)
    while reach < min(total, wanted + MOST_TIES) and _level(hits[-1]) == _level(hits[min(wanted, len(hits)) - 1]):
        reach = min(reach * 4, total, wanted + MOST_TIES)
        _, hits = walks.best(query, reach)
    return First(total, _ties_in_place(searcher, _reaching(hits, wanted))[:wanted], seen)


def in_place(searcher: tantivy.Searcher, query: tantivy.Query, wanted: int) -> list[tantivy.DocAddress]:
    """The first hits in order of place."""
    found = searcher.search(query, max(wanted, 1), count=False, order_by_field="place", order=tantivy.Order.Asc)
    return [address for _, address in found.hits][:wanted]


def _level(hit: tuple[float, tantivy.DocAddress]) -> float:
    return round(hit[0], 4)


def _reaching(hits: Hits, wanted: int) -> Hits:
    """The first hits, with all that tie with the last one wanted."""
    last = _level(hits[min(wanted, len(hits)) - 1])
    return hits[:wanted] + list(takewhile(lambda hit: _level(hit) == last, hits[wanted:]))


def _ties_in_place(searcher: tantivy.Searcher, hits: Hits) -> Hits:
    """Hits that tie, ordered by place, where they are few enough to be sure that all of them are here."""
    if all(_level(one) != _level(other) for one, other in pairwise(hits)):
        return [(_level(hit), hit[1]) for hit in hits]
    ordered: Hits = []
    for level, group in groupby(hits, key=_level):
        addresses = [address for _, address in group]
        if 1 < len(addresses) <= MOST_TIES:
            places = cast("Sequence[int]", searcher.fast_field_values("place", addresses))
            addresses = [addresses[n] for _, n in sorted((at, n) for n, at in enumerate(places))]
        ordered += [(level, address) for address in addresses]
    return ordered


def _by_date(
    searcher: tantivy.Searcher, schema: tantivy.Schema, query: tantivy.Query, wanted: int, *, newest: bool
) -> tuple[int, Hits]:
    """Hits by date and, within a day, by place. The last day is asked for by itself, so that its ties stand right."""
    order = tantivy.Order.Desc if newest else tantivy.Order.Asc
    found = searcher.search(query, max(wanted, 1), order_by_field="published", order=order)
    addresses = [address for _, address in found.hits][:wanted]
    if not addresses:
        return count(found), []
    days = cast("Sequence[int | None]", searcher.fast_field_values("published", addresses))
    places = cast("Sequence[int]", searcher.fast_field_values("place", addresses))
    sign = -1 if newest else 1
    earlier = [
        (sign * day, at, n) for n, (day, at) in enumerate(zip(days, places, strict=True)) if day != days[-1] and day
    ]
    ordered = [addresses[n] for _, _, n in sorted(earlier)]
    last_day = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *_on(schema, days[-1])])
    ordered += in_place(searcher, last_day, wanted - len(ordered))
    return count(found), [(0.0, address) for address in ordered]


def _on(schema: tantivy.Schema, day: int | None) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """The condition that a passage was published on *day*, or on none."""
    bounds = (0, 99_999_999) if day is None else (day, day)
    dated = silent(tantivy.Query.range_query(schema, "published", tantivy.FieldType.Integer, *bounds))
    return [(tantivy.Occur.MustNot if day is None else tantivy.Occur.Must, dated)]
