"""What the demo costs: wall time and peak memory of every step, from the lines it prints itself."""

import subprocess
import sys
from pathlib import Path

from bench.report import Table
from bench.sampling import Sampler, Step

GIB = 1024**3


def measure_demo(home: Path, customers: int) -> Table:
    """Run `relgraph demo --no-serve` on a fresh home, on the embedded engine. Raises CalledProcessError."""
    command = ["relgraph", "demo", "--no-serve", "--customers", str(customers)]
    steps, seconds = run_sampled(command, home)
    ends = [*(step.began_s for step in steps[1:]), seconds]
    spans = zip(steps, ends, strict=True)
    rows = [(step.name, end - step.began_s, step.peak_rss / GIB) for step, end in spans]
    total = ("whole demo", seconds, max(step.peak_rss for step in steps) / GIB)
    return Table(
        title=f"Demo, {customers:,} customers",
        columns=("step", "seconds", "peak GiB"),
        rows=[*rows, total],
        notes=(
            "Memory: resident sets of the command, the engine's Java process and every other child, summed "
            "five times a second; shared pages count once per process, so it is an upper bound.",
            "The install is not part of it.",
        ),
    )


def run_sampled(command: list[str], home: Path) -> tuple[list[Step], float]:
    """Run a command of this environment with its own RELGRAPH_HOME; its steps and the seconds it took."""
    program = str(Path(sys.executable).with_name(command[0]))
    full = ["env", "-u", "NEO4J_URI", f"RELGRAPH_HOME={home}", program, *command[1:]]
    with (
        subprocess.Popen(full, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process,
        Sampler(process, home) as sampler,
    ):
        tail = _follow(process, sampler)
        status = process.wait()
        seconds = sampler.elapsed()
    if status:
        raise subprocess.CalledProcessError(status, command, output="\n".join(tail))
    return sampler.steps, seconds


def _follow(process: subprocess.Popen[str], sampler: Sampler) -> list[str]:
    """Begin a step at each progress line; returns the last lines, for the error message."""
    tail: list[str] = []
    for line in process.stdout or ():
        tail = [*tail[-19:], line.rstrip()]
        if line.startswith("· "):
            sampler.begin(line[2:].strip())
    return tail
