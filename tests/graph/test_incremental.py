"""Deriving what changed leaves the graph that deriving everything would: batches at random, out of order."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from random import Random

import duckdb
import pytest

from cypher import Query
from graph.decision_chain.read import chain
from graph.derive import DeriveReport, derive
from graph.history import TABLES, read_history
from graph.parameters import Parameters
from graph.reporting_line.superior import Weights
from graph.service import run_sync
from graph.store import Store
from graph.tie.model import Calibration
from tests.graph.random_company import CONTACTS, CUSTOMERS, REMOVE_INTERACTIONS
from tests.graph.test_past_days import company
from tests.graph.world import NOW, World, ago, iso
from tests.histories import seeds

FITTED = Parameters(Calibration(60.0, 1.5, 0.8), Weights())
DAYS = (150.0, 60.0, 10.0, 0.0)
"""The company's now at each batch, before NOW."""
FIRST = ("Customer", "Employee", "Product", "Tag")
"""Labels of the first batch."""
Changed = tuple[str, str, str, str | None, str | None]
"""A row of `History.changed_since`."""
LAYOUT = """
CREATE TEMP TABLE noted (kind VARCHAR, label VARCHAR, key VARCHAR, other_label VARCHAR, other_key VARCHAR)
"""
ENDED = Query("test.ended", "MATCH (c:Contact {contact_id: $key}) SET c.ended_at = datetime($at)",
              frozenset({"key", "at"}), "write")  # fmt: skip


@dataclass(frozen=True)
class Noted:
    """A history of the graph as it stands, with what changed as the test knows it."""

    connection: duckdb.DuckDBPyConnection
    position: int = 1
    complete_since: int = 0

    def changed_since(self, position: int) -> duckdb.DuckDBPyRelation:
        """What was noted."""
        assert position <= self.position
        return self.connection.table("noted")


@contextmanager
def noted(store: Store, changed: Iterable[Changed]) -> Iterator[Noted]:
    """The history of the graph, of which this has changed."""
    with read_history(store) as history:
        history.connection.execute(LAYOUT)
        for row in changed:
            history.connection.table("noted").insert(row)
        yield Noted(history.connection)


def derive_changed(store: Store, now: datetime, changed: Iterable[Changed]) -> DeriveReport:
    """Derive what changed."""
    with noted(store, changed) as history:
        return derive(store, now, history=history)


class Batches:
    """A company in random batches: an edge comes no sooner than its ends, an event at any time."""

    def __init__(self, world: World, draw: Random) -> None:
        self.draw = draw
        self.place = {
            (label, row["id"]): 0 if label in FIRST else draw.randrange(len(DAYS))
            for label, rows in world.nodes.items()
            for row in rows
        }
        self.worlds = [World() for _ in DAYS]
        for label, rows in world.nodes.items():
            for row in rows:
                self.worlds[self.place[label, row["id"]]].nodes[label].append(row)
        self._edges(world)

    def _edges(self, world: World) -> None:
        for name in ("facts", "parts"):
            for ends, rows in getattr(world, name).items():
                _, start, end = ends
                for row in rows:
                    earliest = max(self.place[start, row["start"]], self.place[end, row["end"]])
                    chosen = self.draw.randrange(earliest, len(DAYS))
                    getattr(self.worlds[chosen], name)[ends].append(row)

    def correct(self, number: int) -> None:
        """State some of what came before anew: interactions hidden or shown, facts ended."""
        before, batch = self.worlds[number - 1], self.worlds[number]
        for row in before.nodes["Interaction"][:2]:
            seen = self.draw.choice(("company", "owner"))
            batch.node("Interaction", row["id"], **(row["props"] | {"visibility": seen, "channel": "call"}))
        for ends, rows in list(before.facts.items()):
            for row in rows[:1]:
                props = row["props"] | {"valid_to": iso(ago(self.draw.uniform(0, 100)))}
                batch.facts[ends].append({**row, "props": props})


def changes(world: World) -> Iterator[Changed]:
    """What a history would say of loading this."""
    for label, rows in world.nodes.items():
        table = next((t.name for t in TABLES.values() if t.of == label), None)
        if table is not None:
            yield from ((table, label, row["id"], None, None) for row in rows)
    for edges in (world.facts, world.parts):
        for (kind, start, end), rows in edges.items():
            for row in rows:
                yield from edge(kind, (start, row["start"]), (end, row["end"]))


def edge(kind: str, start: tuple[str, str], end: tuple[str, str]) -> Iterator[Changed]:
    """The row of an edge, its anchor first."""
    table = TABLES.get(f"edge_{kind.lower()}")
    if table is not None:
        yield (table.name, *start, *end) if table.anchor == "start" else (table.name, *end, *start)


def remove_one(store: Store, world: World) -> list[Changed]:
    """Take an interaction out of the graph."""
    rows = world.nodes["Interaction"]
    if not rows:
        return []
    key = rows[-1]["id"]
    parts = [
        (start, row["start"])
        for (kind, start, _), found in world.parts.items()
        if kind == "PARTICIPATED_IN"
        for row in found
        if row["end"] == key
    ]
    store.write(REMOVE_INTERACTIONS, keys=[key])
    gone: list[Changed] = [("node_interaction", "Interaction", key, None, None)]
    return gone + [row for part in parts for row in edge("PARTICIPATED_IN", part, ("Interaction", key))]


def end_one(store: Store, draw: Random) -> list[Changed]:
    """A source deletes a contact."""
    key = draw.choice(CONTACTS)
    store.write(ENDED, key=key, at=iso(ago(200)))
    return [("node_contact", "Contact", key, None, None)]


def with_orders(world: World, draw: Random) -> World:
    """Lines of two products, some sent back."""
    for product in ("pump", "valve"):
        world.node("Product", product, name=product)
    for customer in CUSTOMERS:
        for number in range(4):
            lines = [("pump", float(draw.randint(1, 5)), 0.1), ("valve", float(draw.choice((-1, 2))), 0.7)]
            world.order(f"{customer}-b{number}", customer, ago(draw.uniform(0, 200)), lines)
    return world


@pytest.mark.slow
@pytest.mark.query("derive.last", "derive.standing_calibration")
@pytest.mark.parametrize("seed", seeds(1))
def test_deriving_what_changed_leaves_nothing_to_derive(store: Store, seed: int) -> None:
    draw = Random(seed)
    batches = Batches(with_orders(company(seed), draw), draw)
    for number, days in enumerate(DAYS):
        if number:
            batches.correct(number)
        batch = batches.worlds[number]
        batch.load(store)
        changed = list(changes(batch))
        if number > 1:
            changed += remove_one(store, batches.worlds[number - 1]) + end_one(store, draw)
        with noted(store, changed) as history:
            partly = derive(store, ago(days), given=FITTED, history=history)
            again = derive(store, ago(days), given=FITTED, history=history, recalibrate=True)
        assert (partly.whole, again.whole) == (number == 0, True)
        assert {name: (done.written, done.removed) for name, done in again.counts.items()} == dict.fromkeys(
            again.counts, (0, 0)
        ), number


OF_THE_DAY = ("profiles", "tags", "segments")
"""They follow the day, so all customers are looked at."""


@pytest.mark.slow
def test_only_what_changed_is_looked_at(store: Store) -> None:
    world = World()
    world.employee("eva")
    for name in ("acme", "bolt"):
        world.customer(name)
        world.contact(f"{name}-ann", name, "CEO")
        people: list[tuple[str, str, str | None]] = [
            ("Employee", "eva", "from"),
            ("Contact", f"{name}-ann", "to"),
        ]
        world.met(f"{name}-m", ago(20), people)
    world.load(store)
    first = derive_changed(store, ago(10), changes(world))
    later = World()
    later.met("new", ago(1), [("Contact", "bolt-ann", "from"), ("Employee", "eva", "to")])
    later.load(store)
    second = derive_changed(store, NOW, changes(later))
    assert (first.counts["ties"].standing, second.counts["ties"].standing) == (2, 1)
    assert (first.counts["roles"].standing, second.counts["roles"].standing) == (2, 1)
    assert second.counts["ties"].written == 1
    nothing = derive_changed(store, NOW, [])
    looked = {name: done.standing for name, done in nothing.counts.items() if name not in OF_THE_DAY}
    assert set(looked.values()) == {0}
    assert [nothing.counts[name].written for name in OF_THE_DAY] == [0, 0, 0]


@pytest.mark.query("derive.fading_contacts", "derive.accounts")
def test_silence_makes_a_gap_though_nothing_was_loaded(store: Store) -> None:
    world = World()
    world.employee("eva")
    world.customer("acme", created_at=ago(900))
    world.contact("ann", "acme", "CEO")
    world.met("m", ago(200), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.met("n", ago(200), [("Contact", "ann", "from"), ("Employee", "eva", "to")])
    world.load(store)
    derive_changed(store, ago(190), changes(world))
    assert gaps(store, ago(190)) == set()
    derive_changed(store, NOW, [])
    assert gaps(store, NOW) == {"stale_contact"}


@pytest.mark.slow
@pytest.mark.query("derive.faded_ties")
def test_a_tie_nobody_keeps_up_goes_though_nothing_was_loaded(store: Store) -> None:
    world = World()
    world.employee("eva")
    world.customer("acme")
    world.contact("ann", "acme", "CEO")
    world.met("m", ago(900), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.load(store)
    assert derive_changed(store, ago(890), changes(world)).counts["ties"].standing == 1
    assert derive_changed(store, NOW, []).counts["ties"].removed == 1
    assert derive(store, NOW).counts["ties"].removed == 0


def gaps(store: Store, now: datetime) -> set[str]:
    """The kinds of gaps that stand at the account."""
    return {gap.kind for gap in run_sync(store, chain, customer_id="acme", now=now).gaps}
