"""The views of a history over a few rows in memory, and the ties that they come to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import duckdb

from graph.derive.scope import EVERYBODY
from graph.derive.ties import STANDING
from graph.moment import in_utc
from graph.sql import Sql
from graph.sql.run import append
from graph.tie import pairs
from graph.tie.model import Calibration, Participation, Tie

LAYOUT = """
CREATE TABLE node_contact (contact_id VARCHAR, ended_at TIMESTAMP);
CREATE TABLE node_employee (employee_id VARCHAR, ended_at TIMESTAMP);
CREATE TABLE node_interaction (interaction_id VARCHAR, "at" TIMESTAMP, channel VARCHAR, ended_at TIMESTAMP,
  visibility VARCHAR, owner_id VARCHAR);
CREATE TABLE edge_participated_in (start_label VARCHAR, start_id VARCHAR, end_id VARCHAR, part VARCHAR);
CREATE MACRO seen_by_company(visibility) AS coalesce(visibility, 'company') = 'company';
SET TimeZone = 'UTC';
"""


def history_of(rows: Iterable[Participation]) -> duckdb.DuckDBPyConnection:
    """The views with these participations, each person once per interaction."""
    connection = duckdb.connect()
    connection.execute(LAYOUT)
    given = list(rows)
    met = {row.interaction_id: (in_utc(row.at).replace(tzinfo=None), row.channel) for row in given}
    parts = {(row.kind, row.person_id, row.interaction_id): row.part for row in given}
    people = sorted({(kind, person) for kind, person, _ in parts})
    _insert(connection, "node_contact", [(key, None) for kind, key in people if kind == "Contact"])
    _insert(connection, "node_employee", [(key, None) for kind, key in people if kind == "Employee"])
    _insert(connection, "node_interaction", [(key, *of, None, None, None) for key, of in met.items()])
    _insert(connection, "edge_participated_in", [(*key, part) for key, part in parts.items()])
    return connection


def measured(rows: Iterable[Participation], now: datetime) -> Calibration:
    """The measure of ties that these participations call for."""
    with history_of(rows) as connection:
        pairs.take_part(connection, now)
        pairs.meet(connection, EVERYBODY)
        return pairs.measure(connection, now)


def ties_set_wise(
    rows: Iterable[Participation], now: datetime, calibration: Calibration, among: Sql = EVERYBODY
) -> dict[tuple[str, str], dict[str, Any]]:
    """The stated ties by their people."""
    with history_of(rows) as connection:
        pairs.take_part(connection, now)
        pairs.meet(connection, among)
        pairs.keep(connection, now, calibration)
        append(connection, "tie_standing", STANDING.empty_table(), anew=True)
        found = pairs.stated(connection, "test", calibration)
        return {(row["start_id"], row["end_id"]): row for some in found for row in some}


def as_of(row: dict[str, Any], now: datetime, calibration: Calibration) -> float:
    """The raw weight of a stated tie, read at a later moment."""
    days = (now - in_utc(row["last_at"])).total_seconds() / 86400.0
    return float(row["raw"] * 0.5 ** (days / calibration.raw_half_life_days))


def same(row: dict[str, Any], tie: Tie) -> bool:
    """Whether a stated tie names what a folded one does, its strength aside."""
    named = (in_utc(row["first_at"]), in_utc(row["last_at"]), row["interactions"], tuple(row["evidence"]))
    return named == (tie.first_at, tie.last_at, tie.interactions, tie.evidence)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    for row in rows:
        connection.table(table).insert(row)
