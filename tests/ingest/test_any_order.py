"""Owners, parents, jobs, roles, superiors, products and orders: loaded in any order they say the same.

Each file is one day's export with deletions flagged; states and deletions bear stamps of their own.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import orjson
import pytest

from tests.conftest import wipe
from tests.histories import seeds
from tests.ingest.conftest import Workshop

DESK = """
source: crm
currency: EUR
valid_from: 2020-01-01
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
  accounts:
    file: accounts.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: changed}]
    links:
      - {type: OWNS, from: {Employee: owner}, known_from: changed}
      - {type: PARENT_OF, from: {Customer: parent}, known_from: changed}
  products:
    file: products.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Product, key: id, fields: {name: name}, known_from: changed}]
  people:
    file: people.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Contact, key: id, fields: {name: name}, known_from: changed}]
    links:
      - {type: WORKS_AT, to: {Customer: account}, fields: {title: title}, known_from: changed}
      - {type: REPORTS_TO, to: {Contact: boss}, known_from: changed}
      - {type: HAS_ROLE, to: {Customer: account}, fields: {role: role}, known_from: changed}
  orders:
    file: orders.csv
    deleted: {column: gone, equals: "true"}
    nodes: [{label: Order, key: id, fields: {ordered_at: day, amount: amount}, known_from: changed}]
    links:
      - {type: PLACED, from: {Customer: account}}
"""
HEADS = {
    "accounts": "id,name,owner,parent,changed,gone",
    "products": "id,name,changed,gone",
    "people": "id,name,account,title,boss,role,changed,gone",
    "orders": "id,day,account,amount,changed,gone",
}
STANDING = {
    "accounts": ("a1,Root,e1,,2021-01-01,", "a2,Side,e1,,2021-01-01,"),
    "products": ("p1,Pump,2021-01-01,",),
    "people": ("c1,Ann,a1,CEO,,champion,2021-01-01,", "c2,Eve,a2,CFO,,blocker,2021-01-01,"),
    "orders": ("o1,2021-01-01,a1,5,2021-01-01,",),
}
FACTS = """MATCH (a)-[r:OWNS|PARENT_OF|WORKS_AT|REPORTS_TO|HAS_ROLE]->(b)
WHERE r.known_to IS NULL AND (r.valid_to IS NULL OR r.valid_to > r.valid_from)
RETURN type(r) AS type, coalesce(a.employee_id, a.customer_id, a.contact_id) AS start,
  coalesce(b.customer_id, b.contact_id) AS end, r.title AS title, r.role AS role,
  toString(r.valid_from) AS since, toString(r.valid_to) AS until"""
PARTS = "MATCH (c:Customer)-[:PLACED]->(o:Order) RETURN c.customer_id AS customer, o.order_id AS order_id"
SAID = """MATCH (s:SourceRecord)-[:RECORD_OF]->(n)
RETURN s.dataset AS dataset, s.source_key AS key, s.values AS said, toString(s.known_from) AS since,
  toString(s.known_to) AS until"""
NODES = """MATCH (n:Customer|Contact|Product|Order)
RETURN coalesce(n.customer_id, n.contact_id, n.product_id, n.order_id) AS id, n.name AS name,
  n.amount AS amount, toString(n.ended_at) AS ended"""
pytestmark = pytest.mark.slow
State = tuple[str, str]
"""A dataset and a row of it."""


def states(draw: Random, month: int, gone: str = "") -> list[State]:
    """What an export of a month says of an account, a product, a person and an order."""
    day, pick = f"2022-{month:02}-01,{gone}", draw.choice
    above, role = pick(("", "c1", "c2")), pick(("champion", "blocker"))
    return [
        ("accounts", f"x,{pick('AB')},{pick(('e1', 'e2'))},{pick(('', 'a1', 'a2'))},{day}"),
        ("products", f"x,{pick('AB')},{day}"),
        ("people", f"x,{pick('AB')},{pick(('a1', 'a2'))},{pick(('CEO', 'CFO'))},{above},{role},{day}"),
        ("orders", f"x,2022-01-01,{pick(('a1', 'a2'))},{pick('89')},{day}"),
    ]


def told(workshop: Workshop) -> dict[str, list[Any]]:
    """Everything that the graph says of facts, parts, versions and what stands."""
    found = {"facts": workshop.ask(FACTS), "parts": workshop.ask(PARTS), "versions": versions(workshop)}
    found["nodes"] = workshop.ask(NODES)
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def versions(workshop: Workshop) -> list[dict[str, Any]]:
    """What was said of each x from when until when; the same said on without a gap is said once."""
    rows = [row | {"said": orjson.loads(row["said"])} for row in workshop.ask(SAID) if row["key"] == "x"]
    found: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["dataset"], row["since"])):
        last = found[-1] if found else None
        same = last and (last["dataset"], last["said"]) == (row["dataset"], row["said"])
        if last and same and last["until"] == row["since"]:
            last["until"] = row["until"]
        else:
            found.append(row)
    return found


def begin(workshop: Workshop) -> None:
    """Everything but x stands."""
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    load(workshop, [(name, row) for name, rows in STANDING.items() for row in rows])


def load(workshop: Workshop, rows: Sequence[State]) -> None:
    """One day's export."""
    for name, head in HEADS.items():
        lines = [row for dataset, row in rows if dataset == name]
        (workshop.folder / f"{name}.csv").unlink(missing_ok=True)
        workshop.put(**{f"{name}_csv": "\n".join((head, *lines, ""))})
    workshop.load(DESK)


def loaded(workshop: Workshop, orders: Sequence[Sequence[State]]) -> dict[str, list[Any]]:
    begin(workshop)
    for rows in orders:
        load(workshop, rows)
    return told(workshop)


@pytest.mark.parametrize("seed", seeds(2))
def test_what_is_loaded_late_changes_the_past_alone(workshop: Workshop, tmp_path: Path, seed: int) -> None:
    """Deleted in April; May brings it back; what was said before and after is loaded in any order then."""
    draw = Random(seed)
    first, february, march, may = (states(draw, month) for month in (1, 2, 3, 5))
    april = states(draw, 4, "true")
    expected = loaded(workshop, [first, february, march, april, may])
    wipe(workshop.store)
    again = Workshop(workshop.store, workshop.folder, tmp_path / "again")
    late = draw.sample([february, march, may], 3)
    found = loaded(again, [first, april, *late, late[0]])
    assert differing(found, expected) == {}, late


@pytest.mark.parametrize("seed", seeds(3))
def test_deletions_and_states_say_the_same_in_any_order(
    workshop: Workshop, tmp_path: Path, seed: int
) -> None:
    """Of each month a state or a deletion, also before the first state and after another deletion."""
    draw = Random(seed)
    months = [states(draw, month, draw.choice(("", "", "true"))) for month in range(1, 8)]
    expected = loaded(workshop, months)
    wipe(workshop.store)
    again = Workshop(workshop.store, workshop.folder, tmp_path / "again")
    late = draw.sample(months, len(months))
    found = loaded(again, [*late, late[0]])
    assert differing(found, expected) == {}, late


@pytest.mark.parametrize("seed", seeds(1))
def test_a_state_and_a_deletion_in_one_file_say_what_they_say_apart(
    workshop: Workshop, tmp_path: Path, seed: int
) -> None:
    draw = Random(seed)
    months = [states(draw, month, gone) for month, gone in enumerate(("", "true", "", "", "true"), 1)]
    expected = loaded(workshop, months)
    wipe(workshop.store)
    again = Workshop(workshop.store, workshop.folder, tmp_path / "again")
    found = loaded(again, [[*months[3], *months[1]], [*months[4], *months[0]], months[2]])
    assert differing(found, expected) == {}


def differing(found: dict[str, list[Any]], expected: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What only one of both says."""
    both = {name: (rows, expected[name]) for name, rows in found.items()}
    return {
        name: [[one for one in ours if one not in theirs] for ours, theirs in ((a, b), (b, a))]
        for name, (a, b) in both.items()
        if a != b
    }
