"""The steps, oldest first. A released step never changes; a change of the schema is a new step."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cypher import template
from graph.batches import batches
from graph.model import NODES, Customer, Node, Profile, RiskScore
from graph.store import Store
from graph.store import schema as ddl
from graph.store.writes import BATCH

LOOKED_UP = {
    "Customer": ("name", "tax_id"),
    "Contact": ("email", "name"),
    "Employee": ("email",),
    "Product": ("name",),
    "Opportunity": ("opened_at",),
    "Order": ("ordered_at",),
    "Ticket": ("opened_at",),
    "Interaction": ("at",),
    "Alert": ("kind",),
    "SourceRecord": ("source_key", "run_id"),
    "Change": ("at",),
    "InboxEvent": ("at",),
    "Run": ("started_at",),
}
"""Properties that pages are sorted by and look-ups ask for, beside the unique keys."""


OF_MONEY_AND_TASKS = {
    "Quote": ("quoted_at",),
    "Invoice": ("issued_at", "due_at"),
    "Payment": ("paid_at",),
    "Task": ("due_at",),
}
"""The same for the labels that came with step 5."""

READ_BY_PAGES = {"RiskScore": ("probability",), "Employee": ("team",)}
"""What pages by risk and the rule of visibility look for, since step 6."""

ORDERED_BY = {
    "Profile": ("last_contact_at", "value_currencies", "value_amounts"),
    "RiskScore": ("probability",),
}
"""What the keys of orders are made of: those of profiles since step 16, those of scores since step 17."""


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered change of the schema; safe to run again."""

    version: int
    title: str
    apply: Callable[[Store], None]


def unique_keys(store: Store) -> None:
    """Every label's key is unique; so are our own bookkeeping nodes."""
    ddl.apply_unique_key(store, "Migration", "version")
    ddl.apply_unique_key(store, "Database", "singleton")
    for label, model in NODES.items():
        ddl.apply_unique_key(store, label, model.key)


def lookup_indexes(store: Store) -> None:
    """Range indexes for pages and look-ups; none on `fact_id` (decision record 0002 says why)."""
    for label, properties in LOOKED_UP.items():
        for prop in properties:
            ddl.apply_node_index(store, label, prop)


def customer_names(store: Store) -> None:
    """Full text over customer names, Chinese included."""
    ddl.apply_engine_file(store, "fulltext")


def search_keys(store: Store) -> None:
    """Keys and words of customer names, for graphs loaded before there were any; indexes over them."""
    ddl.apply_engine_file(store, "search")
    for prop in ("name_key", "short_name_key"):
        ddl.apply_node_index(store, "Customer", prop)
    _write_again(store, "Customer", {field for field, _ in Customer.computed.values()})


def money_and_tasks(store: Store) -> None:
    """Unique keys and indexes of quotes, invoices, payments and tasks."""
    for label, properties in OF_MONEY_AND_TASKS.items():
        ddl.apply_unique_key(store, label, NODES[label].key)
        for prop in properties:
            ddl.apply_node_index(store, label, prop)


def risks_and_teams(store: Store) -> None:
    """Range indexes over what pages by risk and the rule of visibility look for."""
    for label, properties in READ_BY_PAGES.items():
        for prop in properties:
            ddl.apply_node_index(store, label, prop)


def waiting_events(store: Store) -> None:
    """An index over the state of events in the inbox: those that wait are few among many."""
    ddl.apply_node_index(store, "InboxEvent", "state")


def records_that_are_one(store: Store) -> None:
    """Unique keys of merges and of what people decided about pairs."""
    for label in ("Merge", "Verdict"):
        ddl.apply_unique_key(store, label, NODES[label].key)


def profiles(store: Store) -> None:
    """Unique keys of the profiles of customers."""
    ddl.apply_unique_key(store, "Profile", NODES["Profile"].key)


def written_lately(store: Store) -> None:
    """An index over when changes were written, by the wall clock: subscribers ask for the newest."""
    ddl.apply_node_index(store, "Change", "loaded_at")


def introductions(store: Store) -> None:
    """The unique key of requests for introductions, and an index over their state."""
    ddl.apply_unique_key(store, "Introduction", NODES["Introduction"].key)
    ddl.apply_node_index(store, "Introduction", "state")


def items(store: Store) -> None:
    """Unique keys of items and their kinds, and indexes over kind and name."""
    for label in ("Item", "ItemKind"):
        ddl.apply_unique_key(store, label, NODES[label].key)
    for prop in ("kind", "name"):
        ddl.apply_node_index(store, "Item", prop)


def quality_measurements(store: Store) -> None:
    """The unique key of measurements of the data."""
    ddl.apply_unique_key(store, "QualityMeasurement", NODES["QualityMeasurement"].key)


def assignment_rules(store: Store) -> None:
    """The unique key of rules of assignment."""
    ddl.apply_unique_key(store, "AssignmentRule", NODES["AssignmentRule"].key)


def forecasts(store: Store) -> None:
    """The unique key of what models expect of customers, deals and leads."""
    ddl.apply_unique_key(store, "Forecast", NODES["Forecast"].key)


def orders(store: Store) -> None:
    """By silence and by value."""
    _orders_of(store, Profile)


def order_by_risk(store: Store) -> None:
    _orders_of(store, RiskScore)


def _orders_of(store: Store, model: type[Node]) -> None:
    """Keys of the orders of lists, for what was written before there were any; indexes over them."""
    for prop in model.ordered:
        ddl.apply_node_index(store, model.label, prop)
    _write_again(store, model.label, ORDERED_BY[model.label])


def _write_again(store: Store, label: str, fields: Collection[str]) -> None:
    """Write these fields of every node of a label as they stand, and with them what follows from them."""
    key = NODES[label].key
    every = template("transfer.ids").render(label=label, key=key)
    asked = template("transfer.nodes").render(label=label, key=key)
    for ids in batches((row["id"] for row in store.read(every)), BATCH):
        rows = [
            {"id": row["id"], "props": {field: _text(row["props"].get(field)) for field in fields}}
            for row in store.read(asked, ids=ids)
        ]
        store.upsert_nodes(label, rows)


def _text(value: Any) -> Any:
    """A moment as text, as it is written."""
    return value.isoformat() if isinstance(value, datetime) else value


STEPS = (
    Step(1, "unique keys", unique_keys),
    Step(2, "look-up indexes", lookup_indexes),
    Step(3, "full text over customer names", customer_names),
    Step(4, "customer names by folded keys", search_keys),
    Step(5, "quotes, invoices, payments and tasks", money_and_tasks),
    Step(6, "pages by risk, employees by team", risks_and_teams),
    Step(7, "events that wait in the inbox", waiting_events),
    Step(8, "merges and verdicts", records_that_are_one),
    Step(9, "profiles of customers", profiles),
    Step(10, "the change log by when it was written", written_lately),
    Step(11, "requests for introductions", introductions),
    Step(12, "items of declared kinds", items),
    Step(13, "measurements of the data's quality", quality_measurements),
    Step(14, "rules of assignment", assignment_rules),
    Step(15, "forecasts", forecasts),
    Step(16, "orders of lists", orders),
    Step(17, "order of customers by risk", order_by_risk),
)
