"""Making the report on segments, over the views of a history."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

import duckdb

from graph.customer_group.standing import found_by_method, standing
from graph.derive.groups import look_at_customers
from graph.moment import naive
from graph.segment_report.model import Count, SegmentFigures, SegmentReport
from graph.segment_report.profile_effect import ClosedDeal, profile_effect
from graph.sql import statement
from graph.sql.run import make, rows
from graph.store import Store

YEAR_DAYS, DEAL_DAYS = 365, 730
"""Of tickets and of repurchase; of closed deals."""
MOST = 5
"""Themes and reasons told of a segment."""
EVERYBODY = "all customers"


def segment_report(store: Store, connection: duckdb.DuckDBPyConnection, now: datetime) -> SegmentReport:
    """The segments that stand at `now`, with who belongs to them now."""
    moment = naive(now)
    look_at_customers(store, connection, now)
    make(connection, "segment_member", statement("segment.members"))
    themes = _counts(connection, "segment.ticket_themes", moment, YEAR_DAYS)
    reasons = _counts(connection, "segment.lost_reasons", moment, DEAL_DAYS)
    names = _names(store)
    asked = statement("segment.figures", now=moment, year=YEAR_DAYS, window=DEAL_DAYS)
    segments = tuple(
        SegmentFigures(
            **row | {"name": names.get(row["segment_id"]) or row["name"] or row["segment_id"] or EVERYBODY},
            ticket_themes=themes.get(row["segment_id"], ()),
            lost_reasons=reasons.get(row["segment_id"], ()),
        )
        for row in rows(connection, asked)
    )
    closed = statement("segment.closed_deals", now=moment, window=DEAL_DAYS)
    deals = [ClosedDeal(**row) for row in rows(connection, closed)]
    return SegmentReport(now, segments, profile_effect(deals))


def _names(store: Store) -> Mapping[str, str]:
    names = {one.group_id: one.name for one in standing(store, "segment")}
    return names | {str(one["segment_id"]): str(one["name"]) for one in found_by_method(store, "segment")}


def _counts(
    connection: duckdb.DuckDBPyConnection, name: str, now: datetime, days: int
) -> Mapping[str | None, tuple[Count, ...]]:
    found: dict[str | None, list[Count]] = defaultdict(list)
    for row in rows(connection, statement(name, now=now, days=days, most=MOST)):
        found[row["segment_id"]].append(Count(row["what"], row["product"], row["count"]))
    return {segment: tuple(counts) for segment, counts in found.items()}
