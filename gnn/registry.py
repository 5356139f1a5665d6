"""Trained models as folders: `weights.pt` (tensors), `config.json`, `id_map.parquet`, `metrics.json`."""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import torch

from graph.errors import RelgraphError
from graph.private import close_files, private_folder

State = dict[str, torch.Tensor]
CALIBRATION = "calibration"
"""The name under which the calibration of the candidate that serves is kept beside the models."""


class ModelMissing(RelgraphError):
    """No trained model serves the task here."""


class ModelDamaged(RelgraphError):
    """The artefact's files do not fit each other or this program."""


@dataclass(frozen=True)
class Config:
    """What is needed, beside the tensors, to score with the model again."""

    task: str
    selected: str
    cutoff: str
    horizon_days: int
    seed: int
    snapshot_hash: str
    code_version: str
    industries: tuple[str, ...]
    features: tuple[str, ...]


@dataclass(frozen=True)
class Artefact:
    """Configuration, tensors per candidate model, and the ids that a model knows by place."""

    config: Config
    states: Mapping[str, State]
    ids: tuple[str, ...]
    metrics: Mapping[str, Any]

    @cached_property
    def model_id(self) -> str:
        """The task and a hash of configuration, tensors and ids: the same training gives the same id."""
        digest = hashlib.sha256(orjson.dumps(asdict(self.config), option=orjson.OPT_SORT_KEYS))
        for name, tensor in sorted(_flat(self.states).items()):
            digest.update(name.encode() + tensor.contiguous().numpy().tobytes())
        digest.update("\n".join(self.ids).encode())
        return f"{self.config.task}-{digest.hexdigest()[:16]}"


def save(artefact: Artefact, models: Path) -> Path:
    """Write the artefact under `models`/<model_id>; returns the folder."""
    folder = models / artefact.model_id
    private_folder(models)
    private_folder(folder)
    torch.save(_flat(artefact.states), folder / "weights.pt")
    _write(folder / "config.json", asdict(artefact.config))
    _write(folder / "metrics.json", dict(artefact.metrics))
    ids = pd.DataFrame({"id": list(artefact.ids), "place": range(1, len(artefact.ids) + 1)})
    ids.to_parquet(folder / "id_map.parquet", index=False)
    close_files(folder)
    return folder


def load(models: Path, model_id: str) -> Artefact:
    """Read an artefact; raises ModelMissing, or ModelDamaged where its content does not hash to its id."""
    folder = models / model_id
    if not (folder / "config.json").is_file():
        raise ModelMissing(
            f"the model {model_id} is not in {models}; run `relgraph train` with this RELGRAPH_HOME"
        )
    try:
        artefact = _read(folder)
    except (OSError, KeyError, TypeError, ValueError, RuntimeError, pickle.UnpicklingError) as error:
        raise ModelDamaged(f"the model in {folder} cannot be read ({error}); train again") from error
    if artefact.model_id != model_id:
        raise ModelDamaged(f"the model in {folder} was altered after training; train again")
    return artefact


def _read(folder: Path) -> Artefact:
    raw = orjson.loads((folder / "config.json").read_bytes())
    config = Config(**(raw | {name: tuple(raw[name]) for name in ("industries", "features")}))
    flat = torch.load(folder / "weights.pt", weights_only=True)
    ids = pd.read_parquet(folder / "id_map.parquet").sort_values("place")
    metrics = orjson.loads((folder / "metrics.json").read_bytes())
    return Artefact(config, _nested(flat), tuple(ids["id"].astype(str)), metrics)


def _flat(states: Mapping[str, State]) -> State:
    return {f"{model}/{name}": tensor for model, state in states.items() for name, tensor in state.items()}


def _nested(flat: State) -> dict[str, State]:
    states: dict[str, State] = {}
    for path, tensor in flat.items():
        model, _, name = path.partition("/")
        states.setdefault(model, {})[name] = tensor
    return states


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))
