"""Staged cells to typed values: one value table per dataset, with a reason beside every row that is bad."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph import sql
from graph.sql import Relation, Sql, fill
from ingest import tables
from ingest.mapping.model import Dataset, Mapping
from ingest.mapping.value import ValueType
from ingest.staging.database import Staging
from ingest.transform.money import signs, with_currency
from ingest.transform.plan import Bound, bound_values, link_column, node_column
from ingest.transform.quick import quick, text_in_rows
from ingest.transform.readings import add_readings
from ingest.transform.reasons import reasons
from ingest.transform.shown import as_shown, guess_notes
from ingest.transform.text import holds

SQL_TYPES: dict[ValueType, str] = {
    "text": "VARCHAR",
    "date": "VARCHAR",
    "datetime": "VARCHAR",
    "list": "VARCHAR[]",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
}


def value_table(dataset: str) -> Sql:
    """The scratch table with a dataset's typed values."""
    return Sql(f"work.{sql.name(f'val_{dataset}')}")


def _named(value: Sql, column: str) -> Sql:
    return fill("({v}) AS {n}", v=value, n=sql.name(column))


@dataclass(frozen=True, slots=True)
class _Column:
    """A value with the SQL of its text, of its quick reading, and whether other readings stand beside."""

    bound: Bound
    text: Sql
    quick: Sql
    read: bool
    """Whether some texts were read in Python; they stand in `work.reading`."""


def typed_rows(staging: Staging, mapping: Mapping, name: str, rows: Relation, notes: Relation) -> Relation:
    """The typed values of a dataset's rows, with a reason beside every row that is bad.

    What the report should say of values that were read is added to `notes`.
    """
    dataset = mapping.datasets[name]
    zone = dataset.timezone or mapping.timezone
    readings = staging.empty(tables.READING)
    stated = [_as_written(mapping, dataset, item) for item in bound_values(mapping, dataset)]
    columns = []
    shown = list(as_shown(staging, rows, stated))
    if (guesses := guess_notes(name, shown)) is not None:
        staging.append(notes, guesses)
    for item in (one.bound for one in shown):
        read = _read_rest(staging, rows, readings, item, zone)
        at_once = quick(item, sql.name("t_" + item.column), zone)
        columns.append(_Column(item, text_in_rows(item), at_once, read))
        if read:
            staging.append(notes, _notes(name, dataset, item, rows, readings))
    return staging.make(_value_rows(name, dataset, columns), _typed(dataset, rows, columns, readings))


def _read_rest(staging: Staging, rows: Relation, readings: Relation, item: Bound, zone: str) -> bool:
    """Read the texts of a value that SQL does not read; whether there were any."""
    if not _is_read(item):
        return False
    query = fill(
        """WITH texts AS MATERIALIZED (SELECT DISTINCT {text} AS t FROM {rows})
        SELECT t FROM texts WHERE t IS NOT NULL AND ({quick}) IS NULL""",
        text=text_in_rows(item), rows=rows.table, quick=quick(item, Sql("t"), zone),
    )  # fmt: skip
    texts = [str(text) for (text,) in staging.rows(query)]
    plain = any("%" in text for text in texts) and _has_plain(staging, rows, item, zone)
    if texts:
        add_readings(staging, readings, item, texts, zone, plain=plain)
    return bool(texts)


def _is_read(item: Bound) -> bool:
    numeric = item.type in ("number", "integer", "date", "datetime")
    return item.reads is not None or item.value.multiply is not None or (numeric and not item.choices)


def _has_plain(staging: Staging, rows: Relation, item: Bound, zone: str) -> bool:
    """Whether a column has numbers above 1 without any sign."""
    if item.type != "number":
        return False
    query = fill(
        "SELECT coalesce(bool_or(abs({quick}) > 1), false) FROM (SELECT {text} AS t FROM {rows})",
        quick=quick(item, Sql("t"), zone), text=text_in_rows(item), rows=rows.table,
    )  # fmt: skip
    return bool(staging.value(query))


def _notes(name: str, dataset: Dataset, item: Bound, rows: Relation, readings: Relation) -> Sql:
    """How many rows have a value of which the report says something, by what it says."""
    return fill(
        """SELECT {dataset} AS dataset, {field} AS field, r.note, min(t) AS text, count(*) AS rows
        FROM (SELECT {text} AS t, {state} AS state FROM {rows})
        JOIN {readings} r ON r."column" = {column} AND r.text = t
        WHERE state IS NULL AND r.note IS NOT NULL GROUP BY r.note""",
        dataset=sql.bind(name), field=sql.bind(item.described), text=text_in_rows(item),
        state=_state(dataset),
        rows=rows.table, readings=readings.table, column=sql.bind(item.column),
    )  # fmt: skip


def _value_rows(name: str, dataset: Dataset, columns: Sequence[_Column]) -> Relation:
    kinds = {column.bound.column: _kind(column.bound) for column in columns}
    return tables.value_rows(name, dict.fromkeys(_makers(dataset), "BOOLEAN") | kinds)


def _typed(dataset: Dataset, rows: Relation, columns: Sequence[_Column], readings: Relation) -> Sql:
    makers = _makers(dataset)
    texts = [_named(column.text, "t_" + column.bound.column) for column in columns]
    read = (column.bound.column for column in columns if column.read)
    currencies = [_named(sign, name) for name, sign in signs(dataset, read).items()]
    shown = [Sql(str(sql.name(maker))) for maker in makers]
    shown += [_named(with_currency(column.bound), column.bound.column) for column in columns]
    return fill(
        """WITH texts AS (SELECT __seq, {state} AS __state, {texts} FROM {rows}),
        typed AS (SELECT texts.*, {values} FROM texts {joins})
        SELECT __seq, __state, {shown}, CASE WHEN __state IS NULL THEN {bad} END AS __bad FROM typed""",
        state=_state(dataset), texts=sql.listed([*texts, *(_named(c, n) for n, c in makers.items())]),
        rows=rows.table, joins=sql.listed((_join(c.bound, readings) for c in columns if c.read), " "),
        values=sql.listed([*map(_value, columns), *map(_reason, columns), *currencies]),
        shown=sql.listed(shown), bad=_bad(columns),
    )  # fmt: skip


def _join(item: Bound, readings: Relation) -> Sql:
    return fill(
        """LEFT JOIN {readings} {r} ON {r}."column" = {column} AND {r}.text = {t}""",
        readings=readings.table, r=sql.name("r_" + item.column), column=sql.bind(item.column),
        t=sql.name("t_" + item.column),
    )  # fmt: skip


def _value(column: _Column) -> Sql:
    """The quick reading, else the other one, else the model's own default where the cell is empty."""
    item, value = column.bound, column.quick
    if column.read:
        value = fill(
            "coalesce({quick}, try_cast({r}.value AS {kind}))",
            quick=value, r=sql.name("r_" + item.column), kind=Sql(_kind(item)),
        )  # fmt: skip
    if item.type == "list" and item.reads is not None:
        value = fill("nullif({v}, []::VARCHAR[])", v=value)
    if item.default is not None:
        empty = sql.name("t_" + item.column)
        value = fill(
            "CASE WHEN {t} IS NULL THEN {d} ELSE {v} END", t=empty, d=sql.bind(item.default), v=value
        )
    return _named(value, item.column)


def _reason(column: _Column) -> Sql:
    found = (
        fill("{r}.reason", r=sql.name("r_" + column.bound.column)) if column.read else Sql("NULL::VARCHAR")
    )
    return _named(found, "w_" + column.bound.column)


def _bad(columns: Sequence[_Column]) -> Sql:
    """The first reason for which a row is bad; null where it is not."""
    found = [reason for column in columns for reason in reasons(column.bound)]
    return fill("{r}::VARCHAR", r=sql.coalesce(found))


def _kind(item: Bound) -> str:
    """The DuckDB type of a value."""
    if item.value.multiply is not None:
        return "DOUBLE"
    if item.type == "list":
        return SQL_TYPES["list"]
    return "VARCHAR" if item.choices or item.reads is not None else SQL_TYPES[item.type]


def _state(dataset: Dataset) -> Sql:
    copies = "WHEN __copy > 1 THEN 'duplicate'" if dataset.duplicates == "drop" else ""
    kept = sql.every(map(holds, dataset.where))
    deleted = sql.every(map(holds, dataset.deleted)) if dataset.deleted else Sql("false")
    return fill(
        "CASE WHEN {deleted} THEN 'deleted' WHEN NOT ({kept}) THEN 'filtered' {copies} END",
        deleted=deleted, kept=kept, copies=Sql(copies),
    )  # fmt: skip


def _makers(dataset: Dataset) -> dict[str, Sql]:
    """Whether a row makes a node or link at all, by the rule's own `where`."""
    nodes = {node_column(i, "when"): node.where for i, node in enumerate(dataset.nodes)}
    links = {link_column(i, "when"): link.where for i, link in enumerate(dataset.links)}
    return {column: sql.every(map(holds, where)) for column, where in (nodes | links).items()}


def _as_written(mapping: Mapping, dataset: Dataset, item: Bound) -> Bound:
    """The value with the dataset's way of writing numbers and dates, where it names none itself."""
    value = item.value
    stated: dict[str, object] = {}
    if item.type in ("number", "integer") and value.decimal is None and value.thousands is None:
        stated["decimal"] = dataset.decimal or mapping.decimal
        stated["thousands"] = dataset.thousands or mapping.thousands
    if item.type in ("date", "datetime") and not value.format:
        stated["format"] = dataset.dates or mapping.dates
    return replace(item, value=value.model_copy(update=stated)) if stated else item
