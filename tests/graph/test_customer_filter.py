"""The filter grammar: what it says of mistakes, and that both backends answer as plain Python does."""

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml

from graph.customer_filter import FIELDS, All, AnyOf, Comparison, Condition, FilterRefused, Not, plain, read
from graph.customer_filter.field import OPERATORS_OF
from graph.customer_filter.yaml import NoYaml, document
from graph.customer_group.definition import core, definitions
from graph.customer_group.find import found
from graph.customer_list import Listing, Sort, count_customers, customer_page
from graph.customer_list.read import EVERYBODY
from graph.derive.groups import look_at_customers, profile_customers
from graph.history import read_history
from graph.service import run_sync
from graph.store import Store
from graph.windows import NAMELESS
from tests.graph.world import NOW, World, ago

WORDS = ("DE", "CN", "NO", "München", "上海", 'o\'Neil "x"')


def read_yaml(text: str) -> Condition:
    """The condition of a YAML text."""
    written = document(text, "my.yml")
    return read(written.values, written.place)


def test_what_a_person_writes() -> None:
    told = read_yaml("""
        country: [DE, NO]
        silent_days: {between: [30, 90]}
        not: {tag: core:loyal}
        any:
          - value_365: {currency: EUR, above: 1000}
          - attribute.tier: gold
    """)
    assert told == All((
        Comparison("country", "is", ("DE", "NO")),
        Comparison("silent_days", "at_least", (30.0,)),
        Comparison("silent_days", "at_most", (90.0,)),
        Not(Comparison("tag", "is", ("core:loyal",))),
        AnyOf((
            Comparison("value_365", "above", (1000.0,), "EUR"),
            Comparison("attribute", "is", ("gold",), "tier"),
        )),
    ))  # fmt: skip
    assert read(plain(told)) == told


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("cuntry: DE", "line 1, column 1: there is no field `cuntry`; did you mean `country`?"),
        ("all:\n  - employees: {contains: 4}", "line 2, column 17: `contains` does not fit it: `employees`"),
        ("silent_days: {atleast: 3}", "column 15: `atleast` is none: `silent_days`"),
        ("silent_days: many", "`many` is not a number"),
        ("employees: .nan", "`nan` is not a number"),
        ("value_365: {above: 3}", "`value_365` needs its `currency`"),
        ("value_365: {above: 3, currency: euro}", "`value_365` needs its `currency`"),
        ("any: 3", "`any` takes a list of conditions, not `3`"),
        ("industry: [a, 3]", "line 1, column 15: `3` is not a text; put it in quotes"),
        ("employees: {between: [1]}", "`between` takes two numbers"),
        ("country: {known: perhaps}", "`perhaps` is neither true nor false"),
        ("attribute: gold", "there is no field `attribute`"),
        ("country: []", "a list has 1 to 1000 values, not 0"),
        ("country: {}", "say what `country` is compared with: `is`"),
        ("- country: DE", "a condition is written as `field: value`"),
        ("not: " * 11 + "{country: DE}", "no YAML"),
        ("a: 1\na: 2", "`a` stands twice"),
        ("a: [", "is no YAML"),
    ],
)
def test_mistakes_are_told_in_sentences_with_their_place(text: str, says: str) -> None:
    with pytest.raises((FilterRefused, NoYaml), match=r"my\.yml") as refused:
        read_yaml(text)
    assert says in str(refused.value)


def test_bounds_of_a_condition() -> None:
    deep: Any = {"country": "DE"}
    for _ in range(12):
        deep = {"not": deep}
    for given in (deep, {"all": [{"country": "DE"}] * 101}, None, 7, {}):
        with pytest.raises(FilterRefused):
            read(given)


def test_a_condition_that_could_not_be_read_back_is_refused() -> None:
    """Two fields side by side are kept one deeper than they are written."""
    deep: Any = {"country": "DE", "city": "Bonn"}
    for _ in range(9):
        deep = {"not": deep}
    assert plain(read(deep))
    text = yaml.safe_dump({"id": "a", "name": "A", "when": deep})
    with pytest.raises(FilterRefused, match="deep"):
        definitions(document(text, "my.yml"), "tag")


def test_every_fault_of_a_file_at_once() -> None:
    text = "tags:\n  - id: a\n    name: A\n    colour: red\n    when: {x: 1}\n  - id: b\n    when: {y: 1}\n"
    with pytest.raises(FilterRefused) as refused:
        definitions(document(text, "my.yml"), "tag")
    assert len(refused.value.faults) == 4


def test_the_catalogue_has_twelve_tags_in_two_languages() -> None:
    tags = core("tag")
    assert len(tags) == len({one.group_id for one in tags}) == 12
    for one in (*tags, *core("segment")):
        assert all((one.name, one.name_zh, one.description, one.description_zh))


def company(draw: random.Random, customers: int = 40) -> World:
    """Customers with everything that can be asked about, much of it missing here and there."""
    world = World()
    for key in ("eva", "tom"):
        world.employee(key, team={"eva": "East", "tom": "West"}[key])
    for family in ("pumps", "valves"):
        world.node("Product", family, name=family, family=family)
    for key in ("vip", "old"):
        world.node("Tag", key, name=key, dimension="hand")
    for number in range(customers):
        _customer(world, f"c{number:02}", draw)
    return world


def _customer(world: World, key: str, draw: random.Random) -> None:
    maybe: dict[str, Any] = {
        "country": draw.choice(WORDS), "industry": draw.choice(("Machinery", "food")),
        "employees": draw.randrange(0, 500, 50), "x_tier": draw.choice(("gold", "tin", 3, True)),
        "x_score": draw.choice((1, 2.5, 3)), "created_at": ago(draw.randrange(0, 800)),
    }  # fmt: skip
    world.customer(key, **{name: value for name, value in maybe.items() if draw.random() < 0.7})
    for who in ("eva", "tom"):
        if draw.random() < 0.4:
            until = {"valid_to": ago(5)} if draw.random() < 0.3 else {}
            world.fact("OWNS", ("Employee", who), ("Customer", key), **until)
    for tag in ("vip", "old"):
        if draw.random() < 0.4:
            world.fact("TAGGED", ("Customer", key), ("Tag", tag), basis="asserted")
    if draw.random() < 0.5:
        world.risk(f"s-{key}", key, draw.choice((0.2, 0.8)))
    for number in range(draw.randrange(6)):
        kind = draw.choice(("sale", "sale", "return"))
        amount = draw.choice((100.0, 2000.0)) * (1 if kind == "sale" else -0.5)
        world.order(
            f"o-{key}-{number}", key, ago(draw.randrange(1, 900)),
            [(draw.choice(("pumps", "valves")), 1.0, amount)], kind, currency=draw.choice(("EUR", "CNY")),
        )  # fmt: skip
    for number in range(draw.randrange(3)):
        world.met(f"m-{key}-{number}", ago(draw.randrange(400)), [])
        world.part("FOR", ("Interaction", f"m-{key}-{number}"), ("Customer", key))
    for number in range(draw.randrange(3)):
        closed = {"closed_at": ago(2)} if draw.random() < 0.5 else {}
        world.node("Ticket", f"t-{key}-{number}", opened_at=ago(draw.randrange(3, 200)), **closed)
        world.part("FOR", ("Ticket", f"t-{key}-{number}"), ("Customer", key))


Facts = dict[str, dict[str, Any]]
"""By customer: every field's value, from the world as it was written down."""


def facts(world: World) -> Facts:
    """What is true of each customer, by hand."""
    customers: Facts = {row["id"]: dict(row["props"]) for row in world.nodes["Customer"]}
    nodes = {(label, row["id"]): row["props"] for label, rows in world.nodes.items() for row in rows}
    for known in customers.values():
        known.update(
            owner=set(), team=set(), tag=set(), churn_band=set(), segment=set(), families_365=set(),
            value={}, orders_365=0, open_tickets=0, tickets_90=0,
        )  # fmt: skip
    for row in world.facts["OWNS", "Employee", "Customer"]:
        if "valid_to" not in row["props"]:
            customers[row["end"]]["owner"].add(row["start"])
            customers[row["end"]]["team"].add(nodes["Employee", row["start"]]["team"])
    for row in world.facts["TAGGED", "Customer", "Tag"]:
        customers[row["start"]]["tag"].add(row["end"])
    for row in world.parts["SCORED", "Customer", "RiskScore"]:
        customers[row["start"]]["churn_band"].add(nodes["RiskScore", row["end"]]["band"])
    bought = {row["start"]: row["end"] for row in world.parts["CONTAINS", "Order", "Product"]}
    for row in world.parts["PLACED", "Customer", "Order"]:
        _ordered(customers[row["start"]], nodes["Order", row["end"]], bought[row["end"]])
    for row in world.parts["FOR", "Interaction", "Customer"]:
        _newest(customers[row["end"]], "last_contact_at", nodes["Interaction", row["start"]]["at"])
    for row in world.parts["FOR", "Ticket", "Customer"]:
        ticket, known = nodes["Ticket", row["start"]], customers[row["end"]]
        known["open_tickets"] += "closed_at" not in ticket
        known["tickets_90"] += _days(ticket["opened_at"]) < 90
    return customers


def _ordered(known: dict[str, Any], order: dict[str, Any], family: str) -> None:
    recent = _days(order["ordered_at"]) < 365
    if recent:
        value = known["value"]
        value[order["currency"]] = value.get(order["currency"], 0.0) + order["amount"]
    if order["kind"] == "sale":
        known["orders_365"] += recent
        _newest(known, "last_order_at", order["ordered_at"])
        known["families_365"] |= {family} if recent else set()


def _newest(known: dict[str, Any], name: str, at: str) -> None:
    known[name] = max(known.get(name, at), at)


def _days(at: str) -> int:
    return math.floor((NOW - datetime.fromisoformat(at)) / timedelta(days=1))


ASKED = (
    "name", "country", "industry", "employees", "customer_for_days", "attribute", "owner", "team", "tag",
    "churn_band", "silent_days", "days_since_order", "orders_365", "value_365", "families_365",
    "open_tickets", "tickets_90", "lifecycle_stage",
)  # fmt: skip
CHOICES: dict[str, tuple[Any, ...]] = {
    "name": ("C01", "c0", "3"), "country": WORDS, "industry": ("Machinery", "food", "MACH"),
    "attribute": ("gold", "tin", 3.0, True, 2.5, 1.0), "owner": ("eva", "tom"), "team": ("East", "West"),
    "tag": ("vip", "old"), "churn_band": ("high", "low"), "families_365": ("pumps", "valves"),
    "lifecycle_stage": ("x",),
}  # fmt: skip


def conditions(draw: random.Random, count: int) -> Iterator[Condition]:
    """Random conditions over all fields and operators, nested."""
    for _ in range(count):
        yield _any_condition(draw, 2)


def _any_condition(draw: random.Random, depth: int) -> Condition:
    shape = draw.random()
    if depth == 0 or shape < 0.4:
        return _any_test(draw)
    if shape < 0.55:
        return Not(_any_condition(draw, depth - 1))
    parts = tuple(_any_condition(draw, depth - 1) for _ in range(draw.randrange(1, 4)))
    return All(parts) if shape < 0.8 else AnyOf(parts)


def _any_test(draw: random.Random) -> Comparison:
    field = FIELDS[draw.choice(ASKED)]
    operator = draw.choice(OPERATORS_OF[field.kind])
    several = operator in {"is", "is_not", "has_all"}
    of = {"money": draw.choice(("EUR", "CNY", "USD")), "attribute": draw.choice(("tier", "score"))}.get(
        field.kind
    )
    if operator == "known":
        return Comparison(field.name, operator, (draw.random() < 0.5,), of)
    numeric = field.kind not in {"text", "texts", "attribute"} or (not several and field.kind == "attribute")
    numbers = (0.0, 1.0, 2.0, 50.0, 100.0, 199.5, 300.0)
    choices = numbers if numeric else CHOICES[field.name]
    values = tuple(draw.choice(choices) for _ in range(draw.randrange(1, 3) if several else 1))
    return Comparison(field.name, operator, values, of)


def holds(condition: Condition, known: dict[str, Any]) -> bool:
    """The oracle: the condition of one customer, in plain Python."""
    match condition:
        case All(parts):
            return all(holds(part, known) for part in parts)
        case AnyOf(parts):
            return any(holds(part, known) for part in parts)
        case Not(part):
            return not holds(part, known)
        case Comparison(field, "is_not", values, of):
            return not holds(Comparison(field, "is", values, of), known)
    assert isinstance(condition, Comparison)  # those of items are in tests/items
    return _test_holds(condition, known)


COLUMNS = {
    "customer_for_days": "created_at",
    "silent_days": "last_contact_at",
    "days_since_order": "last_order_at",
}


def _test_holds(test: Comparison, known: dict[str, Any]) -> bool:
    kind = FIELDS[test.field].kind
    if kind == "money":
        value = known["value"].get(test.of, 0.0)
    elif kind == "days_since":
        at = known.get(COLUMNS[test.field])
        value = None if at is None else _days(at)
    else:
        value = known.get(f"x_{test.of}" if kind == "attribute" else test.field)
    if kind == "texts":
        wanted, first = set(test.values), test.values[0]
        told: dict[str, bool] = {
            "is": bool(value & wanted),
            "has_all": wanted <= value,
            "known": bool(value) == first,
        }
        return told[test.operator]
    if test.operator == "known":
        return (value is not None) == test.values[0]
    return value is not None and _compared(test, value)


def _compared(test: Comparison, value: Any) -> bool:
    first: Any = test.values[0]
    if test.operator == "is":
        return any(type(value) in _LIKE[type(one)] and value == one for one in test.values)
    if test.operator in {"contains", "starts_with"}:
        text, part = str(value).lower(), str(first).lower()
        return part in text if test.operator == "contains" else text.startswith(part)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    compared: dict[str, bool] = {
        "above": value > first, "at_least": value >= first, "below": value < first, "at_most": value <= first
    }  # fmt: skip
    return compared[test.operator]


_LIKE: dict[type, set[type]] = {str: {str}, bool: {bool}, float: {int, float}}


@pytest.mark.slow
@pytest.mark.query("customer_list.page", "customer_list.count", "profile_figures.bands")
@pytest.mark.parametrize("seed", [1, 2])
def test_both_backends_answer_as_plain_python_does(store: Store, seed: int) -> None:
    draw = random.Random(seed)
    world = company(draw)
    world.load(store)
    known = facts(world)
    with read_history(store) as history:
        profile_customers(store, history.connection, NOW)
        look_at_customers(store, history.connection, NOW)
        for condition in conditions(draw, 60):
            wanted = sorted(key for key, one in known.items() if holds(condition, one))
            in_history = [one.customer_id for one in found(history.connection, condition, NOW)]
            assert in_history == wanted, condition
            page = run_sync(store, customer_page, Listing(condition), now=NOW, viewer=None, first=100)
            assert sorted(page.customer_ids) == wanted, condition
        counted = run_sync(store, count_customers, Listing(condition), now=NOW, viewer=None)
        assert counted == (len(wanted), True)


@pytest.mark.query("customer_list.page", "record_list.window")
def test_pages_by_name_follow_the_index_and_leave_nobody_out(store: Store) -> None:
    """Whoever has no name comes last; windows grow where few answer, and equal names stay together."""
    draw, world = random.Random(3), World()
    names = {f"c{n:02}": draw.choice((None, "", "Acme", "acme", "顾客", f"N{n:02}")) for n in range(60)}
    for number, (key, name) in enumerate(names.items()):
        world.node("Customer", key, name=name, employees=number % 5)
    world.load(store)
    few = Comparison("employees", "is", (3,))
    for condition, answering in ((EVERYBODY, list(names)), (few, list(names)[3::5])):
        listing = Listing(condition)
        wanted = sorted(answering, key=lambda key: (names[key] or NAMELESS, key))
        assert seen_in_pages(store, listing, 2) == seen_in_pages(store, listing, 100) == wanted
        backwards = Listing(condition, (Sort("name", descending=True),))
        by_name = sorted(sorted(wanted), key=lambda key: names[key] or NAMELESS, reverse=True)
        assert seen_in_pages(store, backwards, 7) == by_name


def seen_in_pages(store: Store, listing: Listing, first: int) -> list[str]:
    seen: list[str] = []
    after: str | None = None
    while True:
        page = run_sync(store, customer_page, listing, now=NOW, viewer=None, first=first, after=after)
        seen += page.customer_ids
        if not page.more:
            return seen
        after = page.cursors[-1]
