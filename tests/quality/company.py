"""A company's exports of two systems, drawn by a seed, with what is missing, damaged and contradictory."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from textwrap import dedent

import pandas as pd

from graph.duckdb_limits import USUAL_LIMITS
from graph.history import open_history
from graph.store import Store
from ingest.mapping.read import read_mapping
from ingest.run import ingest
from relgraph.quality.run import Quality, measured
from relgraph.settings import Settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MAPPING = """
source: crm
currency: EUR
valid_from: 2020-01-01
datasets:
  accounts:
    file: accounts.csv
    nodes:
      - label: Customer
        key: id
        known_from: changed
        fields:
          {name: name, tax_id: tax, phone: phone, city: city, country: country, employees: staff}
        attributes: {tier: tier}
  debtors:
    file: debtors.csv
    source: erp
    nodes:
      - label: Customer
        key: number
        match: {tax_id: tax}
        fields: {name: name, tax_id: tax, city: city}
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name, email: mail, language: language}}]
    links: [{type: WORKS_AT, to: {Customer: account}, fields: {title: title}}]
  orders:
    file: orders.csv
    source: erp
    nodes: [{label: Order, key: order, fields: {ordered_at: day, amount: amount, currency: currency}}]
    links: [{type: PLACED, from: {label: Customer, key: debtor, source: erp}, optional: true}]
"""
CITIES = ("Ulm", "Bonn", "Kiel", "Jena")


@dataclass
class Files:
    """The rows of each file; cells are texts, "" where nothing stands."""

    accounts: pd.DataFrame
    debtors: pd.DataFrame
    people: pd.DataFrame
    orders: pd.DataFrame

    def write(self, folder: Path) -> None:
        """As CSV."""
        folder.mkdir(exist_ok=True)
        for name in ("accounts", "debtors", "people", "orders"):
            getattr(self, name).to_csv(folder / f"{name}.csv", index=False)


def drawn(seed: int, customers: int = 40) -> Files:
    """The exports of one company."""
    draw = Random(seed)
    tax = [f"DE{100000000 + number}" for number in range(customers)]

    def some(value: str, share: float = 0.8) -> str:
        return value if draw.random() < share else ""

    accounts = pd.DataFrame({
        "id": [f"A{number}" for number in range(customers)],
        "name": [f"Company {number}" for number in range(customers)],
        "tax": [some(one) or f"12{number % 10}" for number, one in enumerate(tax)],
        "phone": [some(draw.choice(("+49 731 12345", "0731/998877", "12", "ask Ms May"))) for _ in tax],
        "city": [some(draw.choice(CITIES)) for _ in tax],
        "country": [some(draw.choice(("DE", "Germany", "Deutschland", "Atlantis")), 0.97) for _ in tax],
        "staff": [some(str(draw.randrange(500)), 0.3) for _ in tax],
        "tier": [some("gold", 0.9) for _ in tax],
        "changed": [f"2025-{draw.randrange(1, 13):02d}-{draw.randrange(1, 28):02d}" for _ in tax],
    })  # fmt: skip
    debtors = pd.DataFrame({
        "number": [f"D{number}" for number in range(0, customers, 2)],
        "name": [f"company  {number}" for number in range(0, customers, 2)],
        "tax": [some(one, 0.9) for one in tax[::2]],
        "city": [some(draw.choice((city.upper() or "Ulm", "Essen"))) for city in accounts["city"][::2]],
    })  # fmt: skip
    people = pd.DataFrame({
        "id": [f"P{number}" for number in range(2 * customers)],
        "name": [some(f"Person {number}", 0.96) for number in range(2 * customers)],
        "mail": [some(f"p{number}@a{number}.example.com", 0.7) for number in range(2 * customers)],
        "language": [some("en", 0.2) for _ in range(2 * customers)],
        "account": [f"A{number % customers}" for number in range(2 * customers)],
        "title": [some("Buyer") for _ in range(2 * customers)],
    })  # fmt: skip
    orders = pd.DataFrame({
        "order": [f"O{number}" for number in range(3 * customers)],
        "debtor": [f"D{2 * (number % (customers // 2))}" for number in range(3 * customers)],
        "day": [f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}" for number in range(3 * customers)],
        "amount": [draw.choice(("10.5", "20", "20", "oops")) for _ in range(3 * customers)],
        "currency": ["EUR"] * (3 * customers),
    })  # fmt: skip
    return Files(accounts, debtors, people, orders)


@dataclass
class Measuring:
    """Loads and measurements of one company on one engine."""

    store: Store
    folder: Path
    home: Path

    def load(self, files: Files) -> None:
        """Write the exports and load them."""
        files.write(self.folder)
        path = self.folder / "mapping.yml"
        path.write_text(dedent(MAPPING), encoding="utf-8")
        ingest(self.store, read_mapping(path), self.folder, self.home, NOW)

    def measure(self, now: datetime = NOW) -> Quality:
        """One measurement."""
        settings = Settings(RELGRAPH_HOME=self.home)
        with open_history(self.store, self.home) as history:
            return measured(self.store, history, settings, now, now, "en", USUAL_LIMITS)
