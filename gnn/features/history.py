"""A cut log with its customers and products numbered, and the purchases in it as arrays."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from gnn.snapshot.currency import scale_of, scales
from gnn.snapshot.cut import happened
from gnn.snapshot.tables import Log

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
DAY = pd.Timedelta(days=1)
TREND_DAYS, TREND_PRIOR = 21.0, 5.0


@dataclass(frozen=True)
class History:
    """Everything known just before `log.cutoff`; rows are customers, columns are products, by sorted id."""

    log: Log
    cutoff: pd.Timestamp
    horizon: pd.Timedelta
    """Recent means within this span before the cut-off."""

    @cached_property
    def customers(self) -> pd.Index:
        """Customer ids in row order."""
        ids: pd.Index = pd.Index(np.sort(np.asarray(self.log["customers"]["customer_id"])))
        return ids

    @cached_property
    def products(self) -> pd.Index:
        """Ids of the products sold so far, in column order."""
        return self._sold[0]

    @property
    def shape(self) -> tuple[int, int]:
        """Number of customers and of products."""
        return len(self.customers), len(self.products)

    def within_horizon(self, frame: pd.DataFrame, at: str) -> pd.DataFrame:
        """The rows of a table of the whole log that `happened` in [cutoff, cutoff + horizon)."""
        return happened(frame, at, self.cutoff, self.cutoff + self.horizon)

    def rows(self, ids: pd.Series) -> Ints:
        """Row number per customer id, −1 where unknown or missing."""
        return np.asarray(self.customers.get_indexer(pd.Index(ids)), dtype=np.int64)

    def columns(self, ids: pd.Series) -> Ints:
        """Column number per product id, −1 where never sold or missing."""
        return np.asarray(self.products.get_indexer(pd.Index(ids)), dtype=np.int64)

    def age(self, at: pd.Series) -> npt.NDArray[np.float64]:
        """Days from each time to the cut-off; missing stays NaN."""
        return np.asarray((self.cutoff - at).dt.total_seconds(), dtype=np.float64) / 86_400.0

    @cached_property
    def sales(self) -> pd.DataFrame:
        """Orders of kind sale: `row`, `age` in days, `amount`, newest last; a return is no order.

        Amounts are on one scale; `line_scale` puts those of the order's lines on it.
        """
        orders = self.log["orders"]
        return self._placed(orders[orders["kind"] != "return"])

    @cached_property
    def order_days(self) -> pd.DataFrame:
        """Each customer's days with a sale: `row`, `day` in whole days before the cut-off; newest first."""
        days = self.sales.assign(day=np.floor(self.sales["age"]))[["row", "day"]].drop_duplicates()
        return days.sort_values(["row", "day"])

    @cached_property
    def returns(self) -> pd.DataFrame:
        """Orders of kind return, as `sales`."""
        orders = self.log["orders"]
        return self._placed(orders[orders["kind"] == "return"])

    @cached_property
    def scales(self) -> pd.Series:
        """Per currency of the orders so far what puts its amounts on one scale (`gnn.snapshot.currency`)."""
        return scales(self.log["orders"])

    def _placed(self, orders: pd.DataFrame) -> pd.DataFrame:
        scale = scale_of(orders, self.scales)
        frame = pd.DataFrame(
            {
                "order_id": orders["order_id"].to_numpy(),
                "row": self.rows(orders["customer_id"]),
                "age": self.age(orders["at"]),
                "amount": orders["amount"].to_numpy() * scale,
                "line_scale": orders["rate"].fillna(1.0).to_numpy() * scale,
            }
        )
        return frame[frame["row"] >= 0].sort_values(["age", "order_id"], ascending=[False, True])

    @property
    def purchases(self) -> pd.DataFrame:
        """Sale lines with a positive quantity: `row`, `column`, `age`, `amount`."""
        return self._sold[1]

    @cached_property
    def _sold(self) -> tuple[pd.Index, pd.DataFrame]:
        """Ids of the products sold, sorted, and the purchases by their numbers: no text is kept per line."""
        lines = self.log["lines"]
        bought = lines.loc[~(lines["quantity"] <= 0), ["order_id", "product_id", "amount"]]
        sold = bought.merge(self.sales[["order_id", "row", "age", "line_scale"]], on="order_id")
        sold["amount"] *= sold.pop("line_scale")
        products: pd.Index = pd.Index(np.sort(np.asarray(sold["product_id"].unique())))
        columns = products.get_indexer(pd.Index(sold["product_id"]))
        numbers = {name: sold[name].to_numpy() for name in ("age", "amount")}
        purchases = pd.DataFrame({"row": sold["row"].to_numpy(), "column": columns, **numbers})
        return products, purchases

    def bought(self, within_days: float | None = None) -> sparse.csr_matrix:
        """Customers × products, 1 where bought (within the last days when given)."""
        lines = self.purchases
        if within_days is not None:
            lines = lines[lines["age"] <= within_days]
        return indicator(lines["row"].to_numpy(), lines["column"].to_numpy(), self.shape)

    def buyers(self, within_days: float | None = None) -> npt.NDArray[np.float64]:
        """Number of customers per product that bought it (within the last days when given)."""
        return np.asarray(self.bought(within_days).sum(axis=0)).ravel().astype(np.float64)

    @property
    def recent_buyers(self) -> npt.NDArray[np.float64]:
        """Buyers per product within the last horizon, plus 0.2, so that none is without any."""
        return self.buyers(self.horizon / DAY) + 0.2

    @property
    def product_age(self) -> npt.NDArray[np.float64]:
        """Days per product since its first sale, plus one."""
        return np.asarray(self.purchases.groupby("column")["age"].max().to_numpy() + 1.0)

    @cached_property
    def item_trend(self) -> npt.NDArray[np.float64]:
        """Per product how the share of its buyers within the last `TREND_DAYS` compares with all products'.

        1 is as usual; shrunk as if `TREND_PRIOR` usual buyers were added, at most 5.
        """
        lately, ever = self.buyers(TREND_DAYS), self.buyers()
        usual = lately.sum() / max(ever.sum(), 1.0)
        if usual == 0:
            return np.ones(len(ever))
        rise = (lately + TREND_PRIOR * usual) / ((ever + TREND_PRIOR) * usual)
        return np.asarray(np.minimum(rise, 5.0), dtype=np.float64)

    @cached_property
    def recent(self) -> sparse.csr_matrix:
        """Purchases weighted by age, half as much per two horizons."""
        return self.decayed(2 * float(self.horizon / DAY))

    def decayed(self, half_life_days: float) -> sparse.csr_matrix:
        """Customers × products, 0.5 to the power of the newest purchase's age in half-lives."""
        newest = self.purchases.groupby(["row", "column"], sort=True)["age"].min()
        weights = np.exp2(-newest.to_numpy() / half_life_days)
        pairs = newest.index.to_frame().to_numpy()
        return sparse.csr_matrix((weights, (pairs[:, 0], pairs[:, 1])), shape=self.shape)

    @cached_property
    def has_order(self) -> npt.NDArray[np.bool_]:
        """Per customer: at least one sale before the cut-off."""
        return np.bincount(self.sales["row"], minlength=self.shape[0]) > 0

    @cached_property
    def values(self) -> pd.DataFrame:
        """Attribute values per customer row, as of the cut-off: per field the newest known one."""
        return newest_values(self.log["customer_values"], "customer_id", self.customers)

    @cached_property
    def product_values(self) -> pd.DataFrame:
        """Attribute values per product column, as of the cut-off."""
        return newest_values(self.log["product_values"], "product_id", self.products)


def indicator(rows: Ints, columns: Ints, shape: tuple[int, int]) -> sparse.csr_matrix:
    """A 0/1 matrix with ones at the given places, however often each occurs."""
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def newest_values(versions: pd.DataFrame, key: str, ids: pd.Index) -> pd.DataFrame:
    """Per id and field the last value that is not missing, in the order of `known_from`."""
    ordered = versions.sort_values("known_from", kind="stable", na_position="first")
    newest = ordered.groupby(key, sort=True).last()
    return newest.drop(columns=["known_from", "known_to"]).reindex(ids)
