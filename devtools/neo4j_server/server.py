"""Start and stop one Neo4j Community server on loopback."""

import json
import secrets
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from devtools.neo4j_server.jars import MAIN, Neo4jNotAvailable, fetched, source
from graph.private import replace_private
from graph.store.embedded import process
from graph.store.embedded.ports import free_ports

FULLY = ("-XX:TieredStopAtLevel=4", "-XX:+UseG1GC", "-XX:-UseSerialGC")
"""A server lives long: it compiles fully, whatever `JAVA_TOOL_OPTIONS` says to embedded engines of tests."""

OPEN = tuple(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch"))


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server and how to reach it."""

    pid: int
    created: float
    port: int
    password: str
    folder: str
    """Where its data are."""

    @property
    def home(self) -> Path:
        return Path(self.folder)

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    def stop(self, timeout_s: float = 30.0) -> None:
        """End the server and wait for it; kill it when it does not end."""
        running = process.find(self)
        if running is not None:
            process.end(running, timeout_s)


def start(
    cache: Path,
    home: Path,
    heap: str = "1g",
    timeout_s: float = 120.0,
    port: int | None = None,
    keep_plans: bool = False,
) -> Neo4jServer:
    """A detached server with its data in `home` and jars from `cache`; one password per home.

    port: not given, a free one.
    keep_plans: a query that was planned once is not planned anew when the graph has grown or shrunk.

    Raises Neo4jNotAvailable where Java or Maven is missing or the server does not come up.
    """
    jars = fetched(cache)
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    password, port, log = _password(home), port or free_ports(1)[0], home / "server.log"
    command = ["java", f"-Xmx{heap}", "-Duser.timezone=UTC", *FULLY, *OPEN, "-cp", f"{jars}/*"]
    with log.open("wb") as output:
        child = subprocess.Popen(
            [*command, str(source(MAIN)), str(home), str(port), str(home / "password")]
            + ["keep-plans"] * keep_plans,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=home, start_new_session=True,
        )  # fmt: skip
    server = Neo4jServer(child.pid, psutil.Process(child.pid).create_time(), port, password, str(home))
    _wait_ready(child, log, timeout_s)
    return server


def remembered(cache: Path) -> Neo4jServer | None:
    """The development server of this cache if it runs now."""
    try:
        server = Neo4jServer(**json.loads((cache / "server.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return server if process.find(server) else None


def remember(cache: Path, server: Neo4jServer) -> None:
    """Keep how to reach the development server (mode 0600)."""
    replace_private(cache / "server.json", json.dumps(asdict(server)).encode())


def _wait_ready(child: "subprocess.Popen[bytes]", log: Path, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while b"ready\n" not in log.read_bytes():
        if child.poll() is not None or time.monotonic() > deadline:
            child.kill()
            child.wait()
            raise Neo4jNotAvailable(f"Neo4j did not start; end of {log}:\n{log.read_text('utf-8')[-2000:]}")
        time.sleep(0.2)
    child.returncode = 0  # it outlives us on purpose; `stop` ends it by its pid


def _password(home: Path) -> str:
    file = home / "password"
    if not file.exists():
        replace_private(file, secrets.token_urlsafe(16).encode())
    return file.read_text("utf-8")
