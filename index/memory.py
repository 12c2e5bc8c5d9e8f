"""The reference back end: everything in memory, small enough to be read and believed.

Spec tests hold the embedded index and Elasticsearch to what this one answers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from extractors.errors import NoIndex, PublishRefused
from extractors.records import SCHEMA_VERSION, Passage, Recommendation, Report, Tagged
from index.analysis import stems, words
from index.facets import ranked
from index.fields import EXACT, SOURCE_OF, STEMMED, day_number, decisions, facet_values, keys, place, report_keys, texts
from index.generation import generation_name, maker_name
from index.highlight import highlights, within
from index.plan import TIE, Best, Between, Bool, Keys, Near, Run, Starts, Step, Term, can_loosen, plan
from index.postings import Postings
from index.protocol import NO_FILTERS, Answer, Description, Facet, Filters, Hit
from index.query import Node, parse
from index.selection import check, recommendation_meets
from index.similar import telling_terms
from index.storage import digest, stored

Scores = dict[int, float]


class MemoryIndex:
    """An index that lives as long as the process."""

    def __init__(self) -> None:
        self._reports: dict[str, Tagged] = {}
        self._number = 0
        self._served: _Generation | None = None

    def publish(self, tagged: Iterable[Tagged], *, remove: Iterable[str] = (), keep_rest: bool = True) -> Description:
        """Add or replace reports, drop those in *remove*, then switch. See ``index.protocol.Index``."""
        reports = dict(self._reports) if keep_rest else {}
        for name in remove:
            reports.pop(name, None)
        for one in tagged:
            check(one)
            reports[one.report.id] = one
        digests = {name: digest(one, map(stored, one.passages)) for name, one in reports.items()}
        served = _Generation(reports, generation_name(self._number + 1, digests))
        self._reports, self._number, self._served = reports, self._number + 1, served
        return self.describe()

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        limit: int = 10,
        offset: int = 0,
        facets: tuple[Facet, ...] = (),
    ) -> Answer:
        """Passages that answer *query*, best first. See ``index.protocol.Index``."""
        served = self._open()
        tree = parse(query)
        relaxed = False
        scores = served.scores(plan(tree, filters))
        if not scores and can_loosen(tree):
            scores = served.scores(plan(tree, filters, loosened=True))
            relaxed = bool(scores)
        return served.answer(scores, tree, limit, offset, facets, relaxed=relaxed)

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        return self._open().by_id.get(passage_id)

    def passages(self, filters: Filters = NO_FILTERS) -> Iterator[Passage]:
        """Every passage that meets *filters*, in order of report id and ordinal."""
        served = self._open()
        met = [served.passages[number] for number in served.scores(plan(parse(""), filters))]
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
        field = served.fields["text"]
        terms = telling_terms(stems(text), field.frequency, len(served.passages))
        scores = served.scores(Bool(should=tuple(Term("text", term) for term in terms), need=1)) if terms else {}
        return served.answer(scores, parse(""), limit, 0, (), relaxed=False)

    def describe(self) -> Description:
        """What is served."""
        return Description(
            back_end="memory",
            generation=self._served.name if self._served else None,
            reports=len(self._reports),
            passages=sum(len(one.passages) for one in self._reports.values()),
            recommendations=sum(len(one.recommendations) for one in self._reports.values()),
            schema_version=SCHEMA_VERSION,
            models=tuple(sorted({maker_name(one.maker) for one in self._reports.values()})),
        )

    def _open(self) -> "_Generation":
        if self._served is None:
            raise NoIndex("Nothing has been published yet.")
        return self._served


class _Generation:
    """One published set, and how each step of a plan is carried out over it."""

    def __init__(self, reports: dict[str, Tagged], name: str) -> None:
        self.name = name
        self.passages: list[Passage] = []
        self.by_id: dict[str, Passage] = {}
        self.fields = {field: Postings() for field in (*STEMMED, *EXACT)}
        self.facets: list[dict[str, tuple[str, ...]]] = []
        self.keys: list[frozenset[str]] = []
        for one in reports.values():
            decided = decisions(one)
            names = report_keys(one.report)
            for passage in one.passages:
                self._add(passage, facet_values(passage, decided.get(passage.id)), names)

    def _add(self, passage: Passage, facets: dict[str, tuple[str, ...]], names: tuple[str, ...]) -> None:
        if passage.id in self.by_id:
            raise PublishRefused(f"Two passages bear the id {passage.id}.", mend="Tag the reports again.")
        self.by_id[passage.id] = passage
        self.passages.append(passage)
        self.facets.append(facets)
        self.keys.append(frozenset(keys(facets, names)))
        said = texts(passage)
        for field, postings in self.fields.items():
            text = said[SOURCE_OF.get(field, field)]
            postings.add(stems(text) if field in STEMMED else words(text))

    def scores(self, step: Step) -> Scores:
        """The passages that meet *step*, by number, with their scores."""
        match step:
            case Bool():
                return self._bool(step)
            case Best():
                return _best([(weight, self.scores(part)) for weight, part in step.parts])
            case Keys():
                return {n: 0.0 for n, held in enumerate(self.keys) if not held.isdisjoint(step.keys)}
            case Between():
                return {n: 0.0 for n in range(len(self.passages)) if self._between(n, step)}
            case _:
                return self._worded(step)

    def _worded(self, step: Term | Run | Starts | Near) -> Scores:
        postings = self.fields[step.field]
        if isinstance(step, Term):
            return postings.term(step.term)
        if isinstance(step, Run):
            return postings.run(step.terms, step.slop)
        if isinstance(step, Starts):
            terms = [term for term in postings.terms() if term.startswith(step.prefix)]
        else:
            terms = [term for term in postings.terms() if within(term, step.term, step.edits)]
        return dict.fromkeys(postings.having(terms), 1.0)

    def _between(self, number: int, step: Between) -> bool:
        passage = self.passages[number]
        day = day_number(passage.report)
        values = passage.block.pages if step.field == "page" else (() if day is None else (day,))
        low = step.low if step.low is not None else 0
        high = step.high if step.high is not None else 10**9
        return any(low <= value <= high for value in values)

    def _bool(self, step: Bool) -> Scores:
        must = [self.scores(part) for part in step.must]
        should = [self.scores(part) for part in step.should]
        never = {n for part in step.never for n in self.scores(part)}
        met = set(range(len(self.passages))).intersection(*must) - never
        times = Counter(n for part in should for n in part)
        return {n: sum(part.get(n, 0.0) for part in (*must, *should)) for n in sorted(met) if times[n] >= step.need}

    def answer(
        self, scores: Scores, tree: Node, limit: int, offset: int, facets: tuple[Facet, ...], *, relaxed: bool
    ) -> Answer:
        """The record of what was found."""
        found = [(-round(score, 4), self._place(n), n) for n, score in scores.items()]
        page = sorted(found)[offset : offset + limit]
        hits = tuple(self._hit(self.passages[n], -negative, tree) for negative, _, n in page)
        counted = {facet: self._count(facet, scores) for facet in facets}
        return Answer(total=len(scores), hits=hits, facets=counted, generation=self.name, relaxed=relaxed)

    def _place(self, number: int) -> int:
        passage = self.passages[number]
        return place(passage.report.id, passage.block.ordinal)

    @staticmethod
    def _hit(passage: Passage, score: float, tree: Node) -> Hit:
        return Hit(passage=passage, score=score, highlights=highlights(passage.block.text, tree))

    def _count(self, facet: str, numbers: Iterable[int]) -> dict[str, int]:
        counts = Counter(value for n in numbers for value in self.facets[n][facet])
        return ranked(counts)


def _best(parts: list[tuple[float, Scores]]) -> Scores:
    found: dict[int, list[float]] = {}
    for weight, scores in parts:
        for number, score in scores.items():
            found.setdefault(number, []).append(weight * score)
    return {number: max(each) + TIE * (sum(each) - max(each)) for number, each in found.items()}
