"""``findingaid read``: blocks, problems, and drawings of both over the pages."""

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import ReadingLimit
from extractors.formats.limits import Limits
from extractors.formats.pdf.overlay import COLOURS, label_of
from extractors.records import Block, BlockKind
from pipelines.single import Task, read_alone

SENTENCE = "The custody log was left blank for the whole of the night."


@pytest.fixture
def report(tmp_path):
    """Three pages, a sentence on each."""
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path))
    for number in range(3):
        canvas.drawString(72, 700, f"{number + 1}.1 {SENTENCE}")
        canvas.showPage()
    canvas.save()
    return path


def test_blocks_then_problems(findingaid, report):
    """One JSON line a block, with the fields that scripts rely on."""
    lines = findingaid("read", report, "--json").lines
    assert [(line["kind"], line["number"], line["pages"]) for line in lines] == [
        ("paragraph", f"{n}.1", [n]) for n in (1, 2, 3)
    ]


def test_a_drawing_of_all_pages(findingaid, report, tmp_path):
    """A PDF holds every page as a picture; stdout stays free."""
    said = findingaid("read", report, "--overlay", tmp_path / "seen.pdf")
    assert (said.code, said.out) == (0, "")
    assert "seen.pdf" in said.err
    drawn = (tmp_path / "seen.pdf").read_bytes()
    assert drawn.count(b"/Subtype /Image") == 3
    assert b"custody" not in drawn


def test_pictures_are_numbered_where_there_are_several(findingaid, report, tmp_path):
    """A PNG holds one page: of several each gets its number in the name, and the command says so."""
    said = findingaid("read", report, "--overlay", tmp_path / "seen.png")
    assert sorted(p.name for p in tmp_path.glob("*.png")) == ["seen-1.png", "seen-2.png", "seen-3.png"]
    assert said.err.count("drawn: ") == 3


def test_a_page_asked_for_is_drawn_under_the_name_given(findingaid, report, tmp_path):
    """One page, one file; its paragraph is framed in the paragraph's colour."""
    assert findingaid("read", report, "--overlay", tmp_path / "seen.png", "--page", 2).code == 0
    assert [p.name for p in tmp_path.glob("*.png")] == ["seen.png"]
    colours = {colour for _, colour in Image.open(tmp_path / "seen.png").getcolors(1 << 24)}
    assert COLOURS[BlockKind.PARAGRAPH] in colours
    assert COLOURS[BlockKind.TABLE] not in colours


@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        pytest.param("report.pdf", ("--overlay", "seen.jpg"), ".png", id="a kind that is not drawn"),
        pytest.param("report.pdf", ("--overlay", "seen.png", "--page", "4"), "3 pages", id="no such page"),
        pytest.param("notes.txt", ("--overlay", "seen.png"), "no PDF", id="no pages at all"),
        pytest.param(
            "report.pdf", ("--overlay", "nowhere/seen.png", "--page", "1"), "cannot be written", id="no folder"
        ),
    ],
)
def test_drawings_that_cannot_be_made(findingaid, report, tmp_path, monkeypatch, name, arguments, says):
    """Exit code 2, and what would do."""
    (tmp_path / "notes.txt").write_text(SENTENCE)
    monkeypatch.chdir(tmp_path)
    said = findingaid("read", name, *arguments)
    assert said.code == 2
    assert says in said.err


def test_labels_say_order_kind_and_number():
    """A label is short: place, kind and level, then what is printed."""
    heading = Block(ordinal=7, kind=BlockKind.HEADING, text="Findings", pages=(1,), level=2, number="4")
    note = Block(ordinal=8, kind=BlockKind.FOOTNOTE, text="Log.", pages=(1,), marker="12")
    item = Block(ordinal=9, kind=BlockKind.LIST_ITEM, text="no log", pages=(1,), marker="•")
    assert [label_of(block) for block in (heading, note, item)] == ["7 H2 4", "8 N 12", "9 L"]


def test_errors_come_through_the_process(findingaid, tmp_path):
    """A locked report ends the command with its own code, as it would in a batch."""
    canvas = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("hunter2"))
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    said = findingaid("read", tmp_path / "locked.pdf")
    assert (said.code, "locked.pdf" in said.err) == (11, True)


def test_a_document_over_its_time_is_named(report):
    """Time runs out for the process, not for the command."""
    with pytest.raises(ReadingLimit, match=r"report\.pdf"):
        read_alone(Task(report.read_bytes(), "report.pdf", Limits()), 0.001)
