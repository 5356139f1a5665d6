"""Linking in the graph: which of its records are merged, and which wait for a person."""
