"""Reasons for numbers of customers: what each kind of information adds, in words that name no amount."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gnn.churn.evidence import EvidenceIds
from gnn.churn.reasons import EVIDENCE
from gnn.churn.sentences import Sentences
from gnn.features.feature_set import FeatureSet
from gnn.features.history import DAY, Doubles
from gnn.forecast.models import Forecaster
from gnn.forecast.spending import net, spent
from gnn.forecast.typical import ORDER_VALUE, ORDERS, SPENDING
from gnn.reasons import Explainer, Reason, Sentence, Wording
from graph.score_view.words import clause

BEHIND = EVIDENCE | {ORDERS: "orders", ORDER_VALUE: "orders", SPENDING: "orders"}
"""Which ids stand behind a kind of information."""
FEWEST = 2
"""Other customers to compare with."""


@dataclass(frozen=True)
class CustomerSentences:
    """Churn's sentences, and how a customer's spending stands among all who have ordered."""

    features: FeatureSet

    def of(self, kind: str, row: int) -> Sentence | None:
        """The sentence of a kind of information about a customer; None where there is nothing to count."""
        if kind == ORDER_VALUE:
            return _among(self._order_values, row, "order_value")
        if kind == SPENDING:
            days = round(self.features.history.horizon / DAY)
            return _among(self._spending, row, "spending", days=days)
        return self._customers.of(kind, row)

    @cached_property
    def _customers(self) -> Sentences:
        return Sentences(self.features)

    @cached_property
    def _order_values(self) -> Doubles:
        return self._by_row(spent(self.features.history).mean)

    @cached_property
    def _spending(self) -> Doubles:
        return self._by_row(net(self.features.history, self.features.history.horizon))

    def _by_row(self, values: Doubles) -> Doubles:
        """Per customer row; missing where there was no order."""
        found = np.full(self.features.history.shape[0], np.nan)
        found[self.features.history.has_order] = values
        return found


def _among(values: Doubles, row: int, name: str, **figures: int) -> Sentence | None:
    """Than how many others the customer has more."""
    everybody = int(np.isfinite(values).sum()) - 1
    if everybody < FEWEST or not np.isfinite(values[row]):
        return None
    number = int((values < values[row]).sum())
    told = clause(name, number=number, everybody=everybody, **figures) if number else None
    return Sentence((told or clause(f"{name}_least", **figures),), number)


def customer_reasons(
    model: Forecaster, features: FeatureSet, wording: Wording
) -> Callable[[int], list[Reason]]:
    """The strongest reasons for the number of a customer with an order, by its place among these."""
    rows = np.flatnonzero(features.history.has_order)
    sentences, ids = CustomerSentences(features), EvidenceIds(features)
    explainer = Explainer(
        model.parts(features),
        lambda kind, place: sentences.of(kind, int(rows[place])),
        lambda kind, place: ids.of(BEHIND.get(kind), int(rows[place])),
        wording,
    )
    return explainer.reasons
