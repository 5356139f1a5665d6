"""The graph networks."""
