"""How good a model is: metrics, their confidence, and the report that compares models on one population."""
