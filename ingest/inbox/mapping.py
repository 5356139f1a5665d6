"""The mapping of posted events: as one in YAML, made for the tables at hand."""

from collections.abc import Sequence
from typing import Any

from ingest.inbox.rows import CONTACT_FIELDS, Table
from ingest.mapping.model import Mapping

FIELDS: dict[str, tuple[str, ...]] = {
    "interaction": ("channel", "direction", "duration_minutes", "subject", "note", "next_step"),
    "order": ("kind", "amount", "amount_with_tax", "currency", "status"),
    "ticket": ("subject", "category", "kind", "priority", "status", "sla_breached", "satisfaction"),
}
"""Columns that are fields of the same name."""
MOMENTS: dict[str, tuple[str, ...]] = {
    "order": ("ordered_at", "promised_at", "delivered_at"),
    "ticket": ("opened_at", "closed_at"),
}
READ: dict[str, tuple[str, ...]] = {
    "interaction": (*FIELDS["interaction"], "part", "email"),
    "order": (*FIELDS["order"], *MOMENTS["order"], "line", "quantity", "line_amount"),
    "ticket": (*FIELDS["ticket"], *MOMENTS["ticket"]),
    "contact_job": ("title", "department"),
    **{f"contact_{name}": ("value",) for name in CONTACT_FIELDS},
}
"""Columns that the mapping of a kind reads, whether some row fills them or not."""

Part = dict[str, Any]


def mapping_of(tables: Sequence[Table], like: Mapping | None = None) -> Mapping:
    """The mapping of these tables, whose events are live.

    like: the mapping of the company's exports, whose order of sources, currencies and rates hold here too,
    but for a file of rates, which is not among the tables.
    """
    shared: Part = {}
    if like is not None:
        rates = like.rates if like.rates and like.rates.file is None else None
        shared = {
            "priority": tuple(like.sources()), "field_priority": like.field_priority,
            "currency": like.currency, "rates": rates,
        }  # fmt: skip
    datasets = {table.name: _dataset(table) for table in tables}
    read_as: Part = {"source": "posted", "live": True, "decimal": ".", "null_values": [""]}
    return Mapping.model_validate(read_as | shared | {"datasets": datasets})


def columns_of(table: Table) -> list[str]:
    """The columns of a table's file."""
    return list(dict.fromkeys(["event", "key", "at", *READ[table.kind], *table.columns]))


def _dataset(table: Table) -> Part:
    own = {"file": f"{table.name}.csv", "source": table.source, "encoding": "utf-8", "delimiter": ","}
    if table.kind == "interaction":
        return own | _interaction(table)
    if table.kind == "order":
        return own | _order(table)
    if table.kind == "ticket":
        return own | _ticket(table)
    return own | (_job(table) if table.kind == "contact_job" else _contact(table))


def _fields(kind: str) -> Part:
    return {name: name for name in FIELDS[kind]} | {name: _moment(name) for name in MOMENTS.get(kind, ())}


def _moment(column: str) -> Part:
    return {"column": column, "format": "iso"}


def _ends(table: Table, label: str, name: str) -> list[Part]:
    """The record that a row names, by the keys of each source that does."""
    return [
        {"label": label, "key": f"{name}_of_{source}", "source": source} for source in table.sources_of(name)
    ]


def _interaction(table: Table) -> Part:
    """Participants whom nobody knows are left out and counted, as in a mail log."""
    mail = {"label": ["Employee", "Contact"], "by": {"email": {"column": "email", "clean": "email"}}}
    people = [mail, *_ends(table, "Employee", "employee"), *_ends(table, "Contact", "contact")]
    node = {
        "label": "Interaction", "key": "key", "repeats": "first",
        "fields": {"at": _moment("at"), **_fields("interaction")},
    }  # fmt: skip
    part: Part = {"type": "PARTICIPATED_IN", "fields": {"part": "part"}, "optional": True}
    links = [part | {"from": one} for one in people]
    return {"nodes": [node], "links": links}


def _order(table: Table) -> Part:
    node = {
        "label": "Order", "key": "key", "repeats": "first", "known_from": _moment("at"),
        "fields": _fields("order"),
    }  # fmt: skip
    line = {"line": "line", "quantity": "quantity", "amount": "line_amount"}
    links: list[Part] = [{"type": "PLACED", "from": one} for one in _ends(table, "Customer", "customer")]
    links += [
        {"type": "CONTAINS", "to": one, "fields": line, "optional": True}
        for one in _ends(table, "Product", "product")
    ]
    return {"nodes": [node], "links": links}


def _ticket(table: Table) -> Part:
    node = {
        "label": "Ticket", "key": "key", "repeats": "versions", "known_from": _moment("at"),
        "fields": _fields("ticket"),
    }  # fmt: skip
    links: list[Part] = [{"type": "FOR", "to": one} for one in _ends(table, "Customer", "customer")]
    links += [
        {"type": "RAISED_BY", "to": one, "optional": True} for one in _ends(table, "Contact", "contact")
    ]
    return {"nodes": [node], "links": links}


def _contact(table: Table) -> Part:
    field = table.kind.removeprefix("contact_")
    value = {"column": "value", "clean": "lower"} if field == "email" else {"column": "value"}
    node = {
        "label": "Contact", "key": "key", "repeats": "versions", "known_from": _moment("at"),
        "fields": {field: value},
    }  # fmt: skip
    return {"nodes": [node]}


def _job(table: Table) -> Part:
    contact = {"label": "Contact", "key": "key", "source": table.source}
    links = [
        {
            "type": "WORKS_AT", "from": contact, "to": one, "valid_from": _moment("at"),
            "fields": {"title": "title", "department": "department"},
        }
        for one in _ends(table, "Customer", "customer")
    ]  # fmt: skip
    return {"links": links}
