"""Opening a company for Python."""

from contextlib import ExitStack
from pathlib import Path

from graph.errors import UsageError
from relgraph.engine import opened
from relgraph.python.company import Company
from relgraph.python.source import Home, SnapshotFolder
from relgraph.settings import Settings


def open_company(folder: str | Path | None) -> Company:
    """The company of a snapshot folder, or without one of the home that the settings name."""
    if folder is None:
        return _of_home(Settings())
    path = Path(folder)
    if not (path / "manifest.json").is_file():
        raise UsageError(
            f"{path} holds no snapshot (there is no manifest.json); `relgraph snapshot {path}` takes one; "
            "or leave the folder out for the company of RELGRAPH_HOME"
        )
    return Company(SnapshotFolder(path))


def _of_home(settings: Settings) -> Company:
    with ExitStack() as stack:
        store = stack.enter_context(opened(settings))
        return Company(Home(store, settings, stack.pop_all()))
