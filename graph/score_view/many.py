"""Scores and recommendations of several customers at once, for lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.plan import Ask, Plan
from graph.score_view.model import Risk, Suggestion
from graph.score_view.read import newest, risk


def risks(
    *, customer_ids: Sequence[str], task: str = "churn", as_of: datetime | None = None
) -> Plan[Mapping[str, tuple[Risk, ...]]]:
    """The newest score (made as of `as_of` or before) of each customer, or none; unknown ids are left out."""
    moment = None if as_of is None else as_of.isoformat()
    rows = yield Ask("score.risks", {"customer_ids": list(customer_ids), "task": task, "as_of": moment})
    return {row["customer_id"]: tuple(risk(found) for found in row["risks"]) for row in rows}


def suggestions(*, customer_ids: Sequence[str], first: int = 5) -> Plan[Mapping[str, tuple[Suggestion, ...]]]:
    """The newest recommendations of each customer, best first; unknown ids are left out."""
    rows = yield Ask("score.suggestions", {"customer_ids": list(customer_ids), "limit": first})
    return {row["customer_id"]: newest(row["suggestions"]) for row in rows}
