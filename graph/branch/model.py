"""A company as far as branches are told by it, and a branch that was found."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Company:
    """A customer's own values; `domains` are registered ones, none of a provider of mail."""

    customer_id: str
    name: str
    short_name: str | None = None
    tax_id: str | None = None
    city: str | None = None
    domains: frozenset[str] = frozenset()
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A customer that is a part of another, how that was found, and how sure it is (0 to 1)."""

    parent_id: str
    child_id: str
    method: str
    confidence: float
