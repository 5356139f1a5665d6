"""Letting a user's model serve: fitted on all that is known, kept as an artefact, promoted."""

from datetime import UTC, datetime
from pathlib import Path

from gnn.own_model.errors import NotPromoted
from gnn.own_model.report import Entry
from gnn.own_model.task import OwnTask
from gnn.task import Writer
from gnn.train import train
from gnn.write_back import promote


def serve(store: Writer, task: OwnTask, entry: Entry, home: Path, *, even_if_worse: bool = False) -> str:
    """Fit on everything known, keep without pickle, and promote pinned; returns the model's id.

    Nothing is written where the model is refused: raises NotPromoted, NotSaveable or BadModel.
    """
    if entry.clearly_worse and not even_if_worse:
        low, high = entry.interval
        raise NotPromoted(
            f"{entry.name} is clearly worse than {entry.served}, which serves by validation: "
            f"{entry.metric} {entry.difference:+.4f} [{low:+.4f}, {high:+.4f}]; "
            "pass even_if_worse=True to let it serve all the same"
        )
    made = train(task.log, task.fitting(entry), home, 0, datetime.now(UTC), horizon_days=entry.horizon_days)
    promote(store, made.node, pinned=True)
    return made.artefact.model_id
