"""Settings name what is wrong with them; intake finds what a path names and nothing else."""

import http.server
import threading
from datetime import date

import pytest

from extractors.errors import UnreadableFile, UsageError
from pipelines.cli.options import day, one_of
from pipelines.cli.talk import plain
from pipelines.intake import take_in
from pipelines.job import Ingested, Worked
from pipelines.outcomes import RECORD_TYPE
from pipelines.settings import load_settings
from pipelines.sources.address import fetch
from pipelines.store.store import Store


def refuse(url):
    raise AssertionError(f"nothing should fetch {url}")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "home")


def documents(store):
    return sorted((row["locator"].rpartition("/")[2], row["media_type"]) for row in store.catalogue.rows("documents"))


def test_a_folder_is_searched_to_its_depth_and_hidden_files_left(store, tmp_path):
    """Every kind that is read is taken, whatever its depth and case; hidden files are not; others are counted."""
    for name in ("a.txt", "deep/er/b.MD", ".hidden/c.txt", ".d.txt", "e.xyz", "f.ZIP", "g.zip", "LICENCE"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Report {name}")
    intake = take_in(store, [str(tmp_path / "in")], fetch=refuse)
    assert [name for name, _ in documents(store)] == ["a.txt", "b.MD"]
    assert (len(intake.seen), intake.errors) == (2, [])
    assert intake.left_aside == {".xyz": 1, ".zip": 2, "": 1}


def test_copies_are_told_from_documents(store, tmp_path):
    """The same bytes at three places are one document and two copies; a place named twice is no copy."""
    for name in ("a.txt", "b.txt", "deep/c.txt", "other.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("Other" if name == "other.txt" else "The same.")
    intake = take_in(store, [str(tmp_path / "in"), str(tmp_path / "in" / "a.txt")], fetch=refuse)
    assert (len(intake.seen), intake.copies) == (2, 2)


NOTHING_NEW = Ingested(found=2, work=Worked())


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        (Ingested(found=1, work=Worked(worked=1, pages=1)), "worked on 1 of 1 document (1 page)."),
        (Ingested(found=2, work=Worked(worked=2, failed=1)), "worked on 2 of 2 documents (0 pages), 1 failed; "),
        (NOTHING_NEW, "2 documents, nothing new to work on."),
        (NOTHING_NEW.replaced(copies=1), "new to work on; 1 file more with the same bytes."),
        (NOTHING_NEW.replaced(left_aside=1), "new to work on; 1 file of another kind left aside."),
        (
            NOTHING_NEW.replaced(copies=3, left_aside=2, kinds_left_aside=(".csv", ".zip")),
            "; 3 files more with the same bytes; 2 files of another kind left aside (.csv, .zip).",
        ),
    ],
)
def test_what_a_run_did_in_a_sentence(summary, said):
    """Counts, then what was not read and why, in words."""
    assert said in summary.sentence()


def test_each_record_is_a_document_of_its_own(store, tmp_path):
    """One line, one document; the same record again is the same document; a bad line is one problem of the file."""
    lines = ['{"url":"u:1","title":"One","text":"First."}', '{"url":"u:2","title":"Two","text":"Second."}', "{not json"]
    (tmp_path / "records.jsonl").write_text("\n".join(lines))
    for _ in range(2):
        intake = take_in(store, [str(tmp_path / "records.jsonl")], fetch=refuse)
    assert documents(store) == [("u:1", RECORD_TYPE), ("u:2", RECORD_TYPE)]
    assert len(intake.seen) == 2
    assert [error.exit_code for error in intake.errors] == [17]


@pytest.mark.parametrize(("since", "found"), [(date(2020, 1, 1), 2), (date(2021, 6, 1), 1), (date(2022, 1, 1), 0)])
def test_since_leaves_out_what_is_older(store, tmp_path, since, found):
    """Records published on the day itself are in; those without a date are out."""
    lines = [
        f'{{"url":"u:{day}","title":"T","text":"Text.","published":"{day}"}}' for day in ("2020-05-01", "2021-06-01")
    ]
    (tmp_path / "r.jsonl").write_text("\n".join([*lines, '{"url":"u:3","title":"T","text":"Undated."}']))
    assert len(take_in(store, [str(tmp_path / "r.jsonl")], fetch=refuse, since=since).seen) == found


class Pages(http.server.BaseHTTPRequestHandler):
    """A publisher with one page and one that is gone."""

    def do_GET(self):
        found = self.path == "/report.html"
        body = b"<html><title>Logs</title><body><main><h1>Logs</h1><p>The log was blank.</p></main></body></html>"
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def publisher():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_and_kept(store, publisher):
    """A page on a real (loopback) server becomes a document under its address."""
    intake = take_in(store, [f"{publisher}/report.html"], fetch=fetch)
    assert len(intake.seen) == 1
    assert documents(store) == [("report.html", "text/html")]


def test_an_address_that_is_gone_is_a_problem(store, publisher):
    """The status stands in the message, and the place in the catalogue."""
    intake = take_in(store, [f"{publisher}/gone.html"], fetch=fetch)
    assert "404" in str(intake.errors[0])
    assert isinstance(intake.errors[0], UnreadableFile)


def test_a_server_that_does_not_answer_is_a_problem(store):
    """No connection is one sentence, not a traceback."""
    intake = take_in(store, ["http://127.0.0.1:9/report.pdf"], fetch=fetch)
    assert "could not be fetched" in str(intake.errors[0])


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("2021-06-30", False, date(2021, 6, 30)),
        ("2021", False, date(2021, 1, 1)),
        ("2021", True, date(2021, 12, 31)),
        (None, False, None),
    ],
)
def test_days(text, end, expected):
    """A day is ISO; a year alone is its first or its last day."""
    assert day(text, "--from", end=end) == expected


def test_values_are_matched_without_case_and_near_misses_named():
    """What was meant is found, or named."""
    assert one_of("FINDING", ["finding", "outcome"], "--role") == "finding"
    with pytest.raises(UsageError, match="Did you mean finding"):
        one_of("fnding", ["finding", "outcome"], "--role")


def test_nothing_a_terminal_acts_on_is_printed():
    """Escape sequences and direction overrides of a report never reach the terminal."""
    assert plain("a\x1b[2Jb\u202ec\r") == "a[2Jbc"


def test_a_bad_setting_names_itself(monkeypatch):
    """The message gives the variable's whole name."""
    monkeypatch.setenv("FINDINGAID_WORKERS", "0")
    with pytest.raises(UsageError, match="FINDINGAID_WORKERS"):
        load_settings()
