"""The stack of unlike candidates: whose voice counts, and that it is read back as it was."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from gnn.churn.labels import ChurnLabels
from gnn.churn.models import STACK, ChurnModel, LogOddsSum, ProcessModel, Recency, of_states
from gnn.churn.purchase_process import PurchaseProcess
from gnn.churn.stack import KINDS, stack_weights, summed
from gnn.churn.validation import Said
from gnn.evaluate.classification import auc
from gnn.features.feature_set import feature_set
from gnn.features.history import Floats
from tests.gnn.synthetic import START, company

WINDOWS, CUSTOMERS = 2, 1500
MEMBERS = [name for names in KINDS.values() for name in names]


def said(right: Sequence[str], wrong: Sequence[str] = ()) -> Said:
    """Two windows: the right tell half of what decides, the wrong its opposite, the others nothing."""
    draw = np.random.default_rng(5)
    decides = draw.normal(0, 1, (WINDOWS, CUSTOMERS))
    levels = np.array([[-0.5], [0.7]])
    churned = (decides + levels + draw.logistic(0, 1, decides.shape) > 0).astype(np.float32)

    def scores(name: str) -> list[Floats]:
        sign = 0.5 if name in right else -0.5 if name in wrong else 0.0
        noise = draw.normal(0, 0.1 if sign else 1.0, decides.shape)
        return list((sign * decides + noise).astype(np.float32))

    labels = [ChurnLabels(np.arange(CUSTOMERS), one) for one in churned]
    return Said({name: scores(name) for name in MEMBERS}, labels)


def share(weights: dict[str, float], kind: str, found: Said) -> float:
    """How much of the sum's movement one kind makes."""
    spread = {name: weight * np.concatenate(found.scores[name]).std() for name, weight in weights.items()}
    return float(sum(spread.get(name, 0.0) for name in KINDS[kind]) / sum(spread.values()))


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_that_tells_is_heard(kind: str) -> None:
    found = said(right=KINDS[kind])
    weights = stack_weights(found, season_unseen=False)
    assert share(weights, kind, found) > 0.8
    slope = sum(weights.get(name, 0.0) for name in KINDS[kind])
    assert slope == pytest.approx(2.0, rel=0.25)  # a unit of the score is two of the log-odds
    assert all(weight > 0 for weight in weights.values())


def test_who_says_the_opposite_is_not_heard() -> None:
    found = said(right=["purchase_process"], wrong=KINDS["relations"])
    weights = stack_weights(found, season_unseen=False)
    assert share(weights, "relations", found) < 0.02
    churned = np.concatenate([one.churned for one in found.labels])
    alone = auc(churned, np.concatenate(found.scores["purchase_process"]))
    assert auc(churned, np.concatenate(summed(found, weights))) > alone - 0.01


def test_windows_that_disagree_tell_no_weights() -> None:
    """All kinds then count alike, each in log-odds of its own."""
    found = said(right=[*KINDS["process"], *KINDS["trees"]])
    weights = stack_weights(found, season_unseen=True)
    assert set(weights) == set(MEMBERS)
    assert weights["purchase_process"] == pytest.approx(weights["gradient_boosting"], rel=0.1)
    assert weights["purchase_process"] == pytest.approx(2.0 / len(KINDS), rel=0.2)


def test_it_is_read_back_with_its_members() -> None:
    features = feature_set(company(), START + pd.Timedelta(days=400), pd.Timedelta(days=60))
    process = ProcessModel(PurchaseProcess.fit(features.history), features.history.horizon)
    members: dict[str, ChurnModel] = {"recency": Recency(), "purchase_process": process}
    stack = LogOddsSum(members, {"recency": 0.4, "purchase_process": 1.3})
    states = {name: model.state() for name, model in members.items()} | {STACK: stack.state()}
    expected = 0.4 * Recency().logits(features) + 1.3 * process.logits(features)
    assert of_states(states, STACK).logits(features) == pytest.approx(expected, abs=1e-5)
