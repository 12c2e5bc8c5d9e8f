"""Open what the settings name, for commands that read; opening writes nothing."""

from typing import TYPE_CHECKING

from extractors.errors import UsageError
from extractors.records import Report
from index.corpus import Corpus
from index.embedded import EmbeddedIndex
from index.protocol import Index
from pipelines.names import know
from pipelines.settings import Settings

if TYPE_CHECKING:
    from index.elastic import Server


def open_index(settings: Settings) -> Index:
    """The index that the settings name: a server's, or the home folder's."""
    if settings.index is None:
        return EmbeddedIndex(settings.index_folder)
    server = server_of(settings)
    from index.elastic import ElasticIndex

    return ElasticIndex(server)


def server_of(settings: Settings) -> "Server":
    """The search server that the settings name.

    Raises:
        UsageError: its client is not installed.
    """
    try:
        from index.elastic import Server
    except ModuleNotFoundError as error:
        raise UsageError(
            "The index is on a search server, but the client of Elasticsearch is not installed.",
            mend="Install findingaid[elasticsearch], or unset FINDINGAID_INDEX.",
        ) from error
    return Server(
        url=settings.index or "",
        api_key=settings.index_api_key,
        user=settings.index_user,
        password=settings.index_password,
        ca_file=settings.index_ca_file,
        prefix=settings.index_prefix,
        timeout=settings.index_timeout,
    )


def index_place(settings: Settings) -> str:
    """Which index is meant, to tell it from others that the same home was published to."""
    return "embedded" if settings.index is None else f"{settings.index} {settings.index_prefix}"


def open_corpus(settings: Settings) -> Corpus:
    """The published corpus; further names are known to its queries."""
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
