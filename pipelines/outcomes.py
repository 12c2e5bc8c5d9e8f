"""What working on one document came to, as workers report it and the catalogue keeps it."""

from extractors.errors import SourceError
from extractors.records import Problem, Record, Status, Tagged

RECORD_TYPE = "application/vnd.findingaid.record+json"
"""Media type of one import record, kept as a document of its own."""


class Outcome(Record):
    """What working on one document came to: counts and problems, no text."""

    sha256: str
    status: Status
    report: str | None = None
    title: str | None = None
    pages: int = 0
    passages: int = 0
    recommendations: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    exit_code: int = 0


def problem_of(error: SourceError) -> Problem:
    """An error as a recorded problem; its kind is the class name in kebab case.

    Examples:
        >>> from extractors.errors import UnreadableFile
        >>> problem_of(UnreadableFile("a.pdf is missing.")).kind
        'unreadable-file'
    """
    name = type(error).__name__
    kind = "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")
    return Problem(kind=kind, what=error.what, mend=error.mend)


def failure(sha256: str, error: SourceError) -> Outcome:
    """The outcome of a document that could not be read."""
    problem = problem_of(error)
    return Outcome(sha256=sha256, status=Status.FAILED, problems=(problem,), exit_code=error.exit_code)


def success(sha256: str, tagged: Tagged, seconds: float) -> Outcome:
    """The outcome of a document that was read, in whole or in part."""
    read = Status.PARTIAL if tagged.problems else Status.OK
    return Outcome(
        sha256=sha256,
        status=read if tagged.passages else Status.FAILED,
        report=tagged.report.id,
        title=tagged.report.title,
        pages=tagged.report.page_count,
        passages=len(tagged.passages),
        recommendations=len(tagged.recommendations),
        seconds=round(seconds, 3),
        problems=tagged.problems,
    )
