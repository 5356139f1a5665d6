"""Rows that say something else about a key than an earlier row: set aside before ids are made."""

from collections.abc import Iterable

from graph.model import PARTS
from ingest import sql
from ingest.mapping.model import Mapping
from ingest.sql import Sql, fill
from ingest.staging.database import Staging
from ingest.transform.keys import Rule
from ingest.transform.links import Link
from ingest.transform.plan import link_column, node_column, repeats_of
from ingest.transform.text import clean_table
from ingest.transform.values import value_table


def refuse_repeats(connection: Staging, mapping: Mapping, rules: list[Rule]) -> None:
    """Put rows into `work.bad` that repeat a key with other values, where the rule takes one row per key."""
    for rule in rules:
        if repeats_of(mapping.datasets[rule.dataset], rule.index) == "refuse":
            said = [node_column(rule.index, f"f_{name}") for name in rule.node.fields]
            said += [node_column(rule.index, f"x_{name}") for name in rule.node.attributes]
            keys = [node_column(rule.index, "key")]
            told = f"{rule.node.label} key"
            _refuse(connection, rule.dataset, keys, said, told, node_column(rule.index, "when"))


def refuse_lines(connection: Staging, links: list[Link]) -> None:
    """The same for the lines of a record, where the mapping names their number."""
    for link in links:
        part = PARTS.get(link.rule.type)
        if part is not None and part.part_key is not None and part.part_key in link.rule.fields:
            columns = ["start", "end", f"f_{part.part_key}"]
            said = [link_column(link.index, f"f_{name}") for name in link.rule.fields]
            keys = [link_column(link.index, name) for name in columns]
            _refuse(
                connection,
                link.dataset,
                keys,
                said,
                f"{link.rule.type} line",
                link_column(link.index, "when"),
            )


def refuse_copies(connection: Staging, datasets: Iterable[str]) -> None:
    """Put the dropped duplicates of a row that was set aside beside it, for the same reason."""
    for name in datasets:
        connection.execute(
            fill(
                """INSERT INTO work.bad
                SELECT {ds}, copy.__seq, any_value(b.reason) FROM {clean} copy
                JOIN {values} v ON v.__seq = copy.__seq AND v.__state = 'duplicate'
                JOIN {clean} first ON first.__hash = copy.__hash AND first.__copy = 1
                JOIN work.bad b ON b.dataset = {ds} AND b.seq = first.__seq GROUP BY copy.__seq""",
                ds=sql.bind(name), clean=clean_table(name), values=value_table(name),
            )
        )  # fmt: skip


def _refuse(
    connection: Staging,
    dataset: str,
    keys: list[str],
    said: list[str],
    told: str,
    when: str,
) -> None:
    key = sql.listed(sql.name(column) for column in keys)
    shown = sql.listed(Sql(f"coalesce({sql.name(column)}::TEXT, chr(0))") for column in (said or keys))
    connection.execute(
        fill(
            """INSERT INTO work.bad
            SELECT {ds}, __seq, {told} || concat_ws(', ', {key}) || '` stands twice with other values' FROM
            (SELECT *, concat_ws(chr(31), {shown}) AS said,
                first_value(concat_ws(chr(31), {shown})) OVER (PARTITION BY {key} ORDER BY __seq) AS first
            FROM {t} v ANTI JOIN work.bad b ON b.dataset = {ds} AND b.seq = v.__seq
            WHERE __state IS NULL AND {when} AND {filled})
            WHERE said <> first""",
            ds=sql.bind(dataset), told=sql.bind(f"{told} `"), key=key, shown=shown, t=value_table(dataset),
            when=sql.name(when), filled=sql.every(Sql(f"{sql.name(column)} IS NOT NULL") for column in keys),
        )
    )  # fmt: skip
