"""Every number in every reason, counted again from the raw tables; and what must not be said."""

import re
from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np
import pandas as pd
import pytest

from gnn.churn.labels import churn_labels
from gnn.churn.models import LIGHTGBM, Tabular, of_states
from gnn.churn.occlusion import Information, contributions
from gnn.churn.reasons import KINDS, WORDING, churn_reasons
from gnn.churn.sentences import Sentences
from gnn.cross_sell.ranking import RankingInput
from gnn.cross_sell.reasons import Paths
from gnn.cross_sell.scorers import SCORERS
from gnn.features.feature_set import FeatureSet, feature_set
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.reasons import REASONS
from gnn.snapshot import Log, log_of
from gnn.wording import counted
from tests.gnn.synthetic import START, full

CUTOFF, HORIZON = START + pd.Timedelta(days=380), pd.Timedelta(days=60)
DAYS = HORIZON.days
WRONG = re.compile(
    r"\b(1|no) (other |linked |buying )*"
    r"(days|orders|contacts|products|tickets|companies|customers|opportunities)\b"
    r"|\b0\b|\b1 of 1\b|\b1 of them\b.*\b1 contact|\b1 (opened|opportunity)\b[^,;]* are\b"
)
"""Numbers that do not agree with their nouns; nought, which is said as `no` and `none`."""


def features_of(log: Log) -> FeatureSet:
    return feature_set(log, CUTOFF, HORIZON)


def ago(at: pd.Series) -> pd.Series:
    """Days before the cut-off; what lies after it is missing."""
    age: pd.Series = (CUTOFF - at.where(at < CUTOFF)).dt.total_seconds() / 86_400
    return age.dropna()


class Recount:
    """Plain counts from the raw tables, one customer at a time."""

    def __init__(self, log: Log, customer: str) -> None:
        self.log, self.customer = log, customer

    def own(self, table: str) -> pd.DataFrame:
        frame = self.log[table]
        return frame[frame["customer_id"] == self.customer]

    @cached_property
    def orders(self) -> pd.DataFrame:
        orders = self.own("orders")
        return orders[(orders["at"] < CUTOFF) & (orders["kind"] != "return")]

    def silence(self) -> list[int]:
        days = sorted({int(age) for age in ago(self.orders["at"])})
        if len(days) == 1:
            return days
        return [days[0], round((days[-1] - days[0]) / (len(days) - 1))]

    def order_trend(self) -> list[int]:
        ages = ago(self.orders["at"])
        return [int((ages <= DAYS).sum()), DAYS, int(((ages > DAYS) & (ages <= 2 * DAYS)).sum()), DAYS]

    def history(self) -> list[int]:
        return [len(self.orders), int(ago(self.orders["at"]).max())]

    def basket(self) -> list[int]:
        lines = self.log["lines"].merge(self.orders, on="order_id")
        recent = lines[ago(lines["at"]) <= DAYS]
        return [lines["product_id"].nunique(), recent["product_id"].nunique(), DAYS]

    def jobs(self, *, gone: bool) -> set[str]:
        jobs = self.own("jobs")
        jobs = jobs[jobs["valid_from"] < CUTOFF]
        left = jobs["valid_to"] < CUTOFF
        lately = left & (CUTOFF - jobs["valid_to"] <= pd.Timedelta(days=182))
        return set(jobs.loc[lately if gone else ~left, "contact_id"])

    def talks(self, within: float) -> pd.DataFrame:
        events = self.log["interactions"]
        events = events[(events["at"] < CUTOFF) & (CUTOFF - events["at"] < pd.Timedelta(days=within))]
        taken = self.log["participations"].merge(events, on="interaction_id").query("side == 'contact'")
        jobs = self.own("jobs").merge(taken, left_on="contact_id", right_on="person_id")
        day, left = pd.Timedelta(days=1), jobs["valid_to"].where(jobs["valid_to"] < CUTOFF)
        during = (jobs["valid_from"] <= jobs["at"] + day) & ~(left < jobs["at"] - day)
        return jobs[during]

    def people_left(self) -> list[int]:
        gone, roles = self.jobs(gone=True), self.log["roles"]
        counts = self.talks(730).groupby("contact_id").size()
        busiest = set(counts[(counts == counts.max()) & (counts >= 3)].index)
        champions = set(
            roles.loc[(roles["role"] == "champion") & (roles["valid_from"] < CUTOFF), "contact_id"]
        )
        key = len(gone & (champions | busiest))
        return [len(gone), 182, *([key] if key else [])]

    def threads(self) -> list[int]:
        here = self.jobs(gone=False)
        return [len(here & set(self.talks(182)["contact_id"])), len(here), 182]

    def tickets(self) -> list[int]:
        tickets = self.own("tickets")
        tickets = tickets[tickets["opened_at"] < CUTOFF]
        age = ago(tickets["opened_at"])
        still = tickets["closed_at"].isna() | (tickets["closed_at"] >= CUTOFF)
        urgent = (tickets["urgent"] > 0) & (age <= 180)
        return [int((age <= 90).sum()), 90, int(urgent.sum()), 180, int((still & (age <= 365)).sum()), 365]

    def opportunities(self) -> list[int]:
        deals = self.own("opportunities")
        deals = deals[deals["opened_at"] < CUTOFF]
        closed = deals["closed_at"] < CUTOFF
        lately = closed & (CUTOFF - deals["closed_at"] <= pd.Timedelta(days=365))
        open_ = ~closed & (ago(deals["opened_at"]) <= 365)
        won, lost = (int((lately & (deals["outcome"] == name)).sum()) for name in ("won", "lost"))
        return [int(open_.sum()), 365, won, lost]

    def payments(self) -> list[int]:
        invoices = self.own("invoices")
        invoices = invoices[invoices["issued_at"] < CUTOFF]
        unpaid = ~(invoices["paid_at"] < CUTOFF)
        overdue = int((unpaid & (invoices["due_at"] < CUTOFF)).sum())
        return [int(unpaid.sum()), len(invoices), *([overdue] if overdue else [])]

    def quiet(self, customers: set[str]) -> list[int]:
        orders = self.log["orders"]
        orders = orders[(orders["at"] < CUTOFF) & (orders["kind"] != "return")]
        known = customers & set(orders["customer_id"])
        recent = set(orders.loc[CUTOFF - orders["at"] <= HORIZON, "customer_id"])
        return [len(known - recent), len(known), DAYS]

    def linked_companies(self) -> list[int]:
        links = self.log["links"]
        links = links[(links["valid_from"] < CUTOFF) & ~(links["valid_to"] < CUTOFF)]
        pairs = set(zip(links["start_id"], links["end_id"], strict=True))
        both = pairs | {(end, start) for start, end in pairs}
        return self.quiet({end for start, end in both if start == self.customer} - {self.customer})

    def peers(self) -> list[int]:
        values = self.log["customer_values"].set_index("customer_id")["industry"]
        industry = values.get(self.customer)
        return self.quiet(set(values[values == industry].index) - {self.customer})

    def company(self) -> list[int]:
        return [int(self.own("customer_values")["employees"].iloc[0])]

    def conversations(self) -> list[int]:
        recent, both = (len(self.talks(days + 1e-9)["interaction_id"].unique()) for days in (90, 180))
        return [recent, 90, both - recent, 90]


def spelled(kind: str, text: str) -> str:
    """The sentence of a kind with every count as a number, in the order of the plain counts."""
    for words, number in (
        (r"\bnone won or lost", "0 won and 0 lost"), (r"\b(no|none)\b", "0"), ("less than a day", "0 days"),
        (r"^all (\d+)", r"0 of \1"), ("^both", "0 of 2"), (", and that in", ", 1 in"),
        (", but not in", ", 0 in"),
    ):  # fmt: skip
        text = re.sub(words, number, text)
    if kind == "tickets":
        urgent, still = re.search(r"(\d+) urgent", text), re.search(r"(\d+) opened", text)
        recent = text.split(" ")[0]
        counts = [urgent[1] if urgent else 0, still[1] if still else 0]
        return f"{recent} in 90, {counts[0]} in 180, {counts[1]} in 365"
    if text.startswith("the only"):
        said = "talked" in text if kind == "threads" else not re.search("placed orders", text)
        return f"{int(said)} of 1 {text}".replace("placed 0 order", "placed")
    if kind in ("linked_companies", "peers"):
        return text.replace("placed 0 order", "placed")
    return re.sub("^(1 contact left in the last 182 days), a ", r"\1, 1 a ", text)


def numbers(text: str, *, without: str = "") -> list[int]:
    return [int(found) for found in re.findall(r"(?<![\w.-])\d+(?![\w.])", text.replace(without, ""))]


@pytest.mark.parametrize("seed", range(3))
def test_every_number_of_every_sentence_is_counted(seed: int) -> None:
    log = full(seed)
    features = features_of(log)
    sentences, seen = Sentences(features), set()
    for row in np.flatnonzero(features.history.has_order)[::2].tolist():
        recount = Recount(log, str(features.history.customers[row]))
        expected: Mapping[str, Callable[[], list[int]]] = {kind: getattr(recount, kind) for kind in KINDS}
        for kind, count in expected.items():
            sentence = sentences.of(kind, row)
            if sentence is None:
                continue
            seen.add(kind)
            stated = numbers(spelled(kind, sentence.text))
            assert stated == count(), (kind, sentence.text)
            assert sentence.value == stated[0]
            assert not WRONG.search(sentence.text), sentence.text
    assert seen == set(KINDS)


def test_what_is_not_known_is_not_said() -> None:
    log = full()
    bare = log_of({name: log[name] for name in ("customers", "orders", "lines", "products")})
    features = features_of(bare)
    sentences = Sentences(features)
    said = {
        kind for kind in KINDS for row in range(len(features.history.customers)) if sentences.of(kind, row)
    }
    assert said == {"silence", "order_trend", "history", "basket"}


def test_a_reason_says_which_way_it_moves_the_risk() -> None:
    log = full()
    features = features_of(log)
    labels = churn_labels(log, features.history)
    model = Tabular("all", Logistic.fit(features.table.values[labels.rows], labels.churned, 0.05))
    for reasons in churn_reasons(model, features, 1.0, labels.rows):
        assert 1 <= len(reasons) <= REASONS
        sizes = [abs(reason["contribution"]) for reason in reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert min(sizes) >= WORDING.least
        for reason in reasons:
            direction = "raises" if reason["contribution"] > 0 else "lowers"
            assert reason["text"].endswith(f": {direction} the risk")


def test_what_lightgbm_says_is_divided_exactly() -> None:
    """All features together account for the whole distance from the mean, also after its tensors."""
    features = features_of(full())
    labels, values = churn_labels(full(), features.history), features.table.values
    trees = Leafwise.fit(values[labels.rows], labels.churned, 1)
    model = of_states({LIGHTGBM: trees.state()}, LIGHTGBM)
    halves = {"some": Information(features.table.names[:7]), "others": Information(features.table.names[7:])}
    parts = contributions(model, features, halves, 2.0)
    mean = trees.contributions(values)[:, -1]
    assert np.ptp(model.logits(features)) > 0.1
    assert parts["some"] + parts["others"] == pytest.approx(2 * (model.logits(features) - mean), abs=1e-4)


def test_products_are_recommended_by_counts() -> None:
    log = full()
    features = features_of(log)
    paths, everything = Paths(RankingInput(features)), np.ones(len(SCORERS), dtype=np.float32)
    orders = log["orders"][(log["orders"]["at"] < CUTOFF)]
    bought = log["lines"].merge(orders, on="order_id")
    buyers = bought.groupby("product_id")["customer_id"].agg(set)
    industry = log["customer_values"].set_index("customer_id")["industry"]
    for row, column in ((row, column) for row in range(0, 80, 7) for column in range(0, 30, 3)):
        customer, product = features.history.customers[row], features.history.products[column]
        own = {other for other in set(bought["customer_id"]) if industry.get(other) == industry.get(customer)}
        for reason in paths.reasons(row, column, everything):
            if (
                " in " in reason["text"]
                and reason["text"].endswith("bought it")
                and "buying" in reason["text"]
            ):
                assert numbers(reason["text"]) == [len(buyers[product] & own), len(own)]
            if "as well as" in reason["text"]:
                partner = reason["path"][1]["id"]
                assert numbers(reason["text"], without=partner)[0] == len(buyers[product] & buyers[partner])


@pytest.mark.parametrize(("number", "text"), [(0, "no order"), (1, "1 order"), (2, "2 orders")])
def test_numbers_agree_with_their_nouns(number: int, text: str) -> None:
    assert counted(number, "order") == text
    assert counted(number, "company", "companies") == text.replace("orders", "companies").replace(
        "order", "company"
    )
