"""The reference back end: everything in memory, small enough to be read and believed.

Spec tests hold the embedded index and Elasticsearch to what this one answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from extractors.errors import NoIndex, PublishRefused
from extractors.records import SCHEMA_VERSION, Passage, Recommendation, Report, Tagged
from index.analysis import stem, stems
from index.asking import asked, lifted
from index.collection import Collection, Scores
from index.facets import ranked
from index.fields import EXACT, SOURCE_OF, STEMMED, day_number, decisions, facet_values, keys, place, report_keys, texts
from index.generation import generation_name, maker_name
from index.highlight import Marker
from index.long_names import LongNames
from index.meaning.asking import Found, answered
from index.meaning.encoder import Vector, encoder, likeness
from index.paging import Page, page
from index.plan import Bool, Step, Term, can_loosen, plan
from index.printings import SPARE, folded, printings
from index.protocol import NO_FILTERS, Answer, Description, Facet, Filters, Hit, Mode, Printing, Sort
from index.query import Everything, Node
from index.selection import check, recommendation_meets, wants_vectors
from index.similar import telling_terms
from index.spelling import slips
from index.storage import Kept, digest, stored_all
from index.stretches import read, stretches


class MemoryIndex:
    """An index that lives as long as the process."""

    def __init__(self) -> None:
        self._reports: dict[str, Tagged] = {}
        self._number = 0
        self._served: _Generation | None = None
        self._former: tuple[dict[str, Tagged], _Generation] | None = None

    def publish(
        self,
        tagged: Iterable[Tagged],
        *,
        remove: Iterable[str] = (),
        keep_rest: bool = True,
        vectors: bool | None = None,
    ) -> Description:
        """Add or replace reports, drop those in *remove*, then switch. See ``index.protocol.Index``."""
        with_vectors = wants_vectors(vectors, self._served.vectors if self._served else None, keep_rest=keep_rest)
        reports = dict(self._reports) if keep_rest else {}
        for name in remove:
            reports.pop(name, None)
        for one in tagged:
            check(one)
            reports[one.report.id] = one
        digests = {name: digest(one, stored_all(one)) for name, one in reports.items()}
        names = self._served.names if self._served and keep_rest else LongNames.current()
        served = _Generation(reports, generation_name(self._number + 1, digests), names, vectors=with_vectors)
        self._switch(reports, served)
        self._number += 1
        return self.describe()

    def roll_back(self) -> bool:
        """Serve the generation before again; whether there was one."""
        if self._former is None:
            return False
        self._switch(*self._former)
        return True

    def _switch(self, reports: dict[str, Tagged], served: "_Generation") -> None:
        if self._served is not None:
            self._former = self._reports, self._served
        self._reports, self._served = reports, served

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
        relaxed = False
        scores = served.searched.scores(ask.plan())
        if not scores and can_loosen(ask.tree):
            scores = served.searched.scores(ask.plan(loosened=True))
            relaxed = bool(scores)
        return ask.told(served.answer(scores, ask.tree, wanted, facets, relaxed=relaxed))

    def every(self, query: str, filters: Filters = NO_FILTERS, *, sort: Sort = "relevance") -> Iterator[Hit]:
        """All hits of a search. See ``index.protocol.Index``."""
        served = self._open()
        ask = asked(query, filters, served)
        scores = served.searched.scores(ask.plan())
        if not scores and can_loosen(ask.tree):
            scores = served.searched.scores(ask.plan(loosened=True))
        return served.hits(scores, ask.tree, Page(len(scores), sort=sort))

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        return self._open().by_id.get(passage_id)

    def passages(self, filters: Filters = NO_FILTERS) -> Iterator[Passage]:
        """Every passage that meets *filters*, in order of report id and ordinal."""
        served = self._open()
        met = [served.passages[number] for number in served.searched.scores(plan(Everything(), filters))]
        return iter(sorted(met, key=lambda passage: (passage.report.id, passage.block.ordinal, passage.id)))

    def recommendations(self, filters: Filters = NO_FILTERS) -> Iterator[Recommendation]:
        """Every recommendation that meets *filters*, in order of report and place."""
        self._open()
        every = (unit for name in sorted(self._reports) for unit in self._reports[name].recommendations)
        return (unit for unit in every if recommendation_meets(unit, filters))

    def reports(self) -> Iterator[Report]:
        """Every report, in order of id."""
        self._open()
        return (self._reports[name].report for name in sorted(self._reports))

    def similar(self, text: str, *, limit: int = 10) -> Answer:
        """Passages nearest in wording to *text*."""
        served = self._open()
        field = served.searched.fields["text"]
        terms = telling_terms(stems(text), field.frequency, len(served.passages))
        step = Bool(should=tuple(Term("text", term) for term in terms), need=1)
        scores = served.searched.scores(step) if terms else {}
        return served.answer(scores, Everything(), Page(limit), (), relaxed=False)

    def describe(self) -> Description:
        """What is served."""
        return Description(
            back_end="memory",
            generation=self._served.name if self._served else None,
            reports=len(self._reports),
            passages=sum(len(one.passages) for one in self._reports.values()),
            recommendations=sum(len(one.recommendations) for one in self._reports.values()),
            schema_version=SCHEMA_VERSION,
            vectors=self._served is not None and self._served.vectors,
            models=tuple(sorted({maker_name(one.maker) for one in self._reports.values()})),
        )

    def _open(self) -> "_Generation":
        if self._served is None:
            raise NoIndex("Nothing has been published yet.")
        return self._served


class _Generation:
    """One published set."""

    def __init__(self, reports: dict[str, Tagged], name: str, names: LongNames, *, vectors: bool) -> None:
        self.name = name
        self.vectors = vectors
        self.passages: list[Passage] = []
        self.by_id: dict[str, Passage] = {}
        self._also: dict[str, tuple[Printing, ...]] = {}
        self.facets: list[dict[str, tuple[str, ...]]] = []
        self.names = names
        self.searched = Collection(STEMMED, EXACT)
        self.stretched = Collection(("whole",))
        self.begin: list[int] = []
        for one in sorted(reports.values(), key=lambda one: place(one.report.id, 0)):
            decided, called = decisions(one), report_keys(one.report)
            self._also.update(printings(one.passages))
            for stretch in stretches(one):
                whole, each = read(stretch, names)
                held = [
                    self._add(p, facet_values(p, decided.get(p.id)), called, stretch.place, found.names)
                    for p, found in zip(stretch.passages, each, strict=True)
                ]
                self.begin.append(stretch.place)
                self.stretched.add(
                    {"whole": stretch.text},
                    frozenset[str]().union(*held),
                    _numbers(one.report),
                    stretch.place,
                    stretch.place,
                    whole.names,
                )
        said = [texts(passage)["text"] for passage in self.passages]
        self._vectors = encoder().passages(said) if vectors and said else None
        self._numbers_at = {place: n for n, place in enumerate(self.searched.places)}

    def _add(
        self,
        passage: Passage,
        facets: dict[str, tuple[str, ...]],
        called: tuple[str, ...],
        stretch: int,
        found: str,
    ) -> frozenset[str]:
        """Add a passage; its keys."""
        if passage.id in self.by_id:
            raise PublishRefused(f"Two passages bear the id {passage.id}.", mend="Tag the reports again.")
        self.by_id[passage.id] = passage
        self.passages.append(passage)
        self.facets.append(facets)
        held, said = frozenset(keys(facets, called)), texts(passage)
        named = {field: said[SOURCE_OF.get(field, field)] for field in (*STEMMED, *EXACT)}
        at = place(passage.report.id, passage.block.ordinal)
        self.searched.add(named, held, _numbers(passage.report) | {"page": passage.block.pages}, stretch, at, found)
        return held

    def unheld(self, asked: Iterable[str]) -> set[str]:
        """Those of *asked* that no text holds: ``index.spelling.Words``."""
        return {word for word in asked if not self.stretched.fields["whole"].frequency(stem(word))}

    def near(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """Exact terms near *word*: ``index.spelling.Words``."""
        field = self.searched.fields["text_exact"]
        return (
            (term, field.frequency(term)) for term in field.terms() if term[0] == word[0] and slips(term, word) <= edits
        )

    def stretches(self, step: Bool, most: int) -> list[tuple[int, float]]:
        """The best stretches that meet *step*: ``index.asking.Engine``."""
        best = sorted((-round(score, 4), n) for n, score in self.stretched.scores(step).items())
        return [(self.begin[n], -negative) for negative, n in best[:most]]

    def found(self, step: Bool, raised: tuple[Step, ...], most: int, facets: tuple[Facet, ...]) -> Found:
        """What meets *step*: ``index.meaning.asking.Engine``."""
        scores = self.searched.scores(lifted(step, raised))
        best = sorted((-round(score, 4), self._place(n)) for n, score in scores.items())
        counts = {facet: self._count(facet, scores) for facet in facets}
        return Found(len(scores), counts, [at for _, at in best[:most]])

    def meeting(self, step: Bool, places: Iterable[int]) -> set[int]:
        """Those of *places* that meet *step*: ``index.meaning.asking.Engine``."""
        return set(places).intersection(map(self._place, self.searched.scores(step)))

    def nearest(self, vector: Vector, step: Bool, most: int) -> list[tuple[int, float]]:
        """Every passage compared, and the nearest taken: ``index.meaning.asking.Engine``."""
        met = list(self.searched.scores(step))
        if self._vectors is None or not met or not vector.any():
            return []
        met = [n for n in met if self._vectors[n].any()]
        alike = [round(float(near), 4) for near in likeness(self._vectors[met], vector)]
        best = sorted((-near, self._place(n)) for n, near in zip(met, alike, strict=True))
        return [(at, -negative) for negative, at in best[:most]]

    def at(self, places: Sequence[int]) -> dict[int, Kept]:
        """The passages at *places*."""
        return {at: self._kept(self._numbers_at[at]) for at in places}

    def _kept(self, number: int) -> Kept:
        passage = self.passages[number]
        return Kept(passage, self._also.get(passage.id, ()))

    def hits(self, scores: Scores, tree: Node, page: Page) -> Iterator[Hit]:
        """The hits of *page*, in order."""
        by_date = page.sort != "relevance"
        found = sorted((self._order(n, score, page.sort), n) for n, score in scores.items())
        mark = Marker(tree)
        for _, n in found[page.offset : page.offset + page.limit]:
            yield self._kept(n).hit(0.0 if by_date else round(scores[n], 4), mark)

    def answer(self, scores: Scores, tree: Node, page: Page, facets: tuple[Facet, ...], *, relaxed: bool) -> Answer:
        """The record of what was found."""
        hits, seen = folded(self.hits(scores, tree, page.wider(SPARE)), page.limit)
        return Answer(
            total=len(scores),
            hits=hits,
            facets={facet: self._count(facet, scores) for facet in facets},
            generation=self.name,
            relaxed=relaxed,
            cursor=page.following(self.name, seen, len(scores)),
        )

    def _order(self, number: int, score: float, sort: Sort) -> tuple[bool, float, int]:
        """What hits are sorted by, ascending: those without a date last, ties by place."""
        if sort == "relevance":
            return False, -round(score, 4), self._place(number)
        day = day_number(self.passages[number].report)
        return day is None, (day or 0) * (1 if sort == "oldest" else -1), self._place(number)

    def _place(self, number: int) -> int:
        passage = self.passages[number]
        return place(passage.report.id, passage.block.ordinal)

    def _count(self, facet: str, numbers: Iterable[int]) -> dict[str, int]:
        counts = Counter(value for n in numbers for value in self.facets[n][facet])
        return ranked(counts)


def _numbers(report: Report) -> dict[str, tuple[int, ...]]:
    day = day_number(report)
    return {"published": () if day is None else (day,)}
