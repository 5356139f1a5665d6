"""What each source record says about its entity, from its rows."""

from dataclasses import dataclass

from graph import sql
from graph.model import NODES
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.load.dates import declared_start, load_start
from ingest.mapping.model import Mapping
from ingest.mapping.value import Pick
from ingest.staging.database import Staging
from ingest.transform.plan import OWN_DATES, repeats_of
from ingest.transform.rule import Rule, made_rows
from ingest.transform.values import value_table

_PICKS: dict[Pick, str] = {
    "first": "arg_min({c}, __seq)",
    "last": "arg_max({c}, __seq)",
    "min": "min({c})",
    "max": "max({c})",
    "sum": "sum(try_cast({c} AS DECIMAL(30, 6)))::DOUBLE",
    "count": "count(DISTINCT {c})",
}


@dataclass(frozen=True, slots=True)
class Property:
    """A property that a node rule states: its name, the value column and which of several rows counts."""

    name: str
    column: Sql
    pick: Pick | None


def contributions(staging: Staging, mapping: Mapping, rules: list[Rule], keys: Relation) -> Relation:
    """`tables.CONTRIBUTION`: one row per state of a source record, for every node rule."""
    made = staging.empty(tables.CONTRIBUTION)
    for rule in rules:
        query = fill(
            """SELECT {label} AS label, k.id, {source} AS source, {dataset} AS dataset, {mark} AS rule,
                r.key, r.known_from, coalesce(r.stamp, CASE WHEN e.declared THEN e.stamp END) AS stamp, r.body
            FROM ({records}) r
            JOIN {exported} e ON e.dataset = {dataset}
            JOIN {keys} k ON k.label = {label} AND k.source = {source} AND k.key = r.key
            WHERE k.id IS NOT NULL""",
            label=sql.bind(rule.node.label), source=sql.bind(rule.source), dataset=sql.bind(rule.dataset),
            mark=sql.bind(rule_mark(mapping, rule)),
            records=_records(mapping, rule), exported=tables.EXPORTED.table, keys=keys.table,
        )  # fmt: skip
        staging.append(made, query)
    return made


def rule_mark(mapping: Mapping, rule: Rule) -> str:
    """What tells a node rule from the dataset's first of its label; nothing where it is the first."""
    labels = [node.label for node in mapping.datasets[rule.dataset].nodes]
    return "" if labels.index(rule.node.label) == rule.index else f".{rule.index}"


def entity_rows(staging: Staging, rules: list[Rule], keys: Relation, row_items: Relation) -> Relation:
    """`tables.ROW_ITEM` with the entity that each good row speaks of added."""
    for rule in rules:
        query = fill(
            """SELECT {dataset} AS dataset, r.__seq AS seq, {label} || '|' || k.id AS item FROM {rows} r
            JOIN {keys} k ON k.label = {label} AND k.source = {source} AND k.key = r.{key}
            WHERE k.id IS NOT NULL""",
            dataset=sql.bind(rule.dataset), label=sql.bind(rule.node.label), rows=made_rows(rule),
            keys=keys.table, source=sql.bind(rule.source), key=rule.column("key"),
        )  # fmt: skip
        staging.append(row_items, query)
    return row_items


def stated_properties(rules: list[Rule]) -> dict[str, frozenset[str]]:
    """The properties by label that a mapping states."""
    stated: dict[str, set[str]] = {}
    for rule in rules:
        stated.setdefault(rule.node.label, {"ended_at"}).update(item.name for item in _properties(rule))
    return {label: frozenset(names) for label, names in stated.items()}


def _records(mapping: Mapping, rule: Rule) -> Sql:
    """A query for the states of a rule's records: key, known_from, stamp, body."""
    repeats = repeats_of(mapping.datasets[rule.dataset], rule.index)
    known = _known_from(mapping, rule)
    if repeats in ("refuse", "versions"):
        states = _one_row_each(rule, known, several=repeats == "versions" or rule.node.known_from is not None)
    else:
        states = _picked(rule, known, "last" if repeats == "last" else "first")
    return fill(
        "SELECT key, known_from, stamp, {body} AS body FROM ({states})", body=_body(rule), states=states
    )


def _one_row_each(rule: Rule, known: Sql, *, several: bool) -> Sql:
    """Each row is a state of its own. `several`: a key may have more, of one stamp the last."""
    columns = [(item.name, item.column) for item in _properties(rule)]
    key = rule.column("key")
    return fill(
        "SELECT DISTINCT ON ({by}) {columns} FROM {rows} ORDER BY {by}, __seq {order}",
        by=sql.listed([key, known]) if several else key, rows=_stated_rows(rule),
        columns=_named([("key", key), ("known_from", known), ("stamp", _stamp(rule)), *columns]),
        order=Sql("DESC" if several else "ASC"),
    )  # fmt: skip


def _stated_rows(rule: Rule) -> Sql:
    """The rows of a rule's states: also those that another file replaces, where they bear a stamp."""
    if rule.node.known_from is None:
        return made_rows(rule)
    return fill(
        """(SELECT * FROM {made} UNION ALL BY NAME
        SELECT * FROM {values} WHERE __state = 'superseded' AND {when} AND {key} IS NOT NULL
            AND {stamp} IS NOT NULL)""",
        made=made_rows(rule), values=value_table(rule.dataset), when=rule.column("when"),
        key=rule.column("key"), stamp=_stamp(rule),
    )  # fmt: skip


def _stamp(rule: Rule) -> Sql:
    """When a row says that it was stated; null where the rule names no such column."""
    return Sql("NULL::VARCHAR") if rule.node.known_from is None else rule.column("known_from")


def _picked(rule: Rule, known: Sql, default: Pick) -> Sql:
    """Several rows make one state: of each property the first, last, least … value counts."""
    key = rule.column("key")
    begins = fill("{pick}({known})", pick=Sql("max" if default == "last" else "min"), known=known)
    stamp = fill("max({stamp})", stamp=_stamp(rule))
    columns = [
        (item.name, Sql(_PICKS[item.pick or default].replace("{c}", item.column.text)))
        for item in _properties(rule)
    ]
    return fill(
        "SELECT {columns} FROM {rows} GROUP BY {key}",
        columns=_named([("key", key), ("known_from", begins), ("stamp", stamp), *columns]),
        rows=_in_order(rule, known), key=key,
    )  # fmt: skip


def _named(columns: list[tuple[str, Sql]]) -> Sql:
    return sql.listed(fill("{c} AS {n}", c=column, n=sql.name(name)) for name, column in columns)


def _in_order(rule: Rule, known: Sql) -> Sql:
    """The rule's rows, numbered by the source's own stamp where the rule names one, else as in the file."""
    if rule.node.known_from is None:
        return made_rows(rule)
    return fill(
        "(SELECT * REPLACE (row_number() OVER (ORDER BY {known}, __seq) AS __seq) FROM {rows})",
        known=known, rows=made_rows(rule),
    )  # fmt: skip


def _properties(rule: Rule) -> list[Property]:
    node = rule.node
    fields = [Property(n, rule.column(f"f_{n}"), v.pick) for n, v in node.fields.items()]
    return fields + [Property(f"x_{n}", rule.column(f"x_{n}"), v.pick) for n, v in node.attributes.items()]


def _body(rule: Rule) -> Sql:
    """The JSON of what a row states, without empty values; the model's defaults fill what it leaves open."""
    stated = {item.name: sql.name(item.name) for item in _properties(rule)}
    for name, field in NODES[rule.node.label].model_fields.items():
        if name not in stated and isinstance(field.default, str) and rule.node.unmatched == "create":
            stated[name] = sql.bind(field.default)
    if rule.node.label == "Order" and "amount" in stated and "kind" not in rule.node.fields:
        stated["kind"] = Sql("CASE WHEN amount < 0 THEN 'return' ELSE 'sale' END")
    return sql.packed(stated)


def _known_from(mapping: Mapping, rule: Rule) -> Sql:
    """The source's own stamp, else the row's date, else the declared start, else its first export."""
    node = rule.node
    stamps = [rule.column(name) for name in ("known_from", "valid_from") if getattr(node, name) is not None]
    dates = [rule.column(f"f_{name}") for name in OWN_DATES if name in node.fields]
    return sql.coalesce([*stamps, *dates, declared_start(mapping, rule.dataset), load_start(rule.dataset)])
