"""docs/formats.md names every field that a script may rely on."""

import re
from collections.abc import Iterable
from datetime import date

import pytest

from extractors.records import Block, BlockKind, Decision, Passage, Recommendation, Report
from index.compare.records import Cell, Comparison, Group
from index.export import QueryRecord
from index.protocol import Hit
from pipelines.cli.views import hit_fields, recommendation_fields
from pipelines.condition import Check, status
from pipelines.job import Ingested
from pipelines.reviewing import Doubt
from pipelines.store.store import Store
from pipelines.watching import Note

REPORT = Report(id="r", sha256="0" * 64, url="file:///r", title="A title")
PASSAGE = Passage(id="r:0", report=REPORT, block=Block(ordinal=0, kind=BlockKind.PARAGRAPH, text="x", pages=(1,)))
UNIT = Recommendation(id="r:1", report=REPORT, text="x", pages=(1,))


@pytest.fixture(scope="module")
def rows(root) -> list[str]:
    """The rows of the tables in docs/formats.md."""
    return [line for line in (root / "docs" / "formats.md").read_text(encoding="utf-8").splitlines() if line[:1] == "|"]


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("search --json", hit_fields(Hit(passage=PASSAGE, score=1))),
        ("recommendations --json", recommendation_fields(UNIT, date(2024, 1, 1))),
        ("recommendations --json", ["answered", "overdue", "awaiting", "unknown", *map(str, Decision)]),
        ("export", QueryRecord.model_fields),
        ("compare --json", [*Comparison.model_fields, *Group.model_fields, *Cell.model_fields]),
        ("review list --json", Doubt.model_fields),
        ("ingest --json", Ingested.model_fields),
        ("doctor --json", Check.model_fields),
    ],
)
def test_every_field_is_named(rows, command, fields: Iterable[str]):
    """A field that nobody documented cannot be relied on."""
    (row,) = [line for line in rows if f"`{command}`" in line.split("|")[1]]
    named = set(re.findall(r"[\w-]+", row))
    assert set(fields) <= named


def test_status_is_named(rows, tmp_path):
    """The same for the one object of ``status``."""
    (row,) = [line for line in rows if line.startswith("| `status --json`")]
    assert set(status(Store(tmp_path / "home"), "v")) <= set(re.findall(r"\w+", row))


def test_what_a_webhook_gets_is_named(rows):
    """The same for what leaves the house."""
    (row,) = [line for line in rows if line.startswith("| a webhook's body")]
    assert set(Note.model_fields) <= set(re.findall(r"\w+", row))
