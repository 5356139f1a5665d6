"""Scores, recommendations and embeddings of today, written to the graph with the id of their model."""
