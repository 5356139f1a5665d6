"""What every step costs as the company grows: `python -m bench scale --sizes 2000,10000`."""

from bench.scale.run import measure_scale

__all__ = ["measure_scale"]
