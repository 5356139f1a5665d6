"""Source keys to entity ids: what the graph already knows, what this run's rows make, and exact matches."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest import sql, tables
from ingest.mapping.model import Mapping
from ingest.mapping.rules import NodeRule
from ingest.sql import Relation, Sql, fill, statement
from ingest.staging.database import Staging
from ingest.transform.plan import node_column
from ingest.transform.values import value_table


@dataclass(frozen=True, slots=True)
class Rule:
    """A node rule with its place in the mapping."""

    dataset: str
    index: int
    source: str
    node: NodeRule

    @property
    def name(self) -> str:
        """A short unique name."""
        return f"{self.dataset}.{self.index}"

    def column(self, part: str) -> Sql:
        """The quoted column of the dataset's value table."""
        return sql.name(node_column(self.index, part))


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of the keys and values that the run's rows name."""

    keys: Relation
    values: Relation


@dataclass(frozen=True, slots=True)
class IdentityRows:
    """What the typed rows say about identity: which node each makes, and by which values it is found."""

    nodes: Relation
    fields: Relation
    blocking_keys: Relation


@dataclass(frozen=True, slots=True)
class Keys:
    """The entity of every source key and of every value that something is looked up by; open cases."""

    keys: Relation
    values: Relation
    review: Relation


def rules_of(mapping: Mapping) -> list[Rule]:
    """Every node rule; those that join other sources come last, in the order of the mapping."""
    rules = [
        Rule(name, index, mapping.source_of(name), node)
        for name, dataset in mapping.datasets.items()
        for index, node in enumerate(dataset.nodes)
    ]
    return sorted(rules, key=lambda rule: bool(rule.node.match))


def made_rows(rule: Rule) -> Sql:
    """The good rows that make this rule's node."""
    return fill(
        """(SELECT v.* FROM {rows} v ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq)""",
        rows=_making(rule), bad=tables.BAD.table, dataset=sql.bind(rule.dataset),
    )  # fmt: skip


def _making(rule: Rule) -> Sql:
    """The rows that make this rule's node, bad ones included."""
    return fill(
        "(SELECT * FROM {values} WHERE __state IS NULL AND {when} AND {key} IS NOT NULL)",
        values=value_table(rule.dataset), when=rule.column("when"), key=rule.column("key"),
    )  # fmt: skip


def identity_rows(staging: Staging, mapping: Mapping, rules: list[Rule]) -> IdentityRows:
    """The nodes, looked-up fields and blocking keys of all typed rows, before any is found to be bad."""
    nodes = staging.empty(tables.NODE_ROW)
    fields = staging.empty(tables.FIELD_ROW)
    blocking_keys = staging.empty(tables.BLOCKING_KEY)
    looked_up = looked_up_fields(mapping, rules)
    for rule in rules:
        staging.append(nodes, _node_rows(rule))
        for label, field in sorted(looked_up):
            if label == rule.node.label and field in rule.node.fields:
                staging.append(fields, _field_rows(rule, field))
        for rank, alternative in enumerate(rule.node.match):
            staging.append(blocking_keys, _blocking_keys(rule, rank, list(alternative)))
    return IdentityRows(nodes, fields, blocking_keys)


def _node_rows(rule: Rule) -> Sql:
    return fill("SELECT {own}, {key} AS key FROM {rows}", **_own(rule))


def _field_rows(rule: Rule, field: str) -> Sql:
    value = rule.column(f"f_{field}")
    return fill(
        """SELECT {own}, {key} AS key, {field} AS field, lower({value}) AS value FROM {rows}
        WHERE {value} IS NOT NULL""",
        field=sql.bind(field), value=value, **_own(rule),
    )  # fmt: skip


def _blocking_keys(rule: Rule, rank: int, fields: list[str]) -> Sql:
    values = (fill("lower({c})", c=rule.column(f"m{rank}_{field}")) for field in fields)
    return fill(
        """SELECT {rule} AS rule, __seq AS seq, {rank} AS rank, {value} AS value FROM {rows}
        WHERE {value} IS NOT NULL""",
        rule=sql.bind(rule.name), rank=sql.bind(rank), value=sql.listed(values, " || chr(31) || "),
        rows=_making(rule),
    )  # fmt: skip


def _own(rule: Rule) -> dict[str, Sql]:
    """The pieces that the rows of all rules share."""
    own = fill(
        "{rule} AS rule, {dataset} AS dataset, __seq AS seq, {label} AS label, {source} AS source",
        rule=sql.bind(rule.name), dataset=sql.bind(rule.dataset), label=sql.bind(rule.node.label),
        source=sql.bind(rule.source),
    )  # fmt: skip
    return {"own": own, "key": rule.column("key"), "rows": _making(rule)}


def make_keys(staging: Staging, rules: list[Rule], rows: IdentityRows, known: Known, bad: Relation) -> Keys:
    """Ids for the keys of all good rows; a value that could mean several entities waits for a person."""
    keys = Keys(
        staging.make(tables.KEY, statement("identity.known_keys", known=known.keys)),
        staging.make(tables.LOOKUP_VALUE, statement("identity.known_values", known_value=known.values)),
        staging.empty(tables.REVIEW),
    )
    for rule in rules:
        seen = {"rule": rule.name, "bad": bad, "key": keys.keys}
        if rule.node.match:
            unmatched = staging.make(
                tables.UNMATCHED, statement("identity.unmatched", node_row=rows.nodes, **seen)
            )
            _match(staging, rule, rows, keys, unmatched)
        else:
            staging.append(keys.keys, statement("identity.own_keys", node_row=rows.nodes, **seen))
        staging.append(keys.values, statement("identity.values", field_row=rows.fields, **seen))
    return keys


def _match(staging: Staging, rule: Rule, rows: IdentityRows, keys: Keys, unmatched: Relation) -> None:
    """Add the entity that each unmatched key exactly matches, by the first alternative that finds any."""
    entity = {"label": rule.node.label, "source": rule.source}
    place = {"dataset": rule.dataset, "label": rule.node.label}
    for rank, alternative in enumerate(rule.node.match):
        candidates = staging.make(tables.CANDIDATE, _candidates(rule, list(alternative), keys.values))
        matches = staging.make(tables.MATCH, statement(
            "identity.matches", rule=rule.name, rank=rank, unmatched=unmatched,
            blocking_key=rows.blocking_keys, candidate=candidates,
        ))  # fmt: skip
        staging.append(keys.keys, statement("identity.matched_keys", match=matches, **entity))
        staging.append(keys.review, statement("identity.unclear", match=matches, **place))
        rest = statement("identity.still_unmatched", unmatched=unmatched, match=matches)
        unmatched = staging.make(tables.UNMATCHED, rest)
    state = "made" if rule.node.unmatched == "create" else rule.node.unmatched
    staging.append(
        keys.keys, statement("identity.unmatched_keys", state=state, unmatched=unmatched, **entity)
    )
    if state == "review":
        staging.append(keys.review, statement("identity.unmatched_review", unmatched=unmatched, **place))


def _candidates(rule: Rule, fields: list[str], values: Relation) -> Sql:
    """Entities of other rules with their values in the fields, joined as one text."""
    joins = [
        fill("JOIN {t} n{i} ON n{i}.label = n0.label AND n{i}.id = n0.id AND n{i}.field = {f}",
             t=values.table, i=Sql(str(i)), f=sql.bind(field))
        for i, field in enumerate(fields) if i
    ]  # fmt: skip
    value = sql.listed((Sql(f"n{i}.value") for i in range(len(fields))), " || chr(31) || ")
    return fill(
        """SELECT DISTINCT n0.id, {value} AS value FROM {t} n0 {joins}
        WHERE n0.label = {label} AND n0.field = {first} AND n0.rule <> {rule}""",
        value=value, t=values.table, joins=sql.listed(joins, " "), label=sql.bind(rule.node.label),
        first=sql.bind(fields[0]), rule=sql.bind(rule.name),
    )  # fmt: skip


def looked_up_fields(mapping: Mapping, rules: list[Rule]) -> set[tuple[str, str]]:
    """(label, field) pairs by which links find their ends or rules match entities."""
    matched = {(r.node.label, field) for r in rules for alternative in r.node.match for field in alternative}
    return by_fields_of(mapping) | matched


def by_fields_of(mapping: Mapping) -> set[tuple[str, str]]:
    """(label, field) pairs that links find their ends by."""
    return set(_by_fields(mapping))


def _by_fields(mapping: Mapping) -> Iterator[tuple[str, str]]:
    ends = (end for dataset in mapping.datasets.values() for link in dataset.links
            for end in (link.start, link.end))  # fmt: skip
    for end in ends:
        if end is not None and end.by is not None:
            yield from ((label, field) for label in end.label for field in end.by)
