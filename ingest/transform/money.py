"""The currency of a record's amounts: the row's, else that of an amount's own sign, else the mapping's."""

from collections.abc import Iterable

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest.mapping.model import AMOUNTS, Dataset
from ingest.staging.database import Staging
from ingest.staging.rates import ALWAYS
from ingest.transform.plan import Bound, node_column


def signs(dataset: Dataset, read: Iterable[str]) -> dict[str, Sql]:
    """For each node, by column: the currencies that the sign of its amount may mean (the first with a sign).

    `read`: the columns whose texts were read one by one; only these have signs.
    """
    columns = set(read)
    return {
        f"c_{node}": fill("{c}::VARCHAR", c=sql.coalesce(
            fill("{r}.currencies", r=sql.name("r_" + amount))
            for amount in _amounts(dataset, node) if amount in columns
        ))
        for node in range(len(dataset.nodes))
    }  # fmt: skip


def _amounts(dataset: Dataset, node: int) -> list[str]:
    return [node_column(node, f"f_{name}") for name in dataset.nodes[node].fields if name in AMOUNTS]


def with_currency(item: Bound) -> Sql:
    """The value; for a currency the row's, else the sign's, else the mapping's where the sign may mean it."""
    value = sql.name(item.column)
    if item.reads != "currency":
        return value
    sign = sign_of(item)
    clear = fill("CASE WHEN NOT contains({c}, ',') THEN {c} END", c=sign)
    if item.fallback is None:
        return sql.coalesce([value, clear])
    fitting = fill(
        "CASE WHEN {c} IS NULL OR list_contains(string_split({c}, ','), {m}) THEN {m} END",
        c=sign, m=sql.bind(item.fallback),
    )  # fmt: skip
    return sql.coalesce([value, clear, fitting])


def sign_of(item: Bound) -> Sql:
    """The column with what the signs of the amounts of this value's node may mean."""
    return sql.name("c_" + item.column[1:].split("_", 1)[0])


def converted(staging: Staging, dataset: Dataset, values: Relation, rates: Relation | None) -> Relation:
    """The values with the amounts of orders in the reporting currency, by the rate of their day if any."""
    for node, rule in enumerate(dataset.nodes):
        if rates is not None and rule.label == "Order" and {"amount", "ordered_at"} <= rule.fields.keys():
            values = staging.make(values, _converted(values, node, rates))
    return values


def _converted(values: Relation, node: int, rates: Relation) -> Sql:
    column = {
        name: values.column(node_column(node, f"f_{name}"))
        for name in ("amount", "currency", "ordered_at", "reporting_amount", "reporting_currency")
    }
    return fill(
        """SELECT v.* REPLACE (
            coalesce(v.{reporting_amount}, round(v.{amount} * r.rate, 6)) AS {reporting_amount},
            coalesce(v.{reporting_currency}, CASE WHEN r.rate IS NOT NULL THEN b.currency END)
                AS {reporting_currency})
        FROM {values} v ASOF LEFT JOIN {rates} r ON r.currency = v.{currency} AND r.since <= v.{ordered_at}
        CROSS JOIN (SELECT currency FROM {rates} WHERE since = {always}) b""",
        values=values.table, rates=rates.table, always=sql.bind(ALWAYS), **column,
    )  # fmt: skip
