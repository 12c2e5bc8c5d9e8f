"""Work in processes that may die, so that a crash or a hang costs one document and never the batch."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from queue import SimpleQueue
from typing import Generic, TypeVar

from extractors.errors import BrokenDocument, FindingAidError, ReadingLimit

MEMORY = 6 << 30
"""Bytes of address space that a worker may use."""

T = TypeVar("T")
R = TypeVar("R")


class Lane(Generic[T, R]):
    """One worker process at a time, replaced when it dies or overruns.

    Args:
        work: a module-level function of one task.
        prepare: called once in each new process, with *given*.
        seconds: how long one task may take.
        memory: bytes of address space that the process may use.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        prepare: Callable[..., None],
        given: tuple[object, ...],
        seconds: float,
        memory: int = MEMORY,
    ) -> None:
        self._work, self._prepare, self._given, self._seconds = work, prepare, given, seconds
        self._memory = memory
        self._pool: ProcessPoolExecutor | None = None

    def run(self, task: T) -> R:
        """The result of *task*.

        Raises:
            ReadingLimit: it took too long or too much memory; the process was ended.
            BrokenDocument: the process died of it.
        """
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawn, _begin, (self._prepare, self._given, self._memory))
        try:
            return self._pool.submit(self._work, task).result(timeout=self._seconds)
        except TimeoutError as error:
            self.close()
            raise ReadingLimit(f"Reading took longer than {self._seconds:g} seconds and was stopped.") from error
        except MemoryError as error:
            self.close()
            raise ReadingLimit("Reading needed more memory than it may use.") from error
        except BrokenProcessPool as error:
            self.close()
            raise BrokenDocument("The reader's process died while working on it.") from error

    def close(self) -> None:
        """End the process, at once if it is busy."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)


def _begin(prepare: Callable[..., None], given: tuple[object, ...], memory: int) -> None:
    """Tie the worker's life to its parent's, bound its memory, then prepare it."""
    _limit_memory(memory)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    prepare(*given)


def _end_with(sentinel: int) -> None:
    """Die when the parent has died, however it died: an orphan would hold files and memory."""
    wait([sentinel])
    os._exit(1)


def _limit_memory(size: int) -> None:
    """Let this process have no more than *size* bytes of address space, so that it fails before the machine does."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def run_all(
    tasks: Iterable[T],
    work: Callable[[T], R],
    *,
    prepare: Callable[..., None],
    given: tuple[object, ...],
    lanes: int,
    seconds: float,
) -> Iterator[tuple[T, R | FindingAidError]]:
    """Each task with its result or with the error it met, in the order in which they end."""
    free: SimpleQueue[Lane[T, R]] = SimpleQueue()
    made = [Lane(work, prepare, given, seconds) for _ in range(lanes)]
    for lane in made:
        free.put(lane)
    threads = ThreadPoolExecutor(lanes)
    try:
        futures = {threads.submit(_on_a_lane, free, task): task for task in tasks}
        for future in as_completed(futures):
            yield futures.pop(future), future.result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for lane in made:
            lane.close()


def _on_a_lane(free: "SimpleQueue[Lane[T, R]]", task: T) -> R | FindingAidError:
    lane = free.get()
    try:
        return lane.run(task)
    except FindingAidError as error:
        return error
    finally:
        free.put(lane)
