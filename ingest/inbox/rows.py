"""Events as rows of tables: a table for each kind and source, of contacts one for each field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from graph.inbox.event import ContactEvent, Event, InteractionEvent, Named, OrderEvent, TicketEvent

CONTACT_FIELDS = ("name", "email", "phone", "mobile", "language")
EVENT = "event"
"""The column with the id of the event that a row comes from."""

Row = dict[str, str]


@dataclass(slots=True)
class Table:
    """The rows that events of one kind and source become.

    A record that a row names by key stands in a column for its source, such as `customer_erp`.
    """

    kind: str
    source: str
    rows: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The dataset's name; the same events go to the same dataset in every load."""
        return f"posted_{self.kind}_{self.source}"

    @property
    def columns(self) -> list[str]:
        """Every column that some row fills, and those that the mapping of the kind reads in any case."""
        return list(dict.fromkeys(column for row in self.rows for column in row))

    def sources_of(self, name: str) -> list[str]:
        """The sources whose keys name this record, such as `customer`."""
        prefix = f"{name}_of_"
        return sorted(one.removeprefix(prefix) for one in self.columns if one.startswith(prefix))


def tables_of(events: Iterable[Event]) -> list[Table]:
    """The tables of these events, which are given in the order in which they came."""
    tables: dict[tuple[str, str], Table] = {}
    for event in standing(events):
        for kind, row in _rows(event):
            table = tables.setdefault((kind, event.source), Table(kind, event.source))
            table.rows.append({EVENT: event.event_id, "key": event.record_key, "at": _iso(event.at), **row})
    return [tables[place] for place in sorted(tables)]


def standing(events: Iterable[Event]) -> list[Event]:
    """Without events that a later one of the same interaction or order replaces: each states it whole.

    Of orders the one with the newest stamp counts, of interactions the one that came last. Tickets and
    contacts keep every state.
    """
    return list(_standing(events).values())


def stated_by(events: Sequence[Event]) -> dict[str, str]:
    """By event id that of the event whose rows load: its own, or that of the event that replaces it."""
    kept = _standing(events)
    return {event.event_id: kept[_place(event)].event_id for event in events}


def _standing(events: Iterable[Event]) -> dict[tuple[str, ...], Event]:
    kept: dict[tuple[str, ...], Event] = {}
    for event in events:
        before = kept.get(_place(event))
        if isinstance(event, OrderEvent) and before is not None and before.at > event.at:
            continue
        kept[_place(event)] = event
    return kept


def _place(event: Event) -> tuple[str, ...]:
    """Of the events at one place a later one replaces the others."""
    if isinstance(event, InteractionEvent | OrderEvent):
        return (event.kind, event.source, event.record_key)
    return (event.kind, event.event_id)


def _rows(event: Event) -> Iterator[tuple[str, Row]]:
    if isinstance(event, InteractionEvent):
        yield from (("interaction", row) for row in _interaction(event))
    elif isinstance(event, OrderEvent):
        yield from (("order", row) for row in _order(event))
    elif isinstance(event, TicketEvent):
        yield "ticket", _ticket(event)
    else:
        yield from _contact(event)


def _interaction(event: InteractionEvent) -> Iterator[Row]:
    """A row per participant."""
    own = _filled(
        channel=event.channel, direction=event.direction, duration_minutes=event.duration_minutes,
        subject=event.subject, note=event.note, next_step=event.next_step,
    )  # fmt: skip
    for one in event.participants:
        people = _named(event, employee=one.employee, contact=one.contact)
        yield own | _filled(part=one.part, email=one.email) | people


def _order(event: OrderEvent) -> Iterator[Row]:
    """A row per line; one row where there is none."""
    own = _filled(
        ordered_at=event.ordered_at or event.at, kind=event.order_kind, amount=event.amount,
        amount_with_tax=event.amount_with_tax, currency=event.currency, status=event.status,
        promised_at=event.promised_at, delivered_at=event.delivered_at,
    ) | _named(event, customer=event.customer)  # fmt: skip
    if not event.lines:
        yield own
    for number, line in enumerate(event.lines, start=1):
        values = _filled(line=number, quantity=line.quantity, line_amount=line.amount)
        yield own | values | _named(event, product=line.product)


def _ticket(event: TicketEvent) -> Row:
    return _filled(
        opened_at=event.opened_at or event.at, closed_at=event.closed_at, subject=event.subject,
        category=event.category, kind=event.ticket_kind, priority=event.priority, status=event.status,
        sla_breached=event.sla_breached, satisfaction=event.satisfaction,
    ) | _named(event, customer=event.customer, contact=event.contact)  # fmt: skip


def _contact(event: ContactEvent) -> Iterator[tuple[str, Row]]:
    """A row for each field that is given, so that what is not given stays as it was; one for the job."""
    for name in CONTACT_FIELDS:
        value = getattr(event, name)
        if value is not None:
            yield f"contact_{name}", {"value": value}
    if event.customer is not None:
        job = _filled(title=event.title, department=event.department)
        yield "contact_job", job | _named(event, customer=event.customer)


def _named(event: Event, **records: Named | None) -> Row:
    """Keys in columns for their sources."""
    return {
        f"{name}_of_{record.source or event.source}": record.key
        for name, record in records.items()
        if record is not None
    }


def _filled(**values: object) -> Row:
    return {name: _text(value) for name, value in values.items() if value is not None}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _iso(moment: datetime) -> str:
    return moment.isoformat()
