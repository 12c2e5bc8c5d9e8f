"""Bulk actions on their way to a server: in which order, how many at once, and what is waited for."""

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("elasticsearch", reason="the search server's client is not installed")

from index.elastic import sending
from index.elastic.sending import FLUSH, SENDERS, chunks, refusals

A: dict[str, Any] = {"_id": "a"}


MARKED: list[tuple[list[Any], list[Any]]] = [
    ([], []),
    ([A], [[A]]),
    ([FLUSH], [[]]),
    ([A, FLUSH], [[A], []]),
    ([A, FLUSH, A], [[A], [], [A]]),
    ([FLUSH, FLUSH, A], [[], [], [A]]),
]


@pytest.mark.parametrize(("given_changes", "expected"), MARKED)
def test_a_mark_ends_a_chunk_and_stands_alone(given_changes: list[Any], expected: list[list[Any]]) -> None:
    """Nothing behind a mark shares a request with what stands before it."""
    assert list(chunks(given_changes)) == expected


@given(marks=st.lists(st.booleans(), max_size=60), size=st.integers(1, 7))
def test_chunks_hold_every_action_once_in_order(marks: list[bool], size: int) -> None:
    """Whatever the marks and the size, no action is lost, doubled or moved."""
    changes: list[Any] = [FLUSH if mark else {"_id": at} for at, mark in enumerate(marks)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "CHUNK_DOCUMENTS", size)
        found = list(chunks(changes))
    assert [one for chunk in found for one in chunk] == [one for one in changes if one is not FLUSH]
    assert all(len(chunk) <= size for chunk in found)


class _Server:
    """Notes which requests are under way together; stands in for ``streaming_bulk``, which needs a server."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.most = self._now = 0
        self._lock = Lock()

    def __call__(self, client: object, actions: Iterable[Any], **settings: object) -> Iterator[tuple[bool, Any]]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        for action in actions:
            accepted = action["_id"] % 10 != 9
            yield accepted, {"index": {"_id": action["_id"], "status": 400, "error": {"type": "bad", "reason": "text"}}}
            self.done.append(action["_id"])
        with self._lock:
            self._now -= 1


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> _Server:
    made = _Server()
    monkeypatch.setattr(sending, "streaming_bulk", made)
    monkeypatch.setattr(sending, "CHUNK_DOCUMENTS", 3)
    return made


def test_everything_before_a_mark_is_done_before_what_follows_is_asked_for(server: _Server) -> None:
    """A generator that looks at the server after a mark finds all that it gave before."""

    def changes() -> Iterator[Any]:
        yield from ({"_id": at} for at in range(8))
        yield FLUSH
        seen.append(sorted(server.done))
        yield {"_id": 8}

    seen: list[list[int]] = []
    assert list(refusals(object(), changes())) == []  # type: ignore[arg-type]  # the stand-in asks nothing of it
    assert seen == [list(range(8))]
    assert sorted(server.done) == list(range(9))


def test_refused_documents_are_named_without_their_text(server: _Server) -> None:
    """Each refusal gives the document, the status and the kind of error, and the others go on."""
    told = list(refusals(object(), ({"_id": at} for at in range(30))))  # type: ignore[arg-type]  # as above
    assert sorted(told) == ["19 (400 bad)", "29 (400 bad)", "9 (400 bad)"]
    assert sorted(server.done) == list(range(30))
    assert server.most <= SENDERS


def test_a_server_that_is_gone_ends_the_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first request that fails as a whole is raised; no further action is asked for behind those under way."""
    asked: list[int] = []

    def gone(*_: object, **__: object) -> Iterator[Any]:
        raise ConnectionError("gone")

    def changes() -> Iterator[Any]:
        for at in range(1_000):
            asked.append(at)
            yield {"_id": at}

    monkeypatch.setattr(sending, "streaming_bulk", gone)
    monkeypatch.setattr(sending, "CHUNK_DOCUMENTS", 3)
    with pytest.raises(ConnectionError):
        list(refusals(object(), changes()))  # type: ignore[arg-type]  # as above
    assert len(asked) <= 3 * (SENDERS + 1)
