"""Peak memory of a command with everything it started, step by step."""

import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil

INTERVAL_S = 0.2


@dataclass(slots=True)
class Step:
    """One step: what it name, when it began (seconds from the start), its peak memory (bytes)."""

    name: str
    began_s: float
    peak_rss: int = 0


@dataclass(slots=True)
class Sampler:
    """Sums, five times a second, the resident memory of a process tree and of whatever works on `home`.

    Shared pages are counted once per process, so the sum is an upper bound.
    """

    process: subprocess.Popen[str]
    home: Path
    steps: list[Step] = field(default_factory=lambda: [Step("start", 0.0)])
    _ended: threading.Event = field(default_factory=threading.Event)
    _began: float = field(default_factory=time.monotonic)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "Sampler":
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread:
            self._thread.join()

    def begin(self, name: str) -> None:
        self.steps.append(Step(name, self.elapsed()))

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    def _watch(self) -> None:
        while not self._ended.wait(INTERVAL_S):
            step = self.steps[-1]
            step.peak_rss = max(step.peak_rss, resident(self.process.pid, self.home))


def resident(pid: int, home: Path) -> int:
    """Resident bytes of a process, its descendants, and processes whose command line names `home`."""
    family = {process.pid: process for process in [*_tree(pid), *_workers(home)]}
    return sum(map(_rss, family.values()))


def _tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _workers(home: Path) -> list[psutil.Process]:
    named = str(home)
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(named in word for word in process.info["cmdline"] or ())
    ]


def _rss(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
