"""A simulated company: the exports of its systems, and apart from them the truth that lies under them."""

from relgraph.simulate.config import SimulationConfig
from relgraph.simulate.run import simulate

__all__ = ["SimulationConfig", "simulate"]
