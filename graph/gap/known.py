"""What is known of customers, as far as gaps can be filled from it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerSeen:
    """A customer's own values; None where nobody states one."""

    name: str | None = None
    industry: str | None = None
    country: str | None = None
    city: str | None = None
    phone: str | None = None
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Customers by id, the addresses of those who work there, and the parent of each that has one."""

    customers: Mapping[str, CustomerSeen]
    emails: Mapping[str, tuple[str, ...]]
    parents: Mapping[str, str]
