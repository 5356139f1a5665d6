"""The stamps of a load: every moment at which a row says that something happened, began or became known.

An *event* happened (a mail, an order); a *record* stamp says when a row was made or changed; a *start* is the
first day of a fact, which may lie ahead. Plans (close dates, renewals, ends) are no stamps at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import is_fact, node_column
from ingest.transform.rule import Rule
from ingest.transform.values import value_table

Kind = Literal["event", "record", "start"]

EVENTS: dict[str, tuple[str, ...]] = {
    "Interaction": ("at",),
    "Order": ("ordered_at", "delivered_at"),
    "Quote": ("quoted_at",),
    "Invoice": ("issued_at", "paid_at"),
    "Payment": ("paid_at",),
    "Task": ("done_at",),
    "Ticket": ("opened_at", "closed_at"),
    "Opportunity": ("opened_at",),
    "Lead": ("opened_at",),
}
"""Fields that say when something happened, by label."""
CLOSED: dict[str, str] = {"Opportunity": "outcome", "Lead": "outcome"}
"""Labels whose `closed_at` is a plan until this field says that it happened."""
ARRANGED = ("meeting", "visit", "call", "other")
"""Channels of interactions that are arranged ahead: calendars and task lists hold them before they happen."""


@dataclass(frozen=True, slots=True)
class StampColumn:
    """A column of a dataset's value table that bears stamps."""

    dataset: str
    field: str
    """How messages name it, such as `Order.ordered_at`."""
    kind: Kind
    column: Sql
    record: Sql
    """What tells one record from another: stamps of one record count once."""
    holds: Sql
    """Whether the row states the stamp."""
    arranged: Sql = sql.NULL
    """Whether what happened may have been arranged ahead."""


def stamp_columns(rules: list[Rule], links: list[Link], mapping: Mapping) -> list[StampColumn]:
    """Every column of the mapping that bears stamps."""
    of_nodes = [column for rule in rules for column in _of_node(rule)]
    return of_nodes + [column for link in links for column in _of_link(mapping, link)]


def stamps(staging: Staging, columns: list[StampColumn], mapping: Mapping, bad: Relation) -> Relation:
    """The stamps of all good rows; of those that say that a record is deleted only when that became known."""
    relation = staging.empty(tables.STAMP)
    for column in columns:
        query = fill(
            """SELECT {dataset} AS dataset, v.__seq AS seq, {record} AS record, {field} AS field,
                {kind} AS kind, v.{column} AS moment, coalesce({arranged}, false) AS arranged, {live} AS live,
                {declared} AS declared
            FROM {values} v
            ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
            WHERE (v.__state IS NULL OR v.__state = 'deleted' AND {deletes}) AND v.{column} IS NOT NULL
                AND {holds}""",
            dataset=sql.bind(column.dataset), record=column.record, field=sql.bind(column.field),
            kind=sql.bind(column.kind), column=column.column, arranged=column.arranged,
            live=_flag(mapping.is_live(column.dataset)),
            declared=_flag(mapping.exported(column.dataset) is not None), values=value_table(column.dataset),
            holds=column.holds, deletes=_flag(column.field.endswith(".known_from")), bad=bad.table,
        )  # fmt: skip
        staging.append(relation, query)
    return relation


def _of_node(rule: Rule) -> Iterator[StampColumn]:
    label, fields = rule.node.label, rule.node.fields
    record = fill(
        "{label} || '|' || v.{key}", label=sql.bind(f"{label}|{rule.source}"), key=rule.column("key")
    )
    made = fill("v.{when}", when=rule.column("when"))

    def stamp(name: str, kind: Kind, part: str, holds: Sql = made, arranged: Sql = sql.NULL) -> StampColumn:
        field, column = f"{label}.{name}", rule.column(part)
        return StampColumn(rule.dataset, field, kind, column, record, holds, arranged)

    for name in EVENTS.get(label, ()):
        if name in fields:
            yield stamp(name, "event", f"f_{name}", arranged=_arranged(rule))
    outcome = CLOSED.get(label)
    if outcome in fields and "closed_at" in fields:
        happened = fill("{made} AND v.{c} IS NOT NULL", made=made, c=rule.column(f"f_{outcome}"))
        yield stamp("closed_at", "event", "f_closed_at", happened)
    if "created_at" in fields:
        yield stamp("created_at", "record", "f_created_at")
    if rule.node.known_from is not None:
        yield stamp("known_from", "record", "known_from")
    if rule.node.valid_from is not None:
        yield stamp("valid_from", "start", "valid_from")


def _arranged(rule: Rule) -> Sql:
    if rule.node.label != "Interaction":
        return sql.NULL
    if "channel" not in rule.node.fields:
        return Sql("true")
    return fill("v.{c} IN ({all})", c=rule.column("f_channel"), all=sql.bind_all(ARRANGED))


def _of_link(mapping: Mapping, link: Link) -> Iterator[StampColumn]:
    if not is_fact(link.rule.type):
        return
    nodes = mapping.datasets[link.dataset].nodes
    row = sql.name(node_column(0, "key")) if nodes else Sql("__seq")
    owner = f"{nodes[0].label}|{link.source}" if nodes else f"{link.dataset}|{link.index}"
    record = fill("{owner} || '|' || v.{row}", owner=sql.bind(owner), row=row)
    holds = fill("v.{when}", when=link.column("when"))
    for name, kind in (("valid_from", "start"), ("known_from", "record")):
        if getattr(link.rule, name) is not None:
            field = f"{link.rule.type}.{name}"
            yield StampColumn(link.dataset, field, kind, link.column(name), record, holds)  # type: ignore[arg-type] # a literal each


def _flag(true: bool) -> Sql:
    return Sql("true" if true else "false")
