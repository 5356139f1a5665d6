"""Is the engine process of a state file still that process, and how to end it."""

import psutil

from graph.store.embedded.files import EngineState


def find(state: EngineState | None) -> psutil.Process | None:
    """The live process of this state; None where it ended or its pid now belongs to another program."""
    if state is None:
        return None
    try:
        process = psutil.Process(state.pid)
        same = abs(process.create_time() - state.created) < 1.0
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.NoSuchProcess:
        return None


def end(process: psutil.Process, timeout_s: float) -> None:
    """Ask the engine to close its data and end; kill it when it does not within `timeout_s`."""
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
