"""Simulations that several tests look at, made once a session."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from simulate import SimulationConfig, SimulationReport, simulate


@cache
def simulated(config: SimulationConfig) -> tuple[Path, Path, SimulationReport]:
    """Folder of exports, folder of truth, report; removed when the process ends."""
    folder = Path(mkdtemp(prefix="simulated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    report = simulate(config, folder / "exports")
    return folder / "exports", folder / "exports-truth", report
