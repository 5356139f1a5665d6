"""Whether the trail of reads of personal data is whole."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from graphql_api.audit.find import Wanted, find
from relgraph.doctor.finding import Finding

_DAYS = 30
"""How far back is looked."""


def audit(home: Path, now: datetime) -> Finding:
    """Files of the last 30 days: altered, missing, readings that were dropped. now: the wall clock."""
    found = find(home, Wanted(since=now.astimezone(UTC) - timedelta(days=_DAYS)))
    shown = f"{len(found.readings)} reads of personal data in {_DAYS} days"
    if found.altered:
        told = f"{', '.join(found.altered)} is not what was written"
        return Finding(subject="audit", status="todo", found=told, advice="compare it with a backup")
    if found.missing:
        told = f"missing from the trail: {', '.join(found.missing)}"
        return Finding(subject="audit", status="todo", found=told, advice="bring them back from a backup")
    if found.dropped:
        told = f"{shown}, {found.dropped} more were dropped"
        advice = f"see that {home / 'audit'} can be written; the log of relgraph serve says when it could not"
        return Finding(subject="audit", status="todo", found=told, advice=advice)
    cut = f"; {len(found.cut)} of its files end early, their processes were killed" if found.cut else ""
    return Finding(subject="audit", status="ok", found=shown + cut)
