"""A server that asks who one is, a cluster that loses a node, and what ``doctor --index`` says of each."""

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from extractors.errors import FindingAidError, IndexFault
from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.elastic import ElasticIndex, Server, connect
from index.elastic.checkup import look
from index.elastic.lock import writing
from index.elastic.names import Names

pytestmark = pytest.mark.xdist_group("elasticsearch")

CASES = 60
PASSAGES = 5


def tagged(number: int) -> Tagged:
    about = Report(id=f"r{number}", sha256=f"{number:064x}", url=f"file:///r{number}.pdf", title=f"Report {number}")
    passages = tuple(
        Passage(
            id=f"r{number}:{n}",
            report=about,
            block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=f"Words of {number} and {n}", pages=(1,)),
        )
        for n in range(PASSAGES)
    )
    return Tagged(report=about, maker=Maker(name="by-hand", revision="1"), passages=passages)


def signs(server: Server) -> dict[str, Any]:
    """What the doctor says, by part."""
    return {sign.name: sign for sign in look(server)}


@pytest.fixture(scope="module")
def start(root: Path) -> Iterator[Callable[..., Any]]:
    """Starts clusters, and ends them."""
    if os.environ.get("ELASTICSEARCH_URL"):
        pytest.skip("ELASTICSEARCH_URL names a server that is not ours to break")
    spec = importlib.util.spec_from_file_location("server", root / "tests" / "system" / "elasticsearch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    started: list[Any] = []
    folders: list[Path] = []

    def begin(**how: Any) -> Any:
        folders.append(Path(tempfile.mkdtemp(prefix="findingaid-cluster-")))
        folders[-1].chmod(0o755)  # the server runs as another user
        try:
            started.append(module.Cluster(folders[-1], **how))
            started[-1].wait()
        except SystemExit as error:
            pytest.skip(f"no Elasticsearch could be started: {error}")
        return started[-1]

    begin.user, begin.password, begin.looker = module.USER, module.PASSWORD, module.LOOKER
    yield begin
    for one in started:
        one.stop()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def secured(start: Any) -> Server:
    """A server that asks who one is, with the user it knows."""
    return Server(url=start(security=True).urls[0], user=start.user, password=SecretStr(start.password), prefix="s")


def test_a_stranger_is_refused(secured: Server) -> None:
    """Without a password, or with a wrong one, every request ends in one sentence; with the right one all works."""
    strangers = [
        secured.replaced(user=None, password=None),
        secured.replaced(password=SecretStr("wrong")),
        secured.replaced(user=None, password=None, api_key=SecretStr("bm9ib2R5OndpdGhvdXQ=")),
    ]
    for stranger in strangers:
        index = ElasticIndex(stranger)
        for ask in (lambda one: one.search("x"), lambda one: one.describe(), lambda one: one.publish([tagged(1)])):
            with pytest.raises(IndexFault, match="401") as caught:
                ask(index)
            assert "wrong" not in str(caught.value)
        (only,) = look(stranger)
        assert (only.name, only.grave) == ("server", True)
        assert "401" in only.what
    index = ElasticIndex(secured)
    assert index.publish([tagged(1), tagged(2)]).passages == 2 * PASSAGES
    assert index.search("words").total == 2 * PASSAGES


def test_doctor_on_a_sound_server(secured: Server) -> None:
    """Of a server that is well nothing grave is said, and each part is looked at."""
    ElasticIndex(secured).publish([tagged(1)], keep_rest=False)
    said = signs(secured)
    assert set(said) == {"server", "version", "analysis", "rights", "blocks", "published", "writer"}
    assert [name for name, sign in said.items() if sign.grave] == []
    assert said["rights"].what == "all that publishing needs"
    assert f"1 report, {PASSAGES} passages" in said["published"].what
    assert said["writer"].what == "nobody writes"


def test_doctor_on_one_who_may_only_read(secured: Server, start: Any) -> None:
    """An account that reads is told what it lacks, which keeps nobody from searching."""
    ElasticIndex(secured).publish([tagged(1)], keep_rest=False)
    looker = secured.replaced(user=start.looker)
    rights = signs(looker)["rights"]
    assert not rights.grave
    assert "reading only; lacking" in rights.what
    assert "create_index" in rights.what
    assert ElasticIndex(looker).search("words").total == PASSAGES
    with pytest.raises(IndexFault, match="403"):
        ElasticIndex(looker).publish([tagged(3)])


def test_doctor_on_a_server_in_trouble(secured: Server) -> None:
    """A read-only index, passages that went missing and a writer at work are each named."""
    ElasticIndex(secured).publish([tagged(1)], keep_rest=False)
    names = Names("s")
    with connect(secured) as client:
        served = names.pointed(client)
        assert served is not None
        with writing(client, names.lock):
            assert f"process {os.getpid()}" in signs(secured)["writer"].what
        client.delete(index=served.passages, id="r1:0", refresh=True)
        client.indices.put_settings(index=served.passages, settings={"index.blocks.read_only_allow_delete": True})
    said = signs(secured)
    assert [name for name, sign in said.items() if sign.grave] == ["blocks", "published"]
    assert served.passages in said["blocks"].what
    assert f"{PASSAGES} were published" in said["published"].what


def test_doctor_where_nothing_answers() -> None:
    """Of a server that is down that alone is said."""
    (only,) = look(Server(url="http://127.0.0.1:9", timeout=2))
    assert (only.name, only.grave) == ("server", True)
    assert "does not answer" in only.what


@pytest.fixture(scope="module")
def three(start: Any) -> Any:
    """A cluster of three nodes."""
    return start(nodes=3, heap="384m")


def whole(index: ElasticIndex) -> int:
    """The number of passages found, which must be those that the served generation says it holds."""
    said = index.describe()
    found = index.search("words", limit=0)
    assert (found.total, found.generation) == (said.passages, said.generation)
    return found.total


def test_a_node_is_lost(three: Any) -> None:
    """A served generation has a copy: when a node dies all is found still, what is published next is whole, too."""
    server = Server(url=three.urls[0], prefix="lost", timeout=60)
    index = ElasticIndex(server)
    index.publish([tagged(number) for number in range(CASES)])
    before = [hit.passage.id for hit in index.search("words", limit=50).hits]
    with connect(server) as client:
        client.cluster.health(wait_for_status="green", timeout="60s")
    three.kill(2)
    try:
        assert [hit.passage.id for hit in index.search("words", limit=50).hits] == before
        assert whole(index) == CASES * PASSAGES
        index.publish([tagged(CASES)])
        assert whole(index) == (CASES + 1) * PASSAGES
        assert "2 nodes" in signs(server)["server"].what
    finally:
        three.restart(2)
    assert whole(index) == (CASES + 1) * PASSAGES


def test_a_node_is_lost_while_publishing(three: Any) -> None:
    """Publishing ends whole or in one sentence; until then, and after, one whole generation is served."""
    server = Server(url=three.urls[0], prefix="during", timeout=60)
    index = ElasticIndex(server)
    index.publish([tagged(0)])
    seen: list[int] = []

    def given() -> Iterator[Tagged]:
        for number in range(1, CASES):
            if number == CASES // 2:
                three.kill(1)
                seen.append(whole(index))
            yield tagged(number)

    try:
        try:
            index.publish(given())
        except FindingAidError:
            assert whole(index) == PASSAGES
        else:
            assert whole(index) == CASES * PASSAGES
        assert seen == [PASSAGES]
    finally:
        three.restart(1)
    index.publish([tagged(number) for number in range(1, CASES)])
    assert whole(index) == CASES * PASSAGES
