"""The record behind every id that an answer names, and the timeline of a customer or a person."""

from dataclasses import replace
from datetime import datetime
from typing import Self

import strawberry

from graph.item import FieldOf
from graph.record import model as domain
from graph.record import record, timeline
from graph.record.job import JOB
from graph.record.timeline import EVENTS, Wanted
from graphql_api.access.grant import Grant
from graphql_api.context import Context, Info, moment
from graphql_api.errors import FieldRefused
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.field import resolved
from graphql_api.features.page_info import PageInfo
from graphql_api.features.profile import Attribute


@strawberry.type(
    description="A value of a record; one of `text`, `number`, `flag` and `moment` is given. Of an "
    "item's own field `nameEn`, `nameZh` and `unit` are as its kind declares them."
)
class RecordValue(Attribute):
    """`name` is that of the model, or of a custom attribute."""

    moment: datetime | None = None

    @classmethod
    def of(cls, name: str, value: domain.Value) -> Self:
        """From a name and its value."""
        return cls(name=name, moment=value) if isinstance(value, datetime) else super().of(name, value)


@strawberry.type(
    description="Another record that this one belongs to, holds or concerns, by `id` of `node`. `line`, "
    "`quantity` and `amount` are those of a line of an order; `detail`, `since` and `until` those of a job, "
    "of a role, or of an item's link."
)
class RecordLink:
    """`relation` is the relationship's type in the graph."""

    relation: str
    id: strawberry.ID
    kind: str
    record_id: strawberry.ID
    name: str | None
    detail: str | None
    line: int | None
    quantity: float | None
    amount: float | None
    since: datetime | None
    until: datetime | None


@strawberry.interface(
    description="What `node` answers: its id is unique over all types; wherever else an `id` has this value, "
    "it speaks of the same record."
)
class Node:
    """As Relay has it."""

    id: strawberry.ID


@strawberry.type(
    description="Any record that an answer may name. `id` is kind and record, as in Evidence; `version` is "
    "another one as soon as anything that the viewer may see of it is."
)
class Record(Node):
    """What is known of it, as the viewer may see it."""

    kind: str
    record_id: strawberry.ID
    name: str | None
    version: str
    values: list[RecordValue] = strawberry.field(metadata=costs(many=30))
    links: list[RecordLink] = strawberry.field(metadata=costs(many=50))

    @classmethod
    def of(cls, found: domain.Record, grant: Grant) -> "Record":
        """From the domain's value, as far as the grant goes."""
        told_of = as_told(found, grant)
        return shaped(
            cls,
            told_of,
            id=_id(found.kind, found.record_id),
            values=[
                RecordValue.of(name, value).declared(found.fields.get(name)) for name, value in told_of.values
            ],
            links=[_link(one) for one in told_of.links],
        )


@strawberry.type(description="Something that happened: a record by the moment when it was.")
class TimelineEvent:
    """`id` leads to the record by `node`."""

    id: strawberry.ID
    kind: str
    record_id: strawberry.ID
    at: datetime
    name: str | None
    amount: float | None
    currency: str | None


@strawberry.type(description="A page of what happened, newest first.")
class Timeline:
    """Continues by `pageInfo.endCursor`."""

    events: list[TimelineEvent] = strawberry.field(metadata=costs(many=1))
    page_info: PageInfo


@resolved(weight=5)
async def node(info: Info, id: strawberry.ID) -> Record | None:
    """The record behind an id `Kind:id` of evidence, a path or a timeline, such as `Ticket:desk:417`."""
    return await _record(info.context, id, None)


@resolved(weight=5, name="record")
async def record_of_day(info: Info, id: strawberry.ID, as_of: datetime | None = None) -> Record | None:
    """What `node` answers, as the record stood on a day."""
    # A field of its own: Relay's compiler refuses a `node` that takes more than an id.
    return await _record(info.context, id, moment(as_of))


def check_kind(context: Context, typed_id: str) -> None:
    """Raises FieldRefused for an id of a kind that the role is not told of."""
    if (kind := typed_id.partition(":")[0]) in context.grant.kinds:
        raise FieldRefused(context.grant.role, f"records of kind {kind}")


_JOB_WEIGHT = 2_000
"""Of a job by its id: no index leads to a fact, so that every job is passed by."""


async def _record(context: Context, typed_id: str, as_of: datetime | None) -> Record:
    check_kind(context, typed_id)
    if typed_id.startswith(f"{JOB}:"):
        context.charge(_JOB_WEIGHT, "this job")
    found = await record(
        context.store,
        typed_id=typed_id,
        now=await context.now(),
        as_of=as_of,
        viewer=context.viewer,
    )
    return Record.of(found, context.grant)


@resolved(weight=10, name="timeline")
async def timeline_page(
    info: Info,
    of: strawberry.ID,
    first: int = 20,
    after: str | None = None,
    kinds: list[str] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    as_of: datetime | None = None,
) -> Timeline | None:
    """What happened with `Customer:id` or `Contact:id`, newest first; `kinds` such as Ticket and Order.

    `asOf`: what had happened by then, as it stood on that day.
    """
    context = info.context
    page = await timeline(
        context.store,
        typed_id=of,
        now=await context.now(),
        as_of=moment(as_of),
        viewer=context.viewer,
        wanted=Wanted(
            first,
            after,
            context.grant.kinds_of(EVENTS if kinds is None else kinds),
            since=moment(since, "since"),
            until=moment(until, "until"),
        ),
    )
    return Timeline(
        events=[shaped(TimelineEvent, one, id=_id(one.kind, one.record_id)) for one in page.events],
        page_info=PageInfo(has_next_page=page.cursor is not None, end_cursor=page.cursor),
    )


def told(field: FieldOf | None, grant: Grant) -> bool:
    """Whether a custom attribute is told of: one that describes a person only where mail addresses are, too.

    None: a value of the model.
    """
    return field is None or not field.pii or "email" not in grant.values.get("Contact", {})


def as_told(found: domain.Record, grant: Grant) -> domain.Record:
    """The record as far as the grant goes: its version is that of what is told, and tells of nothing else."""
    masks = grant.values.get(found.kind, {})
    masked = [(name, masks[name](value) if name in masks else value) for name, value in found.values]
    values = [
        (name, value) for name, value in masked if value is not None and told(found.fields.get(name), grant)
    ]
    amounts = not grant.refuses("RecordLink", "amount")
    links = [
        one if amounts else replace(one, amount=None) for one in found.links if one.kind not in grant.kinds
    ]
    return replace(found, values=tuple(values), links=tuple(links))


def _link(one: domain.Link) -> RecordLink:
    return shaped(RecordLink, one, id=_id(one.kind, one.record_id))


def _id(kind: str, record_id: str) -> strawberry.ID:
    return strawberry.ID(f"{kind}:{record_id}")
