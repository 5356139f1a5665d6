"""Instants: naive UTC timestamps inside snapshots, aware UTC texts in the graph."""

from datetime import UTC, datetime

import pandas as pd


def naive(moment: datetime) -> pd.Timestamp:
    """A moment as naive UTC timestamp; a moment without zone is read as UTC."""
    return pd.Timestamp(_aware(moment).replace(tzinfo=None))


def utc_text(moment: datetime) -> str:
    """A moment as ISO text with `+00:00`; a moment without zone is read as UTC."""
    return _aware(moment).isoformat()


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
