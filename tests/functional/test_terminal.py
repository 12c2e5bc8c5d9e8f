"""What commands print for a person: few lines that say which document, which page, what and what next."""

import json
import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import IndexFault
from index.embedded import EmbeddedIndex

REPORT = """# Handling of logs

The custody log was left blank.

## Recommendations

1. The force should review its {}.
"""


@pytest.fixture
def two_reports(findingaid, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("logs", "cells"):
        (folder / f"{name}.md").write_text(REPORT.format(name).replace("Handling of logs", f"Handling of {name}"))
    assert findingaid("ingest", folder).code == 0
    return folder


def test_status_says_a_problem_of_many_pages_once(findingaid, tmp_path):
    """Pages of one document with the same trouble, words under a box, are one line that names the pages."""
    canvas = Canvas(str(tmp_path / "report.pdf"), invariant=1)
    for page in range(1, 6):
        canvas.drawString(72, 700, "The custody log was left blank for the whole of the night.")
        if page in (2, 3, 5):
            canvas.drawString(72, 600, "Nobody may read this.")
            canvas.rect(70, 595, 200, 20, fill=1)
        canvas.showPage()
    canvas.save()
    assert findingaid("ingest", tmp_path / "report.pdf").code == 0
    shown = findingaid("status").out
    assert re.search(r"^report\.pdf\n +p\. 2, 3, 5 +.*text under a box", shown, re.MULTILINE)
    assert shown.count("under a box") == 1


def test_the_register_of_several_reports_says_whose_each_is(findingaid, two_reports):
    """Each report's recommendations stand under its name; those of one report need none."""
    shown = findingaid("recommendations").out
    assert shown.index("Handling of cells") < shown.index("review its cells")
    assert "2 recommendations in 2 reports" in shown
    assert "Handling" not in findingaid("recommendations", "--report", "cells.md").out


def test_a_matter_has_a_finding_or_none(findingaid, two_reports):
    """Compared one by one, matters are not counted: a finding is there or not, without an interval around one."""
    shown = findingaid("compare", "--by", "report", "--measure", "findings", "--theme", "records").out
    assert "[" not in shown
    assert "[" in findingaid("compare", "--by", "report", "--measure", "recommendations", "--theme", "records").out


def test_an_index_of_an_earlier_layout_is_made_again(findingaid, home, two_reports):
    """It is said to be of an earlier version, and the next run publishes everything anew, without reading again."""
    index = EmbeddedIndex(home / "index")
    manifest = home / "index" / "generations" / str(index.describe().generation) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "layout": 1}))
    (manifest.parent / "stretches").rename(manifest.parent / "gone")
    with pytest.raises(IndexFault, match="earlier version"):
        EmbeddedIndex(home / "index").search("custody")
    assert "earlier version" in findingaid("doctor").out
    said = findingaid("retry")
    assert (said.code, "nothing new to work on; the index holds 2 reports" in said.err) == (0, True)
    assert len(findingaid("search", "custody", "--json").lines) == 2


def test_the_version_is_said(findingaid):
    """What a report of an error should name."""
    assert re.fullmatch(r"findingaid \d+\.\d+\.\d+\s*", findingaid("--version").out)
