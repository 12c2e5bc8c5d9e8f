"""Bad input: one sentence, its own exit code, a recorded problem, and nothing stored harmed."""

import json
import os
import subprocess
import sys

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

GOOD = "Handling of logs\n\nThe custody log was left blank.\n\nThe force should review its logs.\n"


def pdf(path, password=None):
    lock = StandardEncryption(password) if password else None
    canvas = Canvas(str(path), encrypt=lock, invariant=1)
    canvas.drawString(72, 700, "The custody log was left blank for the whole of the night.")
    canvas.showPage()
    canvas.save()
    return path


def locked(folder):
    return pdf(folder / "locked.pdf", "hunter2")


def truncated(folder):
    whole = pdf(folder / "truncated.pdf").read_bytes()
    (folder / "truncated.pdf").write_bytes(whole[:200])
    return folder / "truncated.pdf"


def error_page(folder):
    (folder / "missing.pdf").write_text(
        "<!DOCTYPE html><html><head><title>404</title></head><body>Not found</body></html>"
    )
    return folder / "missing.pdf"


def empty(folder):
    (folder / "empty.pdf").touch()
    return folder / "empty.pdf"


def looping_link(folder):
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    return folder / "loop.pdf"


def record_without_text(folder):
    (folder / "records.jsonl").write_text(json.dumps({"url": "u:1", "title": "One"}) + "\n")
    return folder / "records.jsonl"


def binary(folder):
    (folder / "noise.pdf").write_bytes(bytes(range(256)) * 20)
    return folder / "noise.pdf"


CASES = [
    pytest.param(lambda folder: folder / "nowhere.pdf", 16, "unreadable-file", id="a missing path"),
    pytest.param(lambda folder: folder, 19, "nothing-to-read", id="an empty folder"),
    pytest.param(locked, 11, "locked-report", id="a password-protected PDF"),
    pytest.param(truncated, 13, "broken-document", id="a truncated PDF"),
    pytest.param(error_page, 14, "wrong-type", id="a PDF that is an HTML error page"),
    pytest.param(empty, 15, "empty-document", id="a file of 0 bytes"),
    pytest.param(looping_link, 16, "unreadable-file", id="a file that cannot be read"),
    pytest.param(record_without_text, 17, "bad-record", id="an import record without text"),
    pytest.param(binary, 14, "wrong-type", id="noise named .pdf"),
]


@pytest.mark.parametrize(("make", "code", "kind"), CASES)
def test_one_bad_document(findingaid, tmp_path, make, code, kind):
    """Alone, a bad document ends the command with its own code and one sentence that names it."""
    (tmp_path / "in").mkdir()
    bad = make(tmp_path / "in")
    said = findingaid("ingest", bad)
    assert said.code == code
    last = said.err.strip().splitlines()[-1]
    assert last.startswith("findingaid: ")
    assert bad.name in last
    assert "Traceback" not in said.err
    problems = json.loads(findingaid("status", "--json").out)["problems"]
    assert [(p["kind"], p["exit_code"]) for p in problems] == [(kind, code)]
    assert problems[0]["mend"]


def test_a_path_that_names_nothing_is_no_unread_document(findingaid, tmp_path):
    """What is published of a comparison counts damaged documents as unread, not slips of the pen."""
    (tmp_path / "good.txt").write_text(GOOD)
    assert findingaid("ingest", tmp_path / "good.txt").code == 0
    for slip in (tmp_path / "god.txt", folder := tmp_path / "empty"):
        folder.mkdir(exist_ok=True)
        assert findingaid("ingest", slip).code
    assert "could not be read" not in findingaid("compare", "--by", "year").out
    assert findingaid("ingest", truncated(tmp_path)).code == 13
    assert "1 more could not be read" in findingaid("compare", "--by", "year").out


def test_a_bad_document_fails_again_until_it_is_mended(findingaid, tmp_path):
    """A second run works on nothing and says the same; a mended file is read and its problem is gone."""
    bad = empty(tmp_path)
    assert findingaid("ingest", bad).code == 15
    again = findingaid("ingest", bad, "--json")
    assert again.code == 15
    assert "nothing new" not in again.out
    bad.unlink()
    pdf(bad)
    assert findingaid("ingest", bad).code == 0
    assert json.loads(findingaid("status", "--json").out)["problems"] == []


def test_bad_documents_never_stop_a_batch(findingaid, tmp_path):
    """With all of them in one folder, the good one is read and served, and each bad one is named."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    for make in (locked, truncated, error_page, empty, record_without_text, binary):
        make(folder)
    said = findingaid("ingest", folder, "--json")
    assert said.code == 0
    assert said.lines[0]["work"]["failed"] == 5
    assert len(findingaid("search", "custody", "--json").lines) == 1
    named = {p["locator"].rpartition("/")[2] for p in json.loads(findingaid("status", "--json").out)["problems"]}
    assert named == {"locked.pdf", "truncated.pdf", "missing.pdf", "empty.pdf", "records.jsonl", "noise.pdf"}


def test_text_that_no_file_can_hold(findingaid, tmp_path):
    """Half a surrogate pair, and a file's name that is no UTF-8, stop nothing; what stands around them is found."""
    cut = {"url": "u:1", "title": "Cut \ud83d", "text": "We found that the log\ud83d was left blank."}
    (tmp_path / "records.jsonl").write_text(json.dumps(cut), encoding="utf-8")
    for name, said in ((b"\xff.txt", GOOD), (b"\xff.jsonl", "{broken"), (b"notes.\xff", "left aside")):
        (tmp_path / os.fsdecode(name)).write_text(said, encoding="utf-8")
    assert findingaid("ingest", tmp_path).code == 0
    told = json.loads(findingaid("status", "--json").out)
    assert sorted(row["place"].rpartition("/")[2] for row in told["reports"]) == ["\\xff.txt", "u:1"]
    assert [row["locator"].rpartition("/")[2] for row in told["problems"]] == ["\\xff.jsonl"]
    (hit,) = findingaid("search", "log left blank", "--source", "records", "--json").lines
    assert (hit["title"], hit["text"]) == ("Cut \ufffd", "We found that the log\ufffd was left blank.")


@pytest.mark.parametrize("command", ["search", "ingest", "similar"])
def test_an_argument_that_is_no_text(findingaid, command):
    """Bytes of another encoding are refused, with what to do about a file of such a name."""
    said = findingaid(command, "caf\udce9.pdf")
    assert said.code == 2
    assert "name the folder instead" in said.err


def test_a_batch_in_which_all_fail_fails(findingaid, tmp_path):
    """Several documents, none readable: exit code 50."""
    locked(tmp_path), truncated(tmp_path)
    assert findingaid("ingest", tmp_path / "locked.pdf", tmp_path / "truncated.pdf").code == 50


def test_a_bad_argument_among_good_ones(findingaid, tmp_path):
    """The good ones are done first; then the command ends with the bad one's code."""
    (tmp_path / "good.txt").write_text(GOOD)
    assert findingaid("ingest", tmp_path / "nowhere", tmp_path / "good.txt").code == 16
    assert len(findingaid("search", "custody", "--json").lines) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("search", "x", "--role", "verdict"), id="an unknown role"),
        pytest.param(("search", "x", "--theme", "custardy"), id="an unknown theme"),
        pytest.param(("search", "x", "--from", "last week"), id="no day"),
        pytest.param(("recommendations", "--decision", "perhaps"), id="an unknown decision"),
        pytest.param(("compare", "--by", "colour"), id="an unknown grouping"),
        pytest.param(("search", "x", "--limit", "0"), id="a limit below one"),
        pytest.param(("serach", "x"), id="an unknown command"),
        pytest.param(("ingest",), id="no path"),
    ],
)
def test_option_values_that_cannot_be_meant(findingaid, tmp_path, arguments):
    """Exit code 2, one sentence, and a hint; whatever the index holds."""
    (tmp_path / "good.txt").write_text(GOOD)
    findingaid("ingest", tmp_path / "good.txt")
    said = findingaid(*arguments)
    assert said.code == 2
    assert said.err
    assert "Traceback" not in said.err


def test_a_misspelt_value_is_answered_with_the_nearest(findingaid, tmp_path):
    """Near misses name what was probably meant."""
    assert "Did you mean custody?" in findingaid("search", "x", "--theme", "custardy").err


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        pytest.param("FINDINGAID_WORKERS", "many", 2, id="a setting that is no number"),
        pytest.param("FINDINGAID_HOME", "/dev/null/home", 41, id="a home that cannot be made"),
        pytest.param("FINDINGAID_HOME", "/proc/home", 41, id="a home where nothing can be made"),
    ],
)
def test_bad_settings_name_themselves(findingaid, monkeypatch, tmp_path, name, value, code):
    """The message names the setting to mend."""
    (tmp_path / "good.txt").write_text(GOOD)
    monkeypatch.setenv(name, value)
    said = findingaid("ingest", tmp_path / "good.txt")
    assert said.code == code
    assert name in said.err


def test_questions_before_anything_was_published(findingaid):
    """Every question says what to do first."""
    for question in (("search", "x"), ("recommendations",), ("compare", "--by", "force"), ("similar", "x")):
        said = findingaid(*question)
        assert (said.code, "ingest" in said.err) == (32, True), question


def test_a_home_that_fills_up(tmp_path):
    """A full disk ends the run with 42; after there is room again, the same command completes it."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    small, reports = tmp_path / "small", tmp_path / "reports"
    small.mkdir(), reports.mkdir()
    for number in range(40):
        (reports / f"{number}.txt").write_text(f"Report {number}\n\n" + os.urandom(30_000).hex())
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(small)], check=False, capture_output=True
    ).returncode:
        pytest.skip("this machine does not let root mount")
    command = [sys.executable, "-m", "pipelines.cli.main", "ingest", str(reports), "--no-index"]
    environment = {**os.environ, "FINDINGAID_HOME": str(small / "home")}
    try:
        first = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (first.returncode, "Traceback" in first.stderr) == (42, False), first.stderr
        subprocess.run(["mount", "-o", "remount,size=200m", str(small)], check=True)
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert second.returncode == 0, second.stderr
        assert "40 documents" in second.stderr
    finally:
        subprocess.run(["umount", str(small)], check=True)
