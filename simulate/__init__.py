"""A simulated company: the exports of its systems, and apart from them the truth that lies under them."""

from pathlib import Path

from simulate.config import SimulationConfig
from simulate.run import SimulationReport, simulate

MAPPING = Path(__file__).with_name("mapping.yml")
"""The mapping that loads the exports."""

__all__ = ["MAPPING", "SimulationConfig", "SimulationReport", "simulate"]
