"""Segments that are found: customers alike in how they buy and how we are in touch."""

from gnn.segments.describe import Words, words
from gnn.segments.find import Found, find_segments

__all__ = ["Found", "Words", "find_segments", "words"]
