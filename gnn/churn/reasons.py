"""Reasons for a churn score: kinds of information, what each contributed, in words."""

from collections.abc import Mapping

import numpy as np

from gnn.churn.evidence import EvidenceIds
from gnn.churn.models import ChurnModel
from gnn.churn.occlusion import Information, contributions
from gnn.churn.sentences import Sentences
from gnn.features.feature_set import FeatureSet
from gnn.reasons import Explainer, Reason, Wording

WORDING = Wording("raises", "lowers", least=0.02)
"""Of log-odds."""

KINDS: Mapping[str, Information] = {
    "silence": Information(("recency", "overdue", "gap", "expected")),
    "order_trend": Information(
        ("orders_recent", "orders_before", "order_trend", "order_decline", "spend_trend", "season")
    ),
    "history": Information(("frequency", "tenure", "monetary", "orders_year", "order_days", "order_value")),
    "basket": Information(("breadth", "breadth_recent", "returns"), ("product",)),
    "people_left": Information(
        ("contacts_left", "contacts_left_recent", "key_left_recent", "champion_left_recent", "champion_left")
    ),
    "threads": Information(
        (
            "contacts", "champions", "seniors", "threads", "single_thread", "no_thread", "top_thread_share",
        ),
        ("contact",),
    ),
    "conversations": Information(
        (
            "talk_recency", "talks_recent", "talks_before", "talk_trend", "inbound_recent", "inbound_trend",
        )
    ),
    "tickets": Information(
        (
            "tickets_recent", "tickets_year", "ticket_trend", "tickets_open", "tickets_urgent",
            "tickets_late", "dissatisfaction", "ticket_pain",
        ),
        ("ticket",),
    ),
    "opportunities": Information(("deals_open", "deals_won", "deals_lost")),
    "payments": Information(
        ("invoices_open", "invoices_overdue", "overdue_share", "days_late", "days_late_trend")
    ),
    "linked_companies": Information(
        (
            "org_degree", "org_silent", "org_recency", "org_overdue", "org_order_trend", "org_ticket_pain",
            "org_key_left_recent", "org_talk_trend",
        )
    ),
    "peers": Information(("industry_silent", "region_silent", "country_silent"), ("industry",)),
    "company": Information(("employees", "revenue")),
}  # fmt: skip
"""What is taken away to measure each kind's contribution."""
EVIDENCE = {
    "silence": "orders",
    "order_trend": "orders",
    "people_left": "left",
    "threads": "contacts",
    "tickets": "tickets",
    "opportunities": "deals",
    "linked_companies": "linked",
}
"""Which ids stand behind a kind of information."""


def churn_reasons(
    model: ChurnModel, features: FeatureSet, scale: float, rows: np.ndarray
) -> list[list[Reason]]:
    """Per customer row the strongest reasons, by absolute contribution in log-odds.

    `scale` is the log-odds of the probability per unit of the model's score.
    """
    parts, ids = contributions(model, features, KINDS, scale), EvidenceIds(features)
    explainer = Explainer(
        parts, Sentences(features).of, lambda kind, row: ids.of(EVIDENCE.get(kind), row), WORDING
    )
    return [explainer.reasons(int(row)) for row in rows]
