"""Where tests find things: the repository, its caches, and the shared public data."""

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
NEO4J_CACHE = REPO / ".neo4j"
SHARED = Path(os.environ.get("RELGRAPH_SHARED", REPO.parent / "shared"))
"""Public data sets stand in `SHARED / "data"`; they are never copied into the repository."""


def shared_data(name: str) -> Path:
    """A folder of public data; skips the test with the reason where it is absent."""
    folder = SHARED / "data" / name
    if not folder.is_dir():
        pytest.skip(f"public data {name!r} is absent: no {folder}; set RELGRAPH_SHARED")
    return folder
