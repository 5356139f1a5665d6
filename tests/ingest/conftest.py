"""A small company's exports, written by each test as it needs them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from cypher import Query
from graph.store import Store
from ingest.mapping.read import read_mapping
from ingest.options import LoadOptions
from ingest.report import Report
from ingest.run import ingest

NOW = datetime(2026, 1, 1, tzinfo=UTC)

COMPANY = """
source: crm
currency: EUR
valid_from: 2020-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - label: Customer
        key: id
        fields: {name: name, employees: staff, tax_id: tax}
    links:
      - {type: PARENT_OF, from: {Customer: parent}}
  people:
    file: people.csv
    nodes:
      - label: Contact
        key: mail
        fields: {name: name, email: mail}
    links:
      - type: WORKS_AT
        to: {Customer: account}
        fields: {title: title}
  lines:
    file: lines.csv
    nodes:
      - label: Order
        key: order
        fields: {ordered_at: day, amount: {column: amount, pick: sum}}
      - label: Product
        key: product
        fields: {name: product}
    links:
      - {type: PLACED, from: {Customer: account}}
      - {type: CONTAINS, fields: {quantity: quantity, amount: amount}}
"""
FILES = {
    "accounts.csv": "id,name,staff,tax,parent\n"
    "1,Alpha,10,91350100M000100Y43,\n2,Beta,,913456789012345678,1\n",
    "people.csv": "mail,name,title,account\n"
    "a@alpha.com,Ann,Chief Executive Officer,1\nb@beta.com,Bob,采购经理,2\n",
    "lines.csv": (
        "order,day,account,product,quantity,amount\n"
        "O1,2024-05-01,1,P1,2,20.5\nO1,2024-05-01,1,P2,1,7\nO2,2024-06-01,2,P1,-1,-10.25\n"
    ),
}


@dataclass
class Workshop:
    """A folder with exports and a home, on one engine."""

    store: Store
    folder: Path
    home: Path

    def put(self, **files: str | bytes) -> None:
        """Write files; `people_csv` is `people.csv`."""
        for name, content in files.items():
            path = self.folder / name.replace("_", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def load(
        self,
        mapping: str = COMPANY,
        *,
        strict: bool = False,
        accept_removals: bool = False,
        bulk: bool = False,
    ) -> Report:
        """Load the folder."""
        path = self.folder / "mapping.yml"
        path.write_text(dedent(mapping), encoding="utf-8")
        return ingest(
            self.store, read_mapping(path), self.folder, self.home, NOW,
            LoadOptions(strict=strict, accept_removals=accept_removals, bulk=bulk),
        )  # fmt: skip

    def ask(self, text: str) -> list[dict[str, Any]]:
        """Rows of a read query of the test's own."""
        return self.store.read(Query("test.ask", text, frozenset(), "read"))

    def counts(self) -> dict[str, int]:
        """Nodes and relationships by name."""
        nodes = {row["label"]: row["count"] for row in self.store.read("store.count_nodes")}
        links = {row["type"]: row["count"] for row in self.store.read("store.count_relationships")}
        return {**nodes, **links}


@pytest.fixture
def workshop(store: Store, tmp_path: Path) -> Workshop:
    """An empty folder and home."""
    folder = tmp_path / "exports"
    folder.mkdir()
    return Workshop(store, folder, tmp_path / "ingest-home")


@pytest.fixture
def company(workshop: Workshop) -> Workshop:
    """The small company's exports."""
    workshop.put(**{name.replace(".", "_"): content for name, content in FILES.items()})
    return workshop
