"""One writer at a time on the server: a document that says who writes, kept fresh while they live."""

import os
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from typing import Any

from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, TransportError

from extractors.errors import IndexBusy

STALE_AFTER = 60.0
"""Seconds without a sign of life after which the lock of a writer that died is taken over."""
BEAT = 10.0

WRITER = "writer"
"""Id of the document that says who writes."""


@contextmanager
def writing(client: Elasticsearch, name: str, *, stale_after: float = STALE_AFTER) -> Generator[None]:
    """Hold the lock *name*.

    Raises:
        IndexBusy: another writer holds it and lives.
    """
    holder = {"process": os.getpid(), "host": socket.gethostname(), "token": os.urandom(8).hex()}
    _take(client, name, holder, stale_after)
    stop = threading.Event()
    beat = threading.Thread(target=_beat, args=(client, name, holder, stop), daemon=True)
    beat.start()
    try:
        yield
    finally:
        stop.set()
        beat.join()
        with suppress(ApiError, TransportError):  # it goes stale by itself
            client.delete(index=name, id=WRITER)


def _take(client: Elasticsearch, name: str, holder: dict[str, Any], stale_after: float) -> None:
    for _ in range(2):
        try:
            client.create(index=name, id=WRITER, document=_signed(holder))
        except ConflictError:
            _clear_if_stale(client, name, stale_after)
        else:
            return
    raise IndexBusy("The index on the server is being written by another process.")


def _clear_if_stale(client: Elasticsearch, name: str, stale_after: float) -> None:
    try:
        found = client.get(index=name, id=WRITER)
    except NotFoundError:
        return
    held = found["_source"]
    if time.time() - held["at"] < stale_after:
        raise IndexBusy(f"The index on the server is being written by process {held['process']} on {held['host']}.")
    with suppress(ConflictError, NotFoundError):  # another took it over first
        client.delete(index=name, id=WRITER, if_seq_no=found["_seq_no"], if_primary_term=found["_primary_term"])


def _beat(client: Elasticsearch, name: str, holder: dict[str, Any], stop: threading.Event) -> None:
    while not stop.wait(BEAT):
        with suppress(ApiError, TransportError):  # the bulk requests will say what is wrong
            client.index(index=name, id=WRITER, document=_signed(holder))


def _signed(holder: dict[str, Any]) -> dict[str, Any]:
    return {**holder, "at": time.time()}
