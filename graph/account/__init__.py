"""An account over time, and before a meeting."""
