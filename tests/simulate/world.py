"""Simulations that several tests look at, made once a session; exports read the way a stranger would."""

import atexit
import csv
import gzip
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


def rows(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """Rows of a CSV file, gzipped or not, as text."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(csv.DictReader(raw.decode(encoding).splitlines()))


def column(path: Path, name: str, encoding: str = "utf-8") -> list[str]:
    """One column of a CSV file."""
    return [row[name] for row in rows(path, encoding)]
