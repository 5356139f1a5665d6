"""What the worker remembers between rounds and processes: losing it costs a load that changes nothing."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from graph.private import private_folder, replace_private
from relgraph.work.pull import Asked

Files = dict[str, tuple[int, int]]
AGAIN = (-1, -1)
"""Size and time of no file: what is remembered so counts as changed."""


class WorkState(BaseModel):
    """Kept as JSON in `work/state.json` of a home; tells of the graph with this `database_id`."""

    database_id: str = ""
    loaded: dict[str, Files] = {}
    """Files by watched folder as they were when they were loaded, or could not be."""
    seen: dict[str, Files] = {}
    """Files by watched folder at the last look."""
    refused: dict[str, Files] = {}
    """Files by watched folder whose last load failed as a whole."""
    failed: dict[str, str] = {}
    """Why, by watched folder; of `training` why its last try failed."""
    incomplete: dict[str, list[str]] = {}
    """Loaded files by watched folder of datasets of which rows went to quarantine."""
    asked: dict[str, Asked] = {}
    """Systems by their pulled folder."""
    training_tried_at: datetime | None = None
    weights_tried: str | None = None
    """The company's month, such as 2025-07, in which weights were last fitted."""
    last_run: str | None = None
    """The last load that changed the graph."""
    unfinished: bool = True
    """Whether something was loaded that is not derived yet."""
    unlinked: bool = True
    """Whether something was loaded that is not linked yet."""
    unscored: bool = False
    """Whether something was derived or trained that scores do not know yet."""

    def with_incomplete_again(self) -> dict[str, Files]:
        """`loaded`, of which the incomplete files count as changed."""
        return {
            watch: {
                name: AGAIN if name in self.incomplete.get(watch, ()) else at for name, at in files.items()
            }
            for watch, files in self.loaded.items()
        }


def read_state(home: Path, database_id: str) -> WorkState:
    """The state of this graph; an empty one where none, or one that cannot be read, is kept."""
    try:
        kept = WorkState.model_validate_json(_path(home).read_bytes())
    except (FileNotFoundError, ValidationError):
        return WorkState(database_id=database_id)
    return kept if kept.database_id == database_id else WorkState(database_id=database_id)


def keep_state(home: Path, state: WorkState, **changed: Any) -> WorkState:
    """The state with these changes, kept in one step."""
    new = state.model_copy(update=changed)
    path = _path(home)
    private_folder(path.parent)
    replace_private(path, new.model_dump_json().encode())
    return new


def _path(home: Path) -> Path:
    return home / "work" / "state.json"
