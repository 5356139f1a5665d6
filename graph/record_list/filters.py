"""What narrows a list; what is None or empty narrows nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from graph.errors import UsageError


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Tickets: `breached` their agreed time; `open` at the moment of reading."""

    open: bool | None = None
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    breached: bool | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    closed_from: datetime | None = None
    closed_until: datetime | None = None

    def params(self, now: datetime) -> dict[str, Any]:  # noqa: ARG002 - as of the other filters
        """The parameters of the macro `selected_ticket`."""
        return {
            "open": self.open,
            "kinds": list(self.kinds),
            "statuses": list(self.statuses),
            "priorities": list(self.priorities),
            "categories": list(self.categories),
            "breached": self.breached,
            "opened_from": _iso(self.opened_from),
            "opened_until": _iso(self.opened_until),
            "closed_from": _iso(self.closed_from),
            "closed_until": _iso(self.closed_until),
        }


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Orders: amounts in `currency`, which must be given with them. Raises UsageError."""

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    currency: str | None = None
    amount_from: float | None = None
    amount_until: float | None = None
    ordered_from: datetime | None = None
    ordered_until: datetime | None = None
    undelivered: bool | None = None
    """Of those whose delivery was promised."""
    product_id: str | None = None

    def __post_init__(self) -> None:
        if self.currency is None and (self.amount_from is not None or self.amount_until is not None):
            raise UsageError("say the currency of the amounts; those of two currencies are not compared")

    def params(self, now: datetime) -> dict[str, Any]:  # noqa: ARG002 - as of the other filters
        """The parameters of the macro `selected_order`."""
        return {
            "kinds": list(self.kinds),
            "statuses": list(self.statuses),
            "currency": self.currency,
            "amount_from": self.amount_from,
            "amount_until": self.amount_until,
            "ordered_from": _iso(self.ordered_from),
            "ordered_until": _iso(self.ordered_until),
            "undelivered": self.undelivered,
            "product_id": self.product_id,
        }


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Contacts by their job, a tag of their own, or days without any interaction. Raises UsageError."""

    text: str | None = None
    """A part of the name or the title, in any case."""
    seniorities: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    contact_tag: str | None = None
    silent_days: int | None = None

    def __post_init__(self) -> None:
        if self.silent_days is not None and not 1 <= self.silent_days <= 10_000:
            raise UsageError(f"silence is counted in 1 to 10000 days, not {self.silent_days}")

    def params(self, now: datetime) -> dict[str, Any]:
        """The parameters of the macro `selected_contact`."""
        silent = None if self.silent_days is None else now - timedelta(days=self.silent_days)
        return {
            "text": None if self.text is None else self.text.lower(),
            "seniorities": list(self.seniorities),
            "departments": list(self.departments),
            "contact_tag": self.contact_tag,
            "silent_since": _iso(silent),
        }


RecordFilter = TicketFilter | OrderFilter | ContactFilter
