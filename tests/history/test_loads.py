"""After loads at random the kept history equals the graph: new, changed, moved, replaced, ended, returned."""

from pathlib import Path
from random import Random

import duckdb
import pytest

from graph.duckdb_limits import MIB, USUAL_LIMITS, DuckDbLimits
from graph.history import compact, open_history, read_history
from graph.history.connection import connect
from graph.history.manifest import read_manifest
from tests.histories import seeds
from tests.history.test_kept import content
from tests.ingest.conftest import Workshop, workshop

pytestmark = pytest.mark.slow

__all__ = ["workshop"]

MAPPING = """
source: crm
currency: EUR
valid_from: 2020-01-01
attributes:
  Customer:
    size: {name_zh: 人数, type: integer, pii: false}
datasets:
  accounts:
    file: accounts.csv
    complete: true
    exported_at: "%s"
    nodes:
      - label: Customer
        key: id
        fields: {name: name, employees: staff, region: region}
        attributes: {size: staff, tier: tier}
    links:
      - {type: PARENT_OF, from: {Customer: parent}}
  people:
    file: people.csv
    exported_at: "%s"
    nodes: [{label: Contact, key: mail, fields: {name: name}}]
    links: [{type: WORKS_AT, to: {Customer: account}, fields: {title: title}}]
  products:
    file: products.csv
    nodes: [{label: Product, key: id, fields: {name: id, list_price: price}}]
  orders:
    file: orders.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: date, amount: amount}}]
    links: [{type: PLACED, from: {Customer: cust}}]
  lines:
    file: lines.csv
    links: [{type: CONTAINS, from: {Order: no}, to: {Product: prod}, fields: {quantity: qty, line: line}}]
  tickets:
    file: tickets.csv
    exported_at: "%s"
    nodes: [{label: Ticket, key: id, fields: {subject: subject, opened_at: opened, status: status}}]
    links: [{type: FOR, to: {Customer: cust}}, {type: RAISED_BY, to: {Contact: mail}}]
"""


def exports(draw: Random, day: int) -> dict[str, str]:
    """A company's exports on a day of 2025: each with some rows of those of the day before, and others."""
    accounts = [number for number in range(9) if draw.random() < 0.8] or [0]
    people = range(12)
    orders = sorted({draw.randrange(30) for _ in range(15)})
    return {
        "accounts.csv": "id,name,staff,region,tier,parent\n"
        + "".join(
            f"{one},Name {one},{draw.choice(('', '5', '70'))},{draw.choice(('', 'North', 'South'))},"
            f"{draw.choice(('', 'gold', 'tin'))},{draw.choice(('', *map(str, accounts)))}\n"
            for one in accounts
        ),
        "people.csv": "mail,name,title,account\n"
        + "".join(
            f"p{one}@x.com,P {one},{draw.choice(('CEO', 'Buyer', ''))},{draw.choice(('', 0, 1, 2, 3))}\n"
            for one in people
            if draw.random() < 0.7
        ),
        "products.csv": "id,price\n" + "".join(f"P{one},{draw.choice(('', 1.5, 7))}\n" for one in range(4)),
        "orders.csv": "no,cust,date,amount\n"
        + "".join(
            f"O{one},{draw.randrange(5)},2025-{draw.randint(1, day):02}-11,{draw.randrange(1, 9)}\n"
            for one in orders
        ),
        "lines.csv": "no,line,prod,qty\n"
        + "".join(
            f"O{one},{line},P{draw.randrange(5)},{draw.randrange(1, 5)}\n"
            for one in orders
            for line in range(1, draw.randint(2, 4))
        ),
        "tickets.csv": "id,subject,opened,status,cust,mail\n"
        + "".join(
            f"T{one},s{draw.randrange(3)},2025-01-{one + 1:02},{draw.choice(('open', 'closed', ''))},"
            f"{draw.randrange(6)},p{draw.randrange(12)}@x.com\n"
            for one in range(draw.randint(2, 6))
        ),
    }


@pytest.mark.parametrize("seed", seeds(1))
def test_after_loads_at_random_the_history_equals_the_graph(
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    draw = Random(seed)
    if seed:
        monkeypatch.setattr(compact, "LEAST", 5)  # compact at nearly every load
    days = [3, 5, 7, draw.choice((4, 9)), 10]  # the fourth may come late
    for day in days:
        for file, text in exports(draw, day).items():
            workshop.put(**{file.replace(".", "_"): text})
        stamp = f"2025-{day:02}-01"
        workshop.load(MAPPING % (stamp, stamp, stamp), accept_removals=True)
        manifest = read_manifest(workshop.home / "history")
        assert manifest is not None
        assert manifest.complete_since == 0, "it was built from the graph, not appended to"
        assert_equal(workshop)


def assert_equal(workshop: Workshop) -> None:
    with open_history(workshop.store, workshop.home) as kept, read_history(workshop.store) as read:
        ours, graphs = content(kept), content(read)
        for name in graphs:
            assert ours[name] == graphs[name], name
        assert kept.position == read.position
        assert kept.complete_since == 0


def test_a_first_load_into_a_graph_that_holds_more_begins_no_history(workshop: Workshop) -> None:
    workshop.store.upsert_nodes("Customer", [{"id": "by-hand", "props": {"name": "By hand"}}])
    for file, text in exports(Random(1), 3).items():
        workshop.put(**{file.replace(".", "_"): text})
    workshop.load(MAPPING % (("2025-01-01",) * 3))
    assert read_manifest(workshop.home / "history") is None
    with open_history(workshop.store, workshop.home) as kept, read_history(workshop.store) as read:
        assert content(kept) == content(read)


def test_a_load_for_which_the_first_share_is_too_small_is_appended(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def noted(limits: DuckDbLimits, spill: Path) -> duckdb.DuckDBPyConnection:
        given.append(limits.memory)
        return connect(limits, spill)

    monkeypatch.setattr("graph.history.append.LARGEST", MIB)
    monkeypatch.setattr("graph.history.append.connect", noted)
    for file, text in exports(Random(1), 3).items():
        workshop.put(**{file.replace(".", "_"): text})
    workshop.load(MAPPING % (("2025-01-01",) * 3))
    assert given == [MIB, USUAL_LIMITS.memory]
    assert_equal(workshop)
