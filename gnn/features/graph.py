"""The history as a heterogeneous graph: typed nodes with features, typed weighted edges for messages."""

import numpy as np
import torch
from scipy import sparse

from gnn.features.history import Floats, History
from gnn.features.messages import messages
from gnn.features.neighbours import membership, org_adjacency
from gnn.features.people import HALF_YEAR, People
from gnn.geometric import HeteroData

Edge = tuple[str, str, str]

PRODUCT_FEATURES = 4
CONTACT_FEATURES = 8
TICKET_FEATURES = 6

BOUGHT_BY: Edge = ("product", "bought_by", "customer")
BOUGHT: Edge = ("customer", "bought", "product")
PARENT_OF: Edge = ("customer", "parent_of", "customer")
SUBSIDIARY_OF: Edge = ("customer", "subsidiary_of", "customer")
PARTNER_OF: Edge = ("customer", "partner_of", "customer")
WORKS_AT: Edge = ("contact", "works_at", "customer")
TICKET_FOR: Edge = ("ticket", "for", "customer")
EMPLOYS: Edge = ("customer", "employs", "contact")
RAISED: Edge = ("customer", "raised", "ticket")
IN_INDUSTRY: Edge = ("customer", "in", "industry")
INDUSTRY_OF: Edge = ("industry", "of", "customer")
EDGES: tuple[Edge, ...] = (
    BOUGHT_BY, BOUGHT, PARENT_OF, SUBSIDIARY_OF, PARTNER_OF, WORKS_AT, TICKET_FOR, EMPLOYS, RAISED,
    IN_INDUSTRY, INDUSTRY_OF,
)  # fmt: skip
"""Every edge type of the graph, in the order in which an encoder draws its weights; a type without edges is
kept, with none."""


def hetero_graph(history: History, customers: Floats, contacts: People) -> HeteroData:
    """HeteroData with `x` per node type and `edge_index`, `edge_weight` and `messages` per edge type.

    `customers` are the customers' features, already standardised. Weights into a node sum to one per edge
    type, so that messages are weighted means; contacts are combined by their maximum and weigh 1 each, a
    customer's tickets weigh by age and are summed.
    """
    data = HeteroData()
    data["customer"].x = torch.from_numpy(customers)
    data["product"].x = torch.from_numpy(product_features(history))
    data["contact"].x = torch.from_numpy(contact_features(contacts))
    data["ticket"].x, ticket_weights = ticket_features(history)
    industries = membership(history, "industry")
    data["industry"].x = torch.ones(industries.shape[1], 1)
    for edge, matrix in (_means(history, industries) | _sums(history, contacts, ticket_weights)).items():
        put_edges(data, edge, matrix)
    return data


def _means(history: History, industries: sparse.csr_matrix) -> dict[Edge, sparse.csr_matrix]:
    """Per edge type a matrix destination × source whose rows sum to one."""
    parents = _directed(history, "parent_of")
    matrices = {
        BOUGHT_BY: history.recent,
        BOUGHT: history.recent.T.tocsr(),
        PARENT_OF: parents.T.tocsr(),
        SUBSIDIARY_OF: parents,
        PARTNER_OF: org_adjacency(history, ("partner_of", "referred")),
        IN_INDUSTRY: industries.T.tocsr(),
        INDUSTRY_OF: industries,
    }
    return {edge: _row_normal(matrix) for edge, matrix in matrices.items()}


def _sums(history: History, contacts: People, ticket_weights: np.ndarray) -> dict[Edge, sparse.csr_matrix]:
    """Contacts and tickets: every one counts at its customer, and hears from it alone."""
    jobs, size = contacts.jobs, history.shape[0]
    employed = _incidence(jobs["row"].to_numpy(), np.ones(len(jobs)), size)
    raised = _incidence(history.rows(history.log["tickets"]["customer_id"]), ticket_weights, size)
    return {
        WORKS_AT: employed,
        TICKET_FOR: raised,
        EMPLOYS: employed.T.tocsr(),
        RAISED: _row_normal(raised.T.tocsr()),
    }


def _directed(history: History, kind: str) -> sparse.csr_matrix:
    links = history.log["links"]
    links = links[links["kind"].eq(kind) & links["valid_to"].isna()]
    starts, ends = history.rows(links["start_id"]), history.rows(links["end_id"])
    kept = (starts >= 0) & (ends >= 0)
    shape = (history.shape[0], history.shape[0])
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


def put_edges(data: HeteroData, edge: Edge, matrix: sparse.csr_matrix) -> None:
    """The edges of one type, from a matrix destination × source of their weights."""
    pairs = matrix.tocoo()
    index = np.stack([pairs.col, pairs.row]).astype(np.int64)
    data[edge].edge_index = torch.from_numpy(index)
    data[edge].edge_weight = torch.from_numpy(pairs.data.astype(np.float32))
    data[edge].messages = messages(matrix)


def product_features(history: History) -> Floats:
    """Products × 4: log buyers, log recent buyers, log age in days, log list price."""
    if history.shape[1] == 0:
        return np.zeros((0, PRODUCT_FEATURES), dtype=np.float32)
    price = np.nan_to_num(history.product_values["list_price"].to_numpy(dtype=np.float64))
    columns = [
        np.log1p(history.buyers()),
        np.log1p(history.recent_buyers),
        np.log1p(history.product_age) / 3,
        np.log1p(np.maximum(price, 0)) / 3,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def contact_features(contacts: People) -> Floats:
    """Contacts' jobs × 8: gone, gone lately, senior, champion, busiest, talks lately and before, tenure."""
    jobs = contacts.jobs
    left = jobs["left"].to_numpy()
    gone, lately = ~np.isnan(left), left <= HALF_YEAR
    columns = [gone, lately, jobs["senior"].to_numpy(), contacts.champion, contacts.busiest]
    columns += [np.log1p(contacts.talk_counts(0, 90)), np.log1p(contacts.talk_counts(90, 270))]
    columns += [np.log1p(np.maximum(jobs["since"].to_numpy(), 0)) / 5]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def ticket_features(history: History) -> tuple[torch.Tensor, np.ndarray]:
    """Tickets × 6 (open, urgent, late, rated, rating, recent) and their weight by age (half-life 60 days)."""
    frame = history.log["tickets"]
    age = history.age(frame["opened_at"])
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
