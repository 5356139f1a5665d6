"""What is new in the graph since its records were linked last."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from graph.sql import bind, fill, listed, name
from graph.sql.run import execute
from ingest.resolve.compared import COMPARED, TABLES, Kind, compared_values
from ingest.resolve.linking.judge import SHARED
from ingest.resolve.several import MOST
from ingest.resolve.standing import StandingIndex
from ingest.sql import statement


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of records that are to be linked anew, and of those that are no longer there."""

    come: list[str]
    """New ones, and those whose compared fields have changed."""
    gone: list[str]
    changed: list[str]
    """Those of `come` that the index holds as they were."""


def print_of(history: duckdb.DuckDBPyConnection, kind: Kind) -> pd.DataFrame:
    """For each record that takes part its `id`, and a `print` that changes with the compared fields."""
    table, key = TABLES[kind]
    values = listed(compared_values(history, kind).values())
    query = fill(
        "SELECT {k} AS id, hash({v}) AS print FROM {t} WHERE ended_at IS NULL",
        k=name(key),
        v=values,
        t=name(table),
    )
    found = execute(history, query).df()
    if kind == "Contact":
        hidden = execute(history, statement("linking.hidden_contacts")).df()
        found = found[~found["id"].isin(hidden["id"])]
    return found


def changes(index: StandingIndex, current: pd.DataFrame) -> Changes:
    """What differs from what the index has seen."""
    connection = index.connection
    connection.register("current_print", current)
    come = execute(connection, statement("standing.come")).fetchall()
    gone = execute(connection, statement("standing.gone")).fetchall()
    connection.unregister("current_print")
    known = [one for one, held in come if held]
    return Changes([one for one, _ in come], [one for (one,) in gone], known)


def keep_prints(index: StandingIndex, current: pd.DataFrame) -> None:
    """The index has seen these."""
    index.connection.register("current_print", current)
    index.connection.execute("CREATE OR REPLACE TABLE seen AS SELECT id, print FROM current_print")
    index.connection.unregister("current_print")


def forget_seen(index: StandingIndex, gone: Sequence[str]) -> None:
    """The index has seen none of these; what it has seen of others stays as it was."""
    index.connection.register("gone", pd.DataFrame({"id": list(gone)}, dtype=object))
    execute(index.connection, statement("standing.forget_seen"))
    index.connection.unregister("gone")


def frequent_in(history: duckdb.DuckDBPyConnection, kind: Kind) -> dict[str, set[str]]:
    """By field, the numbers and addresses that more than MOST records of the graph share."""
    found: dict[str, set[str]] = {}
    for field in (one for one in SHARED if one in COMPARED[kind]):
        query = fill(
            "SELECT {f} FROM {t} WHERE ended_at IS NULL AND {f} IS NOT NULL GROUP BY {f}"
            " HAVING count(*) > {most}",
            f=name(field), t=name(TABLES[kind][0]), most=bind(MOST),
        )  # fmt: skip
        found[field] = {value for (value,) in execute(history, query).fetchall()}
    return found


def filled(rows: pd.DataFrame) -> dict[str, float]:
    """By column, the share of records with a value."""
    return {str(column): float(rows[column].notna().mean()) for column in rows.columns}
