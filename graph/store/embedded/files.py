"""The embedded engine's files under `<home>/engine`: state, password, ports, locks, data, log."""

import json
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.private import private_folder, replace_private


@dataclass(frozen=True, slots=True)
class EngineState:
    """Who serves a home: written by the engine itself, removed when it ends cleanly."""

    status: str
    """`starting`, `ready` or `stopping`."""
    pid: int
    created: float
    """Start time of the process, so that a reused pid is not mistaken for it."""
    bolt_port: int
    http_port: int
    user: str
    database: str


@dataclass(frozen=True, slots=True)
class EngineFiles:
    """Paths of one home's engine, and how its small files are read and written."""

    home: Path

    @property
    def root(self) -> Path:
        """Everything of the engine stands here."""
        return self.home / "engine"

    @property
    def data(self) -> Path:
        """The engine's own root folder."""
        return self.root / "data"

    @property
    def log(self) -> Path:
        """Standard output and error of the engine process."""
        return self.root / "engine.log"

    @property
    def state_file(self) -> Path:
        """State of the running engine as JSON."""
        return self.root / "engine.json"

    @property
    def password_file(self) -> Path:
        """The engine's own random password, readable by its owner only."""
        return self.root / "password"

    @property
    def keep_file(self) -> Path:
        """While this exists, the engine stays up without clients."""
        return self.root / "keep"

    @property
    def ports_file(self) -> Path:
        """The ports of the last start, tried first at the next."""
        return self.root / "ports.json"

    def lock(self, name: str) -> Path:
        """Path of a lock file: `start`, `lease` or `owner`."""
        return self.root / f"{name}.lock"

    def prepare(self) -> None:
        """Create the folders, closed to other users."""
        private_folder(self.root)
        private_folder(self.data)

    def read_state(self) -> EngineState | None:
        """The state as last written, or None where there is none or it is torn."""
        try:
            return EngineState(**json.loads(self.state_file.read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def write_state(self, state: EngineState) -> None:
        """Replace the state in one step."""
        replace_private(self.state_file, json.dumps(asdict(state)).encode())

    def read_ports(self) -> tuple[int, int] | None:
        """Bolt and HTTP port of the last start."""
        try:
            bolt, http = json.loads(self.ports_file.read_text("utf-8"))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return int(bolt), int(http)

    def write_ports(self, bolt: int, http: int) -> None:
        """Keep the ports for the next start."""
        replace_private(self.ports_file, json.dumps([bolt, http]).encode())

    def password(self) -> str:
        """The engine's password, made on first use; where the file is lost, the engine gets a new one.

        Hold `start.lock` where it may be made: two makers would leave one with a password nobody checks.
        """
        try:
            kept = self.password_file.read_text("utf-8").strip()
        except FileNotFoundError:
            kept = ""
        if kept:
            return kept
        shutil.rmtree(self.data / "config", ignore_errors=True)
        made = secrets.token_urlsafe(24)
        replace_private(self.password_file, made.encode())
        return made

    def log_tail(self, lines: int = 12) -> str:
        """The end of the engine's log."""
        try:
            return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-lines:])
        except FileNotFoundError:
            return "(no log)"
