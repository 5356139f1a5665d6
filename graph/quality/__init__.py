"""How complete the records of a graph are, field by field."""

from graph.quality.completeness import Completeness, completeness

__all__ = ["Completeness", "completeness"]
