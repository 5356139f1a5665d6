"""Judges search: names of many kinds, misspelt in thirteen ways, on each engine."""
