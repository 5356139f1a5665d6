"""Popularity of a product within a group of customers."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from gnn.features.history import Doubles, Ints

PRIOR = 5.0


@dataclass(frozen=True)
class GroupShare:
    """Per group the share of its buying customers that bought each product.

    The share is shrunk towards the overall one as if `PRIOR` average customers belonged to the group. Shares
    are worked out for the groups asked for: all groups times all products may be many.
    """

    counts: sparse.csr_matrix
    """Groups × products: buyers."""
    members: Ints
    """Per group its buying customers."""
    overall: Doubles
    """Per product the share of all buying customers."""

    def of(self, groups: sparse.csr_matrix) -> Doubles:
        """Dense rows [n × products] for rows of a membership; zeros where a row names no group."""
        bought = np.asarray((groups @ self.counts).todense(), dtype=np.float64)
        named = np.asarray(groups.sum(axis=1)).ravel()
        share = (bought + PRIOR * self.overall) / (groups @ self.members + PRIOR)[:, None]
        return np.where(named[:, None] > 0, share, 0.0)

    def mean(self) -> Doubles:
        """Mean over all groups."""
        scale = 1.0 / (self.members + PRIOR)
        bought = np.asarray(self.counts.T @ scale).ravel()
        return np.asarray((bought + PRIOR * self.overall * scale.sum()) / len(scale), dtype=np.float64)

    def only(self, columns: Ints) -> "GroupShare":
        """The same for some of the products."""
        return replace(self, counts=self.counts[:, columns], overall=self.overall[columns])


def group_share(groups: sparse.csr_matrix, bought: sparse.csr_matrix) -> GroupShare:
    """Shares of a membership customers × groups (at most one each), from customers × products bought."""
    active = (np.diff(bought.indptr) > 0).astype(np.float64)
    overall = np.asarray(bought.sum(axis=0), dtype=np.float64).ravel() / max(active.sum(), 1.0)
    members = np.asarray(groups.T @ active).ravel()
    return GroupShare((groups.T @ bought).tocsr(), members.astype(np.int64), overall)
