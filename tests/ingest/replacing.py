"""Mappings and questions of the tests on what a later export replaces."""

from typing import Any

import orjson

from tests.ingest.conftest import Workshop

ORDERS = """
source: erp
currency: EUR
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  products:
    file: products.csv
    nodes: [{label: Product, key: id, fields: {name: id}}]
  orders:
    file: orders-*.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: date, amount: amount}}]
    links: [{type: PLACED, from: {Customer: cust}}]
  lines:
    file: lines.csv
    links: [{type: CONTAINS, from: {Order: no}, to: {Product: prod}, fields: {quantity: qty, line: line}}]
"""
ORDER_FILES = {
    "accounts_csv": "id,name\n1,Alpha\n2,Beta\n",
    "products_csv": "id\nP1\nP2\nP3\n",
    "lines_csv": "no,line,prod,qty\nO1,1,P1,1\nO1,2,P2,1\nO1,3,P1,4\nO2,1,P3,1\n",
}
HEAD = "no,cust,date,amount\n"

PLACED = """MATCH (c:Customer)-[:PLACED]->(o:Order)
RETURN o.order_id AS placed, c.customer_id AS by, o.amount AS amount ORDER BY placed, by"""
LINES = """MATCH (o:Order)-[r:CONTAINS]->(p:Product)
RETURN o.order_id AS of, r.line AS line, p.product_id AS product ORDER BY of, line, product"""

MOVED = [
    {"placed": "erp:O1", "by": "erp:2", "amount": 250.0},
    {"placed": "erp:O2", "by": "erp:1", "amount": 7.0},
]


OWNERS = """
source: crm
valid_from: 2023-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}, known_from: modified}]
    links: [{type: OWNS, from: {Employee: owner}, known_from: modified}]
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
"""
STATES = (
    "1,Alpha,e1,2024-01-01\n",
    "1,Alpha Holding,e2,2024-02-01\n",
    "1,Alpha Holding,e2,2024-03-01\n",
    "1,Alpha Holding,e3,2024-04-01T10:00:00\n",
)
HEAD_OF_STATES = "id,name,owner,modified\n"
OWNED = """MATCH (e:Employee)-[r:OWNS]->(c:Customer)
WHERE r.known_to IS NULL AND (r.valid_to IS NULL OR r.valid_to > r.valid_from)
RETURN e.employee_id AS owner, c.name AS name, toString(r.valid_from) AS since, toString(r.valid_to) AS until
ORDER BY since"""
OWNED_IN_FILES = OWNERS.replace("file: accounts.csv", "file: accounts-*.csv")
VERSIONS = """MATCH (s:SourceRecord)-[:RECORD_OF]->(c:Customer)
RETURN c.customer_id AS of, s.values AS said, toString(s.known_from) AS since, toString(s.known_to) AS until
ORDER BY since"""


def owned(workshop: Workshop) -> list[tuple[str, str]]:
    """Who owned which customer, by its name of today."""
    return [(row["owner"], row["name"]) for row in workshop.ask(OWNED)]


def versions(workshop: Workshop, customer_id: str = "crm:1") -> list[tuple[str, str, str]]:
    """Name, first day and day of the end of every version of a customer's record."""
    rows: list[dict[str, Any]] = [row for row in workshop.ask(VERSIONS) if row["of"] == customer_id]
    return [(orjson.loads(row["said"])["name"], row["since"][:10], (row["until"] or "")[:10]) for row in rows]


def past(workshop: Workshop, customer_id: str = "crm:1") -> list[tuple[str, str]]:
    """A customer's names with the day from which on each stood; every version ends where the next begins."""
    known = versions(workshop, customer_id)
    assert [until for *_, until in known] == [*(since for _, since, _ in known[1:]), ""]
    return [(name, since) for number, (name, since, _) in enumerate(known)
            if number == 0 or known[number - 1][0] != name]  # fmt: skip
