"""Lists of tickets by a filter, as a Relay connection."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.record_list import filters, listed
from graph.record_list.kind import Sort
from graphql_api.context import Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.field import resolved
from graphql_api.features.page_info import CountedConnection
from graphql_api.features.people import Employee
from graphql_api.features.records import asked_page, connected_records
from graphql_api.features.selected import selects_beneath


@strawberry.input(description="Which tickets; what is left out does not narrow.")
class TicketFilter(OfAccounts):
    """Words as the source has them; `breached`: the agreed time was missed."""

    open: bool | None = None
    kinds: list[str] | None = None
    statuses: list[str] | None = None
    priorities: list[str] | None = None
    categories: list[str] | None = None
    breached: bool | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    closed_from: datetime | None = None
    closed_until: datetime | None = None

    def chosen(self) -> filters.TicketFilter:
        """As the domain has it."""
        return filters.TicketFilter(
            open=self.open,
            kinds=tuple(self.kinds or ()),
            statuses=tuple(self.statuses or ()),
            priorities=tuple(self.priorities or ()),
            categories=tuple(self.categories or ()),
            breached=self.breached,
            opened_from=moment(self.opened_from, "openedFrom"),
            opened_until=moment(self.opened_until, "openedUntil"),
            closed_from=moment(self.closed_from, "closedFrom"),
            closed_until=moment(self.closed_until, "closedUntil"),
        )


@strawberry.enum(description="What tickets are sorted by.")
class TicketSortKey(Enum):
    """Keys of `graph.record_list.kind.TICKETS`."""

    OPENED = "opened"
    CLOSED = "closed"
    STATUS = "status"
    PRIORITY = "priority"
    SATISFACTION = "satisfaction"


@strawberry.input(description="A key to sort tickets by: at most four, each once; equals stand by their ids.")
class TicketSort:
    """OPENED is by an index."""

    by: TicketSortKey
    descending: bool = False


@strawberry.type(
    description="A ticket in a list, as it stood at the moment asked for; `id` leads to it by `node`."
)
class ListedTicket:
    """With its account; `raisedBy` is the id of a contact, `owner` who of us has it."""

    id: strawberry.ID
    ticket_id: strawberry.ID
    subject: str | None
    ticket_kind: str | None
    opened_at: datetime
    closed_at: datetime | None
    priority: str | None
    status: str | None
    category: str | None
    sla_breached: bool | None
    satisfaction: float | None
    customer_id: strawberry.ID
    customer_name: str
    raised_by: strawberry.ID | None
    owner: Employee | None

    @classmethod
    def of(cls, ticket: listed.ListedTicket) -> "ListedTicket":
        """From the domain's value."""
        key = strawberry.ID(f"Ticket:{ticket.ticket_id}")
        owner = Employee.of(ticket.owner) if ticket.owner else None
        return shaped(cls, ticket, id=key, ticket_kind=ticket.kind, owner=owner)

    account = account_field("The customer that it is for.")


@strawberry.type(description="A ticket in its place of the list.")
class TicketEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: ListedTicket


@strawberry.type(description="A page of tickets, the newest first unless asked otherwise.")
class TicketConnection(CountedConnection):
    """Counted up to 10,000; `totalCountExact` says whether there are more."""

    edges: list[TicketEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[ListedTicket] = strawberry.field(metadata=costs(many=1))


@resolved(weight=10)
async def tickets(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: TicketFilter | None = None,
    order_by: list[TicketSort] | None = None,
    as_of: datetime | None = None,
) -> TicketConnection | None:
    """Tickets of everybody, an account, or the accounts of an owner, team, tag, segment or condition."""
    context, given = info.context, where or TicketFilter()
    sorts = tuple(Sort(one.by.value, one.descending) for one in order_by or ())
    day = moment(as_of)
    details = selects_beneath(info, "raisedBy", "owner")
    listing, page = await asked_page(
        context, given.chosen(), given, sorts, first, after, day, details=details
    )
    nodes = {row["id"]: ListedTicket.of(listed.ticket(row)) for row in page.rows}
    return await connected_records(context, TicketConnection, TicketEdge, listing, page, nodes, day)
