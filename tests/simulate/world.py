"""Simulations that several tests look at, made once a session."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from relgraph.simulate import SimulationConfig, simulate
from relgraph.simulate.run import SimulationReport

_KEEP: list[TemporaryDirectory[str]] = []


@cache
def simulated(config: SimulationConfig) -> tuple[Path, Path, SimulationReport]:
    """Folder of exports, folder of truth, report."""
    _KEEP.append(TemporaryDirectory(prefix="simulated-"))
    out = Path(_KEEP[-1].name) / "exports"
    report = simulate(config, out)
    return out, out.with_name("exports-truth"), report
