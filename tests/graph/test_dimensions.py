"""The profile in five dimensions: origins, freshness, as of a past day; paths by the command line."""

from typing import Any

import orjson
import pytest

from graph.account.dimensions import DimensionsOfAccount, Value, dimensions
from graph.account.payment_causes import causes_of_payments, payment_causes
from graph.history import read_history
from graph.service import run_sync
from graph.store import Store
from relgraph.commands.profile import _shown
from tests.conftest import Cli
from tests.graph.world import NOW, World, ago


def company() -> World:
    """Acme moved from Bonn to Cologne; three orders; Eva knows Ann, who decides."""
    world = World()
    world.employee("eva", team="East")
    world.customer("acme", city="Cologne", industry="Machinery", created_at=ago(900))
    world.version("Customer", "acme", ago(900), ago(50), city="Bonn", industry="Machinery")
    world.version("Customer", "acme", ago(50), None, city="Cologne", industry="Machinery")
    world.fact("OWNS", ("Employee", "eva"), ("Customer", "acme"))
    world.node("Product", "pump", name="Pump", family="pumps")
    for number, days in enumerate((10, 120, 400)):
        world.order(f"o{number}", "acme", ago(days), [("pump", 1.0, 100.0)])
    world.contact("ann", "acme", "CEO")
    world.role("ann", ("Customer", "acme"), "decision_maker", stance=1)
    for number in range(4):
        world.met(f"m{number}", ago(3 + number), [("Employee", "eva", "from"), ("Contact", "ann", "to")])
    world.tie(("Employee", "eva"), ("Contact", "ann"), 0.6)
    return world


def told(store: Store, **asked: Any) -> DimensionsOfAccount:
    """The dimensions of acme."""
    with read_history(store) as history:
        return dimensions(store, history.connection, "acme", NOW, **asked)


def named(found: DimensionsOfAccount) -> dict[str, Value]:
    """Every value by its name."""
    return {one.name: one for values in found.dimensions.values() for one in values}


@pytest.mark.query("record.origins")
def test_each_value_tells_its_origin_and_how_fresh_it_is(store: Store) -> None:
    company().load(store)
    found = told(store)
    assert list(found.dimensions) == ["basic", "behaviour", "preference", "commercial", "relationship"]
    values = named(found)
    city = values["city"]
    assert (city.value, city.origin.source, city.age_days) == ("Cologne", "crm Customer acme", 50)
    orders = values["orders_365"]
    assert (orders.value, orders.origin.kind, orders.origin.records, orders.age_days) == (2, "Order", 3, 10)
    assert values["value_365"].value == {"EUR": 200.0}
    talks = values["talks_90"]
    assert (talks.value, talks.origin.kind, talks.origin.records, talks.age_days) == (4, "Interaction", 4, 3)
    assert values["roles"].value == ["decision_maker"]
    assert values["owner"].value == ["eva"]
    assert "open_deals" not in values


def test_as_of_a_past_day(store: Store) -> None:
    company().load(store)
    values = named(told(store, as_of=ago(100)))
    assert (values["city"].value, values["city"].age_days) == ("Bonn", 800)
    assert (values["orders_365"].value, values["orders_365"].age_days) == (2, 20)
    assert "talks_90" not in values


def _invoice(world: World, key: str, issued: float, agreed: float, taken: float) -> None:
    """Issued so many days ago, to be paid within `agreed` days and paid after `taken`."""
    world.node("Invoice", key, issued_at=ago(issued), due_at=ago(issued - agreed), amount=10.0,
               paid_at=ago(issued - taken), kind="invoice")  # fmt: skip
    world.part("FOR", ("Invoice", key), ("Customer", "acme"))


@pytest.mark.query("receivable.paid")
def test_why_a_customer_pays_later_adds_up(store: Store) -> None:
    world = company()
    for number, (agreed, taken) in enumerate([(30, 30), (30, 34)]):
        _invoice(world, f"old{number}", 600 - number, agreed, taken)
    for number, (agreed, taken) in enumerate([(14, 32), (14, 35), (30, 92), (14, 31), (14, 33)]):
        _invoice(world, f"new{number}", 200 - number, agreed, taken)
    world.load(store)
    moved = named(told(store))["payment_delay_change"]
    assert moved.value == pytest.approx((44.6 - 17.2) - 2.0)
    assert sum(cause.days for cause in moved.causes) == pytest.approx(moved.value)
    terms, late, *_, others = moved.causes
    assert terms.title == "time to pay agreed: 17 days instead of 30 days"
    assert terms.days == pytest.approx(12.8)
    assert (late.title, late.evidence) == ("invoice new2, paid after 92 days", "Invoice:new2")
    assert late.days == pytest.approx((92 - 32) / 5)
    assert late.title_zh == "发票new2,92天后付款"
    assert others.title == "2 further invoices"
    by_graph = run_sync(store, causes_of_payments, customer_ids=["acme", "nobody"], now=NOW)
    assert [(one.title, one.evidence) for one in by_graph["acme"]] == [
        (one.title, one.evidence) for one in moved.causes
    ]
    assert [one.days for one in by_graph["acme"]] == pytest.approx([one.days for one in moved.causes])
    assert "nobody" not in by_graph
    assert named(told(store, as_of=ago(300))).get("payment_delay_change") is None


def test_no_cause_where_a_year_has_no_invoice() -> None:
    paid = {"invoice_id": "a", "agreed": 30.0, "taken": 40.0, "recent": True}
    assert payment_causes([paid]) == ()
    assert payment_causes([]) == ()
    same = payment_causes([paid, paid | {"invoice_id": "b", "recent": False}])
    assert [(cause.title, cause.days) for cause in same] == [("invoice a, paid after 40 days", 0.0)]


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_by_the_command_line(store: Store, cli: Cli) -> None:
    company().load(store)
    at = ("--now", NOW.isoformat())
    shown = cli("profile", "ACME", *at).stdout
    assert "row crm Customer acme, newest 2025-05-11, 50 days before:" in shown
    assert "city: Cologne" in shown
    assert orjson.loads(cli("profile", "acme", *at, "--json").stdout)["dimensions"]["commercial"]
    found = orjson.loads(cli("path", "eva", "acme", *at, "--json").stdout)
    assert found["to"] == ["ann"]
    assert [step["to_person"]["person_id"] for step in found["paths"][0]["steps"]] == ["ann"]
    assert "Eva → Ann (CEO, ACME)" in cli("path", "eva", "Contact:ann", *at).stdout
    assert "往来" in cli("path", "eva", "Contact:ann", "--lang", "zh", *at).stdout
    assert "no Employee answers to 'nobody'" in cli("path", "nobody", "acme", *at, check=False).stderr
    refused = cli("path", "eva", "acme", "--as-of", "", *at, check=False)
    assert (refused.returncode, "--as-of '' is no date" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1_234_567, "1,234,567"), (1_234_567.0, "1,234,567"), (1_234_567.891, "1,234,567.89"), (0.25, "0.25"),
     (True, "True"), ("Pumps", "Pumps"), (["a", "b"], "a, b"), ({"EUR": 5.0}, "5.00 EUR")],
)  # fmt: skip
def test_numbers_are_printed_in_full(value: object, text: str) -> None:
    assert _shown(value) == text
