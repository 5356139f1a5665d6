"""Reasons for a churn score: kinds of information, what each contributed, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gnn.churn.evidence import EvidenceIds
from gnn.churn.models import ChurnModel
from gnn.churn.occlusion import Information, contributions
from gnn.churn.sentences import Sentences
from gnn.features.feature_set import FeatureSet
from graph.score_view.words import clause, in_words, kept

REASONS = 5
LEAST = 0.02
"""Log-odds below which a contribution is not worth a sentence."""

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


@dataclass(frozen=True)
class Explainer:
    """What the reasons of all customers are made from."""

    parts: Mapping[str, np.ndarray]
    """Per kind of information its contribution to every customer's log-odds [customers]."""
    sentences: Sentences
    evidence: EvidenceIds

    def reasons(self, row: int) -> list[dict[str, Any]]:
        """The strongest reasons of which there is something to say."""
        ranked = sorted(self.parts, key=lambda kind: -abs(self.parts[kind][row]))
        found = (self._reason(kind, row) for kind in ranked if abs(self.parts[kind][row]) >= LEAST)
        return [reason for reason in found if reason is not None][:REASONS]

    def _reason(self, kind: str, row: int) -> dict[str, Any] | None:
        sentence, contribution = self.sentences.of(kind, row), float(self.parts[kind][row])
        if sentence is None:
            return None
        said = (*sentence.clauses, clause("raises" if contribution > 0 else "lowers"))
        return {
            "text": in_words(said, "en"),
            "said": kept(said),
            "feature": kind,
            "value": float(sentence.value),
            "contribution": round(contribution, 4),
            "evidence": self.evidence.of(EVIDENCE.get(kind), row),
        }


def churn_reasons(
    model: ChurnModel, features: FeatureSet, scale: float, rows: np.ndarray
) -> list[list[dict[str, Any]]]:
    """Per customer row the strongest reasons, by absolute contribution in log-odds.

    Each is `{text, said, feature, value, contribution, evidence}`. The text states counts and ends in whether
    they raise or lower the risk, `said` is the same as clauses, to be told in another language; `value` is
    its first count, 0 where the text says that there is none; evidence holds typed ids such as
    `Ticket:desk-17`.
    `scale` is the log-odds of the probability per unit of the model's score.
    """
    parts = contributions(model, features, KINDS, scale)
    explainer = Explainer(parts, Sentences(features), EvidenceIds(features))
    return [explainer.reasons(int(row)) for row in rows]
