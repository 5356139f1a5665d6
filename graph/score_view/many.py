"""Scores and recommendations of several customers at once, for lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.plan import Ask, Plan
from graph.score_view.model import Risk, Suggestion
from graph.score_view.read import newest, risk


def risks(
    *, customer_ids: Sequence[str], task: str = "churn", as_of: datetime | None = None
) -> Plan[Mapping[str, Risk]]:
    """The newest score of each customer (made as of `as_of` or before); who has none is left out."""
    moment = None if as_of is None else as_of.isoformat()
    rows = yield Ask("score.risks", {"customer_ids": list(customer_ids), "task": task, "as_of": moment})
    return {row["customer_id"]: risk(row["risks"][0]) for row in rows if row["risks"]}


def suggestions(*, customer_ids: Sequence[str], first: int = 5) -> Plan[Mapping[str, tuple[Suggestion, ...]]]:
    """The newest recommendations of each customer, best first; who has none is left out."""
    rows = yield Ask("score.suggestions", {"customer_ids": list(customer_ids), "limit": first})
    return {row["customer_id"]: newest(row["suggestions"]) for row in rows if row["suggestions"]}
