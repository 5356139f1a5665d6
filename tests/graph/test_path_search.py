"""The search for introductions, against every simple path that NetworkX finds."""

from datetime import UTC, datetime
from itertools import combinations, pairwise
from math import prod
from random import Random
from typing import Any

import networkx as nx
import pytest

from cypher import Query
from graph.service import Row, Statements, run_sync
from graph.store import Written
from graph.warm_path.find import LEAST_STRENGTH, warm_paths
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


def hub(seed: int) -> tuple[Ties, str, str]:
    """The same where the employee knows nearly everybody of eighty people, most of them well."""
    random = Random(seed)
    people = [f"{'Employee' if i < 20 else 'Contact'}:{i}" for i in range(80)]
    ties: Ties = {person: {} for person in people}
    weak = seed % 4 == 0
    for one, other in combinations(people, 2):
        if (one == people[0] and other != people[-1]) or random.random() < 0.06:
            near_end = people[-1] in (one, other)
            ties[one][other] = ties[other][one] = random.random() * (0.08 if weak and near_end else 1.0)
    return ties, people[0], people[-1]


def without(ties: Ties, people: set[str]) -> Ties:
    """The ties among everybody else."""
    return {
        one: {other: strength for other, strength in others.items() if other not in people}
        for one, others in ties.items()
        if one not in people
    }


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
    found, reads = answered(ties, source, target)
    expected = [s for s in every_path(ties, source, target)[:3] if s >= LEAST_STRENGTH]
    assert [path.strength for path in found] == pytest.approx(expected)
    assert reads <= 8


@pytest.mark.parametrize("seed", range(40))
def test_a_busy_employee_and_people_who_left(seed: int) -> None:
    """Strong paths are looked for first, many of which lead over people who cannot be reached."""
    ties, source, target = hub(seed)
    contacts = [person for person in ties if person.startswith("Contact:") and person != target]
    gone = set(Random(seed).sample(contacts, seed % 3 * 20))
    found, reads = answered(ties, source, target, gone)
    paths = every_path(without(ties, gone), source, target)
    expected = [s for s in paths[:3] if s >= LEAST_STRENGTH]
    assert [path.strength for path in found] == pytest.approx(expected)
    assert reads <= 25


def answered(
    ties: Ties, source: str, target: str, gone: set[str] | None = None
) -> tuple[tuple[WarmPath, ...], int]:
    """The service's answer where a dictionary stands for the store, and how often it read."""
    store = DictStore(ties, gone or set())
    ends = {"employee_id": source.partition(":")[2], "contact_ids": [target.partition(":")[2]]}
    found = run_sync(store, warm_paths, **ends, now=NOW, first=3)  # type: ignore[arg-type] # a test's own words
    return found, store.reads


class DictStore:
    """Answers the queries of warm paths from a dictionary of ties."""

    def __init__(self, ties: Ties, gone: set[str]) -> None:
        self.ties = ties
        self.gone = gone
        self.reads = 0

    def read(self, query: str | Query, /, **params: Any) -> list[Row]:
        self.reads += 1
        answers = {
            "path.ties": self._ties, "path.unreachable": self._unreachable, "path.describe": _names,
            "path.evidence": _evidence,
        }  # fmt: skip
        return answers[str(query)](params)

    def _unreachable(self, params: dict[str, Any]) -> list[Row]:
        return [{"contact_id": i} for i in params["contact_ids"] if f"Contact:{i}" in self.gone]

    def write(self, query: str | Query, /, **params: Any) -> Written:
        raise AssertionError(f"{query} writes {params}")

    def write_all(self, query: str | Query, rest: Statements, /, **params: Any) -> Written:
        raise AssertionError(f"{query} writes {params}, {rest}")

    def _ties(self, params: dict[str, Any]) -> list[Row]:
        people = [("Employee", person) for person in params["employees"]]
        people += [("Contact", person) for person in params["contacts"]]
        return [
            {"kind": kind, "id": person["id"], "other_kind": other.split(":")[0],
             "other_id": other.split(":")[1], "strength": strength,
             "fact_id": "|".join(sorted((f"{kind}:{person['id']}", other)))}
            for kind, person in people
            for other, strength in self.ties[f"{kind}:{person['id']}"].items()
            if strength >= person["floor"]
        ]  # fmt: skip


def _evidence(params: dict[str, Any]) -> list[Row]:
    tie = {"interactions": 1, "last_at": NOW, "evidence": None}
    wanted = [*params["employees"], *params["contacts"]]
    return [tie | {"fact_id": one["fact_id"]} for one in wanted if one["id"] in one["fact_id"]]


def _names(params: dict[str, Any]) -> list[Row]:
    return [{
        "employees": [{"person_id": i, "name": i, "title": None} for i in params["employee_ids"]],
        "contacts": [{"person_id": i, "name": i, "jobs": []} for i in params["contact_ids"]],
    }]  # fmt: skip
