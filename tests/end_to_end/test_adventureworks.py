"""Real exports through every command to an answer: the same on both engines, down to the model's id."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from graph.store import open_store
from tests.conftest import command_line, wipe
from tests.engines import ENGINES, Engines
from tests.paths import REPO, shared_data

MAPPING = REPO / "docs/examples/adventureworks.yml"
RESELLER = "adventureworks:676"


def answered(engines: Engines, name: str, folder: Path) -> dict[str, Any]:
    """Run every command on one engine; what `stats`, `train` and `ask` printed."""
    config = engines.config(name)
    if config is None:
        reason = f"engine {name} is absent: {engines.absent[name]}"
        (pytest.fail if name in engines.required else pytest.skip)(reason)
    engines.tested.add(name)
    cli = command_line(config, folder)
    cli("migrate")
    with open_store(config) as store:
        wipe(store)
    cli("ingest", shared_data("adventureworks"), "--mapping", MAPPING, timeout_s=600)
    stats = parsed(cli("stats", "--json"))
    cli("derive", timeout_s=600)
    trained = {
        task: parsed(cli("train", task, "--horizon", 120, "--json", timeout_s=600))
        for task in ("churn", "cross-sell")
    }
    scored = parsed(cli("score", "--json", timeout_s=600))
    answer = parsed(cli("ask", RESELLER, "--json"))
    return {"stats": stats, "trained": trained, "scored": scored, "answer": answer}


def parsed(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What a command printed, without the memory that it took."""
    shown: dict[str, Any] = json.loads(done.stdout)
    shown.pop("memory", None)
    return shown


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_the_same_answer_from_both_engines(engines: Engines, tmp_path: Path) -> None:
    first, second = (answered(engines, name, tmp_path) for name in ENGINES)

    assert first["stats"]["nodes"]["Customer"] == 701
    assert first["stats"]["relationships"]["CONTAINS"] == 57_851
    del first["stats"]["nodes"]["Change"], second["stats"]["nodes"]["Change"]
    assert first["stats"] == second["stats"]

    for task in ("churn", "cross-sell"):
        assert first["trained"][task]["model_id"] == second["trained"][task]["model_id"]
        assert first["trained"][task]["validation"] == second["trained"][task]["validation"]
    assert first["scored"] == second["scored"]

    assert first["answer"] == second["answer"]
    assert first["answer"]["churnRisk"]["reasons"]
    assert len(first["answer"]["recommendations"]) == 3
    assert first["answer"]["decisionChain"]["members"]
