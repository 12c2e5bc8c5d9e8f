"""The front door for notebooks and the web: questions in, typed records or DataFrames out. Nothing here writes.

corpus = Corpus.open("~/.local/share/findingaid/index")
corpus.search('"body worn video" role:finding').frame()
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.records import Passage, Recommendation, Report
from index.compare.records import By, Comparison, Measure
from index.protocol import NO_FILTERS, Description, Facet, Filters, Index
from index.rows import Found, Rows, passage_row, recommendation_row, report_row

ALL_FACETS: tuple[Facet, ...] = ("role", "theme", "force", "source", "investigation", "year", "report", "decision")


class Corpus:
    """A published corpus, for reading.

    Args:
        index: any back end.
    """

    def __init__(self, index: Index) -> None:
        self.index = index

    @classmethod
    def open(cls, where: Path | str) -> "Corpus":
        """The corpus whose embedded index lies in *where*: that folder, or the home folder that holds it."""
        from index.embedded import EmbeddedIndex

        folder = Path(where).expanduser()
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
    ) -> Found:
        """Passages that answer *query*, best first; ``index.query`` tells the language.

        Raises:
            NoIndex: nothing has been published.
            UsageError: the query cannot be meant.
        """
        return Found(self.index.search(query, filters, limit=limit, offset=offset, facets=facets))

    def facets(
        self, query: str = "", filters: Filters = NO_FILTERS, facets: tuple[Facet, ...] = ALL_FACETS
    ) -> Mapping[str, Mapping[str, int]]:
        """Exact counts of the passages that answer *query*, by facet and value."""
        return self.index.search(query, filters, limit=0, facets=facets).facets

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        return self.index.passage(passage_id)

    def passages(self, filters: Filters = NO_FILTERS) -> Rows[Passage]:
        """Every passage that meets *filters*, in reading order, report by report."""
        return Rows(self.index.passages(filters), passage_row)

    def recommendations(self, filters: Filters = NO_FILTERS) -> Rows[Recommendation]:
        """Every recommendation that meets *filters*."""
        return Rows(self.index.recommendations(filters), recommendation_row)

    def reports(self) -> Rows[Report]:
        """Every report."""
        return Rows(self.index.reports(), report_row)

    def similar(self, passage_or_text: str, *, limit: int = 10) -> Found:
        """Passages nearest in wording to a text, or to the passage of that id, which is left out itself."""
        passage = self.index.passage(passage_or_text)
        if passage is None:
            return Found(self.index.similar(passage_or_text, limit=limit))
        answer = self.index.similar(passage.block.text, limit=limit + 1)
        others = tuple(hit for hit in answer.hits if hit.passage.id != passage.id)
        return Found(answer.replaced(hits=others[:limit]))

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
