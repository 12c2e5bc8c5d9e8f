"""Lanes: a document that kills or stalls its process costs itself and nothing else."""

import os
import time

import pytest

from extractors.errors import BrokenDocument, LockedReport, ReadingLimit
from pipelines.lanes import Lane, run_all


def prepare(_word: str) -> None:
    """Nothing to prepare."""


def act(task: str) -> str:
    """Do what the task's name says."""
    if task == "die":
        os._exit(9)
    if task == "stall":
        time.sleep(600)
    if task == "hog":
        bytearray(8 << 30)
    if task == "refuse":
        raise LockedReport("a.pdf needs a password.")
    return task.upper()


def run(tasks, lanes=2, seconds=60.0):
    return dict(run_all(tasks, act, prepare=prepare, given=("ready",), lanes=lanes, seconds=seconds))


def test_a_dead_process_costs_one_document():
    """The batch goes on, in a new process, and the dead one's document carries the blame alone."""
    results = run(["a", "die", "b", "c", "d"])
    assert isinstance(results.pop("die"), BrokenDocument)
    assert results == {"a": "A", "b": "B", "c": "C", "d": "D"}


def test_a_stalled_document_is_stopped_at_its_limit():
    """A document over its time is ended and recorded; the lane goes on."""
    results = run(["stall", "a"], lanes=1, seconds=15.0)
    assert isinstance(results["stall"], ReadingLimit)
    assert results["a"] == "A"


def test_memory_is_bounded():
    """A document that asks for more memory than it may use is recorded; the lane goes on."""
    results = run(["hog", "a"], lanes=1)
    assert isinstance(results["hog"], ReadingLimit)
    assert results["a"] == "A"


def test_errors_raised_on_purpose_arrive_whole():
    """A worker's error comes back as the same class with the same sentence."""
    error = run(["refuse"])["refuse"]
    assert isinstance(error, LockedReport)
    assert error.what == "a.pdf needs a password."


def test_nothing_to_do_starts_nothing():
    """No task, no process."""
    assert run([]) == {}


def test_a_lane_can_be_closed_twice():
    """Closing is safe at any time."""
    lane = Lane(act, prepare, ("ready",), 60)
    assert lane.run("x") == "X"
    lane.close()
    lane.close()


def test_other_errors_are_not_swallowed():
    """A fault of ours ends the run with its own traceback instead of passing as a document's."""
    with pytest.raises(AttributeError):
        run([3])
