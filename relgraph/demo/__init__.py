"""The demo: a simulated company from its exports to one account's answer, measured against the truth."""

from relgraph.demo.run import DemoConfig, run_demo

__all__ = ["DemoConfig", "run_demo"]
