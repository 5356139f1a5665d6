"""Lists of orders by a filter, as a Relay connection."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.record_list import filters, listed
from graph.record_list.kind import Sort
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.field import resolved
from graphql_api.features.page_info import CountedConnection
from graphql_api.features.records import asked_page, connected_records


@strawberry.input(
    description="Which orders; what is left out does not narrow. Amounts need their `currency`; "
    "`undelivered`: of those whose delivery was promised."
)
class OrderFilter(OfAccounts):
    """`kinds`: sale and return; `product`: an id of any kind."""

    kinds: list[str] | None = None
    statuses: list[str] | None = None
    currency: str | None = None
    amount_from: float | None = None
    amount_until: float | None = None
    ordered_from: datetime | None = None
    ordered_until: datetime | None = None
    undelivered: bool | None = None
    product: strawberry.ID | None = None

    async def chosen(self, context: Context) -> filters.OrderFilter:
        """As the domain has it; raises NotFound, UsageError."""
        product = None if self.product is None else await context.resolve("Product", self.product)
        return filters.OrderFilter(
            kinds=tuple(self.kinds or ()),
            statuses=tuple(self.statuses or ()),
            currency=self.currency,
            amount_from=self.amount_from,
            amount_until=self.amount_until,
            ordered_from=moment(self.ordered_from, "orderedFrom"),
            ordered_until=moment(self.ordered_until, "orderedUntil"),
            undelivered=self.undelivered,
            product_id=product,
        )


@strawberry.enum(description="What orders are sorted by; AMOUNT compares numbers, so ask for one currency.")
class OrderSortKey(Enum):
    """Keys of `graph.record_list.kind.ORDERS`."""

    ORDERED = "ordered"
    PROMISED = "promised"
    DELIVERED = "delivered"
    STATUS = "status"
    AMOUNT = "amount"


@strawberry.input(description="A key to sort orders by: at most four, each once; equals stand by their ids.")
class OrderSort:
    """ORDERED is by an index."""

    by: OrderSortKey
    descending: bool = False


@strawberry.type(
    description="An order in a list; `id` leads to it by `node`, with its lines; `lines` is their number."
)
class ListedOrder:
    """With its account."""

    id: strawberry.ID
    order_id: strawberry.ID
    ordered_at: datetime
    order_kind: str
    status: str | None
    promised_at: datetime | None
    delivered_at: datetime | None
    amount: float | None
    amount_with_tax: float | None
    currency: str | None
    lines: int
    customer_id: strawberry.ID
    customer_name: str

    @classmethod
    def of(cls, order: listed.ListedOrder) -> "ListedOrder":
        """From the domain's value."""
        return shaped(cls, order, id=strawberry.ID(f"Order:{order.order_id}"), order_kind=order.kind)

    account = account_field("The customer that placed it.")


@strawberry.type(description="An order in its place of the list.")
class OrderEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: ListedOrder


@strawberry.type(description="A page of orders, the newest first unless asked otherwise.")
class OrderConnection(CountedConnection):
    """Counted up to 10,000; `totalCountExact` says whether there are more."""

    edges: list[OrderEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[ListedOrder] = strawberry.field(metadata=costs(many=1))


@resolved(weight=10)
async def orders(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: OrderFilter | None = None,
    order_by: list[OrderSort] | None = None,
    as_of: datetime | None = None,
) -> OrderConnection | None:
    """Orders of everybody, an account, or the accounts of an owner, team, tag, segment or condition."""
    context, given = info.context, where or OrderFilter()
    sorts = tuple(Sort(one.by.value, one.descending) for one in order_by or ())
    day = moment(as_of)
    listing, page = await asked_page(context, await given.chosen(context), given, sorts, first, after, day)
    nodes = {row["id"]: ListedOrder.of(listed.order(row)) for row in page.rows}
    return await connected_records(context, OrderConnection, OrderEdge, listing, page, nodes, day)
