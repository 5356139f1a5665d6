"""A load taken back: the graph becomes what the remaining loads add up to."""
