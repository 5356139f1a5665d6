"""Relational features: what happens at a customer's relatives, partners, industry and look-alikes."""

import numpy as np
from scipy import sparse

from gnn.features.history import DAY, Floats, History

ORG_KINDS = ("parent_of", "partner_of", "referred")
CARRIED = ("recency", "overdue", "order_trend", "ticket_pain", "key_left_recent", "talk_trend")
"""Own features whose mean over the neighbours is a feature."""


def org_adjacency(history: History, kinds: tuple[str, ...] = ORG_KINDS) -> sparse.csr_matrix:
    """Customers × customers, 1 where an organisation link of these kinds is in force, both ways."""
    links = history.log["links"]
    links = links[links["kind"].isin(kinds) & links["valid_to"].isna()]
    starts, ends = history.rows(links["start_id"]), history.rows(links["end_id"])
    kept = (starts >= 0) & (ends >= 0) & (starts != ends)
    size = history.shape[0]
    forward = sparse.csr_matrix((np.ones(kept.sum()), (starts[kept], ends[kept])), shape=(size, size))
    return ((forward + forward.T) > 0).astype(np.float64).tocsr()


def membership(history: History, field: str) -> sparse.csr_matrix:
    """Customers × groups, 1 where the customer's value of the field is that group."""
    codes, groups = _codes(history, field)
    kept = codes >= 0
    return sparse.csr_matrix(
        (np.ones(kept.sum()), (np.flatnonzero(kept), codes[kept])), shape=(len(codes), max(groups, 1))
    )


def _codes(history: History, field: str) -> tuple[np.ndarray, int]:
    values = history.values[field].astype(object)
    groups = np.unique(values.dropna().to_numpy().astype(str))
    codes = np.full(len(values), -1)
    present = values.notna().to_numpy()
    codes[present] = np.searchsorted(groups, values[present].to_numpy().astype(str))
    return codes, len(groups)


def mean_over(adjacency: sparse.csr_matrix, values: Floats, default: float, prior: float = 1.0) -> Floats:
    """Mean of the neighbours' values, shrunk to `default` by `prior` imagined neighbours."""
    weight = np.asarray(adjacency.sum(axis=1)).ravel()
    return ((adjacency @ values + prior * default) / (weight + prior)).astype(np.float32)


def silent(history: History) -> Floats:
    """1 where the customer has ordered before but not within the last horizon."""
    recent = history.sales.loc[history.sales["age"] <= history.horizon / DAY, "row"]
    ordered = np.bincount(recent, minlength=history.shape[0]) > 0
    return (history.has_order & ~ordered).astype(np.float32)


def neighbours(history: History, own: dict[str, Floats]) -> dict[str, Floats]:
    """Means over organisation links and over the industry and region, of silence and of chosen features."""
    org, known = org_adjacency(history), history.has_order
    quiet = silent(history)
    overall = float(quiet[known].mean()) if known.any() else 0.0
    features = {"org_degree": np.log1p(np.asarray(org.sum(axis=1)).ravel()).astype(np.float32)}
    features["org_silent"] = mean_over(_to_known(org, known), quiet, overall)
    for field in ("industry", "region", "country"):
        features[f"{field}_silent"] = _group_mean(history, field, quiet, overall)
    for name in CARRIED:
        values = own[name]
        features[f"org_{name}"] = mean_over(_to_known(org, known), values, float(np.mean(values)))
    return features


def _to_known(adjacency: sparse.csr_matrix, known: np.ndarray) -> sparse.csr_matrix:
    return (adjacency @ sparse.diags(known.astype(np.float64))).tocsr()


def _group_mean(history: History, field: str, values: Floats, default: float) -> Floats:
    """Mean over the other members of the group that have ordered."""
    groups = membership(history, field)
    known = history.has_order.astype(np.float64)
    totals = groups.T @ (values * known)
    counts = groups.T @ known
    others = groups @ totals - values * known
    weight = groups @ counts - known
    member = np.asarray(groups.sum(axis=1)).ravel() > 0
    mean = (others + 10 * default) / (np.maximum(weight, 0) + 10)
    return np.where(member, mean, default).astype(np.float32)
