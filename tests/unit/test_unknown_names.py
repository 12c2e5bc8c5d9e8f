"""Options that name what no published report has: nothing can answer there, and that is said."""

from collections.abc import Sequence

import pytest

from extractors.records import Tagged
from index.corpus import Corpus
from index.memory import MemoryIndex
from index.protocol import Filters
from pipelines.cli.published import MOST_NAMED, note_unknown
from tests.support.tagged import tagged


def of(number: int, investigation: str) -> Tagged:
    """Report *number* of a matter, from the source ``folder``."""
    made = tagged(number)
    report = made.report.replaced(investigation=investigation, source="folder")
    return made.replaced(report=report, passages=tuple(p.replaced(report=report) for p in made.passages))


def noted(matters: Sequence[str], filters: Filters, capsys: pytest.CaptureFixture[str]) -> str:
    index = MemoryIndex()
    index.publish([of(n, matter) for n, matter in enumerate(matters)])
    note_unknown(Corpus(index), filters)
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(sources=("folder",)),
        Filters(sources=("FOLDER",)),
        Filters(investigations=("Operation Larkfield",)),
        Filters(investigations=("larkfield",)),
    ],
)
def test_what_is_there_needs_no_note(filters: Filters, capsys: pytest.CaptureFixture[str]) -> None:
    """A name is known however its case, an operation by its bare name."""
    assert not noted(["Operation Larkfield"], filters, capsys)


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(sources=("iopc",)), "has the source 'iopc'. There are: folder."),
        (
            Filters(investigations=("larkfeld",)),
            "has the investigation 'larkfeld'. There are: Operation Larkfield, Operation Tern.",
        ),
    ],
)
def test_few_names_are_all_told(filters: Filters, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there are few, all are named."""
    assert said in noted(["Operation Larkfield", "Operation Tern"], filters, capsys)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("operation larkfeld", "Did you mean Operation Larkfield?"), ("zzyzx", "the investigation 'zzyzx'.")],
)
def test_of_many_names_the_nearest_is_told(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of many only one that is near, where there is one."""
    many = ["Operation Larkfield", *(f"Inquiry {n}" for n in range(MOST_NAMED))]
    assert noted(many, Filters(investigations=(typed,)), capsys).endswith(said)
