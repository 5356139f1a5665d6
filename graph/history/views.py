"""The views of a history: for each table its live rows, and its log of what was put and removed."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from graph.history.folder import paths
from graph.history.manifest import File, Files
from graph.history.tables import TABLES, Table
from graph.sql import Sql, fill, listed, name
from graph.sql.run import execute


def add_views(connection: duckdb.DuckDBPyConnection, folder: Path, tables: Mapping[str, Files]) -> None:
    """The views of all tables over their files."""
    for table in TABLES.values():
        add_view(connection, folder, table, tables.get(table.name, Files()))


def add_view(connection: duckdb.DuckDBPyConnection, folder: Path, table: Table, files: Files) -> None:
    """The view of a table's live rows; beside it `base_…`, `delta_…` and `gone_…` where it has such files."""
    if files.gone:
        _over(connection, f"gone_{table.name}", folder, files.gone)
    if files.delta:
        _over(connection, f"base_{table.name}", folder, files.base, table.schema)
        _over(connection, f"delta_{table.name}", folder, files.delta)
        live = fill("CREATE OR REPLACE VIEW {v} AS {q}", v=name(table.name), q=_live_rows(table))
        execute(connection, live)
    else:
        _over(connection, table.name, folder, files.base, table.schema)


def _live_rows(table: Table) -> Sql:
    """A query for the rows that stand: of a key the newest, unless it is a tombstone."""
    return fill(
        """SELECT {c} FROM {base} ANTI JOIN {named} USING ({key})
        UNION ALL
        SELECT {c} FROM {delta} WHERE NOT removed""",
        c=columns(table), base=name(f"base_{table.name}"), named=name(f"delta_{table.name}"),
        delta=newest_of_delta(table), key=key(table),
    )  # fmt: skip


def changes(table: Table, files: Files) -> Sql:
    """A query for what was put or removed: `kind, label, key, other_label, other_key, position`."""
    layers = [f"base_{table.name}", f"delta_{table.name}"] if files.delta else [table.name]
    layers += [f"gone_{table.name}"] if files.gone else []
    return listed(
        (
            fill("SELECT {ends}, position FROM {rows}", ends=_ends(table), rows=name(layer))
            for layer in layers
        ),
        " UNION ALL ",
    )


def newest_of_delta(table: Table) -> Sql:
    """A query in brackets: the newest row or tombstone of every key that a delta names."""
    return fill(
        """(SELECT * FROM {delta}
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY sequence DESC) = 1)""",
        delta=name(f"delta_{table.name}"), key=key(table),
    )  # fmt: skip


def columns(table: Table) -> Sql:
    """The table's columns."""
    return listed(name(field.name) for field in table.schema)


def key(table: Table) -> Sql:
    """The columns that tell the table's rows apart."""
    return listed(map(name, table.key))


def nodes(labels: frozenset[str]) -> Sql:
    """A query for all nodes of some labels as `label, id`."""
    of = [table for table in TABLES.values() if table.kind == "node" and table.of in labels]
    return listed(
        (
            fill(
                "SELECT {label} AS label, {key} AS id FROM {view}",
                label=Sql(f"'{table.of}'"), key=key(table), view=name(table.name),
            )
            for table in of
        ),
        " UNION ALL ",
    )  # fmt: skip


def months(table: Table, rows: Sql) -> Sql:
    """A query for rows of the table with the `month` of their event, or of that which an edge belongs to."""
    if table.kind == "node":
        event = name(table.event) if table.event else Sql("NULL::TIMESTAMP")
        return fill(
            "SELECT *, coalesce(strftime({event}, '%Y-%m'), 'none') AS month FROM {rows}",
            event=event,
            rows=rows,
        )
    events = _events(frozenset(table.anchors))
    if events is None:
        return fill("SELECT *, 'none' AS month FROM {rows}", rows=rows)
    return fill(
        """SELECT r.*, coalesce(strftime(e.at, '%Y-%m'), 'none') AS month
        FROM {rows} r LEFT JOIN ({events}) e ON e.label = r.{label} AND e.id = r.{id}""",
        rows=rows, events=events, label=name(f"{table.anchor}_label"), id=name(f"{table.anchor}_id"),
    )  # fmt: skip


def _events(labels: frozenset[str]) -> Sql | None:
    of = [TABLES[view] for view in TABLES if TABLES[view].kind == "node" and TABLES[view].of in labels]
    queries = [
        fill(
            "SELECT {label} AS label, {key} AS id, {at} AS at FROM {view}",
            label=Sql(f"'{table.of}'"), key=key(table), at=name(table.event), view=name(table.name),
        )
        for table in of
        if table.event is not None
    ]  # fmt: skip
    return listed(queries, " UNION ALL ") if queries else None


def _ends(table: Table) -> Sql:
    kind = Sql(f"'{table.name}' AS kind")
    if table.kind == "node":
        none = Sql("NULL::VARCHAR AS other_label, NULL::VARCHAR AS other_key")
        return listed([kind, Sql(f"'{table.of}' AS label"), fill("{k} AS key", k=key(table)), none])
    ours, theirs = ("start", "end") if table.anchor == "start" else ("end", "start")
    anchor = Sql(f"{ours}_label AS label, {ours}_id AS key")
    return listed([kind, anchor, Sql(f"{theirs}_label AS other_label, {theirs}_id AS other_key")])


def _over(
    connection: duckdb.DuckDBPyConnection, view: str, folder: Path, files: tuple[File, ...],
    schema: pa.Schema | None = None,
) -> None:  # fmt: skip
    """A view over files; where there are none, without rows and with the columns of `schema`."""
    if files:
        rows = connection.read_parquet(paths(folder, files), hive_partitioning=False)
    else:
        rows = connection.from_arrow(pa.schema(schema or ()).empty_table())
    rows.create_view(view, replace=True)
