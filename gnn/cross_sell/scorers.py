"""Candidate scorers: each says, along one path of the graph, how much speaks for a product for a customer.

A scorer is a matrix customers × products on a logarithmic scale relative to the customer's mean, so that a
weighted sum of scorers is a weighted product of the experts' opinions (a log-linear pool).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.cross_sell.ease import MAX_PRODUCTS, ease
from gnn.cross_sell.item_knn import conditional, cosine, together
from gnn.cross_sell.popularity import group_share
from gnn.features.history import Floats, History, Ints
from gnn.features.neighbours import membership, org_adjacency

SCORERS = (
    "popularity",
    "recent_popularity",
    "item_knn",
    "item_knn_recent",
    "conditional",
    "ease",
    "ease_recent",
    "industry",
    "region",
    "country",
    "organisation",
    "organisation_recent",
    "family",
    "interest",
    "product_age",
)
ALONG_LINKS = ("industry", "region", "country", "organisation", "organisation_recent")
OWN = tuple(name for name in SCORERS if name not in ALONG_LINKS)
"""Scorers that need no more than purchases, products and the customer's own opportunities."""
FLOOR = 0.02
"""Relative to the row's mean: how little an expert may speak for a product."""
DENSE = ("ease", "ease_recent")
GROUP_FIELDS = ("industry", "region", "country")


@dataclass(frozen=True)
class CandidateScorers:
    """All scorers of one history; matrices are built once, rows are scored in batches."""

    history: History

    @cached_property
    def owned(self) -> sparse.csr_matrix:
        """Customers × products bought before the cut-off."""
        return self.history.bought()

    @cached_property
    def counts(self) -> sparse.csr_matrix:
        """Products × products: customers that bought both."""
        return together(self.owned)

    @cached_property
    def cosine(self) -> sparse.csr_matrix:
        """Products × products, cosine similarity."""
        return cosine(self.owned, self.counts)

    @cached_property
    def _conditional(self) -> sparse.csr_matrix:
        return conditional(self.owned, self.counts)

    @cached_property
    def _ease(self) -> npt.NDArray[np.float32] | None:
        size = self.history.shape[1]
        return ease(self.owned, penalty=100.0) if size <= MAX_PRODUCTS else None

    @cached_property
    def organisation(self) -> sparse.csr_matrix:
        """Customers × customers linked as parent, subsidiary, partner or by referral."""
        return org_adjacency(self.history)

    @cached_property
    def groups(self) -> dict[str, tuple[sparse.csr_matrix, npt.NDArray[np.float64]]]:
        """Per field: membership of the customers, and share of buyers per group and product."""
        members = {name: membership(self.history, name) for name in GROUP_FIELDS}
        return {name: (groups, group_share(groups, self.owned)) for name, groups in members.items()}

    @cached_property
    def _family(self) -> sparse.csr_matrix:
        """Products × families."""
        values = self.history.product_values["family"].astype(object)
        present = np.flatnonzero(values.notna().to_numpy())
        _, codes = np.unique(values.to_numpy()[present].astype(str), return_inverse=True)
        width = int(codes.max()) + 1 if len(codes) else 1
        return sparse.csr_matrix((np.ones(len(present)), (present, codes)), shape=(len(values), width))

    @cached_property
    def interest(self) -> sparse.csr_matrix:
        """Customers × products of the opportunities open at the cut-off."""
        deals = self.history.log["opportunities"]
        deals = deals[deals["closed_at"].isna()]
        about = self.history.log["interests"].merge(deals, left_on="source_id", right_on="opportunity_id")
        rows = self.history.rows(about["customer_id"])
        columns = self.history.columns(about["product_id"])
        kept = (rows >= 0) & (columns >= 0)
        data = np.ones(int(kept.sum()))
        return sparse.csr_matrix((data, (rows[kept], columns[kept])), shape=self.history.shape)

    @cached_property
    def everywhere(self) -> dict[str, npt.NDArray[np.float64]]:
        """Per product, the same for every customer: buyers, buyers lately, days since the first sale."""
        return {
            "popularity": self.history.buyers(),
            "recent_popularity": self.history.recent_buyers,
            "product_age": self.history.product_age,
        }

    def raw(self, name: str, rows: Ints) -> npt.NDArray[np.float64]:
        """One scorer before scaling: rows × products, larger speaks more for the product."""
        if name in self.everywhere:
            return np.broadcast_to(self.everywhere[name], (len(rows), self.history.shape[1]))
        if name in GROUP_FIELDS:
            members, share = self.groups[name]
            return members[rows] @ share
        if name in DENSE:
            owned = self.owned if name == "ease" else self.history.recent
            size = (len(rows), self.history.shape[1])
            return np.zeros(size) if self._ease is None else owned[rows] @ self._ease
        if name == "interest":
            return np.asarray(self.interest[rows].todense(), dtype=np.float64)
        return self._walked(name, rows)

    def _walked(self, name: str, rows: Ints) -> npt.NDArray[np.float64]:
        """Two steps along the graph: from the customers to something, and on to the products."""
        first, second = self._steps[name]
        return np.asarray((first[rows] @ second).todense(), dtype=np.float64)

    @cached_property
    def _steps(self) -> dict[str, tuple[sparse.csr_matrix, sparse.csr_matrix]]:
        family = self._family
        return {
            "item_knn": (self.owned, self.cosine),
            "item_knn_recent": (self.history.recent, self.cosine),
            "conditional": (self.owned, self._conditional),
            "organisation": (self.organisation, self.owned),
            "organisation_recent": (self.organisation, self.history.recent),
            "family": ((self.history.recent @ family).tocsr(), family.T.tocsr()),
        }

    def scaled(self, rows: Ints) -> Floats:
        """All scorers, rows × products × scorers: log of the value relative to the customer's mean."""
        result = np.empty((len(rows), self.history.shape[1], len(SCORERS)), dtype=np.float32)
        for place, name in enumerate(SCORERS):
            raw = self.raw(name, rows)
            result[:, :, place] = _standard(raw) if name in DENSE else _relative(raw)
        return result


def _relative(raw: npt.NDArray[np.float64]) -> Floats:
    mean = raw.mean(axis=1, keepdims=True)
    scaled = np.ones(raw.shape, dtype=np.float32)
    np.divide(raw, mean, out=scaled, where=mean > 0, casting="same_kind")
    return np.log(np.maximum(scaled, 0) + np.float32(FLOOR))


def _standard(raw: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread = raw.std(axis=1, keepdims=True)
    scaled = np.zeros(raw.shape)
    np.divide(raw - raw.mean(axis=1, keepdims=True), spread, out=scaled, where=spread > 0)
    return scaled
