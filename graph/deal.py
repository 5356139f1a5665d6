"""The deals of a customer as of a past day, with the stage and the amount that they had then."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from graph.model import Opportunity
from graph.record_version import values_as_of
from graph.service import GraphStore, Row


@dataclass(frozen=True, slots=True)
class Deals:
    """What had been opened by a day, newest first; a deal has the fields of `profile.model.Deal`."""

    account_currency: str | None
    deals: tuple[Row, ...]

    def largest_open(self) -> Row | None:
        """The largest that was open, as `chain.of` picks it; amounts of two currencies are not compared.

        Compared are the deals of the currency that most of the open ones have, of equal counts the
        account's own.
        """
        still_open = [deal for deal in self.deals if deal["closed_at"] is None and deal["outcome"] is None]
        alike = Counter(deal["currency"] or "" for deal in still_open)

        def order(deal: Row) -> tuple[object, ...]:
            currency = deal["currency"] or ""
            foreign = currency != (self.account_currency or "")
            return -alike[currency], foreign, currency, -(deal["amount"] or 0.0), *_newest_first(deal)

        return min(still_open, key=order, default=None)

    def named(self, opportunity_id: str) -> Row | None:
        """The deal of this id."""
        return next((deal for deal in self.deals if deal["opportunity_id"] == opportunity_id), None)


async def deals_as_of(
    store: GraphStore, customer_ids: Sequence[str], moment: datetime
) -> Mapping[str, Deals]:
    """The deals of each customer as they stood at `moment`; customers without any are missing."""
    rows = await store.read("opportunity.versions", customer_ids=list(customer_ids), as_of=moment.isoformat())
    of_customer = groupby(rows, key=itemgetter("customer_id", "customer_currency"))
    return {customer_id: _deals(currency, found, moment) for (customer_id, currency), found in of_customer}


def _deals(currency: str | None, rows: Iterable[Row], moment: datetime) -> Deals:
    deals = (_as_of(row, moment) for row in rows)
    opened = (deal for deal in deals if deal["opened_at"] is None or deal["opened_at"] <= moment)
    return Deals(currency, tuple(sorted(opened, key=_newest_first)))


def _as_of(row: Row, moment: datetime) -> Row:
    """The deal of one row as it stood then."""
    return as_known(values_as_of(Opportunity, row["deal"], row["versions"], moment), moment)


def as_known(deal: Row, moment: datetime) -> Row:
    """The deal as it was known at a moment: how it closes later is None."""
    closed_later = deal["closed_at"] is not None and deal["closed_at"] > moment
    return deal | {"closed_at": None, "outcome": None} if closed_later else deal


def _newest_first(deal: Row) -> tuple[object, ...]:
    opened = deal["opened_at"]
    return opened is not None, -opened.timestamp() if opened else 0.0, deal["opportunity_id"]
