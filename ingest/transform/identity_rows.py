"""What typed rows say about identity: the nodes they make, and the values that find or match these."""

from dataclasses import dataclass

import pyarrow as pa

from graph import sql
from graph.model.party import OTHERS
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Mapping
from ingest.reading.placeholder import looks_damaged, looks_like_placeholder
from ingest.reading.telephone import NO_KEY, why_no_key
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.phone_keys import asked_key, country_of, read_phones, stated_keys
from ingest.transform.rule import Rule, looked_up_fields, making


@dataclass(frozen=True, slots=True)
class IdentityRows:
    """What the typed rows say about identity: which node each makes, and by which values it is found."""

    nodes: Relation
    fields: Relation
    blocking_keys: Relation


def identity_rows(staging: Staging, mapping: Mapping, rules: list[Rule], notes: Relation) -> IdentityRows:
    """The nodes, looked-up fields and blocking keys of all typed rows, before any is found to be bad.

    Values that identify nobody are left out, and `notes` name them.
    """
    nodes = staging.empty(tables.NODE_ROW)
    fields = staging.empty(tables.FIELD_ROW)
    blocking_keys = staging.empty(tables.BLOCKING_KEY)
    looked_up = looked_up_fields(mapping, rules)
    read_phones(staging, mapping, rules)
    for rule in rules:
        country = country_of(mapping, rule)
        staging.append(nodes, _node_rows(rule))
        for label, field in sorted(looked_up):
            if label == rule.node.label and field in rule.node.fields:
                staging.append(fields, _field_rows(rule, field, country))
        for rank, alternative in enumerate(rule.node.match):
            staging.append(blocking_keys, _blocking_keys(rule, rank, list(alternative), country))
    return usable(staging, IdentityRows(nodes, fields, blocking_keys), notes)


def _node_rows(rule: Rule) -> Sql:
    return fill("SELECT {own}, {key} AS key FROM {rows}", **_own(rule))


def _field_rows(rule: Rule, field: str, country: Sql) -> Sql:
    column = rule.column(f"f_{field}")
    text = fill("unnest({c})", c=column) if field in OTHERS.values() else column
    return fill(
        """SELECT {own}, key, {field} AS field, {value} AS value
        FROM (SELECT *, {key} AS key, {text} AS text FROM {rows} WHERE {column} IS NOT NULL)""",
        field=sql.bind(field), value=stated_keys(field, Sql("text"), country), text=text, column=column,
        **_own(rule),
    )  # fmt: skip


def _blocking_keys(rule: Rule, rank: int, fields: list[str], country: Sql) -> Sql:
    values = (asked_key(field, rule.column(f"m{rank}_{field}"), country) for field in fields)
    return fill(
        """SELECT * FROM (SELECT {rule} AS rule, __seq AS seq, {rank} AS rank, {value} AS value FROM {rows})
        WHERE value IS NOT NULL""",
        rule=sql.bind(rule.name), rank=sql.bind(rank), value=sql.listed(values, " || chr(31) || "),
        rows=making(rule),
    )  # fmt: skip


def _own(rule: Rule) -> dict[str, Sql]:
    """The pieces that the rows of all rules share."""
    own = fill(
        "{rule} AS rule, {dataset} AS dataset, __seq AS seq, {label} AS label, {source} AS source",
        rule=sql.bind(rule.name), dataset=sql.bind(rule.dataset), label=sql.bind(rule.node.label),
        source=sql.bind(rule.source),
    )  # fmt: skip
    return {"own": own, "key": rule.column("key"), "rows": making(rule)}


def usable(staging: Staging, rows: IdentityRows, notes: Relation) -> IdentityRows:
    """The rows without values that identify nobody: placeholders and damaged numbers, which `notes` name."""
    both = {"field_row": rows.fields, "blocking_key": rows.blocking_keys}
    values = (str(value) for (value,) in staging.rows(statement("identity.short_values", **both)))
    reasons = {value: reason for value in values if (reason := why_unusable(value)) is not None}
    if not reasons:
        return rows
    table = pa.table({"value": list(reasons), "reason": list(reasons.values())})
    found = {"unusable": staging.append_table(staging.empty(tables.UNUSABLE), table)}
    keys = {"blocking_key": rows.blocking_keys}
    staging.append(notes, statement("identity.unusable_fields", field_row=rows.fields, **keys, **found))
    staging.append(notes, statement("identity.unusable_blocking_keys", node_row=rows.nodes, **keys, **found))
    return IdentityRows(
        rows.nodes,
        staging.make(tables.FIELD_ROW, statement("identity.usable_fields", field_row=rows.fields, **found)),
        staging.make(tables.BLOCKING_KEY, statement("identity.usable_blocking_keys", **keys, **found)),
    )


def why_unusable(value: str) -> str | None:
    """Why a value (in lower case) identifies nobody; None where it may."""
    if value.startswith(NO_KEY):
        return why_no_key(value)
    if looks_damaged(value.upper()):
        return "lost digits in a spreadsheet and matches nothing; format its column as text and export again"
    if looks_like_placeholder(value.partition("@")[0] if "@" in value else value):
        return "looks like a placeholder and matches nothing"
    return None
