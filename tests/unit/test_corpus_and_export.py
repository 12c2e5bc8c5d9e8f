"""The front door and what leaves the house."""

import csv
import json
import time
from datetime import date
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from extractors.errors import NoIndex, UsageError
from extractors.records import Block, BlockKind, Maker, Passage, Recommendation, Report, Role, Tagged
from index.citing import citation_id
from index.corpus import Corpus
from index.embedded import EmbeddedIndex
from index.export import QueryRecord, export, recorded, safe_cell
from index.protocol import Filters
from index.rows import Rows, hit_row, recommendation_row

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


def test_what_is_like_a_recommendation(corpus):
    """A recommendation is named by its id or its citation, and its own passages are left out; no cursor is offered."""
    (unit,) = corpus.recommendations()
    for name in (unit.id, citation_id(unit)):
        found = corpus.similar(name, limit=1)
        assert not {hit.passage.id for hit in found} & set(unit.passages)
        assert found.answer.cursor is None


def test_nothing_is_like_what_is_not_there(corpus):
    """A citation that nothing bears is no text to look for: the reader is told."""
    with pytest.raises(UsageError, match="Nothing here has the id"):
        corpus.similar("r1.p9.0000000000")


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


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("rows", [0, 2])
def test_the_record_comes_back(corpus, form, rows):
    """What an export says of its query is read from it again, whatever was asked and however few rows answered."""
    filters = Filters(forces=("Norhaven Police",), published_from=date(2020, 1, 2), roles=(Role.FINDING,))
    asked = QueryRecord.of(corpus.describe(), 2, '=cmd "x"', filters, kind="passages", sort="newest", limit=5)
    made = export([{"text": "a", "page": 1}] * rows, asked, form)
    assert recorded(BytesIO(made), form) == asked


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_the_same_rows_give_the_same_bytes(corpus, form, monkeypatch):
    """A rerun of a cited export is byte-identical, whenever it is written."""
    rows = list(corpus.search("camera").rows())
    first = export(rows, record(corpus, 2), form)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert export(rows, record(corpus, 2), form) == first


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"{}\n", b"PK\x03\x04", b"\xff\xfe"])
def test_other_files_hold_no_record(form, data):
    """A file that is no export is said to be none."""
    with pytest.raises(UsageError, match="no record"):
        recorded(BytesIO(data), form)


def test_a_workbook_has_a_bound(monkeypatch):
    """More rows than a sheet holds are refused with advice, not cut off."""
    monkeypatch.setattr("index.export.MOST_ROWS", 3)
    about = QueryRecord(total=4, generation=None, schema_version="1.0")
    assert export([{"n": 1}] * 3, about, "xlsx")
    with pytest.raises(UsageError, match="as CSV"):
        export([{"n": 1}] * 4, about, "xlsx")


def test_rows_are_read_when_asked_for():
    """Walking reads one at a time and again each time; counting reads once."""
    read: list[int] = []

    def source():
        for n in range(3):
            read.append(n)
            yield n

    rows = Rows(source, lambda n: {"n": n})
    assert read == []
    assert next(iter(rows)) == 0
    assert read == [0]
    assert (len(rows), rows[1], list(rows)) == (3, 1, [0, 1, 2])
    assert len(read) == 4


def test_permanent_names_open_passages(corpus):
    """A passage opens by its id and by its citation, and is like others under both."""
    passage = corpus.passage("r1:0")
    assert corpus.passage(citation_id(passage)) == passage
    assert [hit.passage.id for hit in corpus.similar(citation_id(passage))] == ["r1:1"]
    assert corpus.passage("r1.p9.0000000000") is None


def test_walking_and_counting(corpus):
    """All hits can be walked, facets are a frame, and recommendations are those whose passages answer."""
    assert [hit.passage.id for hit in corpus.every("", sort="oldest")] == ["r1:0", "r1:1", "r1:2"]
    counts = corpus.facets("camera", facets=("force",)).frame()
    assert counts.to_dict("records") == [{"facet": "force", "value": "Norhaven Police", "count": 2}]
    assert (len(corpus.recommendations()), len(corpus.recommendations(query="camera"))) == (1, 0)
    assert corpus.explain("lost cameras").terms == {"lost": "lost", "cameras": "camera"}


def test_opening_what_is_set_up(folder, monkeypatch):
    """Without an argument the corpus is the one of FINDINGAID_HOME; an address is a search server, not asked yet."""
    monkeypatch.setenv("FINDINGAID_HOME", str(folder))
    assert Corpus.open().describe() == Corpus.open(folder).describe()
    server = pytest.importorskip("index.elastic")
    assert isinstance(Corpus.open("https://127.0.0.1:9", user="a", password="not-a-secret").index, server.ElasticIndex)
