"""Open what the settings name, for commands that read; opening writes nothing."""

from extractors.errors import UsageError
from extractors.records import Report
from index.corpus import Corpus
from index.embedded import EmbeddedIndex
from pipelines.names import know
from pipelines.settings import Settings


def open_index(settings: Settings) -> EmbeddedIndex:
    """The published index of the home folder."""
    return EmbeddedIndex(settings.index_folder)


def open_corpus(settings: Settings) -> Corpus:
    """The published corpus of the home folder; further names are known to its queries."""
    know(settings.gazetteer)
    return Corpus(open_index(settings))


def find_reports(corpus: Corpus, wanted: str) -> tuple[Report, ...]:
    """The reports that *wanted* names: by id, url, file name or title, the first of these that meets any.

    Raises:
        UsageError: it names none.
    """
    reports = list(corpus.reports())
    fold = wanted.casefold().strip()
    for names in (_exact_names, _file_name, _title_part):
        found = tuple(report for report in reports if names(report, fold))
        if found:
            return found
    raise UsageError(f"No report is named {wanted!r}.", mend="findingaid status --reports lists them.")


def _exact_names(report: Report, wanted: str) -> bool:
    return wanted in {report.id.casefold(), report.url.casefold(), report.title.casefold()}


def _file_name(report: Report, wanted: str) -> bool:
    from urllib.parse import unquote

    name = unquote(report.url).casefold().rstrip("/").rpartition("/")[2]
    return wanted.rpartition("/")[2] in {name, name.rpartition(".")[0]}


def _title_part(report: Report, wanted: str) -> bool:
    return wanted in report.title.casefold()
