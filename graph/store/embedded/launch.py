"""Find the running embedded engine of a home or start it; any number of commands may ask at once."""

import json
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass

from graph.store.config import EngineConfig
from graph.store.embedded import ports, process
from graph.store.embedded.files import EngineFiles, EngineState
from graph.store.embedded.locks import FileLock
from graph.store.errors import DirectoryTaken, EngineStartFailed, PortTaken


@dataclass(frozen=True, slots=True)
class Attached:
    """A client's hold on the running engine; it stays up at least until `release`."""

    state: EngineState
    password: str
    lease: FileLock

    def release(self) -> None:
        """Let the engine go; it ends itself when nobody holds it."""
        self.lease.release()


def attach(config: EngineConfig) -> Attached:
    """Hold the engine of `config.home`, starting it when it does not run.

    Raises PortTaken, DirectoryTaken or EngineStartFailed.
    """
    files = EngineFiles(config.home)
    files.prepare()
    lease = FileLock(files.lock("lease"), shared=True)
    _acquire(lease, config)
    try:
        with FileLock(files.lock("start")) as start:
            _acquire(start, config)
            password = files.password()  # made by one, under the lock: the engine and all clients share it
            state = _settled(files, config.start_timeout_s) or _start(config, files)
    except BaseException:
        lease.release()
        raise
    return Attached(state, password, lease)


def running(config: EngineConfig) -> EngineState | None:
    """State of the engine if it runs now."""
    state = EngineFiles(config.home).read_state()
    return state if process.find(state) else None


def crashed(config: EngineConfig) -> bool:
    """True where an engine died without closing: its state file is still there, its process is not."""
    state = EngineFiles(config.home).read_state()
    return state is not None and process.find(state) is None


def stop(config: EngineConfig, timeout_s: float = 30.0) -> bool:
    """End the running engine and wait for it; False where none runs."""
    files = EngineFiles(config.home)
    if not files.root.is_dir():
        return False
    with FileLock(files.lock("start")) as start:
        _acquire(start, config)
        files.keep_file.unlink(missing_ok=True)
        running = process.find(files.read_state())
        if running is not None:
            process.end(running, timeout_s)
        files.state_file.unlink(missing_ok=True)
        return running is not None


def keep(config: EngineConfig) -> None:
    """Ask the engine to stay up without clients until `stop`."""
    EngineFiles(config.home).keep_file.touch(mode=0o600)


def _acquire(lock: FileLock, config: EngineConfig) -> None:
    try:
        lock.acquire(config.start_timeout_s)
    except TimeoutError as error:
        raise EngineStartFailed(f"another command is starting or stopping the engine: {error}") from error


def _settled(files: EngineFiles, timeout_s: float) -> EngineState | None:
    """The ready engine, after waiting for one that is starting or stopping; None where none runs."""
    deadline = time.monotonic() + timeout_s
    while True:
        state = files.read_state()
        if process.find(state) is None or state is None:
            return None
        if state.status == "ready":
            return state
        if time.monotonic() > deadline:
            raise EngineStartFailed(f"engine process {state.pid} is {state.status} since {timeout_s:.0f} s")
        time.sleep(0.1)


def _start(config: EngineConfig, files: EngineFiles) -> EngineState:
    """Start on the chosen ports; where another program took one meanwhile, once more on two free ones."""
    bolt, http = _choose_ports(config, files)
    try:
        return _start_on(config, files, bolt, http)
    except EngineStartFailed:
        if config.bolt_port is not None or all(ports.is_free(port) for port in (bolt, http)):
            raise
    return _start_on(config, files, *ports.free_ports(2))


def _start_on(config: EngineConfig, files: EngineFiles, bolt: int, http: int) -> EngineState:
    reading, writing = os.pipe()
    try:
        files.log.touch(mode=0o600)
        with files.log.open("ab") as log:
            subprocess.run(
                _command(config, bolt, http, writing),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=files.root, pass_fds=(writing,), start_new_session=True, check=True,
            )  # fmt: skip
        os.close(writing)
        writing = -1
        message = _read_message(reading, config.start_timeout_s)
    finally:
        os.close(reading)
        if writing >= 0:
            os.close(writing)
    return _started(message, files, bolt, http)


def _started(message: dict[str, str], files: EngineFiles, bolt: int, http: int) -> EngineState:
    if message.get("status") == "taken":
        raise DirectoryTaken(
            f"{files.root} is in use by another engine process;"
            " stop it, or set RELGRAPH_HOME to another folder"
        )
    state = files.read_state()
    if message.get("status") != "ready" or state is None:
        raise EngineStartFailed(f"the embedded engine did not start; end of {files.log}:\n{files.log_tail()}")
    files.write_ports(bolt, http)
    return state


def _command(config: EngineConfig, bolt: int, http: int, report: int) -> list[str]:
    options = {
        "home": config.home.absolute(),
        "bolt-port": bolt,
        "http-port": http,
        "database": config.database,
        "heap": config.heap,
        "timeout-ms": int(config.timeout_s * 1000),
        "idle-s": config.idle_s,
        "report-fd": report,
    }
    module = [sys.executable, "-m", "graph.store.embedded"]
    return module + [f"--{key}={item}" for key, item in options.items()]


def _choose_ports(config: EngineConfig, files: EngineFiles) -> tuple[int, int]:
    """The fixed port, else the ports of the last start where still free, else two free ones."""
    kept = files.read_ports()
    if config.bolt_port is not None:
        if not ports.is_free(config.bolt_port):
            raise PortTaken(
                f"port {config.bolt_port} on {ports.LOOPBACK} is taken by another program;"
                " free it, or set RELGRAPH_ENGINE_PORT to another"
            )
        return config.bolt_port, ports.free_ports(1)[0]
    if kept and all(ports.is_free(port) for port in kept):
        return kept
    bolt, http = ports.free_ports(2)
    return bolt, http


def _read_message(descriptor: int, timeout_s: float) -> dict[str, str]:
    """One JSON line from the engine; empty where it died or sent nothing in time."""
    readable, _, _ = select.select([descriptor], [], [], timeout_s)
    line = os.read(descriptor, 4096) if readable else b""
    return dict(json.loads(line)) if line else {}
