"""Side-by-side measurements: `python -m bench --help`; `results/` holds the last printed tables."""
