"""Weights of health fitted to who kept ordering; a person adopts them (`graph.weights`)."""
