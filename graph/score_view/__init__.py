"""What the learned models left in the graph: churn risk and recommendations, with reasons."""

from graph.score_view.model import Evidence, PathNode, ProductReason, Risk, RiskReason, Suggestion

__all__ = ["Evidence", "PathNode", "ProductReason", "Risk", "RiskReason", "Suggestion"]
