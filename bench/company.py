"""The simulated company that everything is measured on."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from simulate import MAPPING

SEED = 7


@dataclass(frozen=True, slots=True)
class Exports:
    """A folder of exports, the mapping that reads it, and its size."""

    path: Path
    mapping: Path
    customers: int


def simulated(customers: int, folder: Path, seed: int = SEED, *, relational_effects: bool = True) -> Exports:
    """Write the exports of a company of this size into `folder`. Raises CalledProcessError."""
    program = str(Path(sys.executable).with_name("relgraph"))
    size = ["--customers", str(customers), "--seed", str(seed), "--out", str(folder)]
    effects = "--relational-effects" if relational_effects else "--no-relational-effects"
    subprocess.run([program, "simulate", *size, effects], check=True, capture_output=True)
    return Exports(folder, MAPPING, customers)
