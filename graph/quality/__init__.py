"""The quality of the company's data: how complete, valid, unique, fresh and consistent what sources state is.

docs/quality.md says what each of these means. How good models are is another matter: `gnn/evaluate/`.
"""

from graph.quality.completeness import Completeness, completeness
from graph.quality.measure import measure
from graph.quality.model import Changed, Measure, Measurement, Origin, Place, Share, Told

__all__ = [
    "Changed", "Completeness", "Measure", "Measurement", "Origin", "Place", "Share", "Told", "completeness",
    "measure",
]  # fmt: skip
