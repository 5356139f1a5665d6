"""Honest baselines: they always run beside the graph models, and serve where they win."""
