"""Families of products: what a customer buys of each, and since when.

A company that begins with a family has bought none of its products yet; what speaks for the family stands at
the families of its deals, of companies that are linked or alike, and of customers with the same families.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from gnn.cross_sell.subjects import subjects
from gnn.features.history import DAY, History, Ints, indicator


@dataclass(frozen=True)
class Families:
    """Of one history; matrices have a row per customer and a column per family, at least one."""

    history: History

    @cached_property
    def codes(self) -> Ints:
        """Per product the number of its family, −1 where none is known."""
        return np.asarray(self.history.product_values["family"].astype("category").cat.codes, dtype=np.int64)

    @property
    def known(self) -> bool:
        """Whether any product has a family."""
        return bool((self.codes >= 0).any())

    @cached_property
    def products(self) -> sparse.csr_matrix:
        """Products × families: 1 where the product belongs to it."""
        known = np.flatnonzero(self.codes >= 0)
        return indicator(known, self.codes[known], (len(self.codes), self.codes.max(initial=0) + 1))

    @cached_property
    def used(self) -> sparse.csr_matrix:
        """1 where the customer bought any product of the family."""
        bought: sparse.csr_matrix = (self.history.bought() @ self.products).tocsr()
        bought.data[:] = 1.0
        return bought

    @cached_property
    def lately(self) -> sparse.csr_matrix:
        """By the age of the newest purchase, half as much per two horizons."""
        return self._by_age("min", 2.0)

    @cached_property
    def begun(self) -> sparse.csr_matrix:
        """By the age of the first purchase, half as much per horizon."""
        return self._by_age("max", 1.0)

    @cached_property
    def discussed(self) -> sparse.csr_matrix:
        """By the ages of what deals and tickets, open or not, are about, half as much per two horizons."""
        about = subjects(self.history)
        return self._decayed(about.assign(family=self.codes[about["column"]]), 2.0)

    def _by_age(self, purchase: str, horizons: float) -> sparse.csr_matrix:
        """Of every customer and family its newest (`min`) or its first (`max`) purchase."""
        lines = self.history.purchases
        dated = lines.assign(family=self.codes[lines["column"]])
        ages = dated.groupby(["row", "family"])["age"].agg(purchase)
        return self._decayed(ages.reset_index(), horizons)

    def _decayed(self, dated: pd.DataFrame, horizons: float) -> sparse.csr_matrix:
        """Sums over `row` and `family` of what counts half as much per so many horizons of `age`."""
        known = dated[dated["family"] >= 0]
        weights = np.exp2(-known["age"].to_numpy() / (horizons * float(self.history.horizon / DAY)))
        return sparse.csr_matrix((weights, (known["row"], known["family"])), shape=self.used.shape)
