"""How much memory a command has used at most, and the engine that we started."""

import resource
import sys
from dataclasses import dataclass
from pathlib import Path

KIB = 1024
MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Peaks:
    """Peak resident bytes of this process, and of the embedded engine since its start where it runs."""

    process: int
    engine: int | None

    def as_dict(self) -> dict[str, int | None]:
        """For JSON."""
        return {"process_peak_bytes": self.process, "engine_peak_bytes": self.engine}

    def line(self, allowed: int) -> str:
        """One line for people; `allowed`: bytes that the command was given."""
        engine = "" if self.engine is None else f"; engine {_mib(self.engine)}"
        return f"memory: {_mib(self.process)} at most, of {_mib(allowed)}{engine}"


def peaks(home: Path) -> Peaks:
    """The peaks up to now; the engine's where that of `home` runs here (elsewhere it is not ours)."""
    own = _high_water(Path("/proc/self/status"))
    return Peaks(own or _maximum(), _engine(home))


def _engine(home: Path) -> int | None:
    if not (home / "engine" / "engine.json").exists():
        return None
    from graph.store.embedded import process  # noqa: PLC0415 - the driver loads only where an engine may run
    from graph.store.embedded.files import EngineFiles  # noqa: PLC0415 - as above

    running = process.find(EngineFiles(home).read_state())
    if running is None:
        return None
    return _high_water(Path(f"/proc/{running.pid}/status"))


def _high_water(status: Path) -> int | None:
    """`VmHWM` of a process; None where there is no such file (it ended, or this is not Linux)."""
    try:
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * KIB for line in lines if line.startswith("VmHWM:")), None)


def _maximum() -> int:
    """The peak as POSIX counts it: in bytes on macOS, else in KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * KIB


def _mib(size: int) -> str:
    return f"{size / MIB:,.0f} MiB"
