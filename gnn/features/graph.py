"""The past as a heterogeneous graph for message passing: typed nodes with features, typed weighted edges."""

import numpy as np
import torch
from scipy import sparse

from gnn.features.channels import Channels
from gnn.features.neighbours import membership, org_adjacency
from gnn.features.past import Floats, Past
from gnn.features.people import HALF_YEAR, People
from gnn.geometric import HeteroData

Edge = tuple[str, str, str]

PRODUCT_FEATURES = 4
CONTACT_FEATURES = 8
TICKET_FEATURES = 6

EDGES: tuple[Edge, ...] = (
    ("product", "bought_by", "customer"),
    ("customer", "bought", "product"),
    ("customer", "parent_of", "customer"),
    ("customer", "subsidiary_of", "customer"),
    ("customer", "partner_of", "customer"),
    ("contact", "works_at", "customer"),
    ("ticket", "for", "customer"),
    ("customer", "employs", "contact"),
    ("customer", "raised", "ticket"),
    ("customer", "in", "industry"),
    ("industry", "of", "customer"),
)
"""Every edge type of the graph; one without edges is kept, with none."""


def hetero_graph(past: Past, customers: Floats, who: People, channels: Channels) -> HeteroData:
    """HeteroData with `x` per node type and `edge_index`, `edge_weight` per edge type.

    `customers` are the customers' features, already standardised. Weights into a node sum to one per edge
    type, so that messages are weighted means; tickets weigh by age and are summed.
    """
    data = HeteroData()
    data["customer"].x = torch.from_numpy(customers)
    data["product"].x = torch.from_numpy(product_features(past, channels))
    data["contact"].x = torch.from_numpy(contact_features(who))
    data["ticket"].x, weights = ticket_features(past)
    industries = membership(past, "industry")
    data["industry"].x = torch.ones(industries.shape[1], 1)
    for edge, matrix in _adjacencies(past, channels, industries).items():
        _put(data, edge, _row_normal(matrix))
    jobs = who.jobs
    employed = _incidence(jobs["row"].to_numpy(), np.ones(len(jobs)), past.shape[0])
    raised = _incidence(past.rows(past.log["tickets"]["customer_id"]), weights, past.shape[0])
    reached = (employed, raised, employed.T.tocsr(), _row_normal(raised.T.tocsr()))
    for edge, matrix in zip(EDGES[5:9], reached, strict=True):
        _put(data, edge, matrix)
    return data


def _adjacencies(
    past: Past, channels: Channels, industries: sparse.csr_matrix
) -> dict[Edge, sparse.csr_matrix]:
    """Per edge type a matrix destination × source."""
    parents = _directed(past, "parent_of")
    return {
        EDGES[0]: channels.recent,
        EDGES[1]: channels.recent.T.tocsr(),
        EDGES[2]: parents.T.tocsr(),
        EDGES[3]: parents,
        EDGES[4]: org_adjacency(past, ("partner_of", "referred")),
        EDGES[9]: industries.T.tocsr(),
        EDGES[10]: industries,
    }


def _directed(past: Past, kind: str) -> sparse.csr_matrix:
    links = past.log["links"]
    links = links[links["kind"].eq(kind) & links["valid_to"].isna()]
    starts, ends = past.rows(links["start_id"]), past.rows(links["end_id"])
    kept = (starts >= 0) & (ends >= 0)
    shape = (past.shape[0], past.shape[0])
    return sparse.csr_matrix((np.ones(int(kept.sum())), (starts[kept], ends[kept])), shape=shape)


def _incidence(rows: np.ndarray, weights: np.ndarray, size: int) -> sparse.csr_matrix:
    """Destination rows × numbered sources."""
    kept = np.flatnonzero(rows >= 0)
    return sparse.csr_matrix((weights[kept], (rows[kept], kept)), shape=(size, len(rows)))


def _row_normal(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    totals = np.asarray(matrix.sum(axis=1)).ravel()
    scale = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0)
    normal: sparse.csr_matrix = (sparse.diags(scale) @ matrix).tocsr()
    return normal


def _put(data: HeteroData, edge: Edge, matrix: sparse.csr_matrix) -> None:
    pairs = matrix.tocoo()
    index = np.stack([pairs.col, pairs.row]).astype(np.int64)
    data[edge].edge_index = torch.from_numpy(index)
    data[edge].edge_weight = torch.from_numpy(pairs.data.astype(np.float32))


def product_features(past: Past, channels: Channels) -> Floats:
    """Products × 4: log buyers, log recent buyers, log age in days, log list price."""
    if past.shape[1] == 0:
        return np.zeros((0, PRODUCT_FEATURES), dtype=np.float32)
    ever, lately, age = (
        channels.everywhere[name] for name in ("popularity", "recent_popularity", "product_age")
    )
    price = np.nan_to_num(past.product_values["list_price"].to_numpy(dtype=np.float64))
    columns = [np.log1p(ever), np.log1p(lately), np.log1p(age) / 3, np.log1p(np.maximum(price, 0)) / 3]
    return np.stack(columns, axis=1).astype(np.float32)


def contact_features(who: People) -> Floats:
    """Contacts' jobs × 8: gone, gone lately, senior, champion, busiest, talks lately.

    Talks before, tenure.
    """
    jobs = who.jobs
    left = jobs["left"].to_numpy()
    gone, lately = ~np.isnan(left), left <= HALF_YEAR
    columns = [gone, lately, jobs["senior"].to_numpy(), who.champion, who.busiest]
    columns += [np.log1p(who.talk_counts(0, 90)), np.log1p(who.talk_counts(90, 270))]
    columns += [np.log1p(np.maximum(jobs["since"].to_numpy(), 0)) / 5]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def ticket_features(past: Past) -> tuple[torch.Tensor, np.ndarray]:
    """Tickets × 6 (open, urgent, late, rated, rating, recent) and their weight by age (half-life 60 days)."""
    frame = past.log["tickets"]
    age = past.age(frame["opened_at"])
    rating = frame["satisfaction"].to_numpy()
    rated = np.isfinite(rating)
    middle, spread = (
        (float(rating[rated].mean()), float(rating[rated].std()) or 1.0) if rated.any() else (0.0, 1.0)
    )
    columns = [
        frame["closed_at"].isna().to_numpy(),
        frame["urgent"].to_numpy() > 0,
        frame["sla_breached"].to_numpy() > 0,
        rated,
        np.where(rated, (rating - middle) / spread, 0.0),
        age <= 90,
    ]
    stacked = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return torch.from_numpy(stacked), np.exp2(-age / 60.0)
