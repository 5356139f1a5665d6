"""A user's own model: its frames, its place beside ours, what it may be, and how it serves."""

from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import orjson
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from gnn.churn.task import CHURN
from gnn.cross_sell.task import CROSS_SELL
from gnn.evaluate.run import evaluate
from gnn.models import models
from gnn.own_model.errors import BadModel, NotPromoted, NotSaveable
from gnn.own_model.saved import GROUP, read, saved
from gnn.own_model.task import OwnTask, newest_cutoff
from gnn.snapshot import Log, content_hash
from gnn.snapshot.cut import cut
from gnn.write_back import promoted
from graph.clock import fixed_clock, keep_clock
from graph.store import Store
from relgraph.python.company import Company
from relgraph.python.source import Home
from relgraph.settings import Settings
from tests.gnn.synthetic import START, company, full
from tests.gnn.test_store import load_orders

pytestmark = pytest.mark.slow

CUTOFF, HORIZON = START + pd.Timedelta(days=400), 60


def churn(log: Log, home: Path | None = None) -> OwnTask:
    return OwnTask(CHURN, log, CUTOFF, HORIZON, home)


def logistic() -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.05, max_iter=500))


@pytest.fixture(autouse=True, scope="module")
def _short() -> Any:
    """The network's quality is judged elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gnn.churn.fit.MAX_EPOCHS", 4)
        patch.setattr("gnn.cross_sell.fit.MAX_EPOCHS", 4)
        yield


@pytest.fixture(scope="module")
def task() -> OwnTask:
    return churn(full())


def test_frames_are_those_of_evaluate(task: OwnTask) -> None:
    train, valid, test = task.split()
    report = evaluate(full(), CHURN, CUTOFF, HORIZON, seed=7)
    assert len(test) == report["population"]
    assert set(test["cutoff"]) == {CUTOFF}
    assert train["cutoff"].max() + pd.Timedelta(days=HORIZON) <= valid["cutoff"].min()
    assert valid["cutoff"].max() + pd.Timedelta(days=HORIZON) <= CUTOFF
    orders = full()["orders"]
    for at in valid["cutoff"].unique():
        rows = valid[valid["cutoff"] == at]
        within = orders[(orders["at"] >= at) & (orders["at"] < at + pd.Timedelta(days=HORIZON))]
        assert ((~rows["customer_id"].isin(within["customer_id"])).astype(int) == rows["churned"]).all()


def test_every_feature_has_a_unit_and_numbers_in_it(task: OwnTask) -> None:
    _, _, test = task.split()
    assert set(task.units) == set(task.features) == set(test.attrs["units"])
    orders = full()["orders"]
    own = orders[(orders["customer_id"] == "C003") & (orders["at"] < CUTOFF)]
    row = test.set_index("customer_id").loc["C003"]
    assert row["frequency"] == pytest.approx(np.log1p(len(own)), rel=1e-5)
    days = (CUTOFF - own["at"].max()).total_seconds() / 86400
    assert row["recency"] == pytest.approx(np.log1p(days), rel=1e-5)


def test_no_feature_looks_past_its_cutoff(task: OwnTask) -> None:
    """The future of every window is another one; the features stay, to the bit."""
    changed = churn(other_future(full(), CUTOFF))
    for ours, theirs in zip(task.split(), changed.split(), strict=True):
        pd.testing.assert_frame_equal(ours[task.features], theirs[task.features])
    assert not task.split()[2]["churned"].equals(changed.split()[2]["churned"])
    oldest = task.split()[0]["cutoff"].min()
    later = churn(other_future(full(), oldest)).split()[0]
    first = [frame[frame["cutoff"] == oldest][task.features] for frame in (task.split()[0], later)]
    pd.testing.assert_frame_equal(*(frame[frame.columns.intersection(later.columns)] for frame in first))


def other_future(log: Log, cutoff: pd.Timestamp) -> Log:
    """The same until the cut-off; then the orders of every second customer are another's."""
    orders = log["orders"].copy()
    late = orders["at"] >= cutoff
    orders.loc[late, "customer_id"] = "C001"
    changed = replace(log, tables=dict(log.tables) | {"orders": orders})
    assert content_hash(cut(changed, cutoff)) == content_hash(cut(log, cutoff))
    return changed


def test_a_comparison_has_our_rows_as_evaluate_has_them(tmp_path: Path) -> None:
    report = churn(full(), tmp_path).compare(logistic(), seeds=2, name="mine")
    ours = {row["model"]: row for row in evaluate(full(), CHURN, CUTOFF, HORIZON, seed=7)["rows"]}
    assert set(report.index) == {*ours, "mine"}
    for name, row in ours.items():
        assert report.loc[name, "auc"] == pytest.approx(row["auc"])
        assert report.loc[name, "brier"] == pytest.approx(row["brier"])
    (served,) = report.index[report["serves"]]
    assert report.loc[served, ["difference", "difference_low", "difference_high"]].tolist() == [0, 0, 0]
    entry = report["mine"]
    assert entry.difference == pytest.approx(report.loc["mine", "auc"] - report.loc[served, "auc"])
    assert entry.interval[0] <= entry.difference <= entry.interval[1]
    assert "mine" in str(report)
    assert "60 days ahead" in str(report)
    (kept,) = (tmp_path / "comparisons").glob("*.npz")
    again = churn(full(), tmp_path).compare(logistic(), seeds=2, name="mine")
    pd.testing.assert_frame_equal(pd.DataFrame(report), pd.DataFrame(again))
    assert list((tmp_path / "comparisons").iterdir()) == [kept]


def test_a_model_as_ours_is_judged_as_ours(task: OwnTask) -> None:
    """The same regression on the same features, brought as a user's, differs by rounding alone."""
    report = task.compare(OnlyRfm(), seeds=1)
    assert report.loc["OnlyRfm", "auc"] == pytest.approx(report.loc["rfm_logistic", "auc"], abs=0.01)
    assert report.loc["OnlyRfm", "brier"] == pytest.approx(report.loc["rfm_logistic", "brier"], abs=0.01)


class OnlyRfm:
    """Logistic RFM."""

    columns = ("recency", "frequency", "monetary", "tenure")

    def __init__(self) -> None:
        self.inner = make_pipeline(StandardScaler(), LogisticRegression(max_iter=3000))

    def fit(self, values: pd.DataFrame, outcome: Any) -> None:
        self.inner.fit(values[list(self.columns)], outcome)

    def predict_proba(self, values: pd.DataFrame) -> Any:
        return self.inner.predict_proba(values[list(self.columns)])


class Oracle:
    """Knows who left, told by a feature that no two customers share."""

    def __init__(self, test: pd.DataFrame, *, right: bool) -> None:
        self.known = {key: label == right for key, label in zip(_key(test), test["churned"], strict=True)}

    def fit(self, values: pd.DataFrame, outcome: Any) -> None:
        """Nothing to learn."""

    def predict_proba(self, values: pd.DataFrame) -> Any:
        sure = np.array([0.05 + 0.9 * self.known.get(key, 0.5) for key in _key(values)])
        return np.column_stack([1 - sure, sure])


def _key(frame: pd.DataFrame) -> list[tuple[float, float]]:
    return list(zip(frame["tenure"].round(6), frame["recency"].round(6), strict=True))


def test_gains_and_losses_are_customers_with_their_chain(task: OwnTask) -> None:
    _, _, test = task.split()
    report = task.compare(Oracle(test, right=True), seeds=1)
    left = set(test.loc[test["churned"] == 1, "customer_id"])
    assert report["Oracle"].interval[0] > 0
    assert len(report.gained) > 0
    assert set(report.gained["customer_id"]) <= left
    assert {"decide", "champions", "left", "talking", "owners", "open_tickets"} <= set(report.gained.columns)
    roles = full()["roles"].set_index("customer_id")["contact_id"]
    for row in report.gained.to_dict("records"):
        assert row["champions"] == roles[row["customer_id"]]
    worst = task.compare(Oracle(test, right=False), seeds=1, name="liar")
    assert worst["liar"].clearly_worse
    assert set(worst.lost["customer_id"]) <= left


class Answering:
    """Answers what it was told to."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def fit(self, values: pd.DataFrame, outcome: Any) -> None:
        """Nothing to learn."""

    def predict_proba(self, values: pd.DataFrame) -> Any:
        return self.answer(len(values))


def _with_nan(rows: int) -> Any:
    said = np.full((rows, 2), 0.5)
    said[0] = np.nan
    return said


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda rows: np.full((rows - 1, 2), 0.5), r"gave \d+ rows where \d+ were asked"),
        (lambda rows: np.full((rows, 1), 1.0), "gave 1 column where there are two classes"),
        (lambda rows: np.full(rows, 0.5), "gave 1 column"),
        (lambda rows: np.full((rows, 3), 0.3), "gave 3 columns"),
        (_with_nan, r"NaN or infinity in 1 of \d+ rows"),
        (lambda rows: np.full((rows, 2), 7.0), "probabilities lie from 0 to 1"),
        (lambda rows: np.full((rows, 2), "high"), "something else than numbers"),
    ],
)
def test_a_bad_answer_is_told_in_a_sentence(task: OwnTask, answer: Any, told: str) -> None:
    with pytest.raises(BadModel, match=told):
        task.compare(Answering(answer), seeds=1)


def test_what_is_no_model_is_told_in_a_sentence(task: OwnTask) -> None:
    broken: Any = object()
    with pytest.raises(BadModel, match="object has no fit"):
        task.compare(broken)
    klass: Any = LogisticRegression
    report = None
    with pytest.raises((BadModel, TypeError)):
        report = task.compare(klass, seeds=1)
    assert report is None
    with pytest.raises(BadModel, match="a candidate of ours is called gnn"):
        task.compare(logistic(), name="gnn")
    with pytest.raises(BadModel, match="at least one seed"):
        task.compare(logistic(), seeds=0)


def table(rows: int = 300, seed: int = 3) -> tuple[pd.DataFrame, Any]:
    draw = np.random.default_rng(seed)
    values = pd.DataFrame(draw.normal(3, 2, (rows, 4)), columns=list("abcd"))
    return values, (values["a"] - values["b"] + draw.normal(0, 1, rows) > 0).astype(int)


@pytest.mark.parametrize(
    "model",
    [
        LogisticRegression(),
        logistic(),
        HistGradientBoostingClassifier(max_iter=20),
        lgb.LGBMClassifier(n_estimators=20, verbose=-1),
    ],
    ids=lambda model: type(model).__name__,
)
def test_what_is_saved_says_the_same_when_read_back(model: Any) -> None:
    values, outcome = table()
    again = read(saved(model.fit(values, outcome), values))
    fresh, _ = table(seed=9)
    said = model.predict_proba(fresh)[:, 1]
    np.testing.assert_allclose(again.probability(fresh.to_numpy()), said, atol=1e-4)


@pytest.mark.parametrize("model", [RandomForestClassifier(5), GaussianNB()], ids=lambda m: type(m).__name__)
def test_what_cannot_be_saved_is_refused_with_what_can(model: Any) -> None:
    values, outcome = table()
    with pytest.raises(NotSaveable, match="What can be saved"):
        saved(model.fit(values, outcome), values)


class Threshold:
    """A model of a package: one number, and the arrays that it is."""

    def __init__(self, at: float = 0.0) -> None:
        self.at = at

    def fit(self, values: pd.DataFrame, _outcome: Any) -> None:
        self.at = float(values.iloc[:, 0].mean())

    def predict_proba(self, values: pd.DataFrame) -> Any:
        sure = 0.2 + 0.6 * (values.iloc[:, 0].to_numpy() > self.at)
        return np.column_stack([1 - sure, sure])

    def to_arrays(self) -> dict[str, Any]:
        return {"at": np.array([self.at])}

    @classmethod
    def from_arrays(cls, arrays: Any) -> "Threshold":
        return cls(float(arrays["at"][0]))


def test_a_package_declares_how_its_model_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    values, outcome = table()
    model = Threshold()
    model.fit(values, outcome)
    with pytest.raises(NotSaveable, match=r"relgraph\.models"):
        saved(model, values)
    entry = EntryPoint("threshold", f"{__name__}:Threshold", GROUP)
    monkeypatch.setattr("gnn.own_model.saved.entry_points", lambda group: [entry] if group == GROUP else [])
    again = read(saved(model, values))
    np.testing.assert_array_equal(again.probability(values.to_numpy()), model.predict_proba(values)[:, 1])


def test_a_model_of_purchases_is_judged_beside_the_rankers() -> None:
    """The scorer that most speaks for what is bought, alone, ranks as that scorer's own row does."""
    task = OwnTask(CROSS_SELL, company(), CUTOFF, HORIZON)
    train, valid, test = task.split()
    assert set(train["bought"]) == {0, 1}
    orders = company()["orders"].merge(company()["lines"], on="order_id")
    before = orders[orders["at"] < CUTOFF]
    owned = set(zip(before["customer_id"], before["product_id"], strict=True))
    assert not owned & set(zip(test["customer_id"], test["product_id"], strict=True))
    within = orders[(orders["at"] >= CUTOFF) & (orders["at"] < CUTOFF + pd.Timedelta(days=HORIZON))]
    came = set(zip(within["customer_id"], within["product_id"], strict=True))
    pairs = zip(test["customer_id"], test["product_id"], strict=True)
    assert [pair in came for pair in pairs] == (test["bought"] == 1).tolist()
    assert set(task.units) == set(task.features)
    report = task.compare(ByColumn("ease_text_trend"), seeds=1, name="mine")
    assert report.loc["mine", "recall@20"] == pytest.approx(report.loc["ease_text_trend", "recall@20"])
    assert report.loc["mine", "ndcg@20"] == pytest.approx(report.loc["ease_text_trend", "ndcg@20"])
    assert len(valid) > 0


class ByColumn:
    """More of one column is likelier."""

    def __init__(self, column: str) -> None:
        self.column = column

    def fit(self, values: pd.DataFrame, outcome: Any) -> None:
        """Nothing to learn."""

    def predict_proba(self, values: pd.DataFrame) -> Any:
        sure = 1 / (1 + np.exp(-values[self.column].to_numpy()))
        return np.column_stack([1 - sure, sure])


def test_a_promoted_model_of_purchases_suggests(store: Store, tmp_path: Path) -> None:
    log = company(customers=40)
    load_orders(store, log)
    end = log["orders"]["at"].max().to_pydatetime().replace(tzinfo=UTC)
    keep_clock(store, fixed_clock(end), end)
    with Company(Home(store, Settings(RELGRAPH_HOME=tmp_path))) as made:
        report = made.task("cross-sell", horizon_days=60).compare(logistic(), seeds=1, name="mine")
        model_id = made.promote(report["mine"], even_if_worse=True)
        assert made.score()["models"] == {"cross-sell": model_id}
        listed = made.query(
            "MATCH (c:Customer)<-[:FOR]-(r:Recommendation)-[:ABOUT]->(p:Product) "
            "RETURN c.customer_id AS customer, p.product_id AS product, r.model_id AS model, "
            "r.reasons AS reasons"
        )
        lines = made.frames()["lines"]
    assert set(listed["model"]) == {model_id}
    owned = set(zip(lines["customer_id"], lines["product_id"], strict=True))
    assert not owned & set(zip(listed["customer"], listed["product"], strict=True))
    assert all(orjson.loads(text) for text in listed["reasons"])


@pytest.mark.query("explore.reasons")
def test_a_promoted_model_serves_scores_and_explains(store: Store, tmp_path: Path) -> None:
    log = company(customers=60)
    load_orders(store, log)
    end = log["orders"]["at"].max().to_pydatetime().replace(tzinfo=UTC)
    keep_clock(store, fixed_clock(end), end)
    with Company(Home(store, Settings(RELGRAPH_HOME=tmp_path))) as made:
        task = made.task("churn", horizon_days=60)
        assert task.cutoff == newest_cutoff(log, 60)
        report = task.compare(logistic(), seeds=1, name="mine")
        model_id = made.promote(report["mine"], even_if_worse=True)
        assert promoted(store, tmp_path, "churn").model_id == model_id
        assert models(store, "churn")[0]["pinned"]
        forest = task.compare(RandomForestClassifier(10), seeds=1)["RandomForestClassifier"]
        with pytest.raises(NotSaveable):
            made.promote(forest, even_if_worse=True)
        with pytest.raises(NotPromoted, match="clearly worse"):
            made.promote(replace(forest, interval=(-0.2, -0.1)))
        assert promoted(store, tmp_path, "churn").model_id == model_id
        assert made.score()["models"] == {"churn": model_id}
        _check_scores(made, task, report["mine"].model)
    assert not list((tmp_path / "models").rglob("*.pkl"))


def _check_scores(made: Company, task: OwnTask, model: Any) -> None:
    """Every customer has a score of the model, in the order that the model itself gives, with its reasons."""
    scores = made.query(
        "MATCH (c:Customer)-[:SCORED]->(s:RiskScore) WHERE s.until IS NULL "
        "RETURN c.customer_id AS customer_id, s.probability AS probability ORDER BY customer_id"
    )
    assert len(scores) == 60
    assert scores["probability"].between(0, 1).all()
    assert scores["probability"].nunique() > 20
    riskiest = scores.sort_values("probability")["customer_id"].iloc[-1]
    reasons = made.explain(riskiest)
    assert len(reasons) > 0
    assert reasons["contribution"].abs().is_monotonic_decreasing
    assert reasons["text"].str.contains("the risk").all()
    assert made.explain("nobody").empty
    assert task.name == "churn"
    assert hasattr(model, "fit")
    assert datetime.now(UTC) > made.now
    assert orjson.dumps(reasons["evidence"].tolist())
