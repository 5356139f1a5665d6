"""Records of several rows of which one counts, although the others state other values: the report says so."""

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest.mapping.model import Mapping
from ingest.staging.database import Staging
from ingest.transform.plan import repeats_of
from ingest.transform.rule import Rule, made_rows

COUNTS = ("first", "last")


def disagreements(staging: Staging, mapping: Mapping, rules: list[Rule], notes: Relation) -> None:
    """Add to `tables.VALUE_NOTE` how many rows are of records whose rows differ in a field, by field.

    Only of the record that a row is, not of those that it names besides: a customer's name on orders changes.
    Where rows bear a stamp (`known_from`) they are states of one another and do not disagree.
    """
    for rule in rules:
        counts = repeats_of(mapping.datasets[rule.dataset], rule.index)
        plain = [name for name, value in rule.node.fields.items() if value.pick is None]
        if rule.index == 0 and counts in COUNTS and rule.node.known_from is None and plain:
            staging.append(notes, _differing(rule, counts, plain))


def _differing(rule: Rule, counts: str, names: list[str]) -> Sql:
    """A row for each field that has several values within a record."""
    columns = [(name, rule.column(f"f_{name}")) for name in names]
    by_key = sql.listed(
        fill("min({c}) <> max({c}) AS {n}", c=column, n=sql.name(name)) for name, column in columns
    )
    found = sql.listed(
        fill(
            """{{field: {field}, text: min(key::VARCHAR) FILTER (WHERE {n}),
                rows: coalesce(sum(rows) FILTER (WHERE {n}), 0)}}""",
            field=sql.bind(f"{rule.node.label}.{name}"), n=sql.name(name),
        )
        for name, _ in columns
    )  # fmt: skip
    return fill(
        """SELECT {dataset} AS dataset, one.field AS field, {note} AS note, one.text AS text,
            one.rows::BIGINT AS rows
        FROM (SELECT unnest([{found}]) AS one
            FROM (SELECT {key} AS key, count(*) AS rows, {by_key} FROM {made} GROUP BY {key}
                HAVING count(*) > 1))
        WHERE one.rows > 0""",
        dataset=sql.bind(rule.dataset), note=sql.bind(f"has rows that differ; the {counts} value counts"),
        found=found, key=rule.column("key"), by_key=by_key, made=made_rows(rule),
    )  # fmt: skip
