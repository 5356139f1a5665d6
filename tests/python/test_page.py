"""Every example of docs/python.md runs, from top to bottom, on both engines."""

import re
from datetime import UTC

import pandas as pd
import pytest

from gnn.write_back import promoted
from graph.clock import fixed_clock, keep_clock
from graph.store import Store
from tests.gnn.synthetic import company
from tests.gnn.test_store import load_dealings, load_orders
from tests.paths import REPO

BLOCK = re.compile(r"```python\n(.*?)```", re.S)


@pytest.mark.slow
def test_the_examples_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    log = company(customers=50)
    load_orders(store, log)
    load_dealings(store)
    end = log["orders"]["at"].max().to_pydatetime().replace(tzinfo=UTC)
    keep_clock(store, fixed_clock(end), end)
    config = store.config
    environment = {
        "RELGRAPH_HOME": str(config.home), "NEO4J_URI": config.uri or "", "NEO4J_USER": config.user,
        "NEO4J_PASSWORD": config.password or "", "NEO4J_DATABASE": config.database,
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("gnn.churn.fit.MAX_EPOCHS", 4)
    named: dict[str, object] = {}
    blocks = BLOCK.findall((REPO / "docs/python.md").read_text("utf-8"))
    assert len(blocks) >= 6
    for number, block in enumerate(blocks):
        exec(compile(block, f"docs/python.md, example {number + 1}", "exec"), named)
    report = named["report"]
    assert isinstance(report, pd.DataFrame)
    assert "mine" in report.index
    assert promoted(store, config.home, "churn").model_id == named["model_id"]
