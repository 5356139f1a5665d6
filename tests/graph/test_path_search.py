"""The search for introductions, against every simple path that NetworkX finds."""

from datetime import UTC, datetime
from itertools import combinations, pairwise
from math import prod
from random import Random
from typing import Any

import networkx as nx
import pytest

from graph.plan import Ask
from graph.warm_path.find import LEAST_STRENGTH, paths
from graph.warm_path.model import WarmPath
from graph.warm_path.search import MAX_HOPS, best_paths

Ties = dict[str, dict[str, float]]
NOW = datetime(2025, 6, 30, tzinfo=UTC)


def network(seed: int) -> tuple[Ties, str, str]:
    """A random network with one employee as start and one contact as end."""
    random = Random(seed)
    size = random.randint(4, 14)
    people = [f"{'Employee' if i < size // 2 else 'Contact'}:{i}" for i in range(size)]
    ties: Ties = {person: {} for person in people}
    for one, other in combinations(people, 2):
        if random.random() < 0.35:
            ties[one][other] = ties[other][one] = random.random() ** 2
    return ties, people[0], people[-1]


def every_path(ties: Ties, source: str, target: str) -> list[float]:
    """Strengths of all simple paths of at most four ties, strongest first."""
    graph = nx.Graph([(one, other) for one in ties for other in ties[one]])
    if source not in graph or target not in graph:
        return []
    found = nx.all_simple_paths(graph, source, target, cutoff=MAX_HOPS)
    return sorted((prod(ties[a][b] for a, b in pairwise(path)) for path in found), reverse=True)


@pytest.mark.parametrize("seed", range(60))
def test_best_paths_are_the_best(seed: int) -> None:
    ties, source, target = network(seed)
    found = [strength for strength, _ in best_paths(ties, source, [target], 3)]
    assert found == pytest.approx(every_path(ties, source, target)[:3])


@pytest.mark.parametrize("seed", range(60))
def test_fetching_only_what_can_matter_loses_nothing(seed: int) -> None:
    ties, source, target = network(seed)
    found, asked = answered(ties, source, target)
    expected = [s for s in every_path(ties, source, target)[:3] if s >= LEAST_STRENGTH]
    assert [path.strength for path in found] == pytest.approx(expected)
    assert asked <= 5


def answered(ties: Ties, source: str, target: str) -> tuple[tuple[WarmPath, ...], int]:
    """The plan's answer where a dictionary stands for the store, and how often it asked."""
    plan = paths(
        employee_id=source.partition(":")[2], contact_ids=[target.partition(":")[2]], now=NOW, first=3
    )
    rows: list[dict[str, Any]] | None = None
    for asked in range(10):
        try:
            ask = next(plan) if rows is None else plan.send(rows)
        except StopIteration as done:
            return done.value, asked
        rows = ANSWERS[str(ask.query)](ties, ask)
    raise AssertionError("the plan never ends")


def _ties(ties: Ties, ask: Ask) -> list[dict[str, Any]]:
    people = [
        (k, p) for k, key in (("Employee", "employees"), ("Contact", "contacts")) for p in ask.params[key]
    ]
    return [
        {"kind": kind, "id": person["id"], "other_kind": other.split(":")[0], "other_id": other.split(":")[1],
         "strength": held, "fact_id": "|".join(sorted((f"{kind}:{person['id']}", other)))}
        for kind, person in people
        for other, held in ties[f"{kind}:{person['id']}"].items()
        if held >= person["floor"]
    ]  # fmt: skip


def _evidence(_: Ties, ask: Ask) -> list[dict[str, Any]]:
    tie = {"interactions": 1, "last_at": NOW, "evidence": None}
    asked = [*ask.params["employees"], *ask.params["contacts"]]
    return [tie | {"fact_id": one["fact_id"]} for one in asked if one["id"] in one["fact_id"]]


def _names(_: Ties, ask: Ask) -> list[dict[str, Any]]:
    return [{
        "employees": [{"person_id": i, "name": i, "title": None} for i in ask.params["employee_ids"]],
        "contacts": [{"person_id": i, "name": i, "jobs": []} for i in ask.params["contact_ids"]],
    }]  # fmt: skip


ANSWERS = {"path.ties": _ties, "path.describe": _names, "path.evidence": _evidence}
