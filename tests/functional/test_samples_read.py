"""The samples are read as they were set: their sources say what every page holds."""

import hashlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractors.reading import read, sniff
from extractors.records import BlockKind, Document, Reading, Source, Tagged
from extractors.report import describe
from extractors.tagged import tag_reading
from extractors.tagging.baseline import CueTagger

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "samples" / "sources").glob("*.md"))
KINDS = {
    "heading": BlockKind.HEADING,
    "bullet": BlockKind.LIST_ITEM,
    "item": BlockKind.LIST_ITEM,
    "caption": BlockKind.CAPTION,
    "note": BlockKind.FOOTNOTE,
}
"""What a piece of a source is on its page; a paragraph where nothing else is said."""


def load() -> ModuleType:
    """The reader of the samples' sources, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("sourcefile", ROOT / "samples" / "sourcefile.py")
    module = sys.modules["sourcefile"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SET = load()


def file_of(name: str) -> Path:
    """The report that the source of this name makes."""
    return next(ROOT.glob(f"samples/reports/{name}.*"))


@pytest.fixture(scope="module", params=NAMES)
def sample(request) -> tuple[Any, Reading]:
    """Each sample: its source, and what is read from its report."""
    file = file_of(request.param)
    return SET.load(ROOT / "samples" / "sources" / f"{request.param}.md"), read(file.read_bytes(), name=file.name)


def pieces(source: Any) -> Iterator[Any]:
    """Everything of a source that is text, notes included."""
    yield from (piece for piece in SET.everything(source.pieces) if piece.kind not in {"break", "table", "box"})
    yield from (SET.Piece("note", text, number) for number, text in source.notes.items())


def fold(text: str) -> str:
    """White space as blanks."""
    return re.sub(r"\s+", " ", text).strip()


def wordings(piece: Any) -> set[str]:
    """How a piece may stand in a block: with its note marks as figures or without, with its number or without."""
    plain = fold(SET.plain(piece.text))
    marked = fold(re.sub(r"\[\^(\d+)\]", r"\1", piece.text).replace("*", ""))
    unnumbered = re.sub(r"^\d+ ", "", plain) if piece.kind == "heading" else plain
    return {plain, marked, unnumbered, f"{piece.number} {plain}", f"{piece.number}: {plain}"}


def test_every_block_is_whole_and_of_its_kind(sample):
    """Each paragraph, heading, item, note and caption is one block: nothing cut, joined, or taken for another kind."""
    source, reading = sample
    held = {(fold(block.text), block.kind) for block in reading.blocks}
    for piece in pieces(source):
        kind = KINDS.get(piece.kind, BlockKind.PARAGRAPH)
        assert any((wording, kind) in held for wording in wordings(piece)), (piece.kind, piece.number, piece.text[:40])


def test_printed_numbers_are_kept(sample):
    """A numbered paragraph carries the number that is printed before it."""
    source, reading = sample
    numbers = {fold(block.text): block.number for block in reading.blocks if block.number}
    for piece in pieces(source):
        if piece.kind == "numbered" and not source.meta.get("form"):
            assert any(numbers.get(w, "").rstrip(".") == piece.number.rstrip(".") for w in wordings(piece)), (
                piece.number
            )


def test_tables_keep_their_cells(sample):
    """Every cell of a ruled table is read into its row, and a head printed again on the next page is not a row."""
    source, reading = sample
    rows = [tuple(map(fold, row)) for block in reading.blocks if block.kind is BlockKind.TABLE for row in block.rows]
    for piece in source.pieces:
        for row in piece.rows:
            assert row in rows


def test_running_heads_and_site_menus_are_no_text(sample):
    """What stands on every page or around every article is in no body block."""
    source, reading = sample
    body = [fold(block.text) for block in reading.blocks if block.kind is not BlockKind.FURNITURE]
    for key in ("running", "running_even", "footer"):
        running = source.meta.get(key, source.meta["title"])
        assert running in (source.meta["title"], source.meta["publisher"]) or body.count(running) <= 1
    for menu in (
        "Skip to main content",
        "Accept additional cookies",
        "Make a complaint",
        "Print this page",
        "Follow us",
    ):
        assert not any(menu in text for text in body)


def test_reading_the_samples_meets_no_problem(sample):
    """They are sound documents; a problem would be ours."""
    assert not sample[1].problems


def tagged(name: str) -> Tagged:
    """A sample's report tagged by cue words alone, which need no weights."""
    file = file_of(name)
    data = file.read_bytes()
    where = Source(name="folder", locator=str(file))
    document = Document(
        sha256=hashlib.sha256(data).hexdigest(), media_type=sniff(data, file.name), size=len(data), source=where
    )
    reading = read(data, name=file.name)
    return tag_reading(describe(reading, document), reading, CueTagger())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("operation-larkfield-thematic-report", id="thematic report, printed twice"),
        pytest.param("quarry-street-inquiry-chapter-3", id="inquiry chapter, printed twice"),
        pytest.param("custody-death-northmoor-case-summary", id="case summary"),
        pytest.param("operation-tamarisk-linked-summary", id="linked summary"),
    ],
)
def test_boxed_recommendations_are_units_once(name):
    """Each boxed recommendation is one unit with its number, its words and every page it is printed on."""
    source = SET.load(ROOT / "samples" / "sources" / f"{name}.md")
    boxes = [piece for piece in source.pieces if piece.kind == "box"]
    boxed = {box.text.removeprefix("Recommendation "): SET.plain(box.inside[0].text) for box in boxes}
    found = tagged(name)
    units = {unit.number: unit for unit in found.recommendations if unit.number}
    assert {number: re.sub(r"\d$", "", fold(unit.text)) for number, unit in units.items()} == boxed
    for number, text in boxed.items():
        printed = [
            page for passage in found.passages if text in fold(passage.block.text) for page in passage.block.pages
        ]
        assert set(units[number].pages) == set(printed)


@pytest.mark.parametrize("name", ["wessex-vale-response-operation-larkfield", "northmoor-response-inspection"])
def test_a_response_makes_no_recommendations(name):
    """What a response reprints was recommended by somebody else."""
    assert tagged(name).recommendations == ()
