"""What is wrong with a given server, part by part, each in a sentence with what to do."""

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from extractors.errors import FindingAidError
from extractors.wording import counted
from index.elastic.connection import Server, connect, server_faults
from index.elastic.lock import STALE_AFTER, WRITER
from index.elastic.mapping import ANALYSIS
from index.elastic.names import Names
from index.elastic.reader import ElasticIndex

MAJORS = ("8", "9")


class Sign(NamedTuple):
    """One thing that was looked at. *grave* is what keeps us from working; *mend* alone is worth a word."""

    name: str
    what: str
    mend: str = ""
    grave: bool = False


def look(server: Server) -> Iterator[Sign]:
    """Every part in turn; where the server cannot be reached at all, that alone."""
    with connect(server) as client:
        for name, check in _CHECKS.items():
            sign = _sign(name, check, client, server)
            yield sign
            if name == "server" and sign.grave:
                return


def _sign(name: str, check: "_Check", client: Elasticsearch, server: Server) -> Sign:
    try:
        with server_faults(server.url):
            return check(client, server)
    except FindingAidError as error:
        return Sign(name, error.what, error.mend, grave=True)


def _reached(client: Elasticsearch, server: Server) -> Sign:
    health = client.cluster.health()
    status, nodes = health["status"], health["number_of_nodes"]
    said = f"{server.url}, {nodes} node{'s' if nodes > 1 else ''}, {status}"
    if status == "red":
        lost = client.cluster.health(level="indices")["indices"]
        ours = [n for n, one in lost.items() if one["status"] == "red" and n.startswith(f"{server.prefix}-")]
        where = f"in {', '.join(sorted(ours))}" if ours else "in other indices than ours"
        mend = "Bring the lost nodes back" + (", or run findingaid publish --all." if ours else ".")
        return Sign("server", f"{said}: shards are missing {where}", mend, grave=bool(ours))
    return Sign("server", said, "A node more would keep copies." if status == "yellow" else "")


def _version(client: Elasticsearch, _server: Server) -> Sign:
    nodes = client.nodes.info(filter_path="nodes.*.version")["nodes"]
    found = sorted({node["version"] for node in nodes.values()})
    wrong = [version for version in found if version.split(".")[0] not in MAJORS]
    said = f"version {', '.join(found)}"
    return Sign("version", said, "Elasticsearch 8 or 9 is needed." if wrong else "", grave=bool(wrong))


def _analysis(client: Elasticsearch, _server: Server) -> Sign:
    """Whether the server knows the filters that our mapping names."""
    steps = ANALYSIS["filter"]
    try:
        found = client.indices.analyze(
            tokenizer=ANALYSIS["tokenizer"]["findingaid_words"],
            filter=[steps["findingaid_longest"], "asciifolding", "lowercase", steps["findingaid_stems"]],
            text="Naïve officers",
        )
    except ApiError:
        return Sign(
            "analysis", "the server lacks a filter that English text needs", "Install a full distribution.", True
        )
    terms = [token["token"] for token in found["tokens"]]
    return Sign("analysis", "English words are stemmed", grave=terms != ["naiv", "offic"])


def _rights(client: Elasticsearch, server: Server) -> Sign:
    wanted = ["read", "write", "create_index", "delete_index", "manage", "view_index_metadata"]
    try:
        found = client.security.has_privileges(
            index=[{"names": [f"{server.prefix}-*"], "privileges": wanted}], cluster=["monitor"]
        )
    except ApiError as error:
        if error.status_code in {401, 403}:
            raise
        return Sign("rights", "the server asks nobody who they are", "Switch its security on unless it is on loopback.")
    held: dict[str, bool] = {**found["cluster"], **next(iter(found["index"].values()))}
    lacking = [name for name, has in held.items() if not has]
    if not lacking:
        return Sign("rights", "all that publishing needs")
    reading = not {"read", "view_index_metadata"} & set(lacking)
    said = f"{'reading only; ' if reading else ''}lacking {', '.join(lacking)} on {server.prefix}-*"
    return Sign("rights", said, "Ask for them if this account is to publish.", grave=not reading)


def _blocks(client: Elasticsearch, server: Server) -> Sign:
    found = client.indices.get_settings(index=f"{server.prefix}-*", name="index.blocks.*")
    blocked = sorted(
        name
        for name, one in found.body.items()
        for block, value in one["settings"].get("index", {}).get("blocks", {}).items()
        if block.startswith("read_only") and str(value) == "true"
    )
    if not blocked:
        return Sign("blocks", "none of our indices is read-only")
    mend = "Free disk space on the server, then set index.blocks.read_only_allow_delete to null."
    return Sign("blocks", f"read-only: {', '.join(blocked)}", mend, grave=True)


def _published(client: Elasticsearch, server: Server) -> Sign:
    """Whether the served generation holds what it says of itself."""
    index = ElasticIndex(server, client)
    said = index.describe()
    if said.generation is None:
        return Sign("published", "nothing yet", "Run findingaid publish.")
    held = index.search("", limit=0).total
    counts = f"generation {said.generation}: {counted(said.reports, 'report')}, {counted(held, 'passage')}"
    if held != said.passages:
        return Sign(
            "published", f"{counts} where {said.passages} were published", "findingaid publish --all", grave=True
        )
    return Sign("published", counts)


def _writer(client: Elasticsearch, server: Server) -> Sign:
    try:
        held: dict[str, Any] = client.get(index=Names(server.prefix).lock, id=WRITER)["_source"]
    except NotFoundError:
        return Sign("writer", "nobody writes")
    age = time.time() - held["at"]
    said = f"process {held['process']} on {held['host']}, last sign of life {age:.0f} s ago"
    return Sign("writer", said, "It died; the next writer takes over." if age > STALE_AFTER else "")


_Check = Callable[[Elasticsearch, Server], Sign]
_CHECKS: dict[str, _Check] = {
    "server": _reached,
    "version": _version,
    "analysis": _analysis,
    "rights": _rights,
    "blocks": _blocks,
    "published": _published,
    "writer": _writer,
}
