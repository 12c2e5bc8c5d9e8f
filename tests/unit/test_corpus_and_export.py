"""The front door and what leaves the house."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from extractors.errors import NoIndex
from extractors.records import Block, BlockKind, Maker, Passage, Recommendation, Report, Tagged
from index.corpus import Corpus
from index.embedded import EmbeddedIndex
from index.export import QueryRecord, export, safe_cell
from index.rows import hit_row, recommendation_row

REPORT = Report(id="r1", sha256="0" * 64, url="file:///r1.pdf", title="=cmd|'/c calc'!A1", forces=("Norhaven Police",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A home folder with an index in it."""
    home = tmp_path_factory.mktemp("home")
    passages = tuple(
        Passage(
            id=f"r1:{n}", report=REPORT, block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text, pages=(n + 1,))
        )
        for n, text in enumerate(["A lost camera was found.", "Lost cameras are found.", "-5 + @sum of nothing"])
    )
    unit = Recommendation(id="r1/0", report=REPORT, text="+Act.", pages=(2,), addressees=("Norhaven Police", "Others"))
    EmbeddedIndex(home / "index").publish(
        [Tagged(report=REPORT, maker=Maker(name="tagger", revision="7"), passages=passages, recommendations=(unit,))]
    )
    return home


@pytest.fixture
def corpus(folder):
    """The corpus of that folder."""
    return Corpus.open(folder)


def test_open_by_home_or_index_folder(folder):
    """The home folder and the index folder in it both open."""
    assert Corpus.open(folder).describe() == Corpus.open(str(folder / "index")).describe()


def test_opening_nothing(tmp_path):
    """A folder without an index opens; the first question says that nothing is published."""
    with pytest.raises(NoIndex):
        Corpus.open(tmp_path).search("x")


def test_search(corpus):
    """Hits are records, and rows of a DataFrame."""
    found = corpus.search("camera", limit=1)
    assert (found.total, len(found), found[0].passage.report) == (2, 1, REPORT)
    assert corpus.search("camera").frame()["page"].tolist() == [
        hit.passage.block.pages[0] for hit in corpus.search("camera")
    ]


def test_lists(corpus):
    """Reports, passages and recommendations come the same two ways."""
    assert corpus.reports().frame()["title"].tolist() == [REPORT.title]
    assert [passage.id for passage in corpus.passages()] == ["r1:0", "r1:1", "r1:2"]
    assert corpus.recommendations().frame()["addressees"].tolist() == ["Norhaven Police; Others"]
    assert corpus.facets("camera")["force"] == {"Norhaven Police": 2}


def test_similar_leaves_itself_out(corpus):
    """What is like a passage is another passage."""
    assert [hit.passage.id for hit in corpus.similar("r1:0")] == ["r1:1"]
    assert {hit.passage.id for hit in corpus.similar("lost cameras")} == {"r1:0", "r1:1"}


def test_compare(corpus):
    """The comparison is at hand."""
    assert corpus.compare("force").documents == 1


def record(corpus: Corpus, total: int) -> QueryRecord:
    return QueryRecord.of(corpus.describe(), total, query="camera")


def test_csv(corpus):
    """CSV is one table, with the query, generation and model in the last columns, and nothing a spreadsheet runs."""
    found = corpus.search("camera")
    text = export(found.rows(), record(corpus, found.total), "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["id"] for row in rows] == [hit.passage.id for hit in found]
    assert rows[0]["title"] == "'" + REPORT.title
    about = {name: rows[0][f"about_{name}"] for name in ("query", "total", "generation", "models")}
    assert about == {"query": "camera", "total": "2", "generation": corpus.describe().generation, "models": "tagger@7"}


def test_jsonl(corpus):
    """JSON lines begin with the record of the query; values are as they are."""
    lines = export(map(recommendation_row, corpus.recommendations()), record(corpus, 1), "jsonl").splitlines()
    about, row = map(json.loads, lines)
    assert about["about"]["generation"] == corpus.describe().generation
    assert (row["id"], row["text"]) == ("r1/0", "+Act.")


def test_xlsx(corpus):
    """A workbook has the rows on one sheet and the record on another."""
    book = load_workbook(BytesIO(export(map(hit_row, corpus.search("nothing")), record(corpus, 1), "xlsx")))
    header, row = book["rows"].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["text"] == "'-5 + @sum of nothing"
    assert dict(book["about"].iter_rows(values_only=True))["query"] == "camera"


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_no_rows(corpus, form):
    """An export of nothing is a file all the same."""
    assert export([], record(corpus, 0), form)


@given(st.text(max_size=20))
def test_no_cell_begins_a_formula(text):
    """Whatever the text, no cell begins with a sign that starts a formula, blanks before it or not."""
    assert safe_cell(text).lstrip(" ")[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} - {""}


@given(st.text(max_size=40))
def test_any_text_fits_a_workbook(text):
    """Control characters, which a workbook cannot hold, are left out rather than failing the export."""
    about = QueryRecord(total=1, generation=None, schema_version="1.0")
    assert load_workbook(BytesIO(export([{"text": text}], about, "xlsx")))["rows"].max_row >= 1
