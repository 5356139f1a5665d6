"""Conditions over items: the graph and the history answer as plain Python does."""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from graph.customer_filter import Condition, FilterRefused, plain, read
from graph.customer_group.find import found, unheard
from graph.customer_list import Listing, count_customers, customer_page
from graph.derive.groups import look_at_customers, profile_customers
from graph.history import read_history
from graph.service import run_sync
from graph.store import Store
from tests.graph.world import NOW, World, ago

Props = dict[str, Any]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (3, "items: `items` is written as"),
        ({"where": {"hours": 1}}, "items.kind: `kind` names the kind of the items, such as machine"),
        ({"kind": "machine", "were": {}}, "items.were: `items` has no `were`; did you mean `where`?"),
        ({"kind": "machine", "where": {"hours": {"over": 3}}}, "items.where.hours.over: `over` is none"),
        (
            {"kind": "machine", "where": {"days_since.at": "x"}},
            "items.where.days_since.at: `x` is not a number",
        ),
        ({"kind": "machine", "count": {"at_least": "two"}}, "items.count.at_least: `two` is not a number"),
        ({"kind": "machine", "where": 3}, "items.where: `where` is written as"),
        ({"kind": "machine", "count": {"known": True}}, "items.count.known: `known` does not fit it"),
    ],
)
def test_mistakes_are_told_with_their_place(given: object, says: str) -> None:
    with pytest.raises(FilterRefused) as refused:
        read({"items": given})
    assert says in str(refused.value)


def company(draw: random.Random) -> tuple[World, dict[str, list[Props]]]:
    """Customers with machines and rivals, and those that stand, with their properties and `relations`."""
    world, has = World(), {}
    for number in range(25):
        customer = world.customer(f"c{number:02}")
        has[customer] = [
            _item(world, customer, f"{number}-{place}", draw) for place in range(draw.randrange(4))
        ]
    return world, {customer: [one for one in items if one] for customer, items in has.items()}


def _item(world: World, customer: str, key: str, draw: random.Random) -> Props:
    maybe: Props = {
        "name": draw.choice(("Pump A", "压缩机", "pump")), "x_hours": draw.choice((10, 999.5, 1000, 4000.0)),
        "x_leased": draw.choice((True, False)), "x_tier": draw.choice(("gold", "tin", 3)),
        "x_installed_at": midnight(draw.choice((0, 1, 30, 400, 3000))), "x_parts": ["gold", "pump"],
    }  # fmt: skip
    props = {name: value for name, value in maybe.items() if draw.random() < 0.8}
    props["kind"] = draw.choice(("machine", "machine", "rival"))
    ended = {"ended_at": ago(1)} if draw.random() < 0.1 else {}
    world.node("Item", key, **props, **ended)
    over = {"valid_to": ago(3)} if draw.random() < 0.1 else {}
    relations = draw.sample(("stands_at", "owned_by"), draw.choice((1, 1, 2)))
    for place, relation in enumerate(relations):
        world.fact(
            "LINKED_TO",
            ("Item", key),
            ("Customer", customer),
            relation=relation,
            source_key=str(place),
            **over,
        )
    return {} if ended or over else {**props, "relations": relations}


TESTS: tuple[tuple[str, tuple[Props, ...]], ...] = (
    ("hours", ({"above": 999.5}, {"at_least": 1000}, {"below": 11}, {"at_most": 10}, {"is": [10, 4000]},
               {"is_not": 1000}, {"known": False}, {"between": [500, 1500]})),
    ("leased", ({"is": True}, {"is": False}, {"is_not": True})),
    ("tier", ({"is": "gold"}, {"is": ["tin", 3]}, {"is_not": "gold"}, {"starts_with": "G"},
              {"contains": "I"})),
    ("name", ({"contains": "PUMP"}, {"is": "压缩机"}, {"starts_with": "pump "}, {"known": True})),
    ("installed_at", ({"before": "2025-05-31"}, {"since": "2025-05-31"}, {"known": True})),
    ("parts", ({"contains": "gold"}, {"starts_with": "g"}, {"known": True})),
    ("days_since.installed_at", ({"above": 30}, {"at_least": 30}, {"below": 1}, {"is": 30},
                                 {"at_most": 400})),
)  # fmt: skip

PARTS: Props = {"kind": "machine", "where": {"parts": {"contains": "gold"}, "tier": {"contains": "I"}}}
"""A part of a list, which is none, and of a value that is a number for some."""


def conditions(draw: random.Random, count: int) -> Iterator[Props]:
    """Random conditions as people write them."""
    for _ in range(count):
        asked: Props = {"kind": draw.choice(("machine", "rival", "nothing"))}
        where = {name: dict(draw.choice(tests)) for name, tests in draw.sample(TESTS, draw.randrange(3))}
        asked |= {"where": where} if where else {}
        asked |= {"relation": "stands_at"} if draw.random() < 0.3 else {}
        asked |= (
            {"count": draw.choice(({"at_least": 2}, {"is": 0}, {"at_most": 1}))}
            if draw.random() < 0.4
            else {}
        )
        yield asked


def answers(items: list[Props], asked: Props) -> bool:
    """The rule, written a second time."""
    fit = [
        one
        for one in items
        if one["kind"] == asked["kind"]
        and asked.get("relation", one["relations"][0]) in one["relations"]
        and all(_fits(one, name, test) for name, test in asked.get("where", {}).items())
    ]
    count = asked.get("count", {"at_least": 1})
    return all(_compared(len(fit), operator, value) for operator, value in count.items())


def _fits(item: Props, name: str, tests: Props) -> bool:
    days, _, of = name.rpartition(".")
    value = item.get("name" if name == "name" else f"x_{of}")
    if days and value is not None:
        value = (NOW - datetime.fromisoformat(value)) // timedelta(days=1)
    return all(_compared(value, operator, given) for operator, given in tests.items())


def _compared(value: Any, operator: str, given: Any) -> bool:
    if operator in {"known", "is_not"}:
        return (value is not None) == given if operator == "known" else not _compared(value, "is", given)
    if value is None or isinstance(value, list):  # a list has no parts of a text
        return False
    if operator == "between":
        return bool(given[0] <= value <= given[1])
    tests: dict[str, Callable[[], bool]] = {
        "is": lambda: any(_same(value, one) for one in (given if isinstance(given, list) else [given])),
        "contains": lambda: str(given).lower() in str(value).lower(),
        "starts_with": lambda: str(value).lower().startswith(str(given).lower()),
        "above": lambda: value > given, "at_least": lambda: value >= given, "below": lambda: value < given,
        "at_most": lambda: value <= given, "before": lambda: value < given, "since": lambda: value >= given,
    }  # fmt: skip
    return tests[operator]()


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def midnight(days: int) -> str:
    """The beginning of the day so many days before NOW, as it is kept."""
    return ago(days).replace(hour=0, minute=0).isoformat()


@pytest.mark.slow
def test_both_backends_answer_as_plain_python_does(store: Store) -> None:
    draw = random.Random(20260101)
    world, has = company(draw)
    world.load(store)
    several = 0
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        look_at_customers(store, history.connection, NOW)
        for asked in (*conditions(draw, 30), PARTS):
            condition = read({"items": asked})
            assert read(plain(condition)) == condition
            wanted = sorted(customer for customer, items in has.items() if answers(items, asked))
            several += 0 < len(wanted) < len(has)
            assert [one.customer_id for one in found(history.connection, condition, NOW)] == wanted, asked
            assert sorted(listed(store, condition)) == wanted, asked
        says = list(unheard(history.connection, read({"items": {"kind": "machin"}})))
        assert says[0].startswith("no customer has an item of kind 'machin'; there are machine (")
        says = list(unheard(history.connection, read({"items": {"kind": "machine", "where": {"hour": 1}}})))
        assert says == [
            "no machine at a customer has `hour`; they have hours, installed_at, leased, parts, tier"
        ]
        assert list(unheard(history.connection, read({"items": PARTS}))) == [
            "`parts` of a machine is a list, which answers to no `contains`"
        ]
    assert several > 8


def listed(store: Store, condition: Condition) -> list[str]:
    """Ids by the graph's own page, whose count says the same."""
    listing = Listing(condition)
    page = run_sync(store, customer_page, listing, now=NOW, viewer=None, first=100)
    assert run_sync(store, count_customers, listing, now=NOW, viewer=None) == (len(page.customer_ids), True)
    return list(page.customer_ids)


def test_a_condition_among_others(store: Store) -> None:
    world = World()
    for key, hours in (("a", 1200.0), ("b", 5.0), ("c", None)):
        world.customer(key, country="DE" if key != "c" else "CN")
        world.node("Item", f"m-{key}", kind="machine", **({"x_hours": hours} if hours else {}))
        world.fact("LINKED_TO", ("Item", f"m-{key}"), ("Customer", key))
    world.load(store)
    busy = {"items": {"kind": "machine", "where": {"hours": {"above": 1000}}}}
    assert listed(store, read({"country": "DE", "not": busy})) == ["b"]
    assert listed(store, read({"any": [busy, {"country": "CN"}]})) == ["a", "c"]
