"""The one protocol every back end keeps, and the records it speaks in.

A generation is a whole, counted set of passages and recommendations. Publishing fills a new one (or
adds to a copy) and then switches to it in one step, so that a reader never sees half of one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Protocol

from pydantic import Field

from extractors.records import Decision, Passage, Recommendation, Record, Report, Role, Tagged

Facet = Literal["role", "theme", "force", "source", "investigation", "year", "report", "decision"]
"""What hits are counted by."""

Sort = Literal["relevance", "newest", "oldest"]
"""The order of hits. By date, undated reports come last both ways, and passages of one day stand in reading order."""


Mode = Literal["text", "meaning", "hybrid"]
"""How hits are found: by their words, by what they mean (``index.meaning``), or by both."""

Counts = Mapping[str, Mapping[str, int]]
"""Facet, value, number of hits."""


class Filters(Record):
    """Conditions a hit must meet: any value within a field, all fields together."""

    roles: tuple[Role, ...] = ()
    themes: tuple[str, ...] = ()
    forces: tuple[str, ...] = Field(
        default=(), description="Canonical gazetteer names; matches named and report forces."
    )
    sources: tuple[str, ...] = Field(default=(), description="Source names.")
    investigations: tuple[str, ...] = ()
    reports: tuple[str, ...] = Field(default=(), description="Report ids.")
    decisions: tuple[Decision, ...] = ()
    published_from: date | None = Field(
        default=None, description="Inclusive. A passage without a date does not meet it."
    )
    published_to: date | None = Field(default=None, description="Inclusive. A passage without a date does not meet it.")


NO_FILTERS = Filters()
"""Meets every passage."""


class Span(Record):
    """A highlighted part of a passage's text, by offsets."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)


class Printing(Record):
    """Where a report prints the words of a passage once more, or nearly so."""

    id: str = Field(min_length=1, description="The other passage's.")
    pages: tuple[int, ...] = Field(min_length=1)


class Hit(Record):
    """One passage that answers a query."""

    passage: Passage
    score: float = Field(description="Of relevance; 0 where hits are sorted by date.")
    highlights: tuple[Span, ...] = ()
    also: tuple[Printing, ...] = Field(
        default=(), description="Other printings in the same report. Those that answer too are folded into this hit."
    )


class Answer(Record):
    """What a search found: an exact total, the hits asked for, and counts over all hits.

    Total and facets count passages, each printing for itself; among the hits of a page, printings of one text are one.
    """

    total: int = Field(ge=0)
    hits: tuple[Hit, ...]
    facets: Counts = Field(default_factory=dict, description="Facet, value, number of hits.")
    generation: str = Field(description="The generation that answered, for a citable rerun.")
    relaxed: bool = Field(default=False, description="Nothing held enough of the words, so hits hold any of them.")
    beside: int = Field(
        default=0, ge=0, description="In hybrid mode, hits that the words do not find: beside the total and the facets."
    )
    cursor: str | None = Field(default=None, description="Where the next page begins; None after the last hit.")
    corrected: Mapping[str, str] = Field(
        default_factory=dict, description="Words that nothing holds, each with the word that was sought in its place."
    )
    widened: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict, description="Words of the query, each with the other names that were sought as well."
    )


class Description(Record):
    """What an index holds."""

    back_end: str
    generation: str | None
    reports: int = Field(ge=0)
    passages: int = Field(ge=0)
    recommendations: int = Field(ge=0)
    schema_version: str
    models: tuple[str, ...] = Field(default=(), description="Name and revision of every tagger whose tags are held.")
    vectors: bool = Field(default=False, description="Passages have vectors, so that it can be searched by meaning.")
    outdated: bool = Field(default=False, description="Made by an older version: it must be published anew to answer.")


class Index(Protocol):
    """Search over one published generation, and publishing of the next."""

    def publish(
        self,
        tagged: Iterable[Tagged],
        *,
        remove: Iterable[str] = (),
        keep_rest: bool = True,
        vectors: bool | None = None,
    ) -> Description:
        """Add or replace the reports in *tagged*, drop those whose ids are in *remove*, then switch.

        With ``keep_rest=False`` the new generation holds *tagged* alone. *vectors* are made or not as in the served
        generation, unless said.

        Raises:
            UsageError: vectors are wanted, or not, other than in the generation whose rest is kept.
            PublishRefused: counts do not agree; the former generation is still served.
            IndexBusy: another process is publishing.
        """
        ...

    def roll_back(self) -> bool:
        """Serve the generation before again, until the next publishing; whether there was one."""
        ...

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
        """Passages that answer *query*, in order, ties in one fixed order. An empty query meets every passage.

        *after* is the cursor of the answer before: its next page, whatever *offset* says.

        Raises:
            NoIndex: nothing has been published.
            UsageError: the query cannot be parsed (the message points at the character), *after* is not its cursor, or
                the generation has no vectors to search by meaning with.
        """
        ...

    def every(self, query: str, filters: Filters = NO_FILTERS, *, sort: Sort = "relevance") -> Iterable[Hit]:
        """All hits of a search, one after the other and none folded, from one generation."""
        ...

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its id, or None."""
        ...

    def passages(self, filters: Filters = NO_FILTERS) -> Iterable[Passage]:
        """Every passage that meets *filters*, in order of report id and ordinal."""
        ...

    def recommendations(self, filters: Filters = NO_FILTERS) -> Iterable[Recommendation]:
        """Every recommendation that meets *filters*, in order of report and place.

        Its force is one it is addressed to or one its report is about. Filters on roles do not apply.
        """
        ...

    def reports(self) -> Iterable[Report]:
        """Every report, in order of id."""
        ...

    def similar(self, text: str, *, limit: int = 10) -> Answer:
        """Passages nearest in wording to *text*."""
        ...

    def describe(self) -> Description:
        """What the served generation holds; counts of 0 and no generation where nothing is published."""
        ...
