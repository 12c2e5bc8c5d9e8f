"""The published corpus, as commands ask for it."""

from typing import TYPE_CHECKING

from pipelines.cli.options import nearest
from pipelines.cli.talk import say

if TYPE_CHECKING:
    from index.corpus import Corpus
    from index.protocol import Facet, Filters

MOST_NAMED = 8
"""Names that a note lists; of more it names the nearest alone."""


def published_corpus() -> "Corpus":
    """The corpus of the home that the settings name; its further names are known to queries."""
    from pipelines.opening import open_corpus
    from pipelines.settings import load_settings

    return open_corpus(load_settings())


def report_ids(corpus: "Corpus", report: str | None) -> tuple[str, ...]:
    """The ids of the reports that ``--report`` names; none where it is not given."""
    if report is None:
        return ()
    from pipelines.opening import find_reports

    return tuple(found.id for found in find_reports(corpus, report))


def note_unknown(corpus: "Corpus", filters: "Filters") -> None:
    """Say which sources and investigations of *filters* no published report has: nothing can answer there."""
    from index.protocol import NO_FILTERS

    asked: list[tuple[Facet, str, Filters]] = [
        *(("source", name, NO_FILTERS.replaced(sources=(name,))) for name in filters.sources),
        *(("investigation", name, NO_FILTERS.replaced(investigations=(name,))) for name in filters.investigations),
    ]
    for facet, name, alone in asked:
        if not corpus.facets("", alone, (facet,))[facet]:
            _say_unknown(corpus, facet, name)


def _say_unknown(corpus: "Corpus", facet: "Facet", name: str) -> None:
    known = list(corpus.facets(facets=(facet,))[facet])
    hint = ""
    if 0 < len(known) <= MOST_NAMED:
        hint = f" There are: {', '.join(known)}."
    elif near := nearest(name, known, cutoff=0.5):
        hint = f" Did you mean {near}?"
    say(f"No published report has the {facet} '{name}'.{hint}")
