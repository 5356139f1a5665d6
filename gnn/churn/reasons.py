"""Reasons for a churn score: kinds of information, what each contributed, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gnn.churn.evidence import EvidenceIds
from gnn.churn.models import ChurnModel
from gnn.churn.occlusion import Information, contributions
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY

Values = Mapping[str, float]
REASONS = 5
LEAST = 0.02
"""Log-odds below which a contribution is not worth a sentence."""


@dataclass(frozen=True)
class ReasonKind:
    """One kind of information: what carries it, its sentence and its evidence."""

    hidden: Information
    """What is taken away to measure the contribution."""
    text: Callable[[Values, int], str]
    value: str
    """The feature whose value is shown."""
    evidence: str | None = None


def _n(values: Values, name: str) -> int:
    return round(float(np.expm1(values[name])))


def _silence(v: Values, _: int) -> str:
    usual = max(1, _n(v, "gap"))
    return f"{_n(v, 'recency')} days since the last order; usually {usual} days lie between orders"


def _trend(v: Values, h: int) -> str:
    late, before = _n(v, "orders_recent"), _n(v, "orders_before")
    return f"{late} orders in the last {h} days, {before} in the {h} days before"


def _history(v: Values, _: int) -> str:
    return f"{_n(v, 'frequency')} orders in {_n(v, 'tenure')} days since the first"


def _basket(v: Values, _: int) -> str:
    return f"{_n(v, 'breadth')} different products bought, {_n(v, 'breadth_recent')} of them lately"


def _left(v: Values, _: int) -> str:
    key = int(v["key_left_recent"])
    named = f", {key} of them a champion or our main contact" if key else ""
    return f"{int(v['contacts_left_recent'])} contacts left in the last half year{named}"


def _threads(v: Values, _: int) -> str:
    return f"{_n(v, 'threads')} of {_n(v, 'contacts')} contacts talked with us in the last half year"


def _talks(v: Values, _: int) -> str:
    return (
        f"{_n(v, 'talks_recent')} conversations in the last 90 days, {_n(v, 'talks_before')} in the 90 before"
    )


def _tickets(v: Values, _: int) -> str:
    return (
        f"{_n(v, 'tickets_recent')} tickets in the last 90 days, {_n(v, 'tickets_open')} still open, "
        f"{_n(v, 'tickets_urgent')} urgent in the last half year"
    )


def _deals(v: Values, _: int) -> str:
    won, lost = _n(v, "deals_won"), _n(v, "deals_lost")
    return f"{_n(v, 'deals_open')} open opportunities, {won} won and {lost} lost in a year"


def _linked(v: Values, h: int) -> str:
    share = 100 * v["org_silent"]
    return (
        f"of {_n(v, 'org_degree')} linked companies about {share:.0f}% placed no order in the last {h} days"
    )


def _peers(v: Values, h: int) -> str:
    share = 100 * v["industry_silent"]
    return f"{share:.0f}% of the companies of its industry placed no order in the last {h} days"


def _size(v: Values, _: int) -> str:
    people = _n(v, "employees")
    return f"a company of {people} employees" if people else "industry and size of the company"


KINDS: Mapping[str, ReasonKind] = {
    "silence": ReasonKind(
        Information(("recency", "overdue", "gap", "expected")), _silence, "recency", "orders"
    ),
    "order_trend": ReasonKind(
        Information(
            ("orders_recent", "orders_before", "order_trend", "order_decline", "spend_trend", "season")
        ),
        _trend,
        "order_trend",
        "orders",
    ),
    "history": ReasonKind(
        Information(("frequency", "tenure", "monetary", "orders_year", "order_days", "order_value")),
        _history,
        "frequency",
    ),
    "basket": ReasonKind(
        Information(("breadth", "breadth_recent", "returns"), ("product",)), _basket, "breadth"
    ),
    "people_left": ReasonKind(
        Information(
            (
                "contacts_left",
                "contacts_left_recent",
                "key_left_recent",
                "champion_left_recent",
                "champion_left",
            )
        ),
        _left,
        "contacts_left_recent",
        "left",
    ),
    "threads": ReasonKind(
        Information(
            ("contacts", "champions", "seniors", "threads", "single_thread", "no_thread", "top_thread_share"),
            ("contact",),
        ),
        _threads,
        "threads",
        "contacts",
    ),
    "conversations": ReasonKind(
        Information(
            ("talk_recency", "talks_recent", "talks_before", "talk_trend", "inbound_recent", "inbound_trend")
        ),
        _talks,
        "talk_trend",
    ),
    "tickets": ReasonKind(
        Information(
            (
                "tickets_recent",
                "tickets_year",
                "ticket_trend",
                "tickets_open",
                "tickets_urgent",
                "tickets_late",
                "dissatisfaction",
                "ticket_pain",
            ),
            ("ticket",),
        ),
        _tickets,
        "ticket_pain",
        "tickets",
    ),
    "opportunities": ReasonKind(
        Information(("deals_open", "deals_won", "deals_lost")), _deals, "deals_open", "deals"
    ),
    "linked_companies": ReasonKind(
        Information(
            (
                "org_degree",
                "org_silent",
                "org_recency",
                "org_overdue",
                "org_order_trend",
                "org_ticket_pain",
                "org_key_left_recent",
                "org_talk_trend",
            )
        ),
        _linked,
        "org_silent",
        "linked",
    ),
    "peers": ReasonKind(
        Information(("industry_silent", "region_silent", "country_silent"), ("industry",)),
        _peers,
        "industry_silent",
    ),
    "company": ReasonKind(Information(("employees", "revenue")), _size, "employees"),
}


def churn_reasons(
    model: ChurnModel, features: FeatureSet, slope: float, rows: np.ndarray
) -> list[list[dict[str, Any]]]:
    """Per customer row the strongest reasons, by absolute contribution in log-odds.

    Each is `{text, feature, value, contribution, evidence}`; evidence holds typed ids such as
    `Ticket:desk-17`.
    """
    parts = contributions(model, features, {name: kind.hidden for name, kind in KINDS.items()}, slope)
    evidence = EvidenceIds(features)
    records = [
        dict(zip(features.table.names, line, strict=True)) for line in features.table.values[rows].tolist()
    ]
    horizon = round(features.history.horizon / DAY)
    return [
        _of_customer(
            int(row), values, {name: float(part[row]) for name, part in parts.items()}, evidence, horizon
        )
        for row, values in zip(rows, records, strict=True)
    ]


def _of_customer(
    row: int, values: Values, parts: Mapping[str, float], evidence: EvidenceIds, horizon: int
) -> list[dict[str, Any]]:
    ranked = sorted(
        (name for name in parts if _telling(name, values, parts[name])), key=lambda name: -abs(parts[name])
    )
    return [_reason(name, row, values, parts[name], evidence, horizon) for name in ranked[:REASONS]]


def _telling(name: str, values: Values, contribution: float) -> bool:
    """Whether there is something to say: a linked company to point at, a contact to count."""
    needs = {"linked_companies": "org_degree", "threads": "contacts", "people_left": "contacts_left_recent"}
    return abs(contribution) >= LEAST and (name not in needs or values[needs[name]] > 0)


def _reason(
    name: str, row: int, values: Values, contribution: float, evidence: EvidenceIds, horizon: int
) -> dict[str, Any]:
    kind = KINDS[name]
    return {
        "text": kind.text(values, horizon),
        "feature": name,
        "value": round(float(values[kind.value]), 4),
        "contribution": round(contribution, 4),
        "evidence": evidence.of(kind.evidence, row),
    }
