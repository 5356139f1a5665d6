"""How many random companies the slower property tests try."""

import os

_TIMES = int(os.environ.get("RELGRAPH_HISTORIES", "1"))


def seeds(few: int) -> range:
    """Seeds for a property test: `few`, times `RELGRAPH_HISTORIES` (`make histories`)."""
    return range(few * _TIMES)
