"""Everything this project raises on purpose, and the exit code each ends a command with.

* FindingAidError                       something went wrong that the user can mend     1
  + UsageError                          an argument or a query that cannot be meant     2
  + SourceError                         the document itself                            10
    - LockedReport                      needs a password                               11
    - NoTextLayer                       pages are pictures, and no OCR is installed    12
    - BrokenDocument                    truncated or damaged beyond reading            13
    - WrongType                         not what its name says (an error page, ...)    14
    - EmptyDocument                     0 bytes, or nothing in it to read              15
    - UnreadableFile                    missing, or we may not read it                 16
    - BadRecord                         a line of import records or labels             17
    - ReadingLimit                      over a limit of time, memory or size           18
    - NothingToRead                     a folder or batch without a single document    19
  + ModelError                          weights missing, damaged or of another kind    20
  + IndexFault                          the index cannot answer                        30
    - PublishRefused                    counts do not agree                            31
    - NoIndex                           nothing has been published yet                 32
    - IndexBusy                         another process is writing                     33
  + StoreError                          the home folder or catalogue                   40
    - HomeNotWritable                   the home folder cannot be written              41
    - DiskFull                          no space left                                  42
    - NewerSchema                       written by a newer version                     43
  + BatchFailed                         every document of a batch failed               50
  + DeliveryFailed                      what an alert found did not reach its output   60

Messages are one sentence for the person who typed the command. They name files, pages and
identifiers, never text of a report. ``mend`` says what to do next.
"""

from typing import ClassVar


class FindingAidError(Exception):
    """Base of all errors raised on purpose; the command line prints it without a traceback.

    Args:
        what: one sentence: what happened, to which document and page.
        mend: what to do next; empty where nothing can be done.
    """

    exit_code: ClassVar[int] = 1
    default_mend: ClassVar[str] = ""

    def __init__(self, what: str, *, mend: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.mend = self.default_mend if mend is None else mend

    def __str__(self) -> str:
        return f"{self.what} {self.mend}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes hand errors back pickled; the default would drop the keyword.
        return (_rebuild, (type(self), self.what, self.mend))


def _rebuild(kind: type[FindingAidError], what: str, mend: str) -> FindingAidError:
    return kind(what, mend=mend)


class UsageError(FindingAidError):
    """An argument, option value or query that cannot be meant."""

    exit_code = 2
    default_mend = "See findingaid --help."


class SourceError(FindingAidError):
    """Something is wrong with one document. Recorded as a problem in a batch, never fatal to it."""

    exit_code = 10


class LockedReport(SourceError):
    """The document needs a password to open."""

    exit_code = 11
    default_mend = "Ask the publisher for an open copy."


class NoTextLayer(SourceError):
    """Every page is a picture and no OCR engine is installed."""

    exit_code = 12
    default_mend = "Install tesseract-ocr (or findingaid[ocr]), or ask the publisher for a text PDF."


class BrokenDocument(SourceError):
    """Truncated or damaged beyond reading."""

    exit_code = 13
    default_mend = "Fetch it again from the publisher."


class WrongType(SourceError):
    """The bytes are not what the name says, or of a kind that is not read."""

    exit_code = 14
    default_mend = "Open it to see what it is; PDF, HTML, DOCX, e-mail, text, Markdown and JSON lines are read."


class EmptyDocument(SourceError):
    """0 bytes, or nothing in it to read."""

    exit_code = 15
    default_mend = "Fetch it again from the publisher."


class UnreadableFile(SourceError):
    """The file is missing or may not be read."""

    exit_code = 16
    default_mend = "Check the path and its permissions."


class BadRecord(SourceError):
    """A line of import records, paragraphs or labels does not hold what it must."""

    exit_code = 17
    default_mend = "See docs/formats.md for the fields a record needs."


class ReadingLimit(SourceError):
    """Reading went over a limit of time, memory or size and was stopped."""

    exit_code = 18
    default_mend = "Raise the limit in the settings if the document is to be trusted."


class NothingToRead(SourceError):
    """A folder or batch holds no document of a kind that is read."""

    exit_code = 19
    default_mend = "Name a folder or file that holds PDF, HTML, DOCX, e-mail, text, Markdown or JSON lines."


class ModelError(FindingAidError):
    """Weights are missing, damaged, or made for another vocabulary."""

    exit_code = 20
    default_mend = "Install the package again, or name a model with --model."


class IndexFault(FindingAidError):
    """The index cannot answer."""

    exit_code = 30
    default_mend = "Run findingaid doctor."


class PublishRefused(IndexFault):
    """Counts of the new generation do not agree with the store; the old one is still served."""

    exit_code = 31


class NoIndex(IndexFault):
    """Nothing has been published yet."""

    exit_code = 32
    default_mend = "Run findingaid ingest first."


class IndexBusy(IndexFault):
    """Another process is writing the index."""

    exit_code = 33
    default_mend = "Wait for it to end, then try again."


class StoreError(FindingAidError):
    """The home folder or the catalogue."""

    exit_code = 40


class HomeNotWritable(StoreError):
    """The home folder cannot be written."""

    exit_code = 41
    default_mend = "Set FINDINGAID_HOME to a folder you may write."


class DiskFull(StoreError):
    """No space is left where the home folder lies. What was stored before is whole."""

    exit_code = 42
    default_mend = "Free some space and run the same command again; it completes what is missing."


class NewerSchema(StoreError):
    """The stored data were written by a newer version."""

    exit_code = 43
    default_mend = "Upgrade findingaid."


class BatchFailed(FindingAidError):
    """Every document of a batch failed."""

    exit_code = 50
    default_mend = "findingaid status names each document and its problem."


class DeliveryFailed(FindingAidError):
    """What an alert found did not reach one of its outputs. It is kept, and the next run tries again."""

    exit_code = 60
    default_mend = "It is kept; findingaid alerts run tries again."


def error_of(exit_code: int) -> type[FindingAidError]:
    """The class that ends a command with *exit_code*; the base class where none does.

    Examples:
        >>> error_of(11).__name__
        'LockedReport'
    """
    waiting: list[type[FindingAidError]] = [FindingAidError]
    while waiting:
        kind = waiting.pop()
        if kind.exit_code == exit_code:
            return kind
        waiting.extend(kind.__subclasses__())
    return FindingAidError
