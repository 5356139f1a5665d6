"""Measuring on each engine."""

from pathlib import Path

import pytest

from graph.store import Store
from tests.quality.company import Measuring


@pytest.fixture
def measuring(store: Store, tmp_path: Path) -> Measuring:
    """An empty folder and home."""
    return Measuring(store, tmp_path / "exports", tmp_path / "home")
