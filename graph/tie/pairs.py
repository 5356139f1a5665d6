"""The ties of a whole company, set-wise in DuckDB, by the formulas of `graph.tie.fold`.

Reads the views of a history (`node_interaction`, `edge_participated_in`, `node_contact`, `node_employee`) and
makes temporary tables, each from those before it: people and parts, groups, meetings, spans, sums, kept.
A tie is stated as of its last contact and fades from there, so it stays as it is until somebody meets again.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb

from graph.moment import naive
from graph.sql import Sql, statement
from graph.sql.run import execute, first, make, rows
from graph.tie import calibrate
from graph.tie.model import Calibration
from graph.tie.strength import (
    CHANNEL_WEIGHT,
    CO_RECIPIENT,
    COPIED,
    EVIDENCE,
    FAINTEST,
    FLOOR,
    LARGEST_GROUP,
    ONE_SIDED,
    STRONGEST,
)

SLICE = 20_000
"""Ties whose evidence is looked up together."""


def take_part(connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
    """Make `tie_people`, `tie_parts` and `tie_groups`: who took part in what, up to now."""
    make(connection, "tie_people", statement("tie.people"))
    make(connection, "tie_parts", statement("tie.parts", now=naive(now)))
    other = CHANNEL_WEIGHT["other"]
    groups = statement("tie.groups", largest=LARGEST_GROUP, channel_weight=CHANNEL_WEIGHT, other_weight=other)
    make(connection, "tie_groups", groups)


def meet(connection: duckdb.DuckDBPyConnection, among: Sql) -> None:
    """Make `tie_meetings` and `tie_spans`: every meeting of two of the people (`label, id`) of a query."""
    make(connection, "tie_scope", among)
    make(connection, "tie_meetings", statement("tie.meetings", co_recipient=CO_RECIPIENT, copied=COPIED))
    make(connection, "tie_spans", statement("tie.spans"))


def weigh(connection: duckdb.DuckDBPyConnection, half_life_days: float) -> None:
    """Make `tie_sums` and `tie_weighed`: the weight of each pair as of its last contact."""
    make(connection, "tie_sums", statement("tie.sums", half_life_days=half_life_days))
    make(connection, "tie_weighed", statement("tie.weighed", one_sided=ONE_SIDED))


def measure(connection: duckdb.DuckDBPyConnection, now: datetime) -> Calibration:
    """The half-life, shape and scale that the meetings of all people, in `tie_meetings`, call for."""
    gap = first(connection, statement("tie.gaps", percentile=calibrate.GAP, enough=calibrate.ENOUGH))
    half_life = calibrate.HALF_LIFE_WITHOUT_DATA if gap is None else calibrate.half_life(gap[0])
    weigh(connection, half_life)
    used = first(
        connection,
        statement("tie.in_use", now=naive(now), half_life_days=half_life, enough=calibrate.ENOUGH),
    )
    if used is None:
        return Calibration(half_life, calibrate.SCALE_WITHOUT_DATA)
    shape, scale = calibrate.shape_and_scale(*used)
    return Calibration(half_life, scale, shape)


def keep(connection: duckdb.DuckDBPyConnection, now: datetime, calibration: Calibration) -> None:
    """Make `tie_kept`: the ties at `now` among the people met, without the faintest."""
    weigh(connection, calibration.half_life_days)
    kept = statement(
        "tie.kept",
        now=naive(now),
        floor=FLOOR,
        shape=calibration.shape,
        scale=calibration.scale,
        strongest=STRONGEST,
        faintest=FAINTEST,
        half_life_days=calibration.half_life_days,
    )
    make(connection, "tie_kept", kept)


def stated(
    connection: duckdb.DuckDBPyConnection, method: str, calibration: Calibration
) -> Iterator[list[dict[str, Any]]]:
    """The ties of `tie_kept` that do not stand so in `tie_standing`, with evidence and channels, in batches.

    `tie_standing` holds `start_label, start_id, end_label, end_id, fact_id, digest`.
    """
    half_life = calibration.raw_half_life_days
    (count,) = execute(connection, statement("tie.count")).fetchall()[0]
    for begin in range(0, count, SLICE):
        make(connection, "tie_slice", statement("tie.slice", begin=begin, end=begin + SLICE))
        make(connection, "tie_newest", statement("tie.newest", evidence=EVIDENCE))
        yield list(rows(connection, statement("tie.stated", method=method, half_life_days=half_life)))
