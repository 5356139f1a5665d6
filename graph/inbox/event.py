"""The events that may be posted: what happened, in which source, told by that source's own keys."""

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

import orjson
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from graph.model.base import PII, Frozen
from graph.sentences import sentence, suggestion

SOURCE = r"^[a-z][a-z0-9_]*$"


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("a text that is given must not be empty; leave the field out instead")
    if "\0" in text:
        raise ValueError("a text must not hold the character U+0000")
    return text


def _key(text: str) -> str:
    if any(unicodedata.category(character) == "Cc" for character in _text(text)):
        raise ValueError("a key must not hold control characters such as line ends")
    return text


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{moment.isoformat()} lies outside the years 1 to 9999 of UTC") from None


Text = Annotated[str, Field(max_length=1_000), AfterValidator(_text)]
LongText = Annotated[str, Field(max_length=20_000), AfterValidator(_text)]
Key = Annotated[str, Field(max_length=200), AfterValidator(_key)]
"""A record's key in its source, as the exports of that source write it."""
Source = Annotated[str, Field(max_length=60, pattern=SOURCE)]
Stamp = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A moment in ISO 8601 with its offset from UTC; without one nobody knows when it was."""
Amount = Annotated[Decimal, Field(max_digits=24, decimal_places=6, allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Named(Frozen):
    """A record by its key; `source` where it is not the event's own."""

    source: Source | None = None
    key: Key


def _named(given: object) -> object:
    return {"key": given} if isinstance(given, str) else given


Reference = Annotated[Named, BeforeValidator(_named)]
"""A record by its key in the event's own source, or by `{"source", "key"}`."""


class Participant(Frozen):
    """Who took part: one of our employees or a contact, by key, or either of them by mail address."""

    employee: Reference | None = None
    contact: Reference | None = None
    email: Annotated[Key | None, PII] = None
    part: Literal["from", "to", "cc", "organizer", "attendee"] = "attendee"

    @model_validator(mode="after")
    def _one_person(self) -> Self:
        if sum(named is not None for named in (self.employee, self.contact, self.email)) != 1:
            raise ValueError("a participant is named by one of `employee`, `contact` and `email`")
        return self


class _Event(Frozen):
    id: Key
    """The sender's id of this event: the same id is never taken twice."""
    source: Source
    """Whose keys the event uses; the `source` of the mapping that loads this system's exports."""
    at: Stamp
    """When it happened."""
    key: Key | None = None
    """The record's key in its source; the event's id where there is none."""

    @property
    def event_id(self) -> str:
        """The id of the event in the inbox, unique over all sources."""
        return f"{self.source}:{self.id}"

    @property
    def record_key(self) -> str:
        """The key of the record that the event states."""
        return self.key or self.id


class InteractionEvent(_Event):
    """People of both sides were in touch."""

    kind: Literal["interaction"]
    channel: Literal["email", "call", "meeting", "visit", "chat", "wechat", "other"]
    participants: Annotated[tuple[Participant, ...], Field(min_length=1, max_length=500)]
    direction: Literal["inbound", "outbound", "internal"] | None = None
    duration_minutes: Annotated[float | None, Field(ge=0, le=100_000)] = None
    subject: Annotated[Text | None, PII] = None
    note: Annotated[LongText | None, PII] = None
    next_step: Annotated[Text | None, PII] = None


class Line(Frozen):
    """A line of an order."""

    product: Reference
    quantity: Amount | None = None
    amount: Amount | None = None


class OrderEvent(_Event):
    """An order was placed or changed: the order as it is now, with all its lines."""

    kind: Literal["order"]
    customer: Reference
    ordered_at: Stamp | None = None
    """The event's own stamp where it is not given."""
    amount: Amount | None = None
    amount_with_tax: Amount | None = None
    currency: Currency | None = None
    order_kind: Literal["sale", "return"] = "sale"
    status: Text | None = None
    promised_at: Stamp | None = None
    delivered_at: Stamp | None = None
    lines: Annotated[tuple[Line, ...], Field(max_length=2_000)] = ()


class TicketEvent(_Event):
    """A ticket was opened, changed or closed: the ticket as it is now."""

    kind: Literal["ticket"]
    customer: Reference
    contact: Reference | None = None
    opened_at: Stamp | None = None
    """The event's own stamp where it is not given."""
    closed_at: Stamp | None = None
    subject: Text | None = None
    category: Text | None = None
    ticket_kind: Text | None = None
    """`complaint`, `fault`, `question` or `request`, or a kind of the source's own."""
    priority: Text | None = None
    status: Text | None = None
    sla_breached: bool | None = None
    satisfaction: float | None = None


class ContactEvent(_Event):
    """A contact is new or has changed; what is not given stays as it was."""

    kind: Literal["contact"]
    name: Annotated[Text | None, PII] = None
    email: Annotated[Key | None, PII] = None
    phone: Annotated[Key | None, PII] = None
    mobile: Annotated[Key | None, PII] = None
    language: Key | None = None
    customer: Reference | None = None
    """Where the contact works since the event's stamp."""
    title: Text | None = None
    department: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.customer is None and (self.title or self.department):
            raise ValueError("`title` and `department` belong to a job: name its `customer` too")
        given = {name for name in self.model_fields_set if getattr(self, name) is not None}
        if not given - {"id", "source", "at", "key", "kind"}:
            raise ValueError("the event says nothing of the contact; give its `name`, `email` …")
        return self


Event = InteractionEvent | OrderEvent | TicketEvent | ContactEvent
KINDS: dict[str, type[Event]] = {
    "interaction": InteractionEvent,
    "order": OrderEvent,
    "ticket": TicketEvent,
    "contact": ContactEvent,
}


class EventRefused(ValueError):
    """An event that cannot be taken; the message is a sentence for its sender."""


_EVENT: dict[str, TypeAdapter[Any]] = {kind: TypeAdapter(model) for kind, model in KINDS.items()}


def read_event(given: object, now: datetime) -> Event:
    """The event of a JSON object. now: nothing may have happened after it. Raises EventRefused."""
    event = _valid(given, orjson.dumps(given))
    _happened(event, now)
    stored_event(payload_of(event))  # what could not be read again must not be taken
    return event


def stored_event(payload: str) -> Event:
    """The event of what the inbox keeps. Raises EventRefused, as for what other rules once let in."""
    return _valid(orjson.loads(payload), payload)


def _valid(given: object, content: str | bytes) -> Event:
    """The event of a JSON object, which `content` holds as text."""
    if not isinstance(given, dict):
        raise EventRefused('an event is an object such as {"id": …, "kind": "interaction", …}')
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        hint = suggestion(kind, KINDS) if isinstance(kind, str) else f" (known: {', '.join(KINDS)})"
        raise EventRefused(f"kind: {_told(kind)} is no kind of event{hint}")
    try:
        event: Event = _EVENT[kind].validate_json(content, strict=True)
    except ValidationError as error:
        raise EventRefused(_fault(error.errors()[0], KINDS[kind])) from error
    return event


def payload_of(event: Event) -> str:
    """The event as the inbox keeps it."""
    return event.model_dump_json(exclude_none=True)


def _happened(event: Event, now: datetime) -> None:
    for name in ("at", "ordered_at", "delivered_at", "opened_at", "closed_at"):
        moment = getattr(event, name, None)
        if moment is not None and moment > now:
            raise EventRefused(
                f"{name}: {moment.isoformat()} lies after now, {now.isoformat(timespec='seconds')}; "
                "an event is posted when it has happened"
            )


def _fault(error: ErrorDetails, model: type[Event]) -> str:
    place = ".".join(str(step) for step in error["loc"] if not str(step).startswith("function-"))
    name = str(error["loc"][-1]) if error["loc"] else ""
    if error["type"] == "missing":
        return f"{place}: is missing"
    if error["type"] == "extra_forbidden":
        hint = suggestion(name, model.model_fields) if len(error["loc"]) == 1 else ""
        return f"{place}: is no field of this{hint}"
    return f"{place}: {sentence(error)}" if place else sentence(error)


def _told(kind: object) -> str:
    return "nothing" if kind is None else f"`{str(kind)[:60]}`"
