"""Reasons of forecasts: what they add up to, what they count, and that what they name carries the number."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from gnn.churn.purchase_process import PurchaseProcess
from gnn.deals.models import DealLearner, DealModel, StageRate, groups_of
from gnn.deals.reasons import DealRecords, DealSentences, deal_reasons
from gnn.deals.table import DealTable, deal_table
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.features.history import Doubles
from gnn.forecast.models import Forecaster, NextByProcess, Trees, ValueByProcess
from gnn.forecast.question import NEXT_ORDER, VALUE, Question
from gnn.forecast.reasons import BEHIND, CustomerSentences, customer_reasons
from gnn.forecast.spending import GammaGamma, net, spent
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.learn.shapley import shapley
from gnn.learn.windows import Window
from gnn.reasons import REASONS
from gnn.snapshot import Log, log_of
from tests.gnn.synthetic import full
from tests.gnn.test_deals import with_deals
from tests.gnn.test_forecast import CUTOFF, HORIZON, spending_company


def processes(features: FeatureSet) -> tuple[NextByProcess, ValueByProcess]:
    """Both processes, fitted on the history."""
    process = PurchaseProcess.fit(features.history)
    return NextByProcess(process), ValueByProcess(process, GammaGamma.fit(spent(features.history)))


@pytest.fixture(scope="module")
def customers() -> FeatureSet:
    """Customers whose orders differ in worth."""
    return feature_set(spending_company(), CUTOFF, HORIZON)


@pytest.fixture(scope="module")
def deals() -> Log:
    """Deals whose champions and stages tell how they end."""
    return with_deals()


def test_shapley_values_add_up_and_share_what_belongs_to_both() -> None:
    """Worth of a game that is known: 3 by `a` alone, 1 by `b`, 4 more by both together, `c` nothing."""

    def worth(some: frozenset[str]) -> Doubles:
        both = 4.0 if {"a", "b"} <= some else 0.0
        return np.array([3.0 * ("a" in some) + 1.0 * ("b" in some) + both])

    found = {name: float(value[0]) for name, value in shapley(("a", "b", "c"), worth).items()}
    assert found == pytest.approx({"a": 5.0, "b": 3.0, "c": 0.0})


def test_what_the_processes_look_at_adds_up_to_what_they_expect(customers: FeatureSet) -> None:
    """One constant beside: what is expected of the typical customer."""
    soon, value = processes(customers)
    for model, expected in (
        (soon, soon.expected(customers)),
        (value, np.log(value.expected(customers))),
    ):
        rest = expected - np.sum(list(model.parts(customers).values()), axis=0)
        assert np.ptp(rest) < 1e-6
        assert min(np.ptp(part) for part in model.parts(customers).values()) > 0


@pytest.mark.parametrize("question", [NEXT_ORDER, VALUE])
def test_the_trees_parts_are_exact(question: Question, customers: FeatureSet) -> None:
    log = spending_company()
    windows = [
        Window(features, question.labels(log, features.history))
        for features in (feature_set(log, CUTOFF - HORIZON, HORIZON), customers)
    ]
    made = question.candidates(windows, customers.history, 7)
    trees = made["lightgbm"]
    assert isinstance(trees, Trees)
    parts = trees.parts(customers)
    kept = np.sum(list(parts.values()), axis=0)
    said = trees.expected(customers)
    told = said if question is NEXT_ORDER else np.log(said)
    industries = [name for name in customers.table.names if name.startswith("industry=")]
    assert not industries, "columns of no kind would be missing from the sum"
    assert np.ptp((told - kept)[said > 0]) < 1e-4
    rules = {name: model for name, model in made.items() if name in question.rules}
    for model in rules.values():
        (kind,) = model.parts(customers)
        assert kind == question.told_by


@pytest.mark.parametrize("place", [0, 1])
def test_reasons_are_sentences_whose_records_are_the_customers(place: int, customers: FeatureSet) -> None:
    model, question = processes(customers)[place], (NEXT_ORDER, VALUE)[place]
    told = customer_reasons(model, customers, question.wording)
    rows, sales = np.flatnonzero(customers.history.has_order), customers.history.sales
    parts, seen = model.parts(customers), set()
    for number, row in enumerate(rows.tolist()):
        reasons = told(number)
        strong = [abs(part[number]) >= question.wording.least for part in parts.values()]
        assert len(reasons) == min(sum(strong), REASONS)
        own = {f"Order:{one}" for one in sales.loc[sales["row"] == row, "order_id"]}
        for reason in reasons:
            seen.add(reason["feature"])
            assert reason["contribution"] == pytest.approx(parts[reason["feature"]][number], abs=1e-4)
            assert set(reason["evidence"]) <= own
            assert len(reason["evidence"]) > 0
            above, below = question.wording.above, question.wording.below
            assert reason["said"][-1][0] == (above if reason["contribution"] > 0 else below)
    assert seen == set(parts)


def test_how_spending_stands_is_counted_among_all_who_ordered(customers: FeatureSet) -> None:
    sentences = CustomerSentences(customers)
    history, told = customers.history, (spent(customers.history).mean, net(customers.history, HORIZON))
    rows = np.flatnonzero(history.has_order)
    for kind, values in zip(("order_value", "spending"), told, strict=True):
        for place, row in enumerate(rows.tolist()):
            sentence = sentences.of(kind, row)
            assert sentence is not None
            less = sum(1 for other in values.tolist() if other < values[place])
            assert sentence.value == less
            assert (f"{less} of {len(rows) - 1} other customers" in sentence.text) == (less > 0)
            assert str(round(float(values[place]))) not in sentence.text.split() or less == round(
                float(values[place])
            )


def moved(model: Forecaster, log: Log, features: FeatureSet, gone: dict[int, set[str]]) -> Doubles:
    """How far the numbers of customers move when orders of theirs are removed, whoever keeps any."""
    orders = log["orders"]
    dropped = orders["order_id"].isin(set().union(*gone.values()))
    after = feature_set(log_of({**log.tables, "orders": orders[~dropped]}), CUTOFF, HORIZON)
    before = dict(zip(_ordered(features), model.expected(features), strict=True))
    later = dict(zip(_ordered(after), model.expected(after), strict=True))
    names = features.history.customers
    return np.array([abs(later[names[row]] - before[names[row]]) for row in gone])


def _ordered(features: FeatureSet) -> list[str]:
    return features.history.customers[np.flatnonzero(features.history.has_order)].tolist()


@pytest.mark.parametrize("place", [0, 1])
def test_without_the_orders_named_another_number_is_expected(place: int, customers: FeatureSet) -> None:
    """More so than without as many others of the same customer, drawn by chance."""
    log, draw = spending_company(), np.random.default_rng(3)
    model, question = processes(customers)[place], (NEXT_ORDER, VALUE)[place]
    told = customer_reasons(model, customers, question.wording)
    sales, named, drawn = customers.history.sales, dict[int, set[str]](), dict[int, set[str]]()
    for number, row in enumerate(np.flatnonzero(customers.history.has_order).tolist()):
        ids = {one.partition(":")[2] for reason in told(number)[:1] for one in reason["evidence"]}
        others = sorted(set(sales.loc[sales["row"] == row, "order_id"]) - ids)
        if ids and len(others) > len(ids):
            named[row], drawn[row] = ids, set(draw.choice(others, len(ids), replace=False).tolist())
    assert len(named) >= 10
    by_named, by_drawn = (moved(model, log, customers, gone) for gone in (named, drawn))
    assert by_named.mean() > 2 * by_drawn.mean()


def deal_models(log: Log) -> tuple[FeatureSet, DealTable, dict[str, DealModel]]:
    """What is open at the cut-off, and every learned candidate of it."""
    features = feature_set(log, CUTOFF, HORIZON)
    table = deal_table(features, "Opportunity")
    frame = log["opportunities"].set_index("opportunity_id")
    well = frame.loc[table.ids, "outcome"].eq("won").to_numpy(np.float64)
    learners: dict[str, Callable[..., Logistic | Leafwise]] = {
        "deal_logistic": lambda values: Logistic.fit(values, well.astype(np.float32), 0.05),
        "lightgbm": lambda values: Leafwise.fit(values, well.astype(np.float32), 7),
    }
    models: dict[str, DealModel] = {"stage_rate": StageRate.fit([table], well)}
    for name, learner in learners.items():
        groups = groups_of(name, stated=True)
        models[name] = DealLearner(groups, learner(table.columns(*groups)))
    return features, table, models


def test_parts_of_deals_add_up_to_the_log_odds(deals: Log) -> None:
    _, table, models = deal_models(deals)
    for model in models.values():
        rest = model.logits(table) - np.sum(list(model.parts(table).values()), axis=0)
        assert np.ptp(rest) < 1e-3


def test_what_decides_a_deal_is_named_and_its_loss_lowers_the_chance(deals: Log) -> None:
    """Champions decide in these deals: the people named are theirs, and without them the model says less."""
    features, table, models = deal_models(deals)
    model = models["deal_logistic"]
    told = deal_reasons(model, features, table, "Opportunity", 1.0)
    roles = deals["deal_roles"].set_index("opportunity_id")
    strongest = [told(row)[0] for row in range(len(table.ids))]
    assert np.mean([one["feature"] == "people" for one in strongest]) > 0.7
    for row, reason in enumerate(strongest):
        if reason["feature"] == "people":
            champion = roles.loc[table.ids[row], "role"] == "champion"
            assert reason["evidence"] == ["Contact:p"]
            assert ("1 champion" in reason["text"]) == champion
            assert reason["text"].endswith("raises the chance" if champion else "lowers the chance")
    nobody = log_of({**deals.tables, "deal_roles": deals["deal_roles"][:0]})
    without = model.logits(deal_table(feature_set(nobody, CUTOFF, HORIZON), "Opportunity"))
    change = without - model.logits(table)
    champions = np.array([roles.loc[one, "role"] == "champion" for one in table.ids])
    assert (change[champions] < 0).all()
    assert (change[~champions] > 0).all()


def test_sentences_of_deals_by_hand() -> None:
    at = [CUTOFF - pd.Timedelta(days=days) for days in (200, 100, 90, 30, 20, 10)]
    frame = pd.DataFrame(
        {
            "opportunity_id": list("abcdef"), "customer_id": ["C000", "C000", "C001", "C000", "C001", None],
            "opened_at": at, "closed_at": [at[1], at[2], at[3], None, None, None],
            "outcome": ["won", "lost", "lost", None, None, None],
        }
    )  # fmt: skip
    values = pd.DataFrame(
        {
            "kind": "Opportunity", "deal_id": list("def"), "stage": ["offer", "talks", None],
            "amount": [300.0, 100.0, 200.0], "known_from": at[3:],
            "expected_at": [CUTOFF + pd.Timedelta(days=12), CUTOFF - pd.Timedelta(days=3), None],
        }
    )  # fmt: skip
    base = spending_company().tables
    features = feature_set(log_of({**base, "opportunities": frame, "deal_values": values}), CUTOFF, HORIZON)
    table = deal_table(features, "Opportunity")
    sentences = DealSentences(DealRecords(features, table, "Opportunity"))
    kinds = ("age", "ended_before", "people", "stage", "amount", "due")
    said = [[one.text if (one := sentences.of(kind, row)) else None for kind in kinds] for row in range(3)]
    usual = "; those that ended took 60 days in the median"
    assert said == [
        [f"opened 30 days ago{usual}", "1 of 2 earlier ones of the customer ended well",
         "nobody has a part in it", "stands at offer", "larger than 2 of 2 other open ones",
         "planned to end in 12 days"],
        [f"opened 20 days ago{usual}", "none of 1 earlier one of the customer ended well",
         "nobody has a part in it", "stands at talks", "no other open one is smaller",
         "was planned to end 3 days ago"],
        [f"opened 10 days ago{usual}", None, "nobody has a part in it", None,
         "larger than 1 of 2 other open ones", None],
    ]  # fmt: skip
    of_customer = sentences.of("account.silence", 0)
    assert of_customer is not None
    assert of_customer.text.startswith("at the customer: the last order is ")
    assert sentences.of("account.silence", 2) is None, "nobody's"


def test_every_kind_has_its_sentence_on_a_company_with_everything() -> None:
    features = feature_set(full(), CUTOFF, HORIZON)
    sentences = CustomerSentences(features)
    rows = np.flatnonzero(features.history.has_order).tolist()
    assert all(any(sentences.of(kind, row) for row in rows) for kind in BEHIND)
