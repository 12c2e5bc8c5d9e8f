"""The search server fails in every way it can: a clear error, the old generation served, nothing lost or doubled."""

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from extractors.errors import DiskFull, IndexBusy, IndexFault, NoIndex, PublishRefused, UsageError
from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.elastic import ElasticIndex, Server, connect
from index.elastic.lock import writing
from index.elastic.names import FORMER, Names
from index.elastic.writer import clear

pytestmark = pytest.mark.xdist_group("elasticsearch")


def tagged(number: int, passages: int = 3, page: int = 1) -> Tagged:
    report = Report(id=f"r{number}", sha256=f"{number:064x}", url=f"file:///r{number}.pdf", title=f"Report {number}")
    return Tagged(
        report=report,
        maker=Maker(name="by-hand", revision="1"),
        passages=tuple(
            Passage(
                id=f"r{number}:{n}",
                report=report,
                block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=f"Words of {number} and {n}", pages=(page,)),
            )
            for n in range(passages)
        ),
    )


@pytest.fixture
def prefix(elasticsearch_url: str) -> Iterator[str]:
    """A prefix of its own, cleared away afterwards."""
    name = f"test-{os.urandom(6).hex()}"
    yield name
    with connect(Server(url=elasticsearch_url)) as client:
        for index in client.indices.get(index=f"{name}-*"):
            client.indices.delete(index=index)


@pytest.fixture
def server(elasticsearch_url: str, prefix: str) -> Server:
    """The real server, under that prefix."""
    return Server(url=elasticsearch_url, prefix=prefix)


@pytest.fixture
def index(server: Server) -> Iterator[ElasticIndex]:
    """An index with one report published."""
    with connect(server) as client:
        made = ElasticIndex(server, client)
        made.publish([tagged(1)])
        yield made


def test_two_writers(index, server):
    """A second writer is refused and told who writes."""
    busy = pytest.raises(IndexBusy, match=f"process {os.getpid()}")
    with connect(server) as client, writing(client, Names(server.prefix).lock), busy:
        index.publish([tagged(2)])
    assert index.publish([tagged(2)]).passages == 6


def test_refused_documents_are_named_and_change_nothing(index):
    """A document that the server cannot hold is named, by id and kind of error; what was served is served still."""
    with pytest.raises(PublishRefused, match=r"r2:0 \(400 document_parsing_exception\)") as caught:
        index.publish([tagged(3), tagged(2, page=3_000_000_000)])
    assert "Words" not in str(caught.value)
    assert index.search("words").total == 3
    assert index.describe().generation.startswith("000001-")


def test_a_source_that_breaks_off(index, server):
    """Where what is to be published cannot be read, the half-made generation is removed."""

    def broken() -> Iterator[Tagged]:
        yield tagged(2)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        index.publish(broken())
    with connect(server) as client:
        assert [one.number for one in Names(server.prefix).all(client)] == [1]
    assert index.search("words").total == 3


def publish_and_die(server: Server) -> None:
    """Publish, and be killed in the middle."""

    def given() -> Iterator[Tagged]:
        yield tagged(2)
        os.kill(os.getpid(), signal.SIGKILL)

    ElasticIndex(server).publish(given())


def test_killed(index, server):
    """A writer that is killed leaves the old generation served; the next one takes over its lock and clears up."""
    process = multiprocessing.get_context("spawn").Process(target=publish_and_die, args=(server,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert index.search("words").total == 3
    names = Names(server.prefix)
    with connect(server) as client:
        with pytest.raises(IndexBusy, match="being written"):
            index.publish([tagged(2)])
        with writing(client, names.lock, stale_after=0):
            clear(client, names)
        assert [one.number for one in names.all(client)] == [1]
    assert index.publish([tagged(2)]).passages == 6


def test_roll_back(index, server):
    """The generation before is kept, and can be served again, and back."""
    first = index.describe()
    second = index.publish([tagged(2)])
    assert index.roll_back()
    assert index.describe() == first
    assert index.search("words").total == 3
    assert index.roll_back()
    assert index.describe() == second
    index.publish([tagged(3)])
    with connect(server) as client:
        names = Names(server.prefix)
        assert len(names.all(client)) == 2
        assert names.pointed(client, FORMER) is not None


def test_nothing_to_roll_back_to(index):
    """With one generation only, nothing happens."""
    assert not index.roll_back()
    assert index.search("words").total == 3


Answering = Callable[[int, dict[str, object], bool], str]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Starts a server on loopback that gives one answer to everything: a third party's failure."""
    started: list[ThreadingHTTPServer] = []

    def start(status: int, body: dict[str, object], genuine: bool = True) -> str:
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                said = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                if genuine:
                    self.send_header("x-elastic-product", "Elasticsearch")
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - the library's names

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        started.append(made)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{made.server_port}"

    yield start
    for one in started:
        one.shutdown()
        one.server_close()


def refusal(kind: str) -> dict[str, object]:
    return {"error": {"type": kind, "reason": "quotes a passage about a named person"}}


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        pytest.param(401, refusal("security_exception"), IndexFault, "401", id="no key"),
        pytest.param(403, refusal("security_exception"), IndexFault, "403", id="no right"),
        pytest.param(403, refusal("cluster_block_exception"), DiskFull, "full or", id="read-only block"),
        pytest.param(413, refusal("content_too_long"), IndexFault, "too large", id="too large"),
        pytest.param(429, refusal("es_rejected_execution_exception"), IndexBusy, "overloaded", id="too many requests"),
        pytest.param(429, refusal("cluster_block_exception"), DiskFull, "full or", id="flood stage"),
        pytest.param(503, refusal("no_shard_available_action_exception"), IndexFault, "503", id="red cluster"),
        pytest.param(404, refusal("index_not_found_exception"), NoIndex, "Nothing has been", id="no index"),
        pytest.param(400, refusal("mapper_parsing_exception"), IndexFault, "mapper_parsing_exception", id="conflict"),
    ],
)
@pytest.mark.parametrize("action", ["search", "publish"])
def test_refusals(answering, status, body, error, said, action):
    """Each refusal is one sentence that says what to do, and never quotes what the server quotes."""
    server = Server(url=answering(status, body), timeout=5)
    with connect(server) as client:
        made = ElasticIndex(server, client)
        ask = {"search": lambda: made.search("words"), "publish": lambda: made.publish([tagged(1)])}[action]
        with pytest.raises(error, match=said) as caught:
            ask()
    assert "named person" not in str(caught.value)


def test_not_elasticsearch(answering):
    """Something else at the address is said to be something else."""
    server = Server(url=answering(200, {}, False))
    with connect(server) as client, pytest.raises(IndexFault, match="not Elasticsearch"):
        ElasticIndex(server, client).search("words")


def test_server_down():
    """A server that is down is said to be down, soon."""
    server = Server(url="http://127.0.0.1:9", timeout=2)
    with connect(server) as client:
        for ask in (lambda one: one.search("x"), lambda one: one.describe(), lambda one: one.publish([tagged(1)])):
            with pytest.raises(IndexFault, match="does not answer"):
                ask(ElasticIndex(server, client))


def test_a_user_needs_a_password():
    """Half of a user and password is a mistake, said before anything is sent."""
    with pytest.raises(UsageError, match="password"):
        connect(Server(url="http://127.0.0.1:9", user="reader"))


def test_secrets_are_not_shown():
    """A server's record can be logged: its secrets are not in it."""
    server = Server(url="http://127.0.0.1:9", user="reader", password=SecretStr("hidden"), api_key=SecretStr("hidden"))
    assert "hidden" not in repr(server) + server.model_dump_json()
