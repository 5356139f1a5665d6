"""The notebooks run from top to bottom on a small simulated company, loaded as a user would."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from graph.store import EngineConfig
from graph.store.embedded import stop
from tests.conftest import command_line
from tests.paths import REPO

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted((REPO / "notebooks").glob("*.ipynb"))
MAPPING = REPO / "simulate" / "mapping.yml"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with 200 simulated customers, loaded and derived, not scored."""
    folder = tmp_path_factory.mktemp("notebooks")
    config = EngineConfig(home=folder / "home")
    run = command_line(config, folder)
    run("simulate", "--customers", 200, "--out", folder / "exports")
    run("ingest", folder / "exports", "--mapping", MAPPING)
    run("derive")
    yield config.home
    stop(config)


def read(path: Path) -> Any:
    """The notebook as committed."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] # nbformat declares no types


def executed(path: Path, folder: Path) -> Any:
    """The notebook after every cell ran, in a kernel of its own."""
    notebook = read(path)
    place = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()


def pictures(notebook: Any) -> int:
    """How many outputs are images."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.fixture
def _environment(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELGRAPH_HOME", str(loaded))
    monkeypatch.delenv("NEO4J_URI", raising=False)


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_environment")
def test_a_first_look_runs_on_a_simulated_company(tmp_path: Path) -> None:
    notebook = executed(REPO / "notebooks" / "01_explore.ipynb", tmp_path)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat declares no types
    assert pictures(notebook) == 1
    assert "no scores yet" in text


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_environment")
def test_a_decision_chain_is_drawn_as_of_two_days(tmp_path: Path) -> None:
    notebook = executed(REPO / "notebooks" / "02_decision_chains.ipynb", tmp_path)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat declares no types
    assert pictures(notebook) == 1
    printed = [out["text"] for cell in notebook.cells for out in cell.get("outputs", ()) if "text" in out]
    assert printed[-1].count(": known ") == 2
    assert "confidence" in text


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("_environment")
def test_a_model_of_ones_own_is_compared_and_serves(tmp_path: Path, loaded: Path) -> None:
    notebook = executed(REPO / "notebooks" / "05_bring_your_model.ipynb", tmp_path)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat declares no types
    assert pictures(notebook) == 1
    assert "process_blend" in text
    (model,) = (loaded / "models").iterdir()
    assert model.name in text


@pytest.fixture(scope="module")
def _suggested(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same home with products suggested and customers as vectors."""
    run = command_line(EngineConfig(home=loaded), tmp_path_factory.mktemp("suggested"))
    run("train", "cross-sell")
    run("score")


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("_suggested", "_environment")
def test_candidates_are_plotted_and_an_explanation_is_a_path(tmp_path: Path) -> None:
    notebook = executed(REPO / "notebooks" / "03_train_and_compare.ipynb", tmp_path)
    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat declares no types
    assert pictures(notebook) == 3
    assert "process_blend" in text
    assert (tmp_path / "snapshot" / "manifest.json").is_file()


@pytest.mark.timeout(600)
@pytest.mark.usefixtures("_suggested", "_environment")
def test_customers_are_drawn_as_vectors(tmp_path: Path) -> None:
    notebook = executed(REPO / "notebooks" / "04_embeddings.ipynb", tmp_path)
    printed = [out["text"] for cell in notebook.cells for out in cell.get("outputs", ()) if "text" in out]
    assert pictures(notebook) == 2
    assert any("64 numbers each" in text for text in printed)
    (alike,) = (text for text in printed if "times as much" in text)
    assert float(alike.split(": ")[1].split()[0]) > 1, "who is alike buys alike"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_committed_notebooks_hold_no_output(path: Path) -> None:
    cells = read(path).cells
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in cells)
