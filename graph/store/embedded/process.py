"""Is a server process that was started earlier still that process, and how to end it."""

from typing import Protocol

import psutil

PAUSED = (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)


class Started(Protocol):
    """What is kept of a process: its pid, and when it was created, by which a reused pid is told apart."""

    @property
    def pid(self) -> int: ...

    @property
    def created(self) -> float: ...


def find(started: Started | None) -> psutil.Process | None:
    """The live process; None where it ended or its pid now belongs to another program."""
    if started is None:
        return None
    try:
        process = psutil.Process(started.pid)
        same = abs(process.create_time() - started.created) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def stands_still(started: Started) -> bool:
    """Whether the process is alive but paused (SIGSTOP, a debugger), so that it answers nobody."""
    process = find(started)
    try:
        return process is not None and process.status() in PAUSED
    except psutil.NoSuchProcess:
        return False


def end(process: psutil.Process, timeout_s: float) -> None:
    """Ask the process to close its data and end; kill it when it does not within `timeout_s`."""
    try:
        process.terminate()
        if not _gone(process, timeout_s):
            process.kill()
            _gone(process, timeout_s)
    except psutil.NoSuchProcess:
        return


def _gone(process: psutil.Process, timeout_s: float) -> bool:
    gone, _ = psutil.wait_procs([process], timeout=timeout_s)
    return bool(gone)
