"""What lies after now: events of the future go to quarantine, planned things load as planned."""

from datetime import datetime, timedelta

from graph.sql import Relation
from ingest.sql import statement
from ingest.staging.database import Staging

PLANNED_AHEAD = timedelta(days=3 * 365)
"""How far ahead people arrange meetings and agree on first days; what lies further is a mistyped year."""


def future_rows(staging: Staging, stamp: Relation, now: datetime, wall: datetime, bad: Relation) -> Relation:
    """The bad rows and those that state something after `now` which is no plan.

    Live sources reach to `wall`.
    """
    moments = {"now": now.isoformat(), "wall": wall.isoformat(), "horizon": _horizon(now)}
    return staging.append(bad, statement("stamp.future", stamp=stamp, **moments))


def planned(staging: Staging, stamp: Relation, now: datetime) -> list[str]:
    """A sentence per dataset and kind of what is planned: it loads, and counts once its day has come."""
    rows = staging.rows(statement("stamp.planned", stamp=stamp, now=now.isoformat(), horizon=_horizon(now)))
    return [
        f"{dataset}: {count:,} rows with {field} after now (up to {last[:10]}) load as planned"
        for dataset, field, count, last in rows
    ]


def _horizon(now: datetime) -> str:
    return (now + PLANNED_AHEAD).isoformat()
