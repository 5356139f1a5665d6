"""The demo and `ask` as a user runs them, on both engines: every step's result is there and is consistent."""

import json

import pytest

from graph.store import Store
from tests.conftest import Cli
from tests.graph.world import World

pytestmark = pytest.mark.slow


@pytest.mark.timeout(1800)
@pytest.mark.long_on("neo4j")
def test_the_demo_runs_twice_and_answers(cli: Cli) -> None:
    report = json.loads(cli("demo", "--customers", 200, "--no-serve", "--json", timeout_s=900).stdout)

    assert report["rows"]["read"] == sum(
        report["rows"][part] for part in ("loaded", "unchanged", "quarantined", "filtered")
    )
    answer = report["answer"]
    assert answer["decisionChain"]["members"]
    assert 0.0 < answer["churnRisk"]["probability"] < 1.0
    assert answer["churnRisk"]["reasons"]
    assert len(answer["recommendations"]) == 3
    for task in report["truth"]["learned"]:
        assert task["models"][task["selected"]] <= task["oracle"] + 0.05
        assert 0.5 < task["foreseen"] < 1.0
    assert report["truth"]["doubles"]["precision"] >= 0.97
    assert report["truth"]["doubles"]["recall"] >= 0.90
    assert "token" in report

    asked = json.loads(cli("ask", answer["customerId"], "--json", timeout_s=300).stdout)
    assert asked["name"] == answer["name"]

    again = json.loads(cli("demo", "--customers", 200, "--no-serve", "--json", timeout_s=900).stdout)
    assert again["rows"]["loaded"] == 0
    assert again["answer"]["decisionChain"] == answer["decisionChain"]
    assert again["truth"] == report["truth"]


@pytest.mark.long_on("neo4j")
def test_the_demo_leaves_other_data_alone(cli: Cli, store: Store) -> None:
    world = World()
    world.customer("somebody")
    world.load(store)
    refused = cli("demo", "--customers", 60, "--no-serve", check=False)
    assert refused.returncode == 1
    assert "RELGRAPH_HOME" in refused.stderr


@pytest.mark.long_on("neo4j")
def test_asking_for_nobody_we_know(cli: Cli, store: Store) -> None:
    world = World()
    world.customer("somebody")
    world.load(store)
    refused = cli("ask", "zzzz", check=False)
    assert refused.returncode == 1
    assert "zzzz" in refused.stderr
