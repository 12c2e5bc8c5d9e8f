"""The front door for notebooks and the web: questions in, typed records or DataFrames out. Nothing here writes.

corpus = Corpus.open()
corpus.search('"body worn video" role:finding').frame()
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from extractors.errors import UsageError
from extractors.records import Passage, Recommendation, Report
from index.citing import cited_passage, cited_recommendation, is_citation
from index.compare.records import By, Comparison, Measure
from index.protocol import NO_FILTERS, Description, Facet, Filters, Hit, Index, Mode, Sort
from index.rows import Counts, Found, Rows, hit_row, passage_row, recommendation_row, report_row

if TYPE_CHECKING:
    from index.query.explain import Explanation

ALL_FACETS: tuple[Facet, ...] = ("role", "theme", "force", "source", "investigation", "year", "report", "decision")


class Corpus:
    """A published corpus, for reading.

    Args:
        index: any back end.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, where: Path | str | None = None, **server: Any) -> "Corpus":
        """The corpus of an embedded index or a search server. Opening reads nothing yet.

        Args:
            where: the home folder, the index folder in it, or the http(s) address of an Elasticsearch. Left out, it
                is what ``FINDINGAID_INDEX`` or ``FINDINGAID_HOME`` names, or else this person's own home folder.
            server: how a server is reached: ``api_key``, or ``user`` and ``password``; ``ca_file``, ``prefix``.
        """
        named = str(where) if where is not None else _named_by_environment()
        if named.startswith(("http://", "https://")):
            from index.elastic import ElasticIndex, Server

            return cls(ElasticIndex(Server(url=named, **server)))
        from index.embedded import EmbeddedIndex

        folder = Path(named).expanduser()
        inner = folder / "index"
        return cls(EmbeddedIndex(inner if inner.is_dir() else folder))

    def describe(self) -> Description:
        """How much is held, and under which generation, to be cited."""
        return self.index.describe()

    def search(
        self,
        query: str,
        filters: Filters = NO_FILTERS,
        *,
        limit: int = 100,
        offset: int = 0,
        facets: tuple[Facet, ...] = (),
        sort: Sort = "relevance",
        after: str | None = None,
        mode: Mode = "text",
    ) -> Found:
        """Passages that answer *query*, best first or by date; ``index.query`` tells the language.

        *mode* finds them by their words, by what they mean or by both (``index.meaning.asking``); the last two need an
        index that was published with vectors. ``answer.cursor`` of what is found, given as *after*, opens the page
        that follows.

        Raises:
            NoIndex: nothing has been published.
            UsageError: the query cannot be meant.
        """
        answer = self.index.search(
            query, filters, limit=limit, offset=offset, facets=facets, sort=sort, after=after, mode=mode
        )
        return Found(answer)

    def every(self, query: str, filters: Filters = NO_FILTERS, *, sort: Sort = "relevance") -> Rows[Hit]:
        """All passages that answer *query*, however many, read as one walks through them."""
        return Rows(lambda: self.index.every(query, filters, sort=sort), hit_row)

    def explain(self, query: str) -> "Explanation":
        """How *query* is understood."""
        from index.query.explain import explain

        return explain(query)

    def facets(self, query: str = "", filters: Filters = NO_FILTERS, facets: tuple[Facet, ...] = ALL_FACETS) -> Counts:
        """Exact counts of the passages that answer *query*, by facet and value."""
        return Counts(self.index.search(query, filters, limit=0, facets=facets).facets)

    def passage(self, name: str) -> Passage | None:
        """One passage by its id in this generation or by its permanent citation id, or None."""
        return self.index.passage(name) or cited_passage(self.index, name)

    def passages(self, filters: Filters = NO_FILTERS) -> Rows[Passage]:
        """Every passage that meets *filters*, in reading order, report by report."""
        return Rows(lambda: self.index.passages(filters), passage_row)

    def recommendations(self, filters: Filters = NO_FILTERS, *, query: str = "") -> Rows[Recommendation]:
        """Every recommendation that meets *filters* and, where one is given, answers *query* by one of its passages."""
        return Rows(lambda: self._recommendations(filters, query), recommendation_row)

    def _recommendations(self, filters: Filters, query: str) -> Iterable[Recommendation]:
        if not query.strip():
            return self.index.recommendations(filters)
        met = {hit.passage.id for hit in self.index.every(query, filters)}
        return (unit for unit in self.index.recommendations(filters) if not met.isdisjoint(unit.passages))

    def reports(self) -> Rows[Report]:
        """Every report."""
        return Rows(self.index.reports, report_row)

    def similar(self, passage_or_text: str, *, limit: int = 10) -> Found:
        """Passages nearest in wording to a text, or to the passage or recommendation of that id, itself left out.

        Raises:
            UsageError: it has the form of a citation id, but nothing here bears it.
        """
        passage = self.passage(passage_or_text)
        unit = None if passage else cited_recommendation(self.index, passage_or_text)
        if passage is None and unit is None and is_citation(passage_or_text):
            raise UsageError(f"Nothing here has the id {passage_or_text}.", mend="Copy the id below a hit.")
        own = {passage.id} if passage else set(unit.passages) if unit else set[str]()
        said = passage.block.text if passage else unit.text if unit else passage_or_text
        answer = self.index.similar(said, limit=limit + len(own))
        others = tuple(hit for hit in answer.hits if hit.passage.id not in own)
        return Found(answer.replaced(hits=others[:limit], cursor=None))

    def compare(
        self,
        by: By,
        *,
        themes: Sequence[str] = (),
        measures: Sequence[Measure] = ("recommendations", "findings"),
        filters: Filters = NO_FILTERS,
        unread: int = 0,
    ) -> Comparison:
        """Counts per theme and group, with exact intervals; see ``index.compare``."""
        from index.compare import compare

        return compare(self.index, by, themes=themes, measures=measures, filters=filters, unread=unread)


def _named_by_environment() -> str:
    """What a notebook's reader has set up. Settings are read in ``pipelines`` elsewhere, which this cannot import."""
    own = platformdirs.user_data_dir("findingaid", appauthor=False)
    return os.environ.get("FINDINGAID_INDEX") or os.environ.get("FINDINGAID_HOME") or own
