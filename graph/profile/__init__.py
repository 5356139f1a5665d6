"""A customer as a whole: profile, look-up, pages, and the network around."""

from datetime import datetime

from graph.plan import Reader, run
from graph.profile.around import network_of
from graph.profile.model import Listed, Match, Network, Order, Page
from graph.profile.pages import BadCursor, listed
from graph.profile.read import Profile, profile
from graph.profile.search import matching

__all__ = [
    "BadCursor",
    "Listed",
    "Match",
    "Network",
    "Page",
    "Profile",
    "match",
    "network",
    "page",
    "read",
]


def read(
    store: Reader,
    *,
    customer_id: str,
    now: datetime,
    as_of: datetime | None = None,
    viewer: str | None = None,
) -> Profile:
    """The customer's profile at `as_of` (default, and at most, `now`); raises NotFound."""
    return run(store, profile(customer_id=customer_id, now=now, as_of=as_of, viewer=viewer))


def match(store: Reader, *, text: str, first: int = 5) -> tuple[Match, ...]:
    """Customers that answer to a name, short name, tax number or any source's id, best first."""
    return run(store, matching(text=text, first=first))


def page(
    store: Reader,
    *,
    first: int,
    after: str | None = None,
    industry: str | None = None,
    region: str | None = None,
    text: str | None = None,
    band: str | None = None,
    order: Order = "name",
) -> Page:
    """One keyset page of customers by name or by churn risk; raises BadCursor or UsageError."""
    plan = listed(
        first=first, after=after, industry=industry, region=region, text=text, band=band, order=order
    )
    return run(store, plan)


def network(
    store: Reader, *, customer_id: str, now: datetime, limit: int = 100, viewer: str | None = None
) -> Network:
    """Nodes and edges around a customer, at most `limit` nodes; raises NotFound."""
    return run(store, network_of(customer_id=customer_id, now=now, limit=limit, viewer=viewer))
