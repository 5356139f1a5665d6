"""The labels and links that a proposal may find in files."""

from ingest.mapping.checks import LINKS, LOADABLE
from ingest.mapping.kinds import ITEM

LABELS = LOADABLE
LINK_TYPES = LINKS
NAMED_ELSEWHERE = frozenset({ITEM})
"""Labels whose records a row names only where another table holds them: a serial number alone makes none."""
