"""Lists of customers along the indexes of their orders, beside the same lists sorted in Python."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cypher import Query
from graph.customer_filter.condition import Comparison
from graph.customer_list import Listing, Sort, customer_page
from graph.derive import derive
from graph.derive.calibration import Extent, LastDerive, keep_derive, last_derive
from graph.migrations.steps import order_by_risk, orders
from graph.model import Profile, RiskScore
from graph.order_key import NEVER, amount_of, millis, sortable, value_place
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago

SILENCE, RISK = (Sort("silence"),), (Sort("risk", descending=True),)
VALUE = (Sort("value", descending=True, currency="EUR"),)
DERIVED = LastDerive(NOW, 0, 1, Extent(0, 0), finished=True, ends_ahead=0)
FORGET = [
    Query("test.forget", f"MATCH (n:{label}) REMOVE {', '.join(f'n.{name}' for name in model.ordered)}",
          frozenset(), "write")
    for label, model in (("Profile", Profile), ("RiskScore", RiskScore))
]  # fmt: skip


class Asked:
    """A store that notes which statements are asked."""

    def __init__(self, store: Store) -> None:
        self._store, self.names = store, set[str]()

    def read(self, query: Any, /, **params: Any) -> list[dict[str, Any]]:
        self.names.add(query if isinstance(query, str) else query.name)
        rows: list[dict[str, Any]] = self._store.read(query, **params)
        return rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def company(draw: random.Random, *, profiles: float = 1.0) -> tuple[World, dict[str, dict[str, Any]]]:
    """Customers with few different figures, some of whom ended; what is known of each that stands."""
    world, known = World(), dict[str, dict[str, Any]]()
    for number in range(70):
        key, ended = f"k{number:02}", draw.random() < 0.1
        one: dict[str, Any] = {
            "name": draw.choice(("a", "b", "客")),
            "employees": number % 3,
            "risk": draw.choice((None, 0.0, 0.25, 0.7, round(draw.random(), 6))),
            "met": draw.choice((None, ago(3), ago(3), ago(draw.randrange(1, 900)), ago(30_000))),
            "amounts": draw.choice(({}, {"EUR": 10.5}, {"EUR": draw.randrange(1, 9) * 1.1}, {"EUR": -4.0},
                                    {"CNY": 900.0}, {"CNY": 7.0, "EUR": draw.choice((5.5, 12.0, -1.0))})),
        }  # fmt: skip
        world.customer(key, name=one["name"], employees=one["employees"], ended_at=ago(1) if ended else None)
        if one["risk"] is not None:
            world.risk(f"old{number}", key, draw.random(), scored_at=ago(9), as_of=ago(9), until=NOW)
            world.risk(f"new{number}", key, one["risk"])
        if draw.random() < profiles and not ended:
            currencies = list(one["amounts"])
            world.node("Profile", key, last_contact_at=one["met"], value_currencies=currencies,
                       value_amounts=[one["amounts"][each] for each in currencies])  # fmt: skip
        else:
            one |= {"met": None, "amounts": {}}
        if not ended:
            known[key] = one
    return world, known


def place(sort: Sort, one: dict[str, Any]) -> Any:
    number = {
        "risk": -1.0 if one["risk"] is None else one["risk"],
        "silence": NEVER if one["met"] is None else millis(one["met"]),
        "value": one["amounts"].get("EUR", 0.0),
        "name": one["name"],
    }[sort.by]
    return -number if sort.descending else number


def seen(store: Any, listing: Listing, first: int) -> list[str]:
    ids: list[str] = []
    after: str | None = None
    while True:
        page = run_sync(store, customer_page, listing, now=NOW, viewer=None, first=first, after=after)
        ids += page.customer_ids
        if not page.more:
            return ids
        after = page.cursors[-1]


ORDERS = {
    "risk": RISK,
    "silence": SILENCE,
    "value": VALUE,
    "risk, then name": (*RISK, Sort("name")),
    "value, then silence": (*VALUE, *SILENCE),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", [
    pytest.param("risk", marks=pytest.mark.query("order_window.risk")),
    pytest.param("silence", marks=pytest.mark.query("order_window.silence", "order_window.derived")),
    pytest.param("value", marks=pytest.mark.query("order_window.value")),
    pytest.param("risk, then name", marks=pytest.mark.query("order_window.risk")),
    pytest.param("value, then silence", marks=pytest.mark.query("order_window.value")),
])  # fmt: skip
def test_pages_along_an_index_are_the_sorted_customers(store: Store, name: str) -> None:
    """Ties, several currencies, amounts below zero, whoever was never met, not scored, or has ended."""
    order = ORDERS[name]
    world, known = company(random.Random(name))
    world.load(store)
    keep_derive(store, DERIVED)
    asked = Asked(store)
    for condition in (None, Comparison("employees", "is", (1,))):
        listing = Listing(order=order) if condition is None else Listing(condition, order)
        answering = [key for key, one in known.items() if condition is None or one["employees"] == 1]
        wanted = sorted(answering, key=lambda key: (*(place(sort, known[key]) for sort in order), key))
        for first in (1, 7, 100):
            assert seen(asked, listing, first) == wanted, (condition, first)
    assert f"order_window.{order[0].by}" in asked.names


def test_whoever_came_after_the_last_derive_is_in_the_list_by_silence(store: Store) -> None:
    """Without a profile nobody has a place in the index: all are read until the next derive."""
    world, known = company(random.Random(5), profiles=0.6)
    world.load(store)
    wanted = sorted(known, key=lambda key: (place(SILENCE[0], known[key]), key))
    assert seen(store, Listing(order=SILENCE), 7) == wanted
    store.upsert_nodes("Change", [{"id": "load:1", "props": {"actor": "ingest", "kind": "load"}}])
    stale = (
        DERIVED,
        replace(DERIVED, position=1, finished=False),
        replace(DERIVED, position=1, now=NOW + timedelta(days=1)),
        replace(DERIVED, position=1, ends_ahead=1),
        replace(DERIVED, position=1, ends_ahead=None),
    )
    for left in stale:
        keep_derive(store, left)
        assert seen(store, Listing(order=SILENCE), 20) == wanted
    keep_derive(store, replace(DERIVED, position=1))
    assert seen(store, Listing(order=SILENCE), 20) != wanted, "else the index was not read before"


def test_a_derive_says_whether_all_that_stand_have_a_profile(store: Store) -> None:
    world, known = company(random.Random(6))
    world.customer("later", name="z", ended_at=NOW + timedelta(days=1))
    world.load(store)
    derive(store, NOW)
    left = last_derive(store)
    assert left is not None
    assert left.ends_ahead == 1
    assert set(seen(store, Listing(order=SILENCE), 20)) == {*known, "later"}


def test_what_was_written_before_there_were_orders_gets_its_place(store: Store) -> None:
    world, known = company(random.Random(7))
    world.load(store)
    keep_derive(store, DERIVED)
    wanted = {order: seen(store, Listing(order=order), 9) for order in (RISK, SILENCE, VALUE)}
    for forget in FORGET:
        store.write(forget)
    assert seen(store, Listing(order=SILENCE), 9) == []
    orders(store)
    order_by_risk(store)
    assert {order: seen(store, Listing(order=order), 9) for order in wanted} == wanted
    assert len(known) == len(wanted[RISK])


def test_digits_stand_in_the_order_of_their_numbers() -> None:
    draw = random.Random(1)
    numbers = [
        0.0,
        -0.0,
        -1.0,
        5e-324,
        -5e-324,
        1e308,
        -1e308,
        *(draw.uniform(-1e6, 1e6) for _ in range(200)),
    ]
    assert sorted(numbers, key=sortable) == sorted(numbers)
    assert sortable(0.0) == sortable(-0.0)
    amounts = [number for number in numbers if number > 0]
    assert [amount_of(value_place("EUR", one)) for one in amounts] == amounts
    assert sorted(amounts, key=lambda one: value_place("EUR", one)) == sorted(amounts, reverse=True)
