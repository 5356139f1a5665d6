"""The embedded engine's own process, started by `launch`: `python -m graph.store.embedded OPTIONS`."""

import argparse
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import psutil

from graph.private import new_files_private
from graph.store.embedded.files import EngineFiles, EngineState
from graph.store.embedded.locks import FileLock
from graph.store.embedded.ports import LOOPBACK

TICK_S = 0.5
STOP_S = 30.0
"""How long closing the data may take before the process ends all the same."""


class HomeRemoved(Exception):
    """Somebody removed the engine's folder: there is nothing left to serve or to save."""


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m graph.store.embedded")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--bolt-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--database", required=True)
    parser.add_argument("--heap", required=True)
    parser.add_argument("--timeout-ms", type=int, required=True)
    parser.add_argument("--idle-s", type=float, required=True)
    parser.add_argument("--report-fd", type=int, required=True)
    return parser.parse_args(arguments)


def _state(options: argparse.Namespace, status: str) -> EngineState:
    return EngineState(
        status=status,
        pid=os.getpid(),
        created=psutil.Process().create_time(),
        bolt_port=options.bolt_port,
        http_port=options.http_port,
        user="root",
        database=options.database,
    )


def _reporter(descriptor: int) -> Callable[[dict[str, str]], None]:
    def report(message: dict[str, str]) -> None:
        try:
            os.write(descriptor, json.dumps(message).encode() + b"\n")
            os.close(descriptor)
        except BrokenPipeError:
            return  # the command that started us is gone; the next one finds us by the state file

    return report


def _jvm_arguments(options: argparse.Namespace) -> list[str]:
    return [
        "-Xrs",  # the JVM leaves SIGTERM to us, so that data is closed before the process ends
        "-Duser.timezone=UTC",
        f"-Darcadedb.command.timeout={options.timeout_ms}",
        "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
        f"-XX:ErrorFile={options.home / 'engine' / 'jvm-crash-%p.log'}",
    ]


def _server_settings(options: argparse.Namespace) -> dict[str, object]:
    return {
        "mode": "production",
        "host": LOOPBACK,
        "http_port": options.http_port,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": options.bolt_port,
        "bolt_host": LOOPBACK,
        "bolt_defaultDatabase": options.database,
    }


def _wait_for_end(files: EngineFiles, idle_s: float, stop: threading.Event) -> FileLock:
    """Return when asked to stop, or after `idle_s` without clients; the lease then stays ours to the end.

    Raises HomeRemoved.
    """
    lease, idle = FileLock(files.lock("lease")), 0.0
    while not stop.wait(TICK_S):
        if not files.lock("owner").exists():
            raise HomeRemoved
        if files.keep_file.exists() or not lease.try_acquire():
            idle = 0.0
            continue
        idle += TICK_S
        if idle >= idle_s:
            return lease
        lease.release()
    return lease


def _serve(options: argparse.Namespace, files: EngineFiles, report: Callable[[dict[str, str]], None]) -> None:
    from arcadedb_embedded import ArcadeDBServer  # noqa: PLC0415 - loads the JVM bridge, only in this process

    stop = threading.Event()
    jvm = {"heap_size": options.heap, "jvm_args": _jvm_arguments(options)}
    server = ArcadeDBServer(str(files.data), files.password(), _server_settings(options), jvm)
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    server.start()
    server.create_database(options.database)
    files.write_state(_state(options, "ready"))
    report({"status": "ready"})
    with _wait_for_end(files, options.idle_s, stop):
        if not files.lock("owner").exists():
            raise HomeRemoved
        _end_in(STOP_S)
        files.write_state(_state(options, "stopping"))
        server.stop()
        files.state_file.unlink(missing_ok=True)


def _end_in(seconds: float) -> None:
    """End the process after that time, whatever it waits for."""
    timer = threading.Timer(seconds, os._exit, (1,))
    timer.daemon = True
    timer.start()


def main(arguments: list[str]) -> int:
    """Serve one home until stopped or idle; leaves the caller's session at once."""
    options = _options(arguments)
    new_files_private()
    if os.fork():
        os._exit(0)
    files, report = EngineFiles(options.home), _reporter(options.report_fd)
    owner = FileLock(files.lock("owner"))
    if not owner.try_acquire():
        report({"status": "taken"})
        return 1
    with owner:
        files.write_state(_state(options, "starting"))
        try:
            _serve(options, files, report)
        except HomeRemoved:
            return 0
        except Exception:
            files.state_file.unlink(missing_ok=True)
            raise
    return 0


def _run() -> None:
    """End with the code of `main`; threads of the JVM would keep a process that raised alive for ever."""
    code = 1
    try:
        code = main(sys.argv[1:])
    finally:
        if sys.exception() is not None:
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _run()
