"""What an alert said, and from when on: its severity and figures change while it goes on."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from graph.alert.playbook import message

KEPT = 1000
"""Wordings of one alert; the oldest go first."""


def moment_text(moment: datetime) -> str:
    """A moment as wordings hold it: in UTC, so that texts compare as moments do."""
    return moment.astimezone(UTC).isoformat()


def worded(
    standing: Mapping[str, Any] | None,
    now: datetime,
    *,
    severity: str,
    figures: str | None,
    evidence: list[str],
) -> dict[str, list[str]]:
    """The wordings of an alert with what it says from `now` on.

    standing: the alert as it stands; None for a new one. What was said at or after `now`, by a derivation of
    a later day, is said anew.
    """
    told_from: list[str] = list((standing or {}).get("told_from") or ())
    keep = sum(since < moment_text(now) for since in told_from)

    def told(name: str, value: str) -> list[str]:
        return [*((standing or {}).get(name) or ())[:keep], value][-KEPT:]

    return {
        "told_from": told("told_from", moment_text(now)),
        "told_severity": told("told_severity", severity),
        "told_figures": told("told_figures", figures or "null"),
        "told_evidence": told("told_evidence", orjson.dumps(evidence).decode()),
    }


def told_then(alert: Mapping[str, Any], moment: datetime) -> dict[str, Any]:
    """The alert as it was told at a moment, in English; before it was first told, as it first was.

    One that was written before wordings were kept is told as it stands.
    """
    told_from = alert["told_from"] or ()
    if not told_from:
        return dict(alert)
    place = max(sum(since <= moment_text(moment) for since in told_from) - 1, 0)
    figures = orjson.loads(alert["told_figures"][place])
    return {
        **alert,
        "severity": alert["told_severity"][place],
        "figures": alert["told_figures"][place] if figures is not None else None,
        "evidence": orjson.loads(alert["told_evidence"][place]),
        "message": alert["message"] if figures is None else message(alert["kind"], figures),
    }
