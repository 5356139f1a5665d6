"""The profile of an account, looking one up, pages of them, and the network around."""

from datetime import datetime
from random import Random
from typing import Any

import pytest

from graph.derive import derive
from graph.errors import NotFound, UsageError
from graph.profile.around import network
from graph.profile.model import Match, Order
from graph.profile.pages import Bounds, PageFilter, page
from graph.profile.parts import ALL, PartName, Parts
from graph.profile.read import ProfileRequest, best_match, profile, profiles
from graph.profile.search import match
from graph.service import run_sync
from graph.store import AsyncStore, Store
from tests.graph.churn import probability
from tests.graph.world import NOW, World, ago


@pytest.fixture
def world() -> World:
    """ACME with everything a profile shows; 宏达 and others beside it."""
    world = World()
    world.customer("acme", short_name="A1", tax_id="91310000", industry="steel", region="north", x_floor=3)
    world.customer("hd", name="宏达科技有限公司", short_name="宏达", industry="tech")
    world.customer("zoo", name="Acme Zoo", industry="steel", region="south")
    world.contact("ann", "acme", "CEO")
    world.contact("bob", "acme", "Buyer", valid_to=ago(10))
    world.employee("eva", team="North")
    world.fact("OWNS", ("Employee", "eva"), ("Customer", "acme"))
    world.fact("PARENT_OF", ("Customer", "hd"), ("Customer", "acme"))
    world.fact("PARTNER_OF", ("Customer", "acme"), ("Customer", "zoo"), confidence=0.8)
    world.node("Product", "pump", name="Pump")
    world.order("o1", "acme", ago(400), [("pump", 1.0, 10.0)])
    world.order("o2", "acme", ago(40), [("pump", 2.0, 20.0)])
    world.order("o3", "acme", ago(30), [("pump", -1.0, -5.0)], kind="return")
    world.node("Ticket", "t1", opened_at=ago(9), sla_breached=True)
    world.node("Ticket", "t2", opened_at=ago(90), closed_at=ago(5), satisfaction=4.0)
    for ticket in ("t1", "t2"):
        world.part("FOR", ("Ticket", ticket), ("Customer", "acme"))
    world.opportunity("deal", "acme", amount=7.0, closed_at=ago(3), outcome="won")
    world.tie(("Employee", "eva"), ("Contact", "ann"), 0.6)
    world.met("m1", ago(10), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.node("Tag", "tag", name="Key account", dimension="tier")
    world.fact("TAGGED", ("Customer", "acme"), ("Tag", "tag"))
    world.node("SourceRecord", "r1", source="crm", dataset="accounts", source_key="ACC-1", row_hash="h",
               known_from=ago(500), run_id="r", values="{}")  # fmt: skip
    world.part("RECORD_OF", ("SourceRecord", "r1"), ("Customer", "acme"))
    world.node("Alias", "Customer|erp:C1")
    world.part("ALIAS_OF", ("Alias", "Customer|erp:C1"), ("Customer", "acme"))
    for key, customer, chance in (("s1", "acme", 0.7), ("s2", "zoo", 0.7), ("s3", "hd", 0.2)):
        world.risk(key, customer, chance)
    return world


def whole(store: Store, customer_id: str = "acme", as_of: datetime | None = None) -> Parts:
    return run_sync(store, profile, customer_id=customer_id, now=NOW, as_of=as_of).parts


def matches(store: Store, text: str, first: int = 5) -> tuple[Match, ...]:
    return run_sync(store, match, text=text, as_of=NOW, first=first)


@pytest.mark.query("customer_part.owners", "customer_part.related", "customer_part.tickets",
                   "customer_part.orders", "customer_part.deals", "customer_part.origins",
                   "customer_part.coverage", "customer_part.met")  # fmt: skip
def test_everything_of_a_customer(store: Store, world: World) -> None:
    world.load(store)
    found = whole(store)
    assert (found["company"].name, found["company"].tax_id, found["company"].attributes) == (
        "ACME",
        "91310000",
        (("floor", 3),),
    )
    assert [(c.contact_id, c.title) for c in found["contacts"]] == [("ann", "CEO")]
    assert [(o.employee_id, o.team) for o in found["owners"]] == [("eva", "North")]
    assert {(r.customer_id, r.kind) for r in found["related"]} == {("hd", "parent"), ("zoo", "partner")}
    assert (found["tickets"].total, found["tickets"].open, found["tickets"].breached) == (2, 1, 1)
    assert found["tickets"].satisfaction == 4.0
    assert (found["orders"].orders, found["orders"].returns, found["orders"].amount) == (2, 1, 25.0)
    assert (found["orders"].first_at, found["orders"].last_at, found["orders"].currency) == (
        ago(400),
        ago(40),
        "EUR",
    )
    assert [(y.year, y.orders, y.amount) for y in found["orders"].by_year] == [
        (2024, 1, 10.0),
        (2025, 1, 15.0),
    ]
    assert [(d.opportunity_id, d.outcome) for d in found["deals"]] == [("deal", "won")]
    assert [t.name for t in found["tags"]] == ["Key account"]
    assert [(o.source, o.source_key) for o in found["origins"]] == [("crm", "ACC-1")]
    assert found["risk"] is not None
    assert (found["risk"].probability, found["risk"].reasons[0].evidence[0].id) == (0.7, "t1")


@pytest.mark.query("customer_part.orders")
def test_currencies_are_never_added_up(store: Store, world: World) -> None:
    world.order("y1", "hd", ago(300), [("pump", 1.0, 15000.0)], currency="JPY")
    world.order("y2", "hd", ago(30), [("pump", 1.0, 5000.0)], currency="JPY")
    world.order("e1", "hd", ago(310), [("pump", 1.0, 100.0)])
    world.load(store)
    found = whole(store, "hd")
    orders = found["orders"]
    assert (orders.orders, orders.amount, orders.currency) == (3, None, None)
    assert [(money.currency, money.amount) for money in orders.amounts] == [("JPY", 20000.0), ("EUR", 100.0)]
    assert orders.amount_note is not None
    assert "JPY, EUR" in orders.amount_note
    assert [(year.amount, len(year.amounts)) for year in orders.by_year] == [(None, 2), (5000.0, 1)]
    (trend,) = (part for part in found["health"].parts if part.name == "trend")
    assert (trend.value, found["health"].trend) == (16.7, "down")  # 2 orders fell by half, 1 to nothing
    assert "JPY" in trend.text
    assert "EUR" in trend.text
    derive(store, NOW)
    (row,) = store.read("derive.standing_bought", customer_ids=["hd"])
    assert (row["orders"], row["quantity"], row["amount"]) == (3, 3.0, None)


def test_a_dated_rate_makes_one_sum(store: Store, world: World) -> None:
    reporting = {"reporting_currency": "EUR"}
    world.order(
        "y1", "hd", ago(30), [("pump", 1.0, 15000.0)], currency="JPY", reporting_amount=95.0, **reporting
    )
    world.order("e1", "hd", ago(20), [("pump", 1.0, 100.0)], reporting_amount=100.0, **reporting)
    world.load(store)
    orders = whole(store, "hd")["orders"]
    assert (orders.amount, orders.currency, orders.amount_note) == (195.0, "EUR", None)


def test_a_past_day_sees_neither_later_events_nor_later_outcomes(store: Store, world: World) -> None:
    world.load(store)
    found = whole(store, as_of=ago(20))
    assert {c.contact_id for c in found["contacts"]} == {"ann", "bob"}
    assert (found["tickets"].total, found["tickets"].open, found["tickets"].satisfaction) == (1, 1, None)
    assert [(d.closed_at, d.outcome) for d in found["deals"]] == [(None, None)]
    assert found["risk"] is None
    assert whole(store, as_of=ago(35))["orders"].returns == 0


def test_health_says_what_it_rests_on(store: Store, world: World) -> None:
    world.load(store)
    found = whole(store)["health"]
    parts = {part.name: part for part in found.parts}
    assert parts["recency"].value == 100.0
    assert parts["trend"].value == 100.0
    assert parts["tickets"].value == pytest.approx(100 / 1.7, abs=0.1)
    assert parts["coverage"].value == 60.0
    weighted = sum(p.value * p.weight for p in found.parts) / sum(p.weight for p in found.parts)
    assert found.score == pytest.approx(weighted, abs=0.1)
    assert found.trend == "up"
    assert [part.name for part in whole(store, "zoo")["health"].parts] == []


async def test_both_stores_answer_the_same(store: Store, astore: AsyncStore, world: World) -> None:
    world.load(store)
    assert await profile(astore, customer_id="acme", now=NOW) == run_sync(
        store, profile, customer_id="acme", now=NOW
    )
    assert await match(astore, text="宏达", as_of=NOW) == matches(store, "宏达")
    assert await page(astore, request=LINES, first=2) == run_sync(store, page, request=LINES, first=2)
    around = await network(astore, customer_id="acme", now=NOW)
    assert around == run_sync(store, network, customer_id="acme", now=NOW)


@pytest.mark.parametrize("part", sorted(ALL))
def test_a_part_is_the_same_alone_as_in_the_whole(store: Store, world: World, part: PartName) -> None:
    world.load(store)
    request = ProfileRequest(NOW, frozenset({part}))
    alone = run_sync(store, profiles, customer_ids=["acme", "nobody", "zoo"], request=request)
    assert set(alone) == {"acme", "zoo"}
    for customer_id, found in alone.items():
        assert found.parts == {part: whole(store, customer_id)[part]}


@pytest.mark.parametrize(
    "text", ["ACME", " acme ", "A1", "91310000", "erp:C1", "ACC-1", "科技", "nothing like it", ""]
)
def test_the_best_match_is_the_first_of_all(store: Store, world: World, text: str) -> None:
    world.load(store)
    request = ProfileRequest(NOW, frozenset({"company"}))
    found = run_sync(store, best_match, text=text, request=request)
    first = [found.customer_id for found in matches(store, text, first=1)]
    assert ([found.customer_id] if found else []) == first


def test_an_unknown_customer_is_named(store: Store) -> None:
    with pytest.raises(NotFound, match="no Customer answers to 'nobody'"):
        run_sync(store, profile, customer_id="nobody", now=NOW)
    with pytest.raises(NotFound, match="no Customer answers to 'nobody'"):
        run_sync(store, network, customer_id="nobody", now=NOW)


@pytest.mark.query("profile.match", "profile.match_text")
def test_look_up_by_anything(store: Store, world: World) -> None:
    world.load(store)
    expected = {
        "acme": ["acme", "zoo"], "ACME": ["acme", "zoo"], "Acme Zoo": ["zoo"], "acme zo": ["zoo"],
        "zoo": ["zoo"],
        "A1": ["acme"], "a1": ["acme"], "91310000": ["acme"], "erp:C1": ["acme"], "ACC-1": ["acme"],
        "宏达": ["hd"], "科技": ["hd"], "技": ["hd"], "宏": ["hd"],
        "nothing like it": [], "   ": [], '"(+*': [],
    }  # fmt: skip
    found = {text: [found.customer_id for found in matches(store, text)] for text in expected}
    assert found == expected
    assert matches(store, "宏达")[0].by == "short_name"
    assert [m.by for m in matches(store, "ACME")] == ["name", "prefix"]


def test_of_names_that_differ_in_case_the_one_as_written_comes_first(store: Store) -> None:
    world = World()
    world.customer("small", name="Hill Light")
    world.customer("large", name="HILL LIGHT")
    world.load(store)
    for text, meant in (("Hill Light", "small"), ("HILL LIGHT", "large")):
        for first in (1, 2):
            assert matches(store, text, first=first)[0].customer_id == meant
    assert len(matches(store, "hill light")) == 2


LINES = ProfileRequest(NOW, frozenset({"company", "risk"}))
"""What the lines of a page hold here."""


@pytest.mark.query("page.by_name", "page.name_window")
def test_pages_by_name_neither_skip_nor_repeat(store: Store) -> None:
    world = World()
    names = ["b", "a", "b", "c", "b", "d", "a"]
    for number, name in enumerate(names):
        world.customer(f"k{number}", name=name, industry="steel" if number % 2 else "tech")
    world.load(store)
    seen, cursor = [], None
    while True:
        found = run_sync(store, page, request=LINES, first=2, after=cursor)
        seen += [(line.parts["company"].name, line.customer_id) for line in found.lines]
        cursor = found.cursor
        if cursor is None:
            break
    assert seen == sorted((name, f"k{number}") for number, name in enumerate(names))
    steel = run_sync(store, page, request=LINES, first=10, where=PageFilter(industry="steel"))
    assert len(steel.lines) == 3
    named = run_sync(store, page, request=LINES, first=10, where=PageFilter(text="B"))
    assert {line.parts["company"].name for line in named.lines} == {"b"}


def test_kept_bounds_of_pages_change_no_page(store: Store) -> None:
    """Whatever came or went since they were kept, and where only few answer to a filter."""
    world, draw, bounds = World(), Random(5), Bounds()
    names = {f"k{number:02}": f"n{draw.randrange(30):02}" for number in range(60)}
    for key, name in names.items():
        world.customer(key, name=name, region="south" if key < "k05" else "north")
    world.load(store)

    def pages_of(length: int, where: PageFilter) -> list[str]:
        seen: list[str] = []
        cursor: str | None = None
        while True:
            found = run_sync(
                store, page, request=LINES, first=length, after=cursor, where=where, bounds=bounds
            )
            seen += [line.customer_id for line in found.lines]
            if (cursor := found.cursor) is None:
                return seen

    def checked() -> None:
        for length in (3, 7):
            assert pages_of(length, PageFilter()) == sorted(names, key=lambda key: (names[key], key))
            south = pages_of(length, PageFilter(region="south"))
            assert south == sorted((k for k in names if k < "k05"), key=lambda key: (names[key], key))

    checked()
    later = World()
    for number in range(40):
        if number % 3:
            gone = f"k{number:02}"
            later.customer(gone, name=names.pop(gone), ended_at=ago(1))
        else:
            names[f"m{number:02}"] = name = f"n{draw.randrange(30):02}x"
            later.customer(f"m{number:02}", name=name, region="north")
    later.load(store)
    checked()


@pytest.mark.parametrize("order", ["name", "risk"])
def test_pages_of_any_length_and_filter_are_the_sorted_customers(store: Store, order: Order) -> None:
    """Few names and probabilities for many customers, some ended, some unscored, some scored twice."""
    draw, world = Random(order), World()
    expected: list[tuple[Any, str, str]] = []
    for number in range(60):
        key, name, region = f"k{number:02}", draw.choice("abc"), draw.choice(["north", "south", "south"])
        probability = draw.choice([None, 0.0, 0.3, 0.3001, 0.9, 1.0])
        ended = draw.random() < 0.1
        world.customer(key, name=name, region=region, ended_at=ago(1) if ended else None)
        if probability is not None:
            world.risk(f"old{number}", key, draw.random(), scored_at=ago(9), as_of=ago(9))
            world.risk(f"new{number}", key, probability)
        if not ended:
            risk = 9.0 if probability is None else -probability
            expected.append((name if order == "name" else risk, key, region))
    world.load(store)
    for only in (None, "north"):
        wanted = [key for _, key, of in sorted(expected) if only in (None, of)]
        for length in (1, 7, 100):
            assert walked(store, length, order, PageFilter(region=only)) == wanted, (only, length)


def walked(store: Store, length: int, order: Order, where: PageFilter) -> list[str]:
    """Ids of all pages, one after the other."""
    seen: list[str] = []
    cursor: str | None = None
    while True:
        found = run_sync(store, page, request=LINES, first=length, after=cursor, order=order, where=where)
        seen += [line.customer_id for line in found.lines]
        cursor = found.cursor
        if cursor is None:
            return seen


@pytest.mark.parametrize("order", ["name", "risk"])
def test_pages_tell_the_newest_risk_of_whoever_was_scored_often(store: Store, order: Order) -> None:
    draw, world = Random(3), World()
    newest = {f"k{number}": round(draw.random(), 6) for number in range(9)}
    for key, chance in newest.items():
        world.customer(key)
        for days in draw.sample(range(1, 50), 4):
            world.risk(f"{key}-{days}", key, draw.random(), as_of=ago(days), scored_at=ago(days))
        world.risk(f"{key}-new", key, chance)
    world.load(store)
    listed = run_sync(store, page, request=LINES, first=20, order=order).lines
    assert {line.customer_id: probability(line) for line in listed} == newest


@pytest.mark.query("page.by_risk", "order_window.risk")
def test_pages_by_risk_and_filters(store: Store, world: World) -> None:
    world.load(store)
    first = run_sync(store, page, request=LINES, first=1, order="risk")
    second = run_sync(store, page, request=LINES, first=5, order="risk", after=first.cursor)
    assert [(line.customer_id, probability(line)) for line in (*first.lines, *second.lines)] == [
        ("acme", 0.7), ("zoo", 0.7), ("hd", 0.2)
    ]  # fmt: skip
    assert second.cursor is None
    south = run_sync(store, page, request=LINES, first=5, order="risk", where=PageFilter(region="south"))
    assert [line.customer_id for line in south.lines] == ["zoo"]
    low = run_sync(store, page, request=LINES, first=5, where=PageFilter(band="low"))
    assert [line.customer_id for line in low.lines] == ["hd"]


@pytest.mark.parametrize("cursor", ["", "xx", "WzFd", "WyJyaXNrIiwxLCJhIl0=", "\ud800"])
def test_foreign_cursors_are_refused(store: Store, cursor: str) -> None:
    with pytest.raises(UsageError):
        run_sync(store, page, request=LINES, first=2, after=cursor)


@pytest.mark.parametrize("first", [0, -1, 1001])
def test_a_page_has_a_bound(store: Store, first: int) -> None:
    with pytest.raises(UsageError, match="a page holds"):
        run_sync(store, page, request=LINES, first=first)


@pytest.mark.query("network.around")
def test_the_network_around(store: Store, world: World) -> None:
    world.opportunity("open", "acme")
    world.role("ann", ("Opportunity", "open"), "champion")
    world.load(store)
    found = run_sync(store, network, customer_id="acme", now=NOW)
    assert {node.node_id for node in found.nodes} == {
        "Customer:acme", "Contact:ann", "Employee:eva", "Opportunity:open", "Customer:hd", "Customer:zoo"
    }  # fmt: skip
    assert {(edge.from_id, edge.to_id, edge.kind) for edge in found.edges} == {
        ("Contact:ann", "Customer:acme", "WORKS_AT"), ("Employee:eva", "Customer:acme", "OWNS"),
        ("Employee:eva", "Contact:ann", "KNOWS"), ("Opportunity:open", "Customer:acme", "FOR"),
        ("Contact:ann", "Opportunity:open", "HAS_ROLE"), ("Customer:hd", "Customer:acme", "PARENT_OF"),
        ("Customer:acme", "Customer:zoo", "PARTNER_OF"),
    }  # fmt: skip
    assert not found.truncated
    small = run_sync(store, network, customer_id="acme", now=NOW, limit=2)
    assert small.truncated
    assert len(small.nodes) == 2
