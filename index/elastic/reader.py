"""Search over the generation that the server's aliases point at."""

from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from elasticsearch import Elasticsearch, NotFoundError

from extractors.errors import IndexFault, NewerSchema, NoIndex
from extractors.records import SCHEMA_VERSION, Passage, Recommendation, Report, Tagged
from index.asking import asked, lifted
from index.elastic.connection import Server, connect, server_faults
from index.elastic.listing import listed
from index.elastic.mapping import LAYOUT, TOLD_OVER_ALL
from index.elastic.names import Generation, Names
from index.elastic.translate import Query, translate
from index.elastic.writer import publish, read_meta, roll_back
from index.facets import ranked
from index.generation import outdated
from index.highlight import Marker
from index.long_names import LongNames
from index.meaning.asking import Found, answered
from index.paging import Page, page
from index.plan import At, Bool, Step, Term, can_loosen, plan
from index.printings import SPARE, folded
from index.protocol import NO_FILTERS, Answer, Counts, Description, Facet, Filters, Hit, Mode, Sort
from index.query import Everything, Node
from index.selection import recommendation_steps
from index.similar import telling_terms
from index.storage import Kept, restored

if TYPE_CHECKING:
    from index.meaning.encoder import Vector

MOST_VALUES = 65_000
MOST_SPELLINGS = 50
LOOKED_AT = 256
"""Neighbours that a walk through the graph of vectors keeps in sight."""
ORDERS: dict[Sort, list[dict[str, Any]]] = {
    "relevance": [{"_score": "desc"}, {"place": "asc"}],
    "newest": [{"published": {"order": "desc", "missing": "_last"}}, {"place": "asc"}],
    "oldest": [{"published": {"order": "asc", "missing": "_last"}}, {"place": "asc"}],
}

T = TypeVar("T")


class ElasticIndex:
    """An index on a server.

    Args:
        server: where it is.
        client: how it is reached, where the caller has one.
    """

    def __init__(self, server: Server, client: Elasticsearch | None = None) -> None:
        self._url = server.url
        self._client = client or connect(server)
        self._names = Names(server.prefix)
        self._opened: _Generation | None = None

    def publish(
        self,
        tagged: Iterable[Tagged],
        *,
        remove: Iterable[str] = (),
        keep_rest: bool = True,
        vectors: bool | None = None,
    ) -> Description:
        """Add or replace reports, drop those in *remove*, then switch. See ``index.protocol.Index``."""
        with server_faults(self._url):
            publish(self._client, self._names, tagged, remove, keep_rest=keep_rest, vectors=vectors)
        return self.describe()

    def roll_back(self) -> bool:
        """Serve the generation before again; whether there was one."""
        with server_faults(self._url):
            return roll_back(self._client, self._names)

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        limit: int = 10,
        offset: int = 0,
        facets: tuple[Facet, ...] = (),
        sort: Sort = "relevance",
        after: str | None = None,
        mode: Mode = "text",
    ) -> Answer:
        """Passages that answer *query*, in order. See ``index.protocol.Index``."""

        def ask(one: _Generation) -> Answer:
            wanted = page(query, filters, limit, offset, sort, after, one.name, mode)
            return one.search(query, filters, wanted, facets, mode)

        with server_faults(self._url):
            return self._whole(ask)

    def every(self, query: str, filters: Filters = NO_FILTERS, *, sort: Sort = "relevance") -> Iterator[Hit]:
        """All hits of a search. See ``index.protocol.Index``."""
        with server_faults(self._url):
            yield from self._open().every(query, filters, sort)

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        with server_faults(self._url):
            return self._whole(lambda one: one.passage(passage_id))

    def passages(self, filters: Filters = NO_FILTERS) -> Iterator[Passage]:
        """Every passage that meets *filters*, in order of report id and ordinal."""
        with server_faults(self._url):
            yield from self._open().passages(plan(Everything(), filters))

    def recommendations(self, filters: Filters = NO_FILTERS) -> Iterator[Recommendation]:
        """Every recommendation that meets *filters*, in order of report and place."""
        with server_faults(self._url):
            yield from self._open().recommendations(recommendation_steps(filters))

    def reports(self) -> Iterator[Report]:
        """Every report, in order of id."""
        with server_faults(self._url):
            yield from self._open().reports()

    def similar(self, text: str, *, limit: int = 10) -> Answer:
        """Passages nearest in wording to *text*."""
        with server_faults(self._url):
            return self._whole(lambda one: one.similar(text, limit))

    def describe(self) -> Description:
        """What is served; nothing where nothing is published."""
        with server_faults(self._url):
            pointed = self._names.pointed(self._client)
            meta = read_meta(self._client, pointed) if pointed else {}
        return Description(
            back_end="elasticsearch",
            generation=meta.get("generation"),
            reports=meta.get("reports", 0),
            passages=meta.get("passages", 0),
            recommendations=meta.get("recommendations", 0),
            schema_version=meta.get("schema_version", SCHEMA_VERSION),
            vectors=bool(meta.get("vectors")),
            outdated=meta.get("layout", LAYOUT) < LAYOUT,
            models=tuple(meta.get("models", ())),
        )

    def _whole(self, ask: Callable[["_Generation"], T]) -> T:
        """Ask the served generation; once more where a writer removed it in between."""
        try:
            return ask(self._open())
        except NotFoundError:
            return ask(self._open())

    def _open(self) -> "_Generation":
        pointed = self._names.pointed(self._client)
        if pointed is None:
            raise NoIndex(f"Nothing has been published to the search server at {self._url}.")
        if self._opened is None or self._opened.indices != pointed:
            self._opened = _Generation(self._client, pointed)
        return self._opened


class _Generation:
    """One generation on the server."""

    def __init__(self, client: Elasticsearch, indices: Generation) -> None:
        self.client, self.indices = client, indices
        meta = read_meta(client, indices)
        newer = int(meta["schema_version"].split(".")[0]) > int(SCHEMA_VERSION.split(".")[0])
        if newer or meta["layout"] > LAYOUT:
            raise NewerSchema(f"The server holds generation {meta['generation']} of a newer version of findingaid.")
        if meta["layout"] < LAYOUT:
            raise outdated(meta["generation"])
        self.name: str = meta["generation"]
        self.vectors: bool = meta["vectors"]
        self.names = LongNames(meta["names"])
        self.count: int = meta["passages"]
        self._report = lru_cache(maxsize=4_096)(self._read_report)

    def search(self, query: str, filters: Filters, wanted: Page, facets: tuple[Facet, ...], mode: Mode) -> Answer:
        ask = asked(query, filters, self)
        if mode != "text":
            return answered(self, ask, wanted, facets, mode)
        answer = self.answer(ask.plan(), ask.tree, wanted, facets)
        if answer.total or not can_loosen(ask.tree):
            return ask.told(answer)
        loosened = self.answer(ask.plan(loosened=True), ask.tree, wanted, facets)
        return ask.told(loosened.replaced(relaxed=True) if loosened.total else answer)

    def stretches(self, step: Bool, most: int) -> list[tuple[int, float]]:
        """The best stretches that meet *step*: ``index.asking.Engine``."""
        found = self.client.search(
            index=self.indices.records,
            query={"bool": {"must": [translate(step)], "filter": [{"term": {"kind": "stretch"}}]}},
            size=most,
            sort=[{"_score": "desc"}, {"stretch": "asc"}],
            search_type=TOLD_OVER_ALL,
            track_total_hits=False,
            source=False,
        )
        return [(int(one["sort"][1]), round(one["_score"], 4)) for one in found["hits"]["hits"]]

    def unheld(self, asked: Collection[str]) -> set[str]:
        """Those of *asked* that no text holds: ``index.spelling.Words``."""
        held = self._held(self.indices.records, {word: {"match": {"whole": word}} for word in asked})
        return {word for word, passages in held.items() if not passages}

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Exact terms near *word*: ``index.spelling.Words``."""
        alike: dict[str, Any] = {
            "field": "text.exact",
            "suggest_mode": "always",
            "max_edits": edits,
            "size": MOST_SPELLINGS,
        }
        alike |= {"prefix_length": 1, "min_word_length": 1, "accuracy": 0.0, "sort": "frequency"}
        found = self.client.search(
            index=self.indices.passages, size=0, suggest={"words": {"text": word, "term": alike}}
        )
        return [(one["text"], one["freq"]) for one in found["suggest"]["words"][0]["options"]]

    def answer(self, step: Step, tree: Node, page: Page, facets: tuple[Facet, ...]) -> Answer:
        found = self.client.search(
            index=self.indices.passages,
            query=translate(step),
            from_=page.offset if page.limit and not page.last else 0,
            size=page.wider(SPARE).limit,
            sort=ORDERS[page.sort] if page.limit else None,
            search_after=list(page.last) or None,
            track_total_hits=True,
            search_type=TOLD_OVER_ALL,
            source_includes=["record"],
            aggs=_aggregations(facets),
            preference=self.name,  # one copy of each shard throughout: copies may differ in the last digits of a score
        )
        shown, total = found["hits"]["hits"], found["hits"]["total"]["value"]
        mark = Marker(tree)
        hits, seen = folded((self._hit(one, mark) for one in shown), page.limit)
        last = tuple(shown[seen - 1]["sort"]) if seen else ()
        return Answer(
            total=total,
            hits=hits,
            facets=_counted(found.body, facets),
            generation=self.name,
            cursor=page.following(self.name, seen, total, last),
        )

    def found(self, step: Bool, raised: tuple[Step, ...], most: int, facets: tuple[Facet, ...]) -> Found:
        """What meets *step*: ``index.meaning.asking.Engine``."""
        found = self._asked(
            query=translate(lifted(step, raised)),
            sort=ORDERS["relevance"] if most else None,
            size=most,
            search_type=TOLD_OVER_ALL,
            track_total_hits=True,
            aggs=_aggregations(facets),
        )
        best = [_place(one) for one in found["hits"]["hits"]]
        return Found(found["hits"]["total"]["value"], _counted(found, facets), best)

    def meeting(self, step: Bool, places: Collection[int]) -> set[int]:
        """Those of *places* that meet *step*: ``index.meaning.asking.Engine``."""
        both = translate(Bool(must=(At(tuple(places)), step)))
        found = self._listed(query={"bool": {"filter": both}}, size=len(places))
        return {_place(one) for one in found}

    def nearest(self, vector: "Vector", step: Bool, most: int) -> list[tuple[int, float]]:
        """The nearest passages that meet *step*: ``index.meaning.asking.Engine``."""
        if not vector.any():
            return []
        wanted = {"field": "vector", "query_vector": vector.tolist(), "k": most, "filter": translate(step)}
        found = self._listed(knn=wanted | {"num_candidates": max(most, LOOKED_AT)}, size=most)
        # The server scores (1 + cosine) / 2.
        near = sorted((-round(2 * one["_score"] - 1, 4), _place(one)) for one in found)
        return [(at, -negative) for negative, at in near]

    def at(self, places: Sequence[int]) -> dict[int, Kept]:
        """The passages at *places*: ``index.meaning.asking.Engine``."""
        found = self._listed(query=translate(At(tuple(places))), size=len(places), source_includes=["record"])
        return {_place(one): self._kept(one["_source"]) for one in found}

    def _listed(self, **asked: Any) -> list[dict[str, Any]]:
        """Hits of a search, each with its place."""
        return list(self._asked(track_total_hits=False, **asked)["hits"]["hits"])

    def _asked(self, **asked: Any) -> Mapping[str, Any]:
        """What the server answers to a search for places."""
        given: dict[str, Any] = asked if "source_includes" in asked else asked | {"source": False}
        return self.client.search(
            index=self.indices.passages, docvalue_fields=[{"field": "place"}], preference=self.name, **given
        ).body

    def every(self, query: str, filters: Filters, sort: Sort) -> Generator[Hit]:
        ask = asked(query, filters, self)
        step = ask.plan()
        if can_loosen(ask.tree) and not self.answer(step, ask.tree, Page(0), ()).total:
            step = ask.plan(loosened=True)
        mark = Marker(ask.tree)
        for found in listed(self.client, self.indices.passages, translate(step), ORDERS[sort], ["record"]):
            yield self._hit(found, mark)

    def passage(self, passage_id: str) -> Passage | None:
        found = self.client.mget(index=self.indices.passages, ids=[passage_id])["docs"][0]
        return self._passage(found["_source"]) if found.get("found") else None

    def passages(self, step: Step) -> Generator[Passage]:
        for found in listed(self.client, self.indices.passages, translate(step), ["report_id", "place"], ["record"]):
            yield self._passage(found["_source"])

    def recommendations(self, step: Bool) -> Generator[Recommendation]:
        query: Query = {"bool": {"filter": [{"term": {"kind": "recommendation"}}, translate(step)]}}
        for found in listed(self.client, self.indices.records, query, ["report_id", "place"], ["record"]):
            yield Recommendation.model_validate(found["_source"]["record"])

    def reports(self) -> Generator[Report]:
        query = {"term": {"kind": "report"}}
        for found in listed(self.client, self.indices.records, query, ["id"], ["record"]):
            yield Report.model_validate(found["_source"]["record"])

    def similar(self, text: str, limit: int) -> Answer:
        said = self._terms(text)
        held = self._held(self.indices.passages, {term: {"term": {"text": term}} for term in said})
        terms = telling_terms(said, held.__getitem__, self.count)
        step = Bool(should=tuple(Term("text", term) for term in terms), need=1)
        if terms:
            return self.answer(step, Everything(), Page(limit), ())
        return Answer(total=0, hits=(), generation=self.name)

    def _terms(self, text: str) -> list[str]:
        """The terms of *text* as the server stems them."""
        found = self.client.indices.analyze(index=self.indices.passages, field="text", text=text)
        return [one["token"] for one in found["tokens"]]

    def _held(self, index: str, queries: Mapping[str, Query]) -> dict[str, int]:
        """How many documents of *index* meet each of the *queries*, by their names."""
        if not queries:
            return {}
        found = self.client.search(index=index, size=0, aggs={"each": {"filters": {"filters": dict(queries)}}})
        return {name: one["doc_count"] for name, one in found["aggregations"]["each"]["buckets"].items()}

    def _hit(self, found: dict[str, Any], mark: Marker) -> Hit:
        return self._kept(found["_source"]).hit(found["_score"] or 0.0, mark)

    def _passage(self, source: dict[str, Any]) -> Passage:
        return self._kept(source).passage

    def _kept(self, source: dict[str, Any]) -> Kept:
        return restored(source["record"], self._report)

    def _read_report(self, name: str) -> Report:
        found = self.client.mget(index=self.indices.records, ids=[f"report:{name}"])["docs"][0]
        if not found.get("found"):
            raise IndexFault(f"Generation {self.name} lacks the report {name}.", mend="Publish everything again.")
        return Report.model_validate(found["_source"]["record"])


def _place(hit: Mapping[str, Any]) -> int:
    return int(hit["fields"]["place"][0])


def _aggregations(facets: tuple[Facet, ...]) -> dict[str, Any] | None:
    """What is asked for, so that hits are counted."""
    return {facet: {"terms": {"field": f"facet_{facet}", "size": MOST_VALUES}} for facet in facets} or None


def _counted(found: Mapping[str, Any], facets: tuple[Facet, ...]) -> Counts:
    """What hits are made of."""
    return {facet: _counts(found["aggregations"][facet]["buckets"]) for facet in facets}


def _counts(buckets: list[dict[str, Any]]) -> dict[str, int]:
    return ranked(Counter({one["key"]: one["doc_count"] for one in buckets}))
