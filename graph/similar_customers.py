"""Customers like a customer: whose vectors the last scoring placed nearest, and what both have in common."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.alert.playbook import Language
from graph.score_view.words import Clause, clause, in_words
from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class Similar:
    """Another customer, and how near its vector lies: the cosine from the mean of all, −1…1."""

    customer_id: str
    name: str
    similarity: float
    products: int
    """Products that both bought."""
    clauses: tuple[Clause, ...]

    def text(self, language: Language) -> str:
        """What both have in common, in words."""
        return in_words(self.clauses, language)


async def similar_customers(
    store: GraphStore, customer_ids: Sequence[str], *, now: datetime
) -> Mapping[str, tuple[Similar, ...]]:
    """Per customer at most ten others, the nearest first; none where no scoring gave it a vector.

    Who ended or is outside the store's scope is left out, and nobody takes the place.
    """
    rows = await store.read("customer.similar", customer_ids=list(customer_ids), as_of=now.isoformat())
    found: dict[str, list[Similar]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"]].append(_similar(row))
    return {key: tuple(of) for key, of in found.items()}


def _similar(row: Row) -> Similar:
    both = len(set(row["products"]) & set(row["other_products"]))
    said = tuple(_common(row, both)) or (clause("similar_pattern"),)
    joined = (said[0], *(one for part in said[1:] for one in (clause("similar_and"), part)))
    return Similar(row["other_id"], row["other_name"], row["similarity"], both, joined)


def _common(row: Row, both: int) -> Iterator[Clause]:
    if both:
        yield clause("similar_products", both=both)
    for field in ("industry", "country"):
        if row[field] is not None and row[field] == row[f"other_{field}"]:
            yield clause("similar_group", group=row[field])
