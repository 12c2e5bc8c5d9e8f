"""The store: bytes once, results whole or absent, and a catalogue that knows what is current and what is due."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from extractors.errors import DiskFull, HomeNotWritable, NewerSchema, StoreError
from extractors.records import Document, Problem, Source, Status
from pipelines.outcomes import Outcome
from pipelines.store.catalogue import Due
from pipelines.store.files import Files
from pipelines.store.stages import StageKey, read_lines, refuse_newer, write_lines
from pipelines.store.store import Store, sha256_of

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
VERSION = "r1-t1-abc"


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "home")
    yield made
    made.catalogue.close()


def test_a_home_named_by_a_relative_path(tmp_path, monkeypatch):
    """A home is where it was named from, though the process may go elsewhere later."""
    monkeypatch.chdir(tmp_path)
    made = Store(Path("home"))
    monkeypatch.chdir("/")
    assert made.home == tmp_path / "home"
    made.keep(b"kept")
    assert any(path.is_file() for path in (tmp_path / "home/archive").rglob("*"))
    made.catalogue.close()


def document(text: str, place: str = "", size: int | None = None) -> Document:
    source = Source(name="folder", locator=place or f"{text}.txt")
    return Document(sha256=sha256_of(text.encode()), media_type="text/plain", size=size or len(text), source=source)


def outcome(text: str, status: Status = Status.OK, report: str | None = "", problems=()) -> Outcome:
    made = f"report-{text}" if report == "" else report
    return Outcome(sha256=sha256_of(text.encode()), status=status, report=made, problems=problems, exit_code=10)


def finish(store, *texts, **changes):
    for name in texts:
        store.catalogue.finish(outcome(name, **changes), f"{name}.txt", VERSION, NOW)


def pending(store):
    return [d.source.locator for d in store.catalogue.pending(VERSION)]


@given(st.binary(max_size=200))
def test_bytes_come_back_as_they_were(data):
    """The archive gives back what was kept, under the hash of what was kept."""
    files = Files("memory://archive")
    files.write(sha256_of(data), data)
    assert files.read(sha256_of(data)) == data


def test_the_same_bytes_are_kept_once(store):
    """Keeping the same bytes again writes nothing."""
    first = store.keep(b"a report")
    path = store.home / "archive" / first[:2] / first
    before = path.stat().st_mtime_ns
    assert store.keep(b"a report") == first
    assert path.stat().st_mtime_ns == before


def test_a_write_that_fails_leaves_the_former_file(tmp_path, monkeypatch):
    """Replacing is all or nothing: the old bytes stay, and no scrap is left beside them."""
    files = Files(tmp_path.as_uri())
    files.write("a/result", b"old")

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFull):
        files.write("a/result", b"new")
    assert files.read("a/result") == b"old"
    assert [p.name for p in (tmp_path / "a").iterdir()] == ["result"]


def test_stage_results_come_back_in_order(store):
    """Records are read as they were written, each once."""
    key = StageKey(sha256="0" * 64, stage="reading", version="r1")
    problems = [Problem(kind="no-text", what=f"Page {n} holds no text.", page=n) for n in (1, 2, 3)]
    write_lines(store.stages, key, problems)
    assert list(read_lines(store.stages, key, Problem)) == problems


@pytest.mark.parametrize(
    ("version", "refused"),
    [("1.0", False), ("1.9", False), ("0.4", False), ("2.0", True), ("10.0", True)],
)
def test_newer_majors_are_refused(version, refused):
    """A reader takes every minor of its own major and older ones, and no newer major."""
    if refused:
        with pytest.raises(NewerSchema):
            refuse_newer(version, "a result")
    else:
        refuse_newer(version, "a result")


def test_every_document_waits_once_and_the_largest_comes_first(store):
    """Work is handed out largest first; what has a result of this version does not wait."""
    store.catalogue.see([document("small"), document("large", size=900), document("done")], NOW)
    finish(store, "done")
    assert pending(store) == ["large.txt", "small.txt"]


def test_a_new_version_of_the_stages_makes_all_wait_again(store):
    """Results count for the version that made them."""
    store.catalogue.see([document("a")], NOW)
    finish(store, "a")
    assert [d.source.locator for d in store.catalogue.pending("r2-t1-abc")] == ["a.txt"]


def test_a_changed_file_takes_the_place_of_its_former_version(store):
    """Only the latest bytes of a place are worked on and served; the former report is dropped."""
    store.catalogue.see([document("first", "report.txt")], NOW)
    finish(store, "first")
    store.catalogue.mark_published([Due(report="report-first", sha256=sha256_of(b"first"), version=VERSION)], [])
    store.catalogue.see([document("second", "report.txt")], NOW)
    finish(store, "second")
    added, removed = store.catalogue.due(VERSION)
    assert [due.report for due in added] == ["report-second"]
    assert removed == ["report-first"]


def test_a_file_changed_back_is_current_again(store):
    """The latest sighting decides, also where the bytes were known before."""
    for words in ("first", "second", "first"):
        store.catalogue.see([document(words, "report.txt")], NOW)
    assert [d.sha256 for d in store.catalogue.pending(VERSION)] == [sha256_of(b"first")]


def test_the_same_bytes_at_two_places_are_one_document(store):
    """Two sightings, one document, one result."""
    store.catalogue.see([document("same", "a.txt"), document("same", "b.txt")], NOW)
    assert len(store.catalogue.pending(VERSION)) == 1
    assert store.catalogue.current_documents() == 1


def test_what_is_served_is_not_due(store):
    """After publishing, nothing is due; a crash before the note makes the same due again."""
    store.catalogue.see([document("a"), document("b")], NOW)
    finish(store, "a", "b")
    added, removed = store.catalogue.due(VERSION)
    assert len(added) == 2
    assert store.catalogue.due(VERSION) == (added, removed)
    store.catalogue.mark_published(added, removed)
    assert store.catalogue.due(VERSION) == ([], [])


def test_failed_documents_are_not_served_and_not_retried_unasked(store):
    """A failure has a result, so the next run leaves it; ``retry`` forgets it."""
    trouble = Problem(kind="locked-report", what="It needs a password.")
    store.catalogue.see([document("a")], NOW)
    finish(store, "a", status=Status.FAILED, report=None, problems=(trouble,))
    assert pending(store) == []
    assert store.catalogue.due(VERSION) == ([], [])
    assert store.catalogue.failures([sha256_of(b"a")], VERSION) == [("a.txt", trouble, 10)]
    assert store.catalogue.forget_failures(VERSION) == 1
    assert pending(store) == ["a.txt"]


def test_working_again_replaces_problems(store):
    """A document's problems are those of its latest result, not a history."""
    store.catalogue.see([document("a")], NOW)
    finish(store, "a", status=Status.FAILED, report=None, problems=(Problem(kind="x", what="Broken."),))
    finish(store, "a")
    assert store.catalogue.rows("problems") == []


def test_trouble_at_a_place_ends_when_a_document_is_seen_there(store):
    """A missing file's problem stands once, and goes when the file comes."""
    missing = Problem(kind="unreadable-file", what="It does not exist.")
    store.catalogue.trouble("a.txt", missing, 16, NOW)
    store.catalogue.trouble("a.txt", missing, 16, NOW)
    assert len(store.catalogue.rows("problems")) == 1
    store.catalogue.see([document("a")], NOW)
    assert store.catalogue.rows("problems") == []


def test_a_home_that_is_a_file_is_refused(tmp_path):
    """The error names the place and what to set."""
    (tmp_path / "home").write_text("in the way")
    with pytest.raises(HomeNotWritable, match="FINDINGAID_HOME"):
        Store(tmp_path / "home")


def test_a_catalogue_of_a_newer_version_is_refused(store):
    """Rather stop than misread what a newer version wrote."""
    url = store.catalogue.url
    with create_engine(url).begin() as db:
        db.execute(text("update meta set value = '99' where key = 'version'"))
    with pytest.raises(NewerSchema):
        Store(store.home)


def test_a_damaged_catalogue_is_named_not_traced(tmp_path):
    """Damage is one sentence with what to do; the archive is untouched."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "catalogue.sqlite").write_bytes(b"this is no database, and long enough to look like one" * 100)
    with pytest.raises(StoreError, match="damaged"):
        Store(home)


def test_a_full_disk_is_named_and_harms_nothing(tmp_path):
    """On a file system of one megabyte the write that does not fit fails alone."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let root mount")
    try:
        code = (
            "from pathlib import Path\nfrom extractors.errors import DiskFull\n"
            "from pipelines.store.store import Store\n"
            f"store = Store(Path({str(small / 'home')!r}))\nkept = store.keep(b'first')\n"
            "try: store.keep(bytes(3 << 20)); raise SystemExit('it fitted')\n"
            "except DiskFull: pass\n"
            "from pipelines.store.files import archive_name\n"
            "assert store.archive.read(archive_name(kept)) == b'first'\n"
        )
        subprocess.run([sys.executable, "-c", code], check=True)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_runs_are_noted_from_start_to_end(store):
    """A run that did not end is visible as such."""
    run = store.catalogue.start_run("ingest", NOW)
    assert store.catalogue.rows("runs")[0]["finished_at"] is None
    store.catalogue.finish_run(run, NOW, found=3, worked=2, failed=1)
    row = store.catalogue.rows("runs")[0]
    assert (row["found"], row["worked"], row["failed"]) == (3, 2, 1)
