"""The embedded index as files: one writer, many readers, and a crash at any point."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extractors.errors import IndexBusy, IndexFault, NewerSchema
from extractors.records import Tagged
from index.embedded import EmbeddedIndex
from index.embedded import reader as reading
from index.embedded.folder import Folder
from tests.support.tagged import tagged


def totals(folder: Path) -> tuple[int, int]:
    """Passages found and recommendations listed, by a reader that has just come."""
    index = EmbeddedIndex(folder)
    return index.search("").total, len(list(index.recommendations()))


def test_opening_costs_nothing_and_makes_nothing(tmp_path):
    """An index that is only looked at leaves no trace."""
    EmbeddedIndex(tmp_path / "index").describe()
    assert not (tmp_path / "index").exists()


def test_a_reader_sees_the_switch(tmp_path):
    """A reader that is open while another process publishes answers from the new generation at its next question."""
    reader, writer = EmbeddedIndex(tmp_path), EmbeddedIndex(tmp_path)
    writer.publish([tagged(1)])
    assert reader.search("words").total == 3
    writer.publish([tagged(2)])
    assert reader.search("words").total == 6


def test_a_listing_survives_the_switch(tmp_path):
    """A listing that has begun ends on the generation it began with, though its files are gone by then."""
    index = EmbeddedIndex(tmp_path)
    index.publish([tagged(n) for n in range(5)])
    listing = index.passages()
    first = next(iter(listing))
    for n in range(10, 14):
        EmbeddedIndex(tmp_path).publish([tagged(n)], keep_rest=False)
    assert [first.id, *(passage.id for passage in listing)] == [f"r{r}:{n}" for r in range(5) for n in range(3)]


def test_two_generations_are_kept(tmp_path):
    """The served generation and the one before are kept, older ones are not."""
    index = EmbeddedIndex(tmp_path)
    names = [index.publish([tagged(n)]).generation for n in range(4)]
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == names[-2:]


def test_increments_share_files(tmp_path):
    """An increment links the former generation's segments and copies none of them."""
    index = EmbeddedIndex(tmp_path)
    first = index.publish([tagged(n) for n in range(20)]).generation
    second = index.publish([tagged(30)]).generation
    inodes = [
        {path.stat().st_ino for path in (tmp_path / "generations" / str(name) / "search").glob("*.store")}
        for name in (first, second)
    ]
    assert inodes[0] & inodes[1]


HOLD = """
import sys, time
from pathlib import Path
from index.embedded import reader as reading
from index.embedded.folder import Folder
from tests.support.tagged import tagged
with Folder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the writer's lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_one_writer(tmp_path, holder):
    """A second writer is refused and told who holds the lock."""
    with pytest.raises(IndexBusy, match=f"process {holder.pid}"):
        EmbeddedIndex(tmp_path).publish([tagged(1)])


def test_a_dead_writer_holds_nothing(tmp_path, holder):
    """The lock of a writer that was killed is free at once."""
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert EmbeddedIndex(tmp_path).publish([tagged(1)]).passages == 3


def publish_and_die(folder: str, where: str) -> None:
    """Publish, and be killed at a named step: as the machine would be, without any clearing up."""
    from index.embedded.records import Records

    def die(*_args: object, **_kwargs: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def given() -> Iterator[Tagged]:
        yield tagged(8)
        if where == "while writing":
            die()
        yield tagged(9)

    if where == "before counting":
        Records.counts = die
    if where == "before the pointer":
        Folder.switch = die
    if where == "before clearing":
        steps = iter([Folder.clear, die])
        Folder.clear = lambda self: next(steps)(self)  # noqa: PLW0108
    EmbeddedIndex(Path(folder)).publish(given())


@pytest.mark.parametrize(
    ("where", "served"),
    [("while writing", 3), ("before counting", 3), ("before the pointer", 3), ("before clearing", 9)],
)
def test_killed(tmp_path, where, served):
    """Killed anywhere, the old generation is served until the pointer moves; the next writer clears up and goes on."""
    EmbeddedIndex(tmp_path).publish([tagged(1)])
    process = multiprocessing.get_context("spawn").Process(target=publish_and_die, args=(str(tmp_path), where))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert totals(tmp_path) == (served, served // 3)
    EmbeddedIndex(tmp_path).publish([tagged(8), tagged(9)])
    assert totals(tmp_path) == (9, 3)
    assert len(list((tmp_path / "generations").iterdir())) <= 2


def test_a_failing_source_leaves_nothing(tmp_path):
    """Where what is to be published cannot be read, the half-made generation is removed and the old one is served."""
    index = EmbeddedIndex(tmp_path)
    index.publish([tagged(1)])

    def broken() -> Iterator[Tagged]:
        yield tagged(2)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        index.publish(broken())
    assert totals(tmp_path) == (3, 1)
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_readers_under_a_busy_writer(tmp_path):
    """A reader that asks while generations come and go always sees a whole one."""
    EmbeddedIndex(tmp_path).publish([tagged(1)])
    writer = multiprocessing.get_context("spawn").Process(target=publish_many, args=(str(tmp_path), 12))
    writer.start()
    seen: set[int] = set()
    reader = EmbeddedIndex(tmp_path)
    while writer.is_alive():
        seen.add(reader.search("words", limit=50).total)
        time.sleep(0.005)
    writer.join()
    assert writer.exitcode == 0
    assert seen
    assert {count % 3 for count in seen} == {0}
    assert reader.search("words").total == 39


def publish_many(folder: str, times: int) -> None:
    for n in range(2, 2 + times):
        EmbeddedIndex(Path(folder)).publish([tagged(n)])


@pytest.mark.parametrize(("field", "value"), [("schema_version", "99.0"), ("layout", 99)])
def test_a_newer_version_wrote_it(tmp_path, field, value):
    """An index of a newer version is refused with advice, not misread."""
    generation = EmbeddedIndex(tmp_path).publish([tagged(1)]).generation
    manifest = tmp_path / "generations" / str(generation) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), field: value}))
    with pytest.raises(NewerSchema):
        EmbeddedIndex(tmp_path).search("words")


@pytest.mark.parametrize("name", ["meta.json", "records.sqlite", "manifest.json", "facets.json"])
def test_a_damaged_generation_is_named(tmp_path, name):
    """A generation whose files are damaged is an error of the index, with what to do next."""
    generation = EmbeddedIndex(tmp_path).publish([tagged(1)]).generation
    path = next((tmp_path / "generations" / str(generation)).rglob(name))
    path.write_bytes(b"nonsense")
    with pytest.raises(IndexFault, match=str(generation)):
        list(EmbeddedIndex(tmp_path).reports())


def test_an_older_version_wrote_it(tmp_path):
    """An index whose fields are of an older version says what renews it, refuses to be added to, and is replaced."""
    index = EmbeddedIndex(tmp_path)
    index.publish([tagged(1)])
    manifest = tmp_path / "generations" / str(index.describe().generation) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"layout": 1}))
    reader = EmbeddedIndex(tmp_path)
    assert reader.describe().outdated
    for ask in (lambda: reader.search("words"), lambda: reader.publish([tagged(2)])):
        with pytest.raises(IndexFault, match=r"earlier version.*findingaid publish"):
            ask()
    reader.publish([tagged(2)], keep_rest=False)
    assert (reader.search("words").total, reader.describe().outdated) == (3, False)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_days_that_run_over_pages(tmp_path, sort):
    """Pages by date join without a gap where a day, or the undated rest, runs over the end of a page."""
    index = EmbeddedIndex(tmp_path)
    given = [tagged(n, passages=7) for n in range(6)]
    for n, one in enumerate(given[:4]):
        report = one.report.replaced(published=date(2020, 1, 1 + n // 2))
        given[n] = one.replaced(report=report, passages=[p.replaced(report=report) for p in one.passages],
                                recommendations=())  # fmt: skip
    index.publish(given)
    whole = [hit.passage.id for hit in index.every("", sort=sort)]
    answer = index.search("", limit=5, sort=sort)
    paged = [hit.passage.id for hit in answer.hits]
    while answer.cursor:
        answer = index.search("", limit=5, sort=sort, after=answer.cursor)
        paged += [hit.passage.id for hit in answer.hits]
    assert paged == whole
    assert len(set(whole)) == 42
    assert {name.split(":")[0] for name in whole[-14:]} == {"r4", "r5"}


def test_ties_beyond_the_page_are_settled(tmp_path):
    """Among many passages of one score, the page holds the same ones whatever the order of writing."""
    there, back = EmbeddedIndex(tmp_path / "a"), EmbeddedIndex(tmp_path / "b")
    reports = [tagged(n, "the very same words", 4) for n in range(60)]
    there.publish(reports)
    back.publish(reversed(reports))
    pages = [[hit.passage.id for hit in one.search("same words", limit=7).hits] for one in (there, back)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("query", ["words", "words of", "3 OR 7", "words -5"])
def test_facets_counted_at_once_and_by_seeking(tmp_path, monkeypatch, query):
    """Few hits are counted as they are found, many by seeking them once more: the counts are the same."""
    index = EmbeddedIndex(tmp_path)
    index.publish([tagged(number) for number in range(20)])
    at_once = index.search(query, limit=3, facets=("report", "role"))
    monkeypatch.setattr(reading, "COUNTED_AT_ONCE", 0)
    assert index.search(query, limit=3, facets=("report", "role")) == at_once
    assert sum(at_once.facets["report"].values()) == at_once.total > 0
