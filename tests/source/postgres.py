"""A real PostgreSQL on loopback for the tests, where Debian's package (or another one) is installed."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "reader"


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def _runs_as() -> str | None:
    """PostgreSQL does not run as root."""
    return "nobody" if os.geteuid() == 0 else None


class Postgres:
    """A running server with a password."""

    def __init__(self, bin_folder: Path, folder: Path, port: int, password: str) -> None:
        self._bin, self._folder, self.port, self.password = bin_folder, folder, port, password

    @property
    def url(self) -> str:
        """Without password."""
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        self._ctl("start", "-w", "-o", options, "-l", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop at once: every session is lost."""
        self._ctl("stop", "-m", "immediate")

    def _ctl(self, verb: str, *options: str) -> None:
        _run([str(self._bin / "pg_ctl"), verb, "-D", str(self._folder / "data"), *options])


@contextmanager
def running() -> Iterator[Postgres]:
    """A new, empty server."""
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="relgraph-pg-"))
    password = secrets.token_urlsafe(12)
    try:
        (folder / "password").write_text(password, encoding="utf-8")
        if (user := _runs_as()) is not None:
            found = pwd.getpwnam(user)
            for path in (folder, folder / "password"):
                os.chown(path, found.pw_uid, found.pw_gid)
        _run(
            [str(bin_folder / "initdb"), "-D", str(folder / "data"), "-U", USER, "-A", "scram-sha-256",
             "--pwfile", str(folder / "password"), "-E", "UTF8", "--no-sync", "--locale=C"]
        )  # fmt: skip
        server = Postgres(bin_folder, folder, _free_port(), password)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, user=_runs_as(), cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
