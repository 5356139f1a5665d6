"""Source keys to entity ids: what this run's rows say, what the graph already knows, and exact matches.

Tables of a run: `work.key` (label, source, key, id, state: made, known or review; id null while in review),
`work.named` (label, field, value, id, rule), `work.review` (dataset, label, key, shown, reason, candidates).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest import sql
from ingest.mapping.model import Mapping
from ingest.mapping.rules import NodeRule
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.plan import node_column
from ingest.transform.values import value_table

TABLES = (
    "CREATE OR REPLACE TABLE work.key (label TEXT, source TEXT, key TEXT, id TEXT, state TEXT)",
    "CREATE OR REPLACE TABLE work.named (label TEXT, field TEXT, value TEXT, id TEXT, rule TEXT)",
    "CREATE OR REPLACE TABLE work.review "
    "(dataset TEXT, label TEXT, key TEXT, shown TEXT, reason TEXT, candidates TEXT[])",
)


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
        """(SELECT v.* FROM {t} v ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = v.__seq
            WHERE v.__state IS NULL AND v.{when} AND v.{key} IS NOT NULL)""",
        t=value_table(rule.dataset),
        ds=sql.bind(rule.dataset),
        when=rule.column("when"),
        key=rule.column("key"),
    )


def make_keys(connection: Staging, rules: list[Rule], by_fields: set[tuple[str, str]]) -> None:
    """Fill the tables of a run from its good rows. `by_fields`: (label, field) pairs that links look up."""
    for statement in TABLES:
        connection.execute(statement)
    connection.execute("INSERT INTO work.key SELECT label, source, key, id, 'known' FROM work.known")
    connection.execute("INSERT INTO work.named SELECT label, field, value, id, 'graph' FROM work.known_value")
    wanted = by_fields | {(r.node.label, field) for r in rules for match in r.node.match for field in match}
    for rule in rules:
        if rule.node.match:
            _matched_keys(connection, rule)
        else:
            _own_keys(connection, rule)
        for label, field in sorted(wanted):
            if label == rule.node.label and field in rule.node.fields:
                _name_values(connection, rule, field)


def _own_keys(connection: Staging, rule: Rule) -> None:
    connection.execute(
        fill(
            """INSERT INTO work.key
            SELECT DISTINCT {label}, {source}, r.{key}, {source} || ':' || r.{key}, 'made' FROM {rows} r
            ANTI JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = r.{key}""",
            label=sql.bind(rule.node.label),
            source=sql.bind(rule.source),
            key=rule.column("key"),
            rows=made_rows(rule),
        )
    )


def _name_values(connection: Staging, rule: Rule, field: str) -> None:
    """Record which entity carries which value in a field that something is looked up by."""
    connection.execute(
        fill(
            """INSERT INTO work.named
            SELECT DISTINCT {label}, {field}, lower(r.{value}), k.id, {rule} FROM {rows} r
            JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = r.{key}
            WHERE r.{value} IS NOT NULL AND k.id IS NOT NULL""",
            label=sql.bind(rule.node.label),
            field=sql.bind(field),
            value=rule.column(f"f_{field}"),
            rule=sql.bind(rule.name),
            rows=made_rows(rule),
            source=sql.bind(rule.source),
            key=rule.column("key"),
        )
    )


def _matched_keys(connection: Staging, rule: Rule) -> None:
    """Give every key of a rule the entity that it exactly matches; ambiguous ones wait for a person."""
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.open AS
            SELECT DISTINCT ON (r.{key}) r.* FROM {rows} r
            ANTI JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = r.{key}
            ORDER BY r.__seq""",
            key=rule.column("key"),
            rows=made_rows(rule),
            label=sql.bind(rule.node.label),
            source=sql.bind(rule.source),
        )
    )
    for rank, alternative in enumerate(rule.node.match):
        _match_by(connection, rule, rank, list(alternative))
    _settle_unmatched(connection, rule)


def _match_by(connection: Staging, rule: Rule, rank: int, fields: list[str]) -> None:
    """Settle the open keys whose values stand once on each side, and put the ambiguous ones into review."""
    here = sql.listed((fill("lower({c})", c=rule.column(f"m{rank}_{f}")) for f in fields), " || chr(31) || ")
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.joined AS
            WITH here AS (SELECT {key} AS key, {here} AS value FROM work.open WHERE {here} IS NOT NULL),
            there AS ({there}),
            twice AS (SELECT value, count(*) AS n FROM here GROUP BY value),
            found AS (SELECT value, count(*) AS n, list(id ORDER BY id) AS ids FROM there GROUP BY value)
            SELECT h.key, h.value, t.n AS here, f.n AS there, f.ids
            FROM here h JOIN twice t USING (value) JOIN found f USING (value)""",
            key=rule.column("key"), here=here, there=_candidates(rule, fields),
        )
    )  # fmt: skip
    _settle_matches(connection, rule)
    connection.execute(
        fill("DELETE FROM work.open WHERE {key} IN (SELECT key FROM work.joined)", key=rule.column("key"))
    )


def _candidates(rule: Rule, fields: list[str]) -> Sql:
    """Entities of other sources with their values in the fields, joined as one text."""
    first = sql.bind(fields[0])
    joins = [
        fill("JOIN work.named n{i} ON n{i}.label = n0.label AND n{i}.id = n0.id AND n{i}.field = {f}",
             i=Sql(str(i)), f=sql.bind(field))
        for i, field in enumerate(fields) if i
    ]  # fmt: skip
    value = sql.listed((Sql(f"n{i}.value") for i in range(len(fields))), " || chr(31) || ")
    return fill(
        """SELECT DISTINCT n0.id, {value} AS value FROM work.named n0 {joins}
        WHERE n0.label = {label} AND n0.field = {first} AND n0.rule <> {rule}""",
        value=value, joins=sql.listed(joins, " "), label=sql.bind(rule.node.label), first=first,
        rule=sql.bind(rule.name),
    )  # fmt: skip


def _settle_matches(connection: Staging, rule: Rule) -> None:
    parts = {
        "label": sql.bind(rule.node.label),
        "source": sql.bind(rule.source),
        "ds": sql.bind(rule.dataset),
    }
    connection.execute(
        fill(
            """INSERT INTO work.key SELECT {label}, {source}, key,
                CASE WHEN here = 1 AND there = 1 THEN ids[1] END,
                CASE WHEN here = 1 AND there = 1 THEN 'made' ELSE 'review' END FROM work.joined""",
            label=parts["label"], source=parts["source"],
        )
    )  # fmt: skip
    connection.execute(
        fill(
            """INSERT INTO work.review SELECT {ds}, {label}, key, value,
                'stands ' || here || ' times here and ' || there || ' times there', ids
            FROM work.joined WHERE here > 1 OR there > 1""",
            ds=parts["ds"], label=parts["label"],
        )
    )  # fmt: skip


def _settle_unmatched(connection: Staging, rule: Rule) -> None:
    """Create, queue or skip what nothing matches, as the rule says."""
    parts = {
        "label": sql.bind(rule.node.label), "source": sql.bind(rule.source), "key": rule.column("key"),
        "ds": sql.bind(rule.dataset),
    }  # fmt: skip
    create = rule.node.unmatched == "create"
    identity = fill("{source} || ':' || {key}", source=parts["source"], key=parts["key"])
    connection.execute(
        fill(
            "INSERT INTO work.key SELECT {label}, {source}, {key}, {id}, {state} FROM work.open",
            label=parts["label"],
            source=parts["source"],
            key=parts["key"],
            id=identity if create else sql.NULL,
            state=sql.bind("made" if create else rule.node.unmatched),
        )
    )
    if rule.node.unmatched == "review":
        connection.execute(
            fill(
                "INSERT INTO work.review "
                "SELECT {ds}, {label}, {key}, NULL, 'matches nothing', [] FROM work.open",
                ds=parts["ds"], label=parts["label"], key=parts["key"],
            )
        )  # fmt: skip


def by_fields_of(mapping: Mapping) -> set[tuple[str, str]]:
    """(label, field) pairs that links find their ends by."""
    return set(_by_fields(mapping))


def _by_fields(mapping: Mapping) -> Iterator[tuple[str, str]]:
    for dataset in mapping.datasets.values():
        for link in dataset.links:
            for end in (link.start, link.end):
                if end is not None and end.by is not None:
                    yield from ((label, field) for label in end.label for field in end.by)
