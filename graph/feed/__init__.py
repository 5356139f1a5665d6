"""The change log for whoever follows it: what was written since a moment, and what they watch."""
