"""One command as a child process: its seconds, and its peak memory as the kernel of Linux counted it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.engines import CommandFailed

KIB = 1024
LOOK_S = 0.05
"""How often the peak of a command is read. The kernel keeps it: only growth in the last moment is missed."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Wall and processor seconds, and peak resident bytes, of a command; its standard output."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    output: str


def relgraph(words: Sequence[str], environment: Mapping[str, str], folder: Path) -> Spent:
    """Run `relgraph WORDS`; what it prints is kept in `folder`. Raises CommandFailed."""
    program = str(Path(sys.executable).with_name("relgraph"))
    printed, told = folder / "stdout.txt", folder / "stderr.txt"
    began, most, ended = time.monotonic(), 0, 0
    with printed.open("wb") as out, told.open("wb") as err:
        child = subprocess.Popen([program, *words], stdout=out, stderr=err, env=dict(environment))
        while not ended:
            most = max(most, peak(child.pid))
            time.sleep(LOOK_S)
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
    seconds = time.monotonic() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise CommandFailed(words, child.returncode, told.read_text("utf-8", errors="replace"))
    return Spent(seconds, usage.ru_utime + usage.ru_stime, most, printed.read_text("utf-8"))


def cpu_seconds(pid: int) -> float:
    """Processor seconds of a process up to now."""
    spent = psutil.Process(pid).cpu_times()
    return spent.user + spent.system


def forget_peak(pid: int) -> None:
    """Let the kernel count the peak of a process of ours anew, from what is resident now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def peak(pid: int) -> int:
    """Peak resident bytes of a process since it began, or since `forget_peak` (`VmHWM`); 0 where it ended.

    `ru_maxrss` is no substitute: a child inherits that of the program that started it.
    """
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return next((int(line.split()[1]) * KIB for line in status.splitlines() if line.startswith("VmHWM:")), 0)
