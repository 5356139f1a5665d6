"""The notebook runs from top to bottom on a small simulated company, loaded as a user would."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from graph.store import EngineConfig
from tests.conftest import command_line
from tests.paths import REPO

NOTEBOOK = REPO / "notebooks" / "01_explore.ipynb"
MAPPING = REPO / "simulate" / "mapping.yml"


@pytest.fixture
def loaded(home: Path, tmp_path: Path) -> Path:
    """A home with 200 simulated customers, loaded and derived, not scored."""
    run = command_line(EngineConfig(home=home), tmp_path)
    run("simulate", "--customers", 200, "--out", tmp_path / "exports")
    run("ingest", tmp_path / "exports", "--mapping", MAPPING)
    run("derive")
    return home


def read() -> Any:
    """The notebook as committed."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call] # nbformat declares no types


def executed(folder: Path) -> Any:
    """The notebook after every cell ran, in a kernel of its own."""
    notebook = read()
    place = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()


def pictures(notebook: Any) -> int:
    """How many outputs are images."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.mark.timeout(600)
def test_the_notebook_runs_on_a_simulated_company(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELGRAPH_HOME", str(loaded))
    monkeypatch.delenv("NEO4J_URI", raising=False)
    notebook = executed(tmp_path)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat declares no types
    assert pictures(notebook) == 1
    assert "no scores yet" in text


def test_the_committed_notebook_holds_no_output() -> None:
    cells = read().cells
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in cells)
