"""The trained models of a graph: which there are, which serve, and letting another one serve."""

from pathlib import Path
from typing import Any

import orjson

from gnn.task import Writer
from graph.errors import NotFound, RelgraphError

Row = dict[str, Any]


class NoEarlierModel(RelgraphError):
    """There is nothing to go back to."""


def models(store: Writer, task: str | None = None) -> list[Row]:
    """Every model, of each task the newest first: properties of the `Model` node, `metrics` read.

    `validation` is the measure that the serving candidate had when it was chosen.
    """
    rows = [
        row | {"metrics": orjson.loads(row["metrics"] or "{}")} for row in store.read("score_write.models")
    ]
    for row in rows:
        row["promoted"], row["pinned"] = bool(row["promoted"]), bool(row["pinned"])
        row["validation"] = row["metrics"].get("validation", {}).get(row["name"])
    return [row for row in rows if task is None or row["task"] == task]


def model(store: Writer, model_id: str) -> Row:
    """The model of this id, or of an id that begins so where no other does. Raises NotFound."""
    found = [row for row in models(store) if row["model_id"].startswith(model_id)]
    exact = [row for row in found if row["model_id"] == model_id]
    if len(exact or found) != 1:
        raise NotFound("Model", model_id)
    return (exact or found)[0]


def serve_again(store: Writer, home: Path, model_id: str) -> Row:
    """Let a model of the past serve its task, pinned; the others of the task step down.

    Raises NotFound, or ModelMissing or ModelDamaged where its folder is not whole; nothing has changed then.
    """
    from gnn.registry import load  # noqa: PLC0415 - torch, which lists of models do not need

    found = model(store, model_id)
    load(home / "models", found["model_id"])
    store.upsert_nodes("Model", [{"id": found["model_id"], "props": {"promoted": True, "pinned": True}}])
    store.write("score_write.demote", task=found["task"], model_id=found["model_id"])
    return model(store, found["model_id"])


def roll_back(store: Writer, home: Path, task: str) -> Row:
    """Let the model serve that was trained before the one that serves. Raises NoEarlierModel."""
    known = models(store, task)
    serving = next((place for place, row in enumerate(known) if row["promoted"]), None)
    if serving is None or serving + 1 >= len(known):
        raise NoEarlierModel(f"no earlier model of {task} is known; `relgraph models list` shows all")
    return serve_again(store, home, known[serving + 1]["model_id"])
