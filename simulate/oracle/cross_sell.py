"""The cross-sell oracle: ranks the products a customer has not bought by the true intensity of buying
them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from simulate.company.catalogue import Catalogue
from simulate.company.market import Links
from simulate.company.needs import NEVER, family_weight, product_weight, take_up_rate
from simulate.config import Bools, Floats, Ints
from simulate.oracle.read import OracleScore, Truth, cutoff_day, read_links, read_sales, read_truth

K = 20
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Wishes:
    """The true state of needs at the cut-off: families in use, and the rates at which others will be taken
    up."""

    need: Floats
    taste: Floats
    taken_up: Ints
    rate: Floats
    period: int
    catalogue: Catalogue

    def intensity(self, company: Ints, periods: int) -> Floats:
        """Companies x products: expected purchase weight over the next `periods`."""
        family = self._family(company, periods)
        families, per = self.catalogue.popularity.shape
        blocks = [
            family[:, [f]] * product_weight(self.catalogue, np.full(len(company), f), self.taste[company])
            for f in range(families)
        ]
        return np.concatenate(blocks, axis=1).reshape(len(company), families * per)

    def _family(self, company: Ints, periods: int) -> Floats:
        """Mean family weight over the horizon; a family not yet in use counts by its chance to be taken
        up."""
        need, taken = self.need[company], self.taken_up[company]
        new = family_weight(need, np.zeros_like(need))
        total = np.zeros_like(need)
        for ahead in range(1, periods + 1):
            chance = 1.0 - np.exp(-self.rate[company] * ahead)
            total += family_weight(need, self.period + ahead - taken.astype(np.float64)) + chance * new
        return np.asarray(total / periods, dtype=np.float64)


def read_wishes(folder: Path, truth: Truth, day: int) -> Wishes:
    """Needs and families in use on `day`; what was taken up later is hidden."""
    need = pd.read_parquet(folder / "need.parquet")
    taken = pd.read_parquet(folder / "taken_up.parquet").to_numpy(dtype=np.int64)
    products = pd.read_parquet(folder / "products.parquet")
    period = int(day / truth.period_days)
    taken = np.where(taken <= period, taken, NEVER)
    taste = need.pop("taste").to_numpy(dtype=np.float64)
    links: Links | None = read_links(folder, len(need)) if truth.config.relational else None
    families = int(products["family"].max()) + 1
    catalogue = Catalogue(
        family=products["family"].to_numpy(dtype=np.int64),
        price=np.zeros(len(products)),
        popularity=products["popularity"].to_numpy(dtype=np.float64).reshape(families, -1),
        position=products["position"].to_numpy(dtype=np.float64).reshape(families, -1),
    )
    values = need.to_numpy(dtype=np.float64)
    return Wishes(values, taste, taken, take_up_rate(values, taken, period + 1, links), period, catalogue)


def _bought(
    exports: Path, truth: Truth, day: int, horizon: int, items: "pd.Index[str]"
) -> tuple[Bools, Bools]:
    """Customers x products: bought before the cut-off, and bought in the horizon."""
    lines = pd.read_csv(
        exports / "erp" / "sales_order_lines.csv.gz", dtype=str, usecols=["OrderNo", "ItemNo"]
    )
    lines = lines.merge(read_sales(exports, truth), left_on="OrderNo", right_on="order")
    lines["item"] = items.get_indexer(pd.Index(lines["ItemNo"]))
    lines = lines[lines["item"] >= 0]
    before, later = (np.zeros((len(truth.customer_no), len(items)), dtype=bool) for _ in range(2))
    past, inside = lines["day"] < day, (lines["day"] >= day) & (lines["day"] < day + horizon)
    before[lines["customer"][past], lines["item"][past]] = True
    later[lines["customer"][inside], lines["item"][inside]] = True
    return before, later


def ranked_scores(scores: Floats, owned: Bools, wanted: Bools) -> tuple[Floats, Floats]:
    """Recall@20 and NDCG@20 (ideal cut at 20) of each row; owned products are not offered."""
    top = np.argsort(-np.where(owned, -np.inf, scores), axis=1, kind="stable")[:, :K]
    hits = np.take_along_axis(wanted, top, axis=1)
    discount = 1.0 / np.log2(np.arange(2, K + 2))
    size = wanted.sum(axis=1)
    ideal = np.cumsum(discount)[np.minimum(size, K) - 1]
    return hits.sum(axis=1) / size, (hits @ discount) / ideal


def cross_sell_oracle(truth_dir: Path, exports_dir: Path, cutoff: date, horizon_days: int) -> OracleScore:
    """Best reachable recall@20 and NDCG@20 over customers who buy something new to them in the horizon.

    Counted are products sold to anybody before the cut-off and not bought by the customer before; the
    ranking knows
    needs, tastes and families in use at the cut-off, not what is taken up later.
    """
    truth = read_truth(truth_dir)
    day = cutoff_day(truth, cutoff, horizon_days)
    wishes = read_wishes(truth_dir, truth, day)
    owned, wanted, counted = who_buys_new(truth_dir, exports_dir, truth, day, horizon_days)
    periods = max(1, round(horizon_days / truth.period_days))
    recall, ndcg = np.zeros(len(counted)), np.zeros(len(counted))
    for begin in range(0, len(counted), CHUNK):
        rows = counted[begin : begin + CHUNK]
        scores = wishes.intensity(truth.company[rows], periods)
        part = slice(begin, begin + len(rows))
        recall[part], ndcg[part] = ranked_scores(scores, owned[rows], wanted[rows])
    metrics = {"recall@20": float(recall.mean()), "ndcg@20": float(ndcg.mean())}
    return OracleScore("cross-sell", cutoff, horizon_days, len(counted), metrics)


def who_buys_new(
    truth_dir: Path, exports_dir: Path, truth: Truth, day: int, horizon_days: int
) -> tuple[Bools, Bools, Ints]:
    """Customer numbers x products: bought before the day, first bought in the horizon; who counts.

    Counted are those who buy something new to them that anybody bought before.
    """
    items = pd.Index(pd.read_parquet(truth_dir / "products.parquet")["item_no"])
    owned, later = _bought(exports_dir, truth, day, horizon_days, items)
    wanted = later & ~owned & owned.any(axis=0)
    return owned, wanted, np.flatnonzero(owned.any(axis=1) & wanted.any(axis=1))
