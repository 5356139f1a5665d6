"""Ties between people: how strong, since when, on what evidence."""
