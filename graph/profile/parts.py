"""Parts of the profiles of several customers, for answers that need no more than these.

Each plan answers by customer id; ids that do not exist are left out.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from graph.plan import Ask, Plan
from graph.profile.assemble import company
from graph.profile.model import Colleague, Company, TagView


def companies(*, customer_ids: Sequence[str]) -> Plan[Mapping[str, Company]]:
    """Today's own values."""
    rows = yield Ask("profile.companies", {"customer_ids": list(customer_ids)})
    return {row["company"]["customer_id"]: company(row) for row in rows}


def contacts(
    *, customer_ids: Sequence[str], at: datetime, viewer: str | None = None, first: int = 20
) -> Plan[Mapping[str, tuple[Colleague, ...]]]:
    """Who worked there at that moment, by name."""
    rows = yield Ask("profile.contacts", {
        "customer_ids": list(customer_ids), "as_of": at.isoformat(), "viewer": viewer or "", "limit": first,
    })  # fmt: skip
    return {row["customer_id"]: tuple(Colleague(**one) for one in row["contacts"]) for row in rows}


def tags(*, customer_ids: Sequence[str], at: datetime) -> Plan[Mapping[str, tuple[TagView, ...]]]:
    """The tags carried at that moment."""
    rows = yield Ask("profile.tags", {"customer_ids": list(customer_ids), "as_of": at.isoformat()})
    return {row["customer_id"]: tuple(TagView(**one) for one in row["tags"]) for row in rows}
