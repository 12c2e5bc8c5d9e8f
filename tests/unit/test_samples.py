"""The samples are made from their sources, read as published reports, and are labelled as they stand."""

import importlib.util
import json
import re
import sys
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("reportlab")

SAMPLES = Path(__file__).parents[2] / "samples"
ROLES = {"recommendation", "finding", "outcome", "response", "allegation", "narrative", "other"}


@pytest.fixture(scope="module")
def make(samples: Path) -> ModuleType:
    """The script, loaded as a script's neighbours load it."""
    spec = importlib.util.spec_from_file_location("samples_make", samples / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sourcefile(make: ModuleType) -> ModuleType:
    """The reader of sources."""
    return sys.modules["sourcefile"]


@pytest.fixture(scope="module")
def sources(samples: Path, sourcefile: ModuleType) -> dict[str, Any]:
    """Every source by name."""
    return {path.stem: sourcefile.load(path) for path in sorted((samples / "sources").glob("*.md"))}


def pages(path: Path) -> list[str]:
    """Text of each page, white space folded."""
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def rows(path: Path) -> list[dict[str, Any]]:
    """Objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_reports_are_what_their_sources_make(make, samples):
    """Made twice and on any day, the same sources give the committed bytes, and nothing else lies beside them."""
    made = dict(make.reports())
    assert made == {path.name: path.read_bytes() for path in (samples / "reports").iterdir()}
    assert make.jsonl(make.labels()) == (samples / "labels.jsonl").read_bytes()


def test_write_puts_every_report_into_a_new_folder(make, tmp_path):
    """The script writes what it makes, folders included."""
    written = make.write(tmp_path / "new" / "reports")
    assert {path.name for path in written} == {path.name for path in (tmp_path / "new" / "reports").iterdir()}
    assert all(path.stat().st_size > 1000 for path in written)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        pytest.param("operation-larkfield-thematic-report", 6, 12, id="thematic report"),
        pytest.param("quarry-street-inquiry-chapter-3", 6, 12, id="inquiry chapter"),
        pytest.param("inspection-northmoor-2023", 4, 8, id="inspection"),
        pytest.param("committee-body-worn-video", 4, 8, id="committee"),
        pytest.param("pfd-halloran-2024-0917", 2, 4, id="coroner"),
        pytest.param("learning-bulletin-14-pursuits-and-custody", 2, 3, id="bulletin in two columns"),
        pytest.param("operation-tamarisk-linked-summary", 2, 4, id="linked summary"),
        pytest.param("custody-death-northmoor-case-summary", 2, 4, id="case summary"),
        pytest.param("northmoor-response-inspection", 2, 3, id="response"),
    ],
)
def test_reports_have_the_length_and_furniture_of_their_kind(samples, sources, name, least, most):
    """Every page after the cover carries the running head and its own number."""
    text = pages(samples / "reports" / f"{name}.pdf")
    meta = sources[name].meta
    heads = {meta.get("running", meta["title"]), meta.get("running_even", meta.get("running"))}
    assert least <= len(text) <= most
    for number, page in enumerate(text, 1):
        if number > 1 or not meta.get("cover", True):
            assert any(head in page for head in heads), number
            assert re.search(rf"\b{number}\b", page), number


def test_contents_give_the_page_of_each_chapter(samples, sources):
    """A chapter stands on the page that the table of contents prints for it."""
    text = pages(samples / "reports" / "operation-larkfield-thematic-report.pdf")
    chapters = [
        p.text for p in sources["operation-larkfield-thematic-report"].pieces if p.kind == "heading" and p.level == 1
    ]
    for chapter in chapters:
        found = re.search(re.escape(chapter) + r" (?:\. ?)+(\d+)", text[1])
        assert found, chapter
        assert chapter in text[int(found[1]) - 1]


def test_notes_stand_on_the_page_of_their_mark(samples, sources):
    """A note is printed at the foot of the page on which its paragraph stands."""
    source = sources["quarry-street-inquiry-chapter-3"]
    text = pages(samples / "reports" / "quarry-street-inquiry-chapter-3.pdf")
    marked = [p for p in source.pieces if p.kind == "numbered" and "[^" in p.text]
    assert len(source.notes) == 8
    for piece in marked:
        page = next(
            page for page in text if re.search(rf"{re.escape(piece.number)}\s", page) and piece.text[:30] in page
        )
        for mark in re.findall(r"\[\^(\d+)\]", piece.text):
            assert source.notes[mark] in page, mark


@pytest.mark.parametrize("name", ["operation-larkfield-thematic-report", "quarry-street-inquiry-chapter-3"])
def test_recommendations_are_printed_twice_in_the_same_words(sources, sourcefile, name):
    """What stands in a chapter's box stands again, word for word, in the list at the end."""
    everything = list(sourcefile.everything(sources[name].pieces))
    boxes = {p.text: sourcefile.plain(p.inside[0].text) for p in everything if p.kind == "box"}
    again = dict(p.text.split(": ", 1) for p in everything if re.match(r"Recommendation \d+: ", p.text))
    assert len(boxes) >= 7
    assert boxes == again


def test_the_response_reprints_and_answers_every_recommendation(sources):
    """The force quotes each of the ten as printed, then says in bold what it decides."""
    asked = {p.text: p.inside[0].text for p in sources["operation-larkfield-thematic-report"].pieces if p.kind == "box"}
    pieces = sources["wessex-vale-response-operation-larkfield"].pieces
    answers = {}
    for heading, quote, answer in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if quote.kind == "quote":
            assert asked[heading.text] == quote.text
            answers[heading.text] = re.match(r"\*\*(.+?)\.\*\*", answer.text)[1]
    assert answers.keys() == asked.keys()
    assert set(answers.values()) == {"Accepted", "Accepted in principle", "Already done", "Rejected"}


def test_committee_items_close_with_an_existing_paragraph(sources):
    """Each conclusion and recommendation names a paragraph that the report has."""
    pieces = [p for p in sources["committee-body-worn-video"].pieces if p.kind == "numbered"]
    closings = [re.search(r"\((Conclusion|Recommendation), Paragraph (\d+)\)$", p.text) for p in pieces]
    numbers = {p.number.rstrip(".") for p, closing in zip(pieces, closings, strict=True) if closing is None}
    closed = [closing for closing in closings if closing]
    assert len(closed) == 10
    assert all(closing[2] in numbers for closing in closed)


def test_dates_of_recommendations_run_56_days(samples):
    """A record that gives both dates gives a force 56 days."""
    for row in rows(samples / "reports" / "records.jsonl"):
        dates = re.findall(r"(?:recommendation|is due): \w+, (\d+ \w+, \d{4})", row["text"])
        made, due = (datetime.strptime(day, "%d %B, %Y").date() for day in dates)  # noqa: DTZ007  (days have no zone)
        assert (due - made).days == 56, row["url"]


def test_records_are_import_records(samples):
    """Thirteen records with addresses of their own, about known invented forces, from 2018 to 2025."""
    found = rows(samples / "reports" / "records.jsonl")
    forces = {force["name"] for force in json.loads((samples / "gazetteer.json").read_text())["forces"]}
    assert len({row["url"] for row in found}) == len(found) == 13
    assert {row["published"][:4] for row in found} == {str(year) for year in range(2018, 2026)}
    assert all(set(row["forces"]) <= forces and row["text"] and row["title"] for row in found)


def test_sources_name_only_invented_forces(samples, sources):
    """Nothing is said of a real force: every force named in the front matter is ours."""
    forces = {force["name"] for force in json.loads((samples / "gazetteer.json").read_text())["forces"]}
    named = {force for source in sources.values() for force in source.meta.get("forces", [])}
    assert named <= forces
    assert all(
        source.meta.get("url", ".example/").split("/")[2].endswith(".example")
        for source in sources.values()
        if "url" in source.meta
    )


def test_labels_cover_their_text_and_stand_in_the_report(samples, sources, sourcefile):
    """Every labelled paragraph is a paragraph of its report; its sentences cover it, save for the blanks between."""
    found = rows(samples / "labels.jsonl")
    held = {name: {sourcefile.plain(p.text) for p in sourcefile.everything(s.pieces)} for name, s in sources.items()}
    for row in found:
        assert any(row["text"] in text for text in held[row["document"]]), row["id"]
        spans = [(s["start"], s["end"]) for s in row["sentences"]]
        assert spans[0][0] == 0
        assert spans[-1][1] == len(row["text"])
        assert all(after[0] == before[1] + 1 for before, after in pairwise(spans)), row["id"]
    assert {s["role"] for row in found for s in row["sentences"]} == ROLES


def test_themes_are_given_where_the_codebook_asks(samples):
    """Themes belong to paragraphs with a recommendation or a finding, and to no others."""
    for row in rows(samples / "labels.jsonl"):
        weighty = {"recommendation", "finding"} & {s["role"] for s in row["sentences"]}
        assert bool(row["themes"]) == bool(weighty), row["id"]


def test_broken_files_are_broken(make, tmp_path):
    """Each unreadable kind fails in its own way: no bytes, no end, no PDF, no password."""
    broken = make.broken(tmp_path / "broken")
    assert broken["empty"].stat().st_size == 0
    assert broken["error-page"].read_bytes().startswith(b"<!DOCTYPE html>")
    assert broken["truncated"].read_bytes().startswith(b"%PDF-")
    assert b"%%EOF" not in broken["truncated"].read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(broken["password-hunter2"])
    with pypdfium2.PdfDocument(broken["password-hunter2"], password="hunter2") as opened:
        assert len(opened) == 1


@pytest.mark.parametrize(
    ("chunk", "kind", "number", "text"),
    [
        pytest.param("3.14 He was held.", "numbered", "3.14", "He was held.", id="chapter and paragraph"),
        pytest.param("12. We heard.", "numbered", "12.", "We heard.", id="full stop"),
        pytest.param("12 officers came.", "paragraph", "", "12 officers came.", id="a bare count is no number"),
        pytest.param("(b) a supervisor", "item", "(b)", "a supervisor", id="lettered item"),
        pytest.param("@ Date due: 3 May 2021", "field", "Date due", "3 May 2021", id="field"),
        pytest.param("Table 2: Searches", "caption", "", "Table 2: Searches", id="caption"),
        pytest.param("one\nline", "paragraph", "", "one line", id="wrapped lines join"),
    ],
)
def test_blocks_of_a_source(sourcefile, chunk, kind, number, text):
    """A block is known by how it begins."""
    (piece,) = sourcefile.parse(chunk)
    assert (piece.kind, piece.number, piece.text) == (kind, number, text)


def test_a_box_holds_its_blocks(sourcefile):
    """Blocks between the fences belong to the box, those after it do not."""
    box, after = sourcefile.parse("::: Recommendation 1\n\nActivate it.\n\n- always\n\n:::\n\nAfter.")
    assert (box.kind, box.text, [p.kind for p in box.inside]) == ("box", "Recommendation 1", ["paragraph", "bullet"])
    assert after.text == "After."


@given(st.text(alphabet="ab \"'([|", max_size=30))
def test_print_has_no_typewriter_quotes(text):
    """Curling leaves no straight quotation mark, changes nothing else, and need not be done twice."""
    module = sys.modules.get("sourcefile") or _load_sourcefile()
    curled = module.curled(text)
    assert not set(curled) & set("\"'")
    assert re.sub("[“”]", '"', curled).replace("’", "'") == text
    assert module.curled(curled) == curled


def _load_sourcefile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sourcefile", SAMPLES / "sourcefile.py")
    module = sys.modules["sourcefile"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
