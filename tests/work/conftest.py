"""The office of the worker's tests, on each engine."""

from pathlib import Path

import pytest

from graph.store import Store
from tests.work.office import FILES, Office


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """The folder with the company's files."""
    made = Office(store, tmp_path)
    for name, content in FILES.items():
        made.put(name, content)
    return made
