"""Search over the served generation."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import tantivy

from extractors.errors import IndexFault, NoIndex
from extractors.records import SCHEMA_VERSION, Passage, Recommendation, Report, Tagged
from index.analysis import stem, stems
from index.asking import asked, lifted
from index.embedded.counting import TABLE, Counting, Kinds
from index.embedded.expecting import expected
from index.embedded.filling import PACKING
from index.embedded.folder import NEAREST, Folder
from index.embedded.narrowing import narrowed
from index.embedded.ordering import MORE, First, first, in_place
from index.embedded.packing import Packing
from index.embedded.parts import WORTH, Walks, count, scored
from index.embedded.records import Records
from index.embedded.schema import LAYOUT
from index.embedded.translate import silent, translate
from index.embedded.writer import publish, read_manifest, read_names
from index.generation import damaged, outdated
from index.highlight import Marker
from index.meaning.asking import Found, Ranking, answered
from index.paging import Page, page
from index.plan import At, Bool, Keys, Step, Term, Within, asks_nothing, can_loosen, plan
from index.printings import SPARE, folded
from index.protocol import NO_FILTERS, Answer, Counts, Description, Facet, Filters, Hit, Mode, Sort
from index.query import Everything, Node
from index.selection import recommendation_meets
from index.similar import telling_terms
from index.spelling import slips
from index.storage import Kept, restored

if TYPE_CHECKING:
    from index.embedded.nearest import Nearest
    from index.meaning.encoder import Vector

COMPARED_UP_TO = 20_000
"""Of so many passages that meet the conditions each is compared with what is meant; of more the nearest of all are
sifted."""
FEW = 1_000
"""Where more are expected, not all are looked at. Words of one matter stand together, so there may well be five times
as many as expected."""
MORE_STRETCHES = 20
"""Looked at beyond those wanted, to settle ties."""
COUNTED_AT_ONCE = 5_000
"""So many hits or fewer are all looked at, and their facets counted without seeking them once more."""
SPREAD = 3
"""How many times more of the nearest are looked at than should meet the conditions by chance."""


class EmbeddedIndex:
    """An index in a folder. Opening it costs nothing until it is asked something.

    Args:
        folder: where it lies, or will.
        parted: of so many passages on, each part of them is walked by a thread of its own.
    """

    def __init__(self, folder: Path, *, parted: int = WORTH) -> None:
        self._folder, self._parted = Folder(folder), parted
        self._served: _Generation | None = None

    def publish(
        self,
        tagged: Iterable[Tagged],
        *,
        remove: Iterable[str] = (),
        keep_rest: bool = True,
        vectors: bool | None = None,
    ) -> Description:
        """Add or replace reports, drop those in *remove*, then switch. See ``index.protocol.Index``."""
        publish(self._folder, tagged, remove, keep_rest=keep_rest, vectors=vectors)
        return self.describe()

    def roll_back(self) -> bool:
        """Serve the generation before again; whether there was one."""
        with self._folder.writing():
            former = self._folder.former()
            if former is not None:
                self._folder.switch(former)
            return former is not None

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
        served = self._open()
        wanted = page(query, filters, limit, offset, sort, after, served.name, mode)
        ask = asked(query, filters, served)
        if mode != "text":
            return answered(served, ask, wanted, facets, mode)
        answer = served.answer(ask.met(), ask.tree, wanted, facets, ask.lifts)
        if answer.total or not can_loosen(ask.tree):
            return ask.told(answer)
        loosened = served.answer(ask.met(loosened=True), ask.tree, wanted, facets, ask.lifts)
        return ask.told(loosened.replaced(relaxed=True) if loosened.total else answer)

    def every(self, query: str, filters: Filters = NO_FILTERS, *, sort: Sort = "relevance") -> Iterator[Hit]:
        """All hits of a search. See ``index.protocol.Index``."""
        served = self._open()
        ask = asked(query, filters, served)
        for loosened in (False, True) if can_loosen(ask.tree) else (False,):
            step = ask.plan(loosened=loosened)
            if total := served.total(step):
                return served.every(step, ask.tree, Page(total, sort=sort))
        return iter(())

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        return self._open().passage(passage_id)

    def passages(self, filters: Filters = NO_FILTERS) -> Iterator[Passage]:
        """Every passage that meets *filters*, in order of report id and ordinal."""
        return self._open().passages(plan(Everything(), filters))

    def recommendations(self, filters: Filters = NO_FILTERS) -> Iterator[Recommendation]:
        """Every recommendation that meets *filters*, in order of report and place."""
        return (unit for unit in self._open().records.recommendations() if recommendation_meets(unit, filters))

    def reports(self) -> Iterator[Report]:
        """Every report, in order of id."""
        return self._open().records.reports()

    def similar(self, text: str, *, limit: int = 10) -> Answer:
        """Passages nearest in wording to *text*."""
        served = self._open()
        terms = telling_terms(stems(text), served.frequency, served.searcher.num_docs)
        step = Bool(should=tuple(Term("text", term) for term in terms), need=1)
        return served.answer(step if terms else Bool(must=(Keys(()),)), Everything(), Page(limit), ())

    def describe(self) -> Description:
        """What is served; nothing where nothing is published."""
        name = self._folder.current()
        counts = read_manifest(self._folder.path(name)) if name else {"reports": 0, "passages": 0, "recommendations": 0}
        return Description.model_validate(
            {
                "back_end": "embedded",
                "generation": name,
                "reports": counts["reports"],
                "passages": counts["passages"],
                "recommendations": counts["recommendations"],
                "models": counts.get("models", ()),
                "schema_version": counts.get("schema_version", SCHEMA_VERSION),
                "vectors": counts.get("vectors", False),
                "outdated": counts.get("layout", LAYOUT) != LAYOUT,
            }
        )

    def _open(self) -> "_Generation":
        """The served generation, opened anew where a writer has switched."""
        for _ in range(3):
            name = self._folder.current()
            if name is None:
                raise NoIndex("Nothing has been published yet.")
            if self._served is not None and self._served.name == name:
                return self._served
            try:
                self._served = _Generation(self._folder.path(name), name, self._parted)
            except (OSError, ValueError, sqlite3.Error, IndexFault) as error:
                if self._folder.current() == name:
                    raise error if isinstance(error, IndexFault) else damaged(name) from None
            else:
                return self._served
        raise IndexFault("The index is switching faster than it can be opened.", mend="Try again.")


class _Generation:
    """One generation, open for reading. It stays readable after the writer has removed its files."""

    def __init__(self, path: Path, name: str, parted: int) -> None:
        manifest = read_manifest(path)
        if manifest["layout"] != LAYOUT:
            raise outdated(name)
        self.vectors = bool(manifest["vectors"])
        self._path = path
        self.name = name
        self._index = tantivy.Index.open(str(path / "search"))
        self._index.config_reader("manual")
        self._schema = self._index.schema
        self.searcher = self._index.searcher()
        stretched = tantivy.Index.open(str(path / "stretches"))
        stretched.config_reader("manual")
        self._stretch_schema = stretched.schema
        self._stretched = stretched.searcher()
        self._packing = Packing.read(path / PACKING)
        self.records = Records(path / "records.sqlite")
        self.records.makers()  # a damaged file shows here, not in the middle of an answer
        self.names = read_names(path)
        self._walks = Walks(self.searcher, self._schema, parted)
        self._counting = Counting(self._walks, Kinds.read(path / TABLE))
        self._report = lru_cache(maxsize=4_096)(self._read_report)
        self._near = lru_cache(maxsize=1_024)(self._read_near)

    def answer(
        self, step: Bool, tree: Node, page: Page, facets: tuple[Facet, ...], lifts: tuple[Within, ...] = ()
    ) -> Answer:
        """One page of what *step* finds, and what all of it is made of."""
        found, counts = self._first(step, lifts, page.wider(SPARE), facets)
        mark = Marker(tree)
        ranking = (self._kept(address).hit(score, mark) for score, address in found.hits[page.offset :])
        hits, seen = folded(ranking, page.limit)
        cursor = page.following(self.name, seen, found.total)
        return Answer(total=found.total, hits=hits, facets=counts, generation=self.name, cursor=cursor)

    def _first(
        self, step: Bool, raised: tuple[Step, ...], page: Page, facets: tuple[Facet, ...]
    ) -> tuple[First, Counts]:
        few = bool(facets) and expected(step, self.searcher.doc_freq, self.searcher.num_docs) <= FEW
        query = self._query(lifted(step, raised))
        found = first(self._walks, self._schema, query, page, COUNTED_AT_ONCE if few else MORE)
        return found, self._counting.among(found.all, facets) if found.all is not None else self.counts(step, facets)

    def found(self, step: Bool, raised: tuple[Step, ...], most: int, facets: tuple[Facet, ...]) -> Found:
        """What meets *step*: ``index.meaning.asking.Engine``."""
        found, counts = self._first(step, raised, Page(most), facets)
        return Found(found.total, counts, self._places([address for _, address in found.hits]))

    def meeting(self, step: Bool, places: Collection[int]) -> set[int]:
        """Those of *places* that meet *step*: ``index.meaning.asking.Engine``."""
        return set(self._places(self._addresses(Bool(must=(At(tuple(places)), step)), len(places))))

    def counts(self, step: Bool, facets: tuple[Facet, ...]) -> Counts:
        """What the passages that meet *step* are made of."""
        return self._counting.of(self._query(step), facets)

    def nearest(self, vector: "Vector", step: Bool, most: int) -> list[tuple[int, float]]:
        """The nearest passages that meet *step*: ``index.meaning.asking.Engine``."""
        if asks_nothing(step):
            return self._nearest.of_all(vector, most)
        met = self.total(step)
        if met > COMPARED_UP_TO:
            expected_at = most * self.searcher.num_docs // met
            found = self._sifted(self._nearest.of_all(vector, SPREAD * expected_at), step, expected_at, most)
            if len(found) == most:
                return found
        query = self._query(step)
        return self._nearest.among(self._places(in_place(self.searcher, query, met)), vector, most)

    def _sifted(self, near: Ranking, step: Bool, at_once: int, most: int) -> Ranking:
        """The first of *near* that meet *step*, so many looked at together."""
        found: Ranking = []
        for begin in range(0, len(near), at_once):
            some = near[begin : begin + at_once]
            meet = self.meeting(step, [place for place, _ in some])
            found += [one for one in some if one[0] in meet]
            if len(found) >= most:
                break
        return found[:most]

    @cached_property
    def _nearest(self) -> "Nearest":
        from index.embedded.nearest import Nearest

        try:
            return Nearest(self._path / NEAREST)
        except (OSError, ValueError, RuntimeError):
            raise damaged(self.name) from None

    def at(self, places: Sequence[int]) -> dict[int, Kept]:
        """The passages at *places*: ``index.meaning.asking.Engine``."""
        addresses = self._addresses(At(tuple(places)), len(places))
        return {at: self._kept(one) for at, one in zip(self._places(addresses), addresses, strict=True)}

    def _query(self, step: Step) -> tantivy.Query:
        step = narrowed(step, self.searcher.doc_freq) if isinstance(step, Bool) else step
        return translate(step, self._schema)

    def _addresses(self, step: Step, most: int) -> list[tantivy.DocAddress]:
        """Passages that meet *step*, in no order."""
        hits = scored(self.searcher.search(silent(self._query(step)), max(most, 1), count=False))
        return [address for _, address in hits]

    def _places(self, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        return cast("list[int]", self.searcher.fast_field_values("place", list(addresses)))

    def total(self, step: Step) -> int:
        return self._walks.total(self._query(step))

    def every(self, step: Step, tree: Node, page: Page) -> Iterator[Hit]:
        found = first(self._walks, self._schema, self._query(step), page).hits
        mark = Marker(tree)
        return (self._kept(address).hit(score, mark) for score, address in found)

    def passage(self, passage_id: str) -> Passage | None:
        query = tantivy.Query.term_query(self._schema, "id", passage_id)
        hits = self.searcher.search(query, 1, count=False).hits
        return self._passage(hits[0][1]) if hits else None

    def passages(self, step: Bool) -> Iterator[Passage]:
        condition = self._query(step)
        for report in self.records.reports():
            own = tantivy.Query.term_query(self._schema, "report_id", report.id)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, own), (tantivy.Occur.Must, condition)])
            for address in in_place(self.searcher, query, count(self.searcher.search(query, 1))):
                yield self._passage(address)

    def stretches(self, step: Bool, most: int) -> list[tuple[int, float]]:
        """The best stretches that meet *step*: ``index.asking.Engine``."""
        found = cast(
            "list[tuple[float, tantivy.DocAddress]]",
            self._stretched.search(translate(step, self._stretch_schema), most + MORE_STRETCHES, count=False).hits,
        )
        addresses = [address for _, address in found]
        places = cast("list[int]", self._stretched.fast_field_values("place", addresses))
        best = sorted((-round(score, 4), at) for (score, _), at in zip(found, places, strict=True))
        return [(at, -negative) for negative, at in best[:most]]

    def unheld(self, asked: Iterable[str]) -> set[str]:
        """Those of *asked* that no text holds: ``index.spelling.Words``."""
        return {word for word in asked if not self._stretched.doc_freq("whole", stem(word))}

    def near(self, word: str, edits: int) -> list[tuple[str, int]]:
        """Exact terms near *word*: ``index.spelling.Words``."""
        return self._near(word, edits)

    def _read_near(self, word: str, edits: int) -> list[tuple[str, int]]:
        alike = self.searcher.terms_with_prefix("text_exact", word[0])
        return [(term, held) for term, held in alike if slips(term, word) <= edits]

    def frequency(self, term: str) -> int:
        return self.searcher.doc_freq("text", term)

    def _passage(self, address: tantivy.DocAddress) -> Passage:
        return self._kept(address).passage

    def _kept(self, address: tantivy.DocAddress) -> Kept:
        record = self._packing.unpack(bytes(self.searcher.doc(address)["record"][0]))
        return restored(json.loads(record), self._report)

    def _read_report(self, name: str) -> Report:
        report = self.records.report(name)
        if report is None:
            raise damaged(self.name)
        return report
