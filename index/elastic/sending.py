"""Sending bulk actions to the server: while it indexes some, the next are made ready."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeAlias, cast

from elasticsearch import Elasticsearch
from elasticsearch.helpers import BULK_FLUSH, streaming_bulk
from elasticsearch.helpers.actions import BulkMeta

from index.elastic.documents import Action

CHUNK_BYTES = 4_000_000
CHUNK_DOCUMENTS = 1_000
SENDERS = 2
"""Requests under way at once: one shard is written by several threads, and the network is never waited for."""
RETRIES = 8

Change: TypeAlias = Action | BulkMeta
"""An action, or the mark that all before it must have been carried out before anything after it is asked for."""
FLUSH = BULK_FLUSH


def refusals(client: Elasticsearch, changes: Iterable[Change]) -> Iterator[str]:
    """Carry out *changes*, and say which documents the server refused.

    Actions between two marks may be carried out in any order. What the server is too busy for is sent again, later
    and later; at most ``SENDERS`` requests wait, so that a slow server slows the making of further ones.

    Raises:
        TransportError, ApiError: the server cannot be reached, or refuses a request as a whole.
    """
    with ThreadPoolExecutor(SENDERS, thread_name_prefix="bulk") as pool:
        waiting: deque[Future[list[str]]] = deque()
        for chunk in chunks(changes):
            # A mark, or too many under way: what was sent first is waited for.
            while waiting and (not chunk or len(waiting) >= SENDERS):
                yield from waiting.popleft().result()
            if chunk:
                waiting.append(pool.submit(_sent, client, chunk))
        while waiting:
            yield from waiting.popleft().result()


def chunks(changes: Iterable[Change]) -> Generator[list[Action]]:
    """*changes* in lists of at most ``CHUNK_DOCUMENTS``; a mark ends one and is an empty list by itself."""
    gathered: list[Action] = []
    for change in changes:
        if change is FLUSH:
            yield from (gathered, []) if gathered else ([],)
            gathered = []
            continue
        gathered.append(cast("Action", change))
        if len(gathered) == CHUNK_DOCUMENTS:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _sent(client: Elasticsearch, actions: Sequence[Action]) -> list[str]:
    work = streaming_bulk(
        client,
        actions,
        chunk_size=CHUNK_DOCUMENTS,
        max_chunk_bytes=CHUNK_BYTES,
        raise_on_error=False,
        max_retries=RETRIES,
        initial_backoff=0.5,
        max_backoff=30,
    )
    return [_refusal(told) for accepted, told in work if not accepted]


def _refusal(told: dict[str, Any]) -> str:
    """Which document, and the kind of error; never its reason, which may quote the text."""
    ((_, item),) = told.items()
    error: Any = item.get("error")
    kind = cast("dict[str, Any]", error).get("type") if isinstance(error, dict) else error
    return f"{item.get('_id')} ({item.get('status')} {kind})"
