"""Scores and recommendations as the models wrote them, with their reasons parsed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson

from graph.plan import Ask, Plan, Row
from graph.score_view.model import Evidence, PathNode, ProductReason, Risk, RiskReason, Suggestion


def risk_of(*, customer_id: str, task: str = "churn", as_of: datetime | None = None) -> Plan[Risk | None]:
    """The customer's newest score of the task (made as of `as_of` or before); None where there is none."""
    moment = None if as_of is None else as_of.isoformat()
    rows = yield Ask("score.risk", {"customer_id": customer_id, "task": task, "as_of": moment})
    return risk(rows[0]["risk"]) if rows else None


def recommended(*, customer_id: str, first: int = 5) -> Plan[tuple[Suggestion, ...]]:
    """The customer's newest recommendations, best first."""
    rows = yield Ask("score.recommendations", {"customer_id": customer_id, "limit": first})
    return newest([row["suggestion"] for row in rows])


def newest(found: Sequence[Row]) -> tuple[Suggestion, ...]:
    """Those of the newest scoring, from stored properties, newest first."""
    return tuple(_suggestion(row) for row in found if row["scored_at"] == found[0]["scored_at"])


def risk(row: Row) -> Risk:
    """One score from its stored properties."""
    return Risk(**(row | {"reasons": tuple(_risk_reason(item) for item in _parsed(row["reasons"]))}))


def _suggestion(row: Row) -> Suggestion:
    return Suggestion(**(row | {"reasons": tuple(_product_reason(item) for item in _parsed(row["reasons"]))}))


def _parsed(text: str | None) -> Iterable[dict[str, Any]]:
    items: list[dict[str, Any]] = orjson.loads(text) if text else []
    return items


def _risk_reason(item: dict[str, Any]) -> RiskReason:
    return RiskReason(
        text=item["text"],
        feature=item.get("feature"),
        value=item.get("value"),
        contribution=item["contribution"],
        evidence=tuple(evidence(typed) for typed in item.get("evidence") or ()),
    )


def evidence(typed: str) -> Evidence:
    """A typed id such as `Ticket:desk:417` as kind and id."""
    kind, _, key = typed.partition(":")
    return Evidence(kind, key)


def _product_reason(item: dict[str, Any]) -> ProductReason:
    nodes = (PathNode(node["kind"], node["id"], node["label"]) for node in item.get("path") or ())
    return ProductReason(item["text"], item["contribution"], tuple(nodes))
