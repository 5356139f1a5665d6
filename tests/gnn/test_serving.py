"""`relgraph models`: what was trained, what serves, promoting and going back."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest

from gnn.churn.task import CHURN
from gnn.models import NoEarlierModel, model, models, roll_back, serve_again
from gnn.registry import ModelMissing
from gnn.train import train
from gnn.write_back import promote
from graph.errors import NotFound
from graph.store import Store
from relgraph.work.learning import outdated
from tests.conftest import Cli
from tests.gnn.synthetic import company
from tests.gnn.test_store import NOW, node

pytestmark = pytest.mark.slow


@pytest.mark.query("score_write.models")
@pytest.mark.long_on("neo4j")
def test_an_earlier_model_serves_again(store: Store, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gnn.churn.fit.MAX_EPOCHS", 2)
    log, home = company(customers=30), store.config.home
    first, second = (
        train(log, CHURN, home, seed, NOW + timedelta(days=seed), horizon_days=60) for seed in (1, 2)
    )
    with pytest.raises(NoEarlierModel):
        roll_back(store, home, "churn")
    for trained in (first, second):
        promote(store, trained.node)
    old, new = first.artefact.model_id, second.artefact.model_id
    assert [(row["model_id"], row["promoted"]) for row in models(store)] == [(new, True), (old, False)]
    assert models(store)[0]["validation"] == second.artefact.metrics["validation"][models(store)[0]["name"]]
    listed = orjson.loads(cli("models", "list", "--json").stdout)["models"]
    assert [row["model_id"] for row in listed] == [new, old]
    assert old in cli("models", "compare", new[:-3], old).stdout
    later = NOW + timedelta(days=30)
    assert outdated(store, later) == ["churn"]
    assert orjson.loads(cli("models", "rollback", "churn", "--json").stdout)["model_id"] == old
    assert [row["model_id"] for row in models(store, "churn") if row["promoted"]] == [old]
    assert outdated(store, later) == [], "a person chose it"
    with pytest.raises(NoEarlierModel, match="no earlier model"):
        roll_back(store, home, "churn")
    assert serve_again(store, home, new)["promoted"]
    _check_refusals(store, home, new)
    promote(store, second.node)
    assert outdated(store, later) == ["churn"], "a training by hand ends the choice"


def _check_refusals(store: Store, home: Path, serving: str) -> None:
    """A model whose folder is gone does not serve, and what serves stays."""
    props = {"task": "churn", "name": "x", "metrics": "{}", "trained_at": NOW.isoformat()}
    store.upsert_nodes("Model", [node("churn-gone", **props)])
    with pytest.raises(ModelMissing):
        serve_again(store, home, "churn-gone")
    for unknown in ("nothing", "churn-"):
        with pytest.raises(NotFound):
            model(store, unknown)
    assert [row["model_id"] for row in models(store) if row["promoted"]] == [serving]
