"""`relgraph history rebuild|check`: the columnar copy of the graph's long tables in this RELGRAPH_HOME."""

from typing import Any

import typer

from relgraph.console import Json, emit, out
from relgraph.help import command_group
from relgraph.settings import Settings


def register(app: typer.Typer) -> None:
    group = command_group("history", "Check or rebuild the columnar copy of the graph.")
    group.command("rebuild")(_rebuild)
    group.command("check")(_check)
    app.add_typer(group)


def _rebuild(as_json: Json = False) -> None:
    """Read the whole graph into the history again."""
    from graph.history import rebuild_history
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with opened(settings) as store:
        manifest = rebuild_history(store, settings.home, duckdb_limits(settings))
    rows = {view: sum(file.rows for file in files.base) for view, files in manifest.tables.items()}
    emit({"position": manifest.position, "rows": rows}, as_json=as_json, render=_rebuilt)


def _check(as_json: Json = False) -> None:
    """Compare every table with the graph.

    Compares counts and content sums. Exit code 1 where they differ.
    """
    from graph.history import check_history
    from relgraph.engine import opened
    from relgraph.memory import duckdb_limits

    settings = Settings()
    with opened(settings) as store:
        found = check_history(store, settings.home, duckdb_limits(settings))
    report = {
        "equal": found.equal, "was_stale": found.was_stale, "caught_up": found.caught_up,
        "position": found.position,
        "tables": {
            one.table: {"rows": one.kept.rows, "graph_rows": one.graph.rows, "equal": one.equal}
            for one in found.tables
        },
    }  # fmt: skip
    emit(report, as_json=as_json, render=_checked)
    if not found.equal:
        raise typer.Exit(1)


def _rebuilt(report: dict[str, Any]) -> None:
    _rows(report["rows"])
    out.print(f"the history holds {sum(report['rows'].values()):,} rows, {report['position']:,} changes")


def _checked(report: dict[str, Any]) -> None:
    for view, table in report["tables"].items():
        if not table["equal"]:
            out.print(f"{view}: {table['rows']:,} rows, in the graph {table['graph_rows']:,}: they differ")
    if report["was_stale"]:
        out.print(f"built anew: {report['was_stale']}")
    elif report["caught_up"]:
        out.print(f"caught up with {report['caught_up']:,} changes")
    rows = sum(table["rows"] for table in report["tables"].values())
    equal = "equal to the graph" if report["equal"] else "NOT equal to the graph: relgraph history rebuild"
    out.print(f"{len(report['tables'])} tables, {rows:,} rows: {equal}")


def _rows(rows: dict[str, int]) -> None:
    for view, count in rows.items():
        if count:
            out.print(f"{view:<28} {count:>12,}")
