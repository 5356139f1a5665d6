"""Entities and records as the graph should hold them: contributions of rows, survivorship, source records."""

from collections.abc import Iterable
from typing import Any

import orjson
import pyarrow as pa

from graph.model import NODES
from ingest import sql
from ingest.load.want import want
from ingest.mapping.model import Mapping
from ingest.mapping.value import Pick
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.keys import Rule, made_rows
from ingest.transform.plan import OWN_DATES, repeats_of

UNKNOWN_START = "1970-01-01T00:00:00+00:00"
"""Start of what no date is known for: it counts as always true."""

_PICKS: dict[Pick, str] = {
    "first": "arg_min({c}, __seq)",
    "last": "arg_max({c}, __seq)",
    "min": "min({c})",
    "max": "max({c})",
    "sum": "sum(try_cast({c} AS DECIMAL(30, 6)))::DOUBLE",
    "count": "count(DISTINCT {c})",
}


def contribute(connection: Staging, mapping: Mapping, rules: list[Rule]) -> None:
    """Make `work.contribution`: what each source row says about its entity, one row per record version."""
    connection.execute(
        """CREATE OR REPLACE TABLE work.contribution
        (label TEXT, id TEXT, source TEXT, dataset TEXT, key TEXT,
            known_from TEXT, stamped BOOLEAN, body TEXT)"""
    )
    for rule in rules:
        connection.execute(
            fill(
                """INSERT INTO work.contribution
                    SELECT {label}, k.id, {source}, {ds}, r.key, r.known_from, {stamped}, r.body
                FROM ({rows}) r JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = r.key
                WHERE k.id IS NOT NULL""",
                label=sql.bind(rule.node.label), source=sql.bind(rule.source), ds=sql.bind(rule.dataset),
                rows=_grouped(mapping, rule), stamped=Sql(str(rule.node.known_from is not None)),
            )
        )  # fmt: skip
        _touch(connection, rule)


def stated_properties(rules: list[Rule]) -> dict[str, frozenset[str]]:
    """The properties by label that a mapping states."""
    stated: dict[str, set[str]] = {}
    for rule in rules:
        stated.setdefault(rule.node.label, set()).update(name for name, _, _ in _names(rule))
    return {label: frozenset(names) for label, names in stated.items()}


def _touch(connection: Staging, rule: Rule) -> None:
    connection.execute(
        fill(
            """INSERT INTO work.touch SELECT {ds}, r.__seq, {label} || '|' || k.id FROM {rows} r
            JOIN work.key k ON k.label = {label} AND k.source = {source} AND k.key = r.{key}
            WHERE k.id IS NOT NULL""",
            ds=sql.bind(rule.dataset), label=sql.bind(rule.node.label), rows=made_rows(rule),
            source=sql.bind(rule.source), key=rule.column("key"),
        )
    )  # fmt: skip


def _grouped(mapping: Mapping, rule: Rule) -> Sql:
    """Rows of a rule as key, known_from and the JSON of their fields."""
    repeats = repeats_of(mapping.datasets[rule.dataset], rule.index)
    names = _names(rule)
    known = _known_from(mapping, rule)
    if repeats in ("refuse", "versions"):
        distinct = sql.listed([rule.column("key"), known]) if repeats == "versions" else rule.column("key")
        shown = sql.listed(fill("{c} AS {n}", c=column, n=sql.name(name)) for name, column, _ in names)
        return fill(
            "SELECT key, known_from, {body} AS body FROM (SELECT DISTINCT ON ({by}) {key} AS key, "
            "{known} AS known_from"
            "{comma} {shown} FROM {rows} ORDER BY {by}, __seq {newest})",
            by=distinct, key=rule.column("key"), known=known, shown=shown, rows=made_rows(rule),
            body=_body(rule, names), comma=Sql("," if names else ""),
            newest=Sql("DESC" if repeats == "versions" else "ASC"),
        )  # fmt: skip
    default: Pick = "last" if repeats == "last" else "first"
    shown = sql.listed(
        fill("{pick} AS {n}", pick=Sql(_PICKS[pick or default].replace("{c}", column.text)), n=sql.name(name))
        for name, column, pick in names
    )
    return fill(
        "SELECT key, known_from, {body} AS body FROM (SELECT {key} AS key, "
        "{stamp}({known}) AS known_from{comma} {shown} "
        "FROM {rows} GROUP BY {key})",
        key=rule.column("key"), known=known, shown=shown, rows=_in_order(rule, known),
        body=_body(rule, names), comma=Sql("," if names else ""),
        stamp=Sql("max" if default == "last" else "min"),
    )  # fmt: skip


def _in_order(rule: Rule, known: Sql) -> Sql:
    """The rule's rows, numbered by the source's own stamp where the rule names one, else as in the file."""
    if rule.node.known_from is None:
        return made_rows(rule)
    return fill(
        """(SELECT * REPLACE (row_number() OVER (ORDER BY {known}, __seq) AS __seq) FROM {rows})""",
        known=known, rows=made_rows(rule),
    )  # fmt: skip


def _names(rule: Rule) -> list[tuple[str, Sql, Pick | None]]:
    """Property name, value column and pick of everything that a rule states."""
    node = rule.node
    fields = [(n, rule.column(f"f_{n}"), v.pick) for n, v in node.fields.items()]
    return fields + [(f"x_{n}", rule.column(f"x_{n}"), v.pick) for n, v in node.attributes.items()]


def _body(rule: Rule, names: list[tuple[str, Sql, Pick | None]]) -> Sql:
    """The JSON of what a row states, without empty values; the model's defaults fill what it leaves open."""
    stated = {name: sql.name(name) for name, _, _ in names}
    for name, field in NODES[rule.node.label].model_fields.items():
        if name not in stated and isinstance(field.default, str) and rule.node.unmatched == "create":
            stated[name] = sql.bind(field.default)
    if rule.node.label == "Order" and "amount" in stated and "kind" not in rule.node.fields:
        stated["kind"] = Sql("CASE WHEN amount < 0 THEN 'return' ELSE 'sale' END")
    return sql.packed(stated)


def _known_from(mapping: Mapping, rule: Rule) -> Sql:
    """The source's own stamp, else the row's date, else the declared start; never the time of loading."""
    dataset, node = mapping.datasets[rule.dataset], rule.node
    stamps = [rule.column(name) for name in ("known_from", "valid_from") if getattr(node, name) is not None]
    dates = [rule.column(f"f_{name}") for name in OWN_DATES if name in node.fields]
    return sql.coalesce([*stamps, *dates, sql.bind(declared_start(dataset.valid_from or mapping.valid_from))])


def declared_start(date: str | None) -> str:
    """A mapping's constant date as canonical UTC text."""
    if date is None:
        return UNKNOWN_START
    return f"{date}T00:00:00+00:00" if len(date) == 10 else date


def want_entities(connection: Staging, mapping: Mapping, database_id: str) -> None:
    """Want every entity that the run's rows speak of, with the values that survive among all its records."""
    connection.execute(
        fill(
            """CREATE OR REPLACE TABLE work.said AS
            WITH now AS (SELECT DISTINCT ON (label, source, dataset, key) c.* FROM work.contribution c
                ANTI JOIN record r ON r.database_id = {db} AND r.label = c.label AND r.source = c.source
                    AND r.dataset = c.dataset AND r.key = c.key AND c.stamped AND r.known_from > c.known_from
                ORDER BY known_from DESC)
            SELECT label, id, source, known_from, body FROM now
            UNION ALL SELECT r.label, r.entity, r.source, r.known_from, r.body FROM record r
            ANTI JOIN now n ON n.label = r.label AND n.source = r.source AND n.dataset = r.dataset
            AND n.key = r.key
            SEMI JOIN now m ON m.label = r.label AND m.id = r.entity
            WHERE r.database_id = {db}""",
            db=sql.bind(database_id),
        )
    )
    connection.execute("CREATE OR REPLACE TABLE work.entity (label TEXT, id TEXT, body TEXT)")
    connection.execute(
        """INSERT INTO work.entity SELECT label, id, any_value(body) FROM work.said
        GROUP BY label, id HAVING count(*) = 1"""
    )
    _merge_many(connection, mapping)
    want(
        connection,
        Sql("""SELECT 'node|' || label AS grp, label || '|' || id AS item,
            '{"id":' || to_json(id) || ',"props":' || body || '}' AS body FROM work.entity"""),
    )


def _merge_many(connection: Staging, mapping: Mapping) -> None:
    """Entities that several records describe: each field from the first source that has it."""
    rows = connection.execute(
        """SELECT label, id, list({source: source, known_from: known_from, body: body}) FROM work.said
        GROUP BY label, id HAVING count(*) > 1 ORDER BY label, id"""
    ).fetchall()
    merged = [(label, id_, survivors(mapping, label, records)) for label, id_, records in rows]
    if merged:
        labels, ids, bodies = zip(*merged, strict=True)
        table = pa.table({"label": pa.array(labels), "id": pa.array(ids), "body": pa.array(bodies)})
        connection.connection.register("merged", table)
        connection.execute("INSERT INTO work.entity SELECT label, id, body FROM merged")
        connection.connection.unregister("merged")


def survivors(mapping: Mapping, label: str, records: Iterable[dict[str, Any]]) -> str:
    """The JSON of an entity's values: per field of the first source that has one, else the newest."""
    newest = sorted(records, key=lambda record: (record["known_from"], record["body"]), reverse=True)
    said = [(record["source"], orjson.loads(record["body"])) for record in newest]
    names = sorted({name for _, values in said for name in values})
    return orjson.dumps({name: _survivor(mapping, label, name, said) for name in names}).decode()


def _survivor(mapping: Mapping, label: str, name: str, said: list[tuple[str, dict[str, Any]]]) -> Any:
    order = mapping.field_priority.get(f"{label}.{name}") or mapping.sources()
    rank = {source: place for place, source in enumerate(order)}
    having = [(source, values[name]) for source, values in said if name in values]
    return min(having, key=lambda pair: rank.get(pair[0], len(rank)))[1]


def want_aliases(connection: Staging, labels: Iterable[str]) -> None:
    """Want every source key of this run's entities as an alias."""
    for label in labels:
        rows = fill(
            """(SELECT DISTINCT k.id, {label} || '|' || k.source || ':' || k.key AS alias FROM work.key k
            WHERE k.label = {label} AND k.state = 'made' AND k.id IS NOT NULL)""",
            label=sql.bind(label),
        )
        want(
            connection,
            fill(
                """SELECT 'node|Alias' AS grp, 'Alias|' || alias AS item,
                '{{"id":' || to_json(alias) || ',"props":{{}}}}' AS body FROM {rows}""",
                rows=rows,
            ),
        )
        want(
            connection,
            fill(
                """SELECT {grp} AS grp, 'ALIAS_OF|' || alias AS item,
                '{{"start":' || to_json(alias) || ',"end":' || to_json(id) || ',"props":{{}}}}' AS body
                    FROM {rows}""",
                grp=sql.bind(f"part|ALIAS_OF|Alias|{label}"),
                rows=rows,
            ),
        )
