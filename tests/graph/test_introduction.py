"""Introductions: over ties and other links, the best of all ways, with reasons; nobody who left."""

from itertools import combinations, pairwise
from math import prod
from random import Random
from typing import Any

import networkx as nx
import orjson
import pytest

from graph.errors import UsageError
from graph.introduction.find import Wanted, introductions
from graph.introduction.model import Introduction
from graph.service import run_sync
from graph.store import Store
from graph.warm_path.find import LEAST_STRENGTH, warm_paths
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago

COMPANIES = ("acme", "bolt", "coil", "dale")
TEAMS = {"e0": "north", "e1": "north", "e2": "south", "e3": None} | {f"n{n}": "north" for n in range(9)}


def found(store: Store, wanted: Wanted, **more: Any) -> tuple[Introduction, ...]:
    return run_sync(store, introductions, wanted, now=NOW, **more)


def people(one: Introduction) -> list[str]:
    return [one.steps[0].from_person.person_id, *(step.to_person.person_id for step in one.steps)]


@pytest.fixture
def world() -> World:
    """Eva, of Emil's team, wants to meet Ann, the chief of acme, whom nobody of us knows."""
    world = World()
    for customer in ("acme", "bolt", "sister", "old"):
        world.customer(customer)
    world.fact("PARENT_OF", ("Customer", "bolt"), ("Customer", "acme"))
    world.fact("PARENT_OF", ("Customer", "bolt"), ("Customer", "sister"))
    for employee in ("eva", "emil"):
        world.employee(employee, team="North")
    world.contact("ann", "acme", "CEO", valid_from=ago(300))
    world.role("ann", ("Customer", "acme"), "decision_maker")
    world.fact("WORKS_AT", ("Contact", "ann"), ("Customer", "old"), valid_from=ago(900), valid_to=ago(300))
    world.contact("cole", "acme", valid_from=ago(200))
    world.contact("fred", "old", valid_from=ago(800))
    world.contact("gus", "sister")
    world.contact("rita", None)
    world.fact("REFERRED", ("Contact", "rita"), ("Contact", "ann"), valid_from=ago(50))
    for person in ("cole", "fred", "gus", "rita"):
        world.tie(("Employee", "emil"), ("Contact", person), 0.9)
    return world


@pytest.mark.query("introduction.links")
def test_each_kind_of_link_with_its_reason_and_day(store: Store, world: World) -> None:
    world.load(store)
    ways = found(store, Wanted(["ann"], "eva"), first=4)
    assert [(people(one)[2], round(one.strength, 4)) for one in ways] == [
        ("rita", round(0.5 * 0.9 * 0.5, 4)), ("cole", round(0.5 * 0.9 * 0.25, 4)),
        ("fred", round(0.5 * 0.9 * 0.15, 4)), ("gus", round(0.5 * 0.9 * 0.1, 4)),
    ]  # fmt: skip
    assert {people(one)[1] for one in ways} == {"emil"}
    last = [one.steps[-1] for one in ways]
    assert [step.kind for step in last] == ["referred", "colleague", "former_colleague", "group"]
    assert [step.at for step in last] == [ago(50), ago(200), ago(300), ago(1000)]
    assert [step.why for step in last[:3]] == [
        "one brought the other in, 2025-05-11", "both work at ACME, since 2024-12-12",
        "worked together at OLD until 2024-09-03",
    ]  # fmt: skip
    assert last[3].evidence == ("Customer:acme", "Customer:sister")
    assert [step.why for step in ways[0].steps[:2]] == [
        "in one team of ours: North", "5 interactions, last on 2025-06-20"
    ]  # fmt: skip
    chinese = found(store, Wanted(["ann"], "eva"), first=4, language="zh")
    assert chinese[3].steps[-1].why == "ACME 与 SISTER 属同一集团"


def test_people_of_a_large_team_know_each_other_the_less(store: Store, world: World) -> None:
    for number in range(15):
        world.employee(f"other{number}", team="North")
    world.employee("gone", active=False, team="North")
    world.load(store)
    (best,) = found(store, Wanted(["rita"], "eva"), first=1)
    assert best.steps[0].strength == pytest.approx(0.5 * 8 / 16)


@pytest.mark.query("introduction.sources")
def test_from_a_team_or_from_anybody_it_begins_at_who_knows_somebody(store: Store, world: World) -> None:
    world.employee("gone", active=False, team="North")
    world.tie(("Employee", "gone"), ("Contact", "ann"), 0.9)
    world.load(store)
    for wanted in (Wanted(["ann"]), Wanted(["ann"], of_team="North")):
        assert people(found(store, wanted, first=1)[0]) == ["emil", "rita", "ann"]
    assert found(store, Wanted(["ann"], of_team="South")) == ()
    assert found(store, Wanted([], "eva")) == found(store, Wanted(["nobody"])) == ()
    with pytest.raises(UsageError, match="1 to 100"):
        found(store, Wanted(["ann"]), first=101)


@pytest.mark.query("path.unreachable")
def test_nobody_who_left_or_does_not_want_to_be_contacted(store: Store, world: World) -> None:
    world.restate("Contact", "rita", x_do_not_contact=True)
    world.node("Purpose", "contact")
    for person, given in (("cole", ago(400)), ("gus", ago(300))):
        ends = ("Contact", person), ("Purpose", "contact")
        world.fact("CONSENTS", *ends, valid_from=given, valid_to=ago(9))
    world.fact("CONSENTS", ("Contact", "gus"), ("Purpose", "contact"), valid_from=ago(5))
    world.load(store)
    assert [people(one)[2] for one in found(store, Wanted(["ann"], "eva"), first=9)] == ["fred", "gus"]
    assert found(store, Wanted(["rita"])) == ()
    assert run_sync(store, warm_paths, employee_id="emil", contact_ids=["rita", "cole"], now=NOW) == ()
    assert found(store, Wanted(["ann"], "eva", avoided=("fred", "gus"))) == ()


@pytest.mark.parametrize("seed", range(4))
def test_the_best_of_every_way_that_networkx_finds(store: Store, seed: int) -> None:
    """The links are worked out here anew, pair by pair, from what was loaded."""
    draw, world = Random(seed), World()
    edges = _company(draw, world)
    world.load(store)
    for sources, wanted in (
        ({"e0"}, Wanted(["c0"], "e0")),
        ({"e0", "e1"}, Wanted(["c0", "c1"], of_team="north")),
        (set(TEAMS), Wanted(["c0"])),
    ):
        expected = _every_way(edges, sources, set(wanted.contact_ids))
        for first in (2, 20):
            ways = found(store, wanted, first=first)
            assert [one.strength for one in ways] == pytest.approx(expected[:first])
            for one in ways:
                assert one.strength == pytest.approx(prod(edges[frozenset(p)] for p in pairwise(people(one))))


def _company(draw: Random, world: World) -> dict[frozenset[str], float]:
    """A random company, and the strength of each connected pair of its people."""
    edges: dict[frozenset[str], float] = {}

    def connect(one: str, other: str, strength: float) -> None:
        pair = frozenset({one, other})
        edges[pair] = max(edges.get(pair, 0.0), strength)

    for employee, team in TEAMS.items():
        world.employee(employee, team=team)
    north = [employee for employee, team in TEAMS.items() if team == "north"]
    for one, other in combinations(north, 2):
        connect(one, other, 0.5 * 8 / (len(north) - 1))
    for company in COMPANIES:
        world.customer(company)
    group = [("acme", "bolt"), ("acme", "coil")]
    for parent, child in group:
        world.fact("PARENT_OF", ("Customer", parent), ("Customer", child))
    jobs: dict[str, tuple[str, float, float | None]] = {}
    for number in range(12):
        company, began = draw.choice(COMPANIES), float(draw.randint(500, 900))
        world.contact(f"c{number}", company, valid_from=ago(began))
        jobs[f"c{number}"] = (company, began, None)
    former = draw.sample(sorted(jobs), 4)
    past = {person: (draw.choice(COMPANIES), 950.0, float(draw.randint(600, 940))) for person in former}
    for person, (company, began, ended) in past.items():
        ends = ("Contact", person), ("Customer", company)
        world.fact("WORKS_AT", *ends, valid_from=ago(began), valid_to=ago(ended or 0.0), source_key="past")
    _colleagues(jobs, past, group, connect)
    for one, other in draw.sample(list(combinations(sorted(jobs), 2)), 2):
        world.fact("REFERRED", ("Contact", one), ("Contact", other))
        connect(one, other, 0.5)
    for one, other in draw.sample([(e, c) for e in list(TEAMS)[:4] for c in jobs if c != "c0"], 8):
        strength = draw.random()
        world.tie(("Employee", one), ("Contact", other), strength, raw=1.0)
        connect(one, other, strength)
    return edges


def _colleagues(
    jobs: dict[str, Any], past: dict[str, Any], group: list[tuple[str, str]], connect: Any
) -> None:
    held = [(person, *job) for person, job in [*jobs.items(), *past.items()]]
    size = {company: sum(1 for job in held if job[1] == company) for company in COMPANIES}
    today = {company: sum(1 for job in jobs.values() if job[0] == company) for company in COMPANIES}
    for (one, at, began, ended), (other, there, since, until) in combinations(held, 2):
        if one == other:
            continue
        now = ended is None and until is None
        if at == there and (ended is None or since > ended) and (until is None or began > until):
            connect(one, other, (0.25 if now else 0.15) * min(1.0, 8 / (size[at] - 1)))
        if now and (at, there) in _related(group):
            connect(one, other, 0.1 * min(1.0, 8 / (today[at] + today[there] - 1)))


def _related(group: list[tuple[str, str]]) -> set[tuple[str, str]]:
    sisters = [(one, other) for (a, one), (b, other) in combinations(group, 2) if a == b]
    pairs = [*group, *sisters]
    return {*pairs, *((other, one) for one, other in pairs)}


def _every_way(edges: dict[frozenset[str], float], sources: set[str], targets: set[str]) -> list[float]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((min(pair), max(pair)) for pair in edges)
    ways = [
        path
        for source in sources & set(graph)
        for target in targets & set(graph)
        for path in nx.all_simple_paths(graph, source, target, cutoff=4)
        if not set(path[1:-1]) & (sources | targets)
    ]
    strengths = [prod(edges[frozenset(pair)] for pair in pairwise(path)) for path in ways]
    return sorted((one for one in strengths if one >= LEAST_STRENGTH), reverse=True)


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_on_the_command_line(cli: Cli, store: Store, world: World) -> None:
    world.load(store)
    at = ("--now", NOW.isoformat())
    told = cli("introductions", "find", "--account", "acme", "--from", "eva", *at).stdout
    assert "Emil → Rita  0.90  5 interactions" in told
    data = orjson.loads(cli("introductions", "find", "--to", "ann", "--first", 1, *at, "--json").stdout)
    assert len(data["introductions"]) == 1
    assert cli("introductions", "find", check=False).returncode == 2
    assert cli("introductions", "find", "--account", "acme", "--role", "boss", check=False).returncode == 2
    asked = orjson.loads(
        cli("introductions", "ask", "ann", "Employee:emil", "--by", "eva", *at, "--json").stdout
    )
    words = ("declined", "--by", "emil", "--why", "not now", *at)
    cli("introductions", "decide", asked["introduction_id"], *words)
    (request,) = orjson.loads(cli("introductions", "list", "--employee", "eva", "--json").stdout)["requests"]
    assert (request["state"], request["reason"], request["decided_by"]) == (
        "declined",
        "not now",
        "user:emil",
    )
