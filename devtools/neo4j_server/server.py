"""Start and stop one Neo4j Community server on loopback."""

import json
import os
import secrets
import socket
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from devtools.neo4j_server.jars import MAIN, Neo4jNotAvailable, fetched, source

_OPEN = tuple(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in ("java.nio", "java.io", "sun.nio.ch"))


@dataclass(frozen=True, slots=True)
class Neo4jServer:
    """A running server and how to reach it."""

    pid: int
    created: float
    port: int
    password: str

    @property
    def uri(self) -> str:
        """Bolt address."""
        return f"bolt://127.0.0.1:{self.port}"

    def process(self) -> psutil.Process | None:
        """The server's process, or None where it ended."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created) < 1.0
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def stop(self, timeout_s: float = 30.0) -> None:
        """End the server and wait for it; kill it when it does not end."""
        process = self.process()
        if process is None:
            return
        process.terminate()
        _, alive = psutil.wait_procs([process], timeout=timeout_s)
        for stubborn in alive:
            stubborn.kill()
            stubborn.wait(timeout_s)


def start(cache: Path, home: Path, heap: str = "1g", timeout_s: float = 120.0) -> Neo4jServer:
    """A detached server with its data in `home` and jars from `cache`; one password per home.

    Raises Neo4jNotAvailable where Java or Maven is missing or the server does not come up.
    """
    jars = fetched(cache)
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    password, port, log = _password(home), _free_port(), home / "server.log"
    command = ["java", f"-Xmx{heap}", "-Duser.timezone=UTC", *_OPEN, "-cp", f"{jars}/*"]
    with log.open("wb") as output:
        child = subprocess.Popen(
            [*command, str(source(MAIN)), str(home), str(port), str(home / "password")],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=home, start_new_session=True,
        )  # fmt: skip
    server = Neo4jServer(child.pid, psutil.Process(child.pid).create_time(), port, password)
    _wait_ready(child, log, timeout_s)
    return server


def remembered(cache: Path) -> Neo4jServer | None:
    """The development server of this cache if it runs now."""
    try:
        server = Neo4jServer(**json.loads((cache / "server.json").read_text("utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return server if server.process() else None


def remember(cache: Path, server: Neo4jServer) -> None:
    """Keep how to reach the development server (mode 0600)."""
    _write_private(cache / "server.json", json.dumps(asdict(server)))


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
        _write_private(file, secrets.token_urlsafe(16))
    return file.read_text("utf-8")


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
