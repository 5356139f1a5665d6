"""The kinds of records that can be listed: how each is reached, narrowed and sorted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.errors import UsageError
from graph.key_order import Key, KeyOrder
from graph.model import Contact, Order, Ticket
from graph.model.base import Node
from graph.record_list.filters import ContactFilter, OrderFilter, RecordFilter, TicketFilter
from graph.windows import NAMELESS

_SINCE_1970 = "coalesce({}.epochMillis, -62135596800000)"
"""Milliseconds; those without the moment stand before the year 1."""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of node; in its statements `r` is the record, `c` the customer, `t` the moment."""

    node: type[Node]
    path: str
    condition: str
    """A macro with its arguments."""
    line: str
    """The fragment that says what a list shows of it."""
    sorts: Mapping[str, str]
    """Expressions by the word of the key."""
    indexed: str
    """The property of the first order, which has an index."""
    first: Key
    """How the list stands where no order is asked for."""
    dated: frozenset[str]
    """Fields of its filter and words of its keys that have days of their own, so that a past day has them."""
    moments: bool = True
    """Whether the indexed property is a moment; else a text that may be missing."""
    ends: tuple[str, ...] = ()
    """Own values that say when something ended."""

    @property
    def label(self) -> str:
        """Of its nodes."""
        return self.node.label

    @property
    def key(self) -> str:
        """The property that holds their ids."""
        return self.node.key

    def order(self, sorts: tuple["Sort", ...]) -> KeyOrder:
        """The order by these keys. Raises UsageError."""
        keys = tuple(self._key(sort) for sort in sorts) or (self.first,)
        return KeyOrder(self.label, f"r.{self.key}", keys)

    def _key(self, sort: "Sort") -> Key:
        if sort.by not in self.sorts:
            known = ", ".join(self.sorts)
            raise UsageError(f"a {self.label.lower()} is not sorted by {sort.by[:40]!r}; by {known}")
        return Key(sort.by, self.sorts[sort.by], sort.descending, text=sort.by in _TEXTS)


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order, by its word in `RecordKind.sorts`."""

    by: str
    descending: bool = False


_TEXTS = frozenset({"name", "status", "priority"})

TICKETS = RecordKind(
    node=Ticket,
    path="(c:Customer)<-[:FOR]-(r:Ticket)",
    condition="{{selected_ticket r c t}}",
    line="record_list.ticket_line",
    sorts=MappingProxyType(
        {
            "opened": _SINCE_1970.format("r.opened_at"),
            "closed": _SINCE_1970.format("r.closed_at"),
            "status": "coalesce(r.status, '')",
            "priority": "coalesce(r.priority, '')",
            "satisfaction": "coalesce(r.satisfaction, -1.0)",
        }
    ),
    indexed="opened_at",
    first=Key("opened", _SINCE_1970.format("r.opened_at"), descending=True),
    dated=frozenset({"open", "opened", "opened_from", "opened_until", "closed_from", "closed_until"}),
    ends=("closed_at",),
)

ORDERS = RecordKind(
    node=Order,
    path="(c:Customer)-[:PLACED]->(r:Order)",
    condition="{{selected_order r c t}}",
    line="record_list.order_line",
    sorts=MappingProxyType(
        {
            "ordered": _SINCE_1970.format("r.ordered_at"),
            "promised": _SINCE_1970.format("r.promised_at"),
            "delivered": _SINCE_1970.format("r.delivered_at"),
            "status": "coalesce(r.status, '')",
            "amount": "coalesce(r.amount, 0.0)",
        }
    ),
    indexed="ordered_at",
    first=Key("ordered", _SINCE_1970.format("r.ordered_at"), descending=True),
    dated=frozenset({"ordered", "ordered_from", "ordered_until", "undelivered", "product_id"}),
    ends=("delivered_at",),
)

_NAME = f"CASE WHEN coalesce(r.name, '') = '' THEN '{NAMELESS}' ELSE r.name END"
CONTACTS = RecordKind(
    node=Contact,
    path="(c:Customer)<-[w:WORKS_AT]-(r:Contact)",
    condition="{{selected_contact r w c t}}",
    line="record_list.contact_line",
    sorts=MappingProxyType(
        {
            "name": _NAME,
            "silence": (
                "reduce(last = -62135596800000, at IN COLLECT { "
                "MATCH (r)-[:PARTICIPATED_IN]->(i:Interaction) WHERE i.at <= t AND {{standing_at i t}} "
                "AND {{seen_by_viewer i}} AND {{talk_in_scope i t}} "
                "RETURN i.at ORDER BY i.at DESC LIMIT 1 } | at.epochMillis)"
            ),
        }
    ),
    indexed="name",
    first=Key("name", _NAME, text=True),
    dated=frozenset({"name", "seniorities", "departments", "contact_tag", "silent_days", "silence"}),
    moments=False,
)

KIND_OF: Mapping[type[RecordFilter], RecordKind] = MappingProxyType(
    {TicketFilter: TICKETS, OrderFilter: ORDERS, ContactFilter: CONTACTS}
)
BY_LABEL: Mapping[str, RecordKind] = MappingProxyType({kind.label: kind for kind in KIND_OF.values()})
