"""Rows that give a key other values than an earlier row: refused before ids are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph import sql
from graph.model import PARTS
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import AMOUNTS, Mapping
from ingest.sql import statement
from ingest.staging.database import Staging
from ingest.transform.links import Link
from ingest.transform.plan import is_fact, link_column, node_column, repeats_of
from ingest.transform.rule import Rule, made_rows
from ingest.transform.values import value_table


@dataclass(frozen=True, slots=True)
class _Unique:
    """Columns of a dataset of which the first must not stand with different values of the second."""

    dataset: str
    kind: str
    """How a reason names the key."""
    when: str
    """The boolean column of the rows that count."""
    keys: Sequence[str]
    values: Sequence[str]
    advice: str = ""


def repeats(
    staging: Staging, mapping: Mapping, rules: list[Rule], links: list[Link], bad: Relation
) -> Relation:
    """The bad rows and those that repeat a node's key, or a record's line, with other values or links."""
    for unique in [*_node_keys(mapping, rules), *_stated_beside(mapping, links), *_line_numbers(links)]:
        staging.append(bad, _differing(unique, bad))
    for rule in rules:
        fields = rule.node.fields
        if "currency" in fields and any(fields[name].pick == "sum" for name in AMOUNTS & fields.keys()):
            staging.append(bad, _in_several_currencies(rule))
    return bad


def copies(staging: Staging, datasets: Iterable[str], bad: Relation) -> Relation:
    """The bad rows and the dropped duplicates of each of them, for the same reason."""
    for dataset in datasets:
        clean, values = tables.clean_rows(dataset, ()), tables.value_rows(dataset, {})
        staging.append(bad, statement("refusal.copies", dataset=dataset, clean=clean, values=values, bad=bad))
    return bad


def _node_keys(mapping: Mapping, rules: list[Rule]) -> Iterable[_Unique]:
    """The keys of nodes whose rule takes one row per key."""
    for rule in rules:
        if repeats_of(mapping.datasets[rule.dataset], rule.index) == "refuse":
            values = [node_column(rule.index, f"f_{name}") for name in rule.node.fields]
            values += [node_column(rule.index, f"x_{name}") for name in rule.node.attributes]
            key, when = node_column(rule.index, "key"), node_column(rule.index, "when")
            yield _Unique(rule.dataset, f"{rule.node.label} key", when, [key], values)


def _in_several_currencies(rule: Rule) -> Sql:
    """The rows of records whose amounts would be added up over several currencies."""
    return fill(
        """WITH made AS (SELECT __seq, {key} AS key, {currency} AS currency FROM {rows}),
        several AS (
            SELECT key, string_agg(DISTINCT currency, ', ' ORDER BY currency) AS shown
            FROM made GROUP BY key HAVING count(DISTINCT currency) > 1)
        SELECT {dataset} AS dataset, __seq AS seq,
            {label} || ' `' || key || '` has rows in `' || shown || '`, which nothing adds up: '
                || 'give each currency a record of its own' AS reason
        FROM made JOIN several USING (key)""",
        key=rule.column("key"), currency=rule.column("f_currency"), rows=made_rows(rule),
        dataset=sql.bind(rule.dataset), label=sql.bind(rule.node.label),
    )  # fmt: skip


def _stated_beside(mapping: Mapping, links: list[Link]) -> Iterable[_Unique]:
    """What rows without a stamp state of one record by one rule: of several only the last would stand."""
    for link in links:
        dataset, rule = mapping.datasets[link.dataset], link.rule
        if is_fact(rule.type) and dataset.nodes and repeats_of(dataset, 0) == "refuse":
            parts = ["start", "end", *(f"f_{name}" for name in rule.fields)]
            parts += [name for name in ("valid_from", "valid_to") if getattr(rule, name) is not None]
            if rule.known_from is None and dataset.nodes[0].known_from is None:
                yield _Unique(
                    link.dataset, f"{rule.type} of {dataset.nodes[0].label}", link_column(link.index, "when"),
                    [node_column(0, "key")], [link_column(link.index, part) for part in parts],
                    "; `repeats: first` keeps all",
                )  # fmt: skip


def _line_numbers(links: list[Link]) -> Iterable[_Unique]:
    """The lines of records, where the mapping names their number."""
    for link in links:
        part = PARTS.get(link.rule.type)
        if part is not None and part.part_key is not None and part.part_key in link.rule.fields:
            keys = [link_column(link.index, name) for name in ("start", "end", f"f_{part.part_key}")]
            values = [link_column(link.index, f"f_{name}") for name in link.rule.fields]
            when = link_column(link.index, "when")
            yield _Unique(link.dataset, f"{link.rule.type} line", when, keys, values)


def _differing(unique: _Unique, bad: Relation) -> Sql:
    """Good rows whose values are not those of the first row with their key."""
    key = sql.listed(map(sql.name, unique.keys))
    values = sql.listed(
        Sql(f"coalesce({sql.name(column)}::TEXT, chr(0))") for column in unique.values or unique.keys
    )
    return fill(
        """SELECT {dataset} AS dataset, __seq AS seq,
            {before} || concat_ws(', ', {key}) || {after} AS reason
        FROM (SELECT *, concat_ws(chr(31), {values}) AS stated,
                first_value(concat_ws(chr(31), {values})) OVER (PARTITION BY {key} ORDER BY __seq) AS first
            FROM {rows} v ANTI JOIN {bad} b ON b.dataset = {dataset} AND b.seq = v.__seq
            WHERE __state IS NULL AND {when} AND {filled})
        WHERE stated <> first""",
        dataset=sql.bind(unique.dataset), before=sql.bind(f"{unique.kind} `"), key=key, values=values,
        after=sql.bind(f"` stands twice with other values{unique.advice}"),
        rows=value_table(unique.dataset), bad=bad.table, when=sql.name(unique.when),
        filled=sql.every(Sql(f"{sql.name(column)} IS NOT NULL") for column in unique.keys),
    )  # fmt: skip
