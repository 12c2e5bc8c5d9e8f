"""Start a real Elasticsearch for tests and benchmarks, on loopback, as another user: prints its address and stays.

Usage: python tests/system/elasticsearch.py FOLDER [--heap 512m] [--nodes 1] [--security]

The official slim server comes from Maven Central once and is kept under .service-cache/. It lacks the usual
stemmers and synonym filters, so a small test-only plugin (tests/integration/analysis-plugin) supplies them.
FOLDER takes data and logs; the server ends with this program.
"""

import argparse
import contextlib
import fcntl
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

VERSION = "8.19.21"
ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".service-cache" / "elasticsearch"
PLUGIN = ROOT / "tests" / "integration" / "analysis-plugin"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
USER, PASSWORD = "reader", "not-a-secret"
LOOKER = "looker"
"""May read and nothing else, with the same password."""
ROLES = """looks:
  cluster: [monitor]
  indices: [{names: ["*"], privileges: [read, view_index_metadata]}]
"""
WAIT = 180


def java_home() -> Path:
    """The home of JDK 17, the one the server is made for."""
    named = [Path(os.environ[n]) for n in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(n)]
    for home in [*named, *sorted(Path("/usr/lib/jvm").glob("java-17-openjdk-*"))]:
        if (home / "bin" / "javac").exists() and 'version "17' in _said(home / "bin" / "java", "-version"):
            return home
    raise SystemExit("missing: JDK 17 (Debian: openjdk-17-jdk-headless)")


def _said(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: each test worker asks for the server, and on a fresh machine all of them at once."""
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    with CACHE.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def distribution() -> Path:
    """The unpacked server with the test plugin, made on first use."""
    with _alone():
        home = CACHE / f"elasticsearch-{VERSION}"
        _fetch(home)
        _build_plugin(home)
    return home


def _fetch(home: Path) -> None:
    if not (home / "ready").exists():
        if not shutil.which("mvn"):
            raise SystemExit("missing: Maven, which fetches the server (Debian: maven)")
        shutil.rmtree(CACHE, ignore_errors=True)
        CACHE.mkdir(parents=True)
        plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
        wanted = (f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={CACHE}", "-Dmdep.useBaseVersion=true")
        _run("mvn", "-q", "-B", plugin, *wanted)
        archive = next(CACHE.glob("*.zip"))
        shutil.unpack_archive(archive, CACHE)
        archive.unlink()
        for script in (home / "bin").iterdir():
            script.chmod(0o755)
        (home / "ready").touch()


def _build_plugin(home: Path) -> None:
    classes, target = CACHE / "classes", home / "plugins" / "findingaid-test-analysis"
    source = (PLUGIN / "TestAnalysisPlugin.java").read_bytes()
    built_from = CACHE / "plugin-source.java"
    if built_from.exists() and built_from.read_bytes() == source:
        return
    for old in (classes, target):
        shutil.rmtree(old, ignore_errors=True)
    javac = java_home() / "bin" / "javac"
    _run(javac, "-nowarn", "-d", classes, "-cp", f"{home}/lib/*", PLUGIN / "TestAnalysisPlugin.java")
    target.mkdir(parents=True)
    _run(javac.with_name("jar"), "--create", "--file", target / "plugin.jar", "-C", classes, ".")
    shutil.copy(PLUGIN / "plugin-descriptor.properties", target)
    built_from.write_bytes(source)


def _run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"failed: {command[0]}: {(done.stdout + done.stderr).strip()[-2000:]}")


def free_ports(count: int) -> list[int]:
    """Ports of loopback that are free now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class Cluster:
    """Nodes on loopback, each a process of another user.

    Args:
        folder: takes configuration, data and logs.
        nodes: how many.
        heap: of each node.
        security: whether a user and password are asked for.
    """

    def __init__(self, folder: Path, nodes: int = 1, heap: str = "512m", *, security: bool = False) -> None:
        self.folder, self.heap, self.security = folder, heap, security
        self.home, self.java = distribution(), java_home()
        ports = free_ports(2 * nodes)
        self.http, self.transport = ports[:nodes], ports[nodes:]
        self.urls = [f"http://127.0.0.1:{port}" for port in self.http]
        self.processes = [self._start(number) for number in range(nodes)]

    def _start(self, number: int) -> "subprocess.Popen[bytes]":
        place = self.folder / f"node{number}"
        config = place / "config"
        if not config.exists():
            shutil.copytree(self.home / "config", config)
            (config / "elasticsearch.yml").write_text(self._settings(number, place))
            (config / "jvm.options.d" / "heap.options").write_text(f"-Xms{self.heap}\n-Xmx{self.heap}\n")
            (config / "roles.yml").write_text(ROLES)
            (place / "tmp").mkdir()
        user = _lesser_user()
        environment = {
            "PATH": os.environ["PATH"],
            "ES_JAVA_HOME": str(self.java),
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(place / "tmp"),
            "HOME": str(place),
        }
        if user is not None:
            # Its own files alone: those of the other nodes come and go while these run.
            for part in [self.folder, place, *place.rglob("*")]:
                os.chown(part, user, user)
        with (place / "out.log").open("ab") as log:
            if self.security and number == 0:
                for name, role in ((USER, "superuser"), (LOOKER, "looks")):
                    add = [self.home / "bin" / "elasticsearch-users", "useradd", name, "-p", PASSWORD, "-r", role]
                    subprocess.run(add, env=environment, stdout=log, stderr=log, user=user, group=user, check=False)
            server = [self.home / "bin" / "elasticsearch"]
            return subprocess.Popen(
                server, env=environment, stdout=log, stderr=log, user=user, group=user, start_new_session=True
            )

    def _settings(self, number: int, place: Path) -> str:
        names = json.dumps([f"node{n}" for n in range(len(self.http))])
        hosts = json.dumps([f"127.0.0.1:{port}" for port in self.transport])
        several = f"discovery.seed_hosts: {hosts}\ncluster.initial_master_nodes: {names}\n"
        return (
            f"cluster.name: findingaid-test\nnode.name: node{number}\nnetwork.host: 127.0.0.1\n"
            f"http.port: {self.http[number]}\ntransport.port: {self.transport[number]}\n"
            f"path.data: {place / 'data'}\npath.logs: {place / 'logs'}\n"
            "cluster.routing.allocation.disk.threshold_enabled: false\n"
            f"xpack.security.enabled: {str(self.security).lower()}\n"
            + ("discovery.type: single-node\n" if len(self.http) == 1 else several)
        )

    def wait(self) -> None:
        """Return when the cluster answers with all its nodes."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            if any(process.poll() is not None for process in self.processes):
                raise SystemExit(f"the server ended: {self._last_words()}")
            with contextlib.suppress(OSError, ValueError):
                if _health(self.urls[0]).get("number_of_nodes") == len(self.urls):
                    return
            time.sleep(0.5)
        raise SystemExit(f"no answer in {WAIT} s: {self._last_words()}")

    def _last_words(self) -> str:
        return (self.folder / "node0" / "out.log").read_text(errors="replace")[-1500:]

    def kill(self, number: int) -> None:
        """End a node as a power cut would."""
        os.killpg(self.processes[number].pid, signal.SIGKILL)
        self.processes[number].wait()

    def restart(self, number: int) -> None:
        """Start a node that was killed, on its own data, and return when all are there."""
        self.processes[number] = self._start(number)
        self.wait()

    def stop(self) -> None:
        """End every node."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _health(url: str) -> dict[str, object]:
    """Cluster health; a demand for a password counts as an answer of one node."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 401:
            return {"number_of_nodes": 1}
        raise


def _lesser_user() -> int | None:
    """The server refuses to run as root: another user's number, where we are root."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heap", default="512m")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--security", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(given.folder.resolve(), given.nodes, given.heap, security=given.security)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        cluster.wait()
        print(" ".join(cluster.urls), flush=True)
        signal.pause()
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
