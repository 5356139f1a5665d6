"""My day: what whoever asks should look at, at most ten things, the most pressing first."""

from datetime import date, datetime
from enum import Enum

import strawberry

from graph.alert.read import alerts_by_id
from graph.day import model as domain
from graph.day.read import my_day
from graphql_api.context import Info
from graphql_api.errors import Forbidden
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.alert import Alert, asked
from graphql_api.features.enums import DecisionRole, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.people import Absence, Employee


@strawberry.enum(
    description="What an item of a day is: a warning (alert, risk, deal), a plan, or a question."
)
class DayItemKind(Enum):
    """Values of `graph.day.model.ItemKind`."""

    ALERT = "alert"
    RISK = "risk"
    DEAL = "deal"
    MEETING = "meeting"
    OFFER = "offer"
    TASK = "task"
    CONFIRM = "confirm"


@strawberry.type(
    description="Somebody of the other side who takes part; `unknown` where no role is known and none of us "
    "was in touch before. `id` leads to the contact by `node`."
)
class Attendee:
    """Title and company are those of the day."""

    id: strawberry.ID
    name: str | None
    title: str | None
    customer_id: strawberry.ID | None
    customer_name: str | None
    roles: list[DecisionRole]
    unknown: bool

    @classmethod
    def of(cls, one: domain.Attendee) -> "Attendee":
        """From the domain's value."""
        roles = [DecisionRole(role) for role in one.roles]
        return shaped(cls, one, id=strawberry.ID(f"Contact:{one.contact_id}"), roles=roles)


@strawberry.type(description="A meeting, visit or call of the day; `id` leads to it by `node`.")
class DayMeeting:
    """With those of the other side."""

    id: strawberry.ID
    at: datetime
    channel: str
    subject: str | None
    attendees: list[Attendee]

    @classmethod
    def of(cls, meeting: domain.Meeting) -> "DayMeeting":
        """From the domain's value."""
        return shaped(
            cls,
            meeting,
            id=strawberry.ID(f"Interaction:{meeting.interaction_id}"),
            attendees=[Attendee.of(one) for one in meeting.attendees],
        )


@strawberry.type(
    description="Something to look at. `weight` is severity × value × urgency × chance, less for further "
    "items of one kind or account. `task`, `deal`, `contact` and `product` are ids of `node`."
)
class DayItem:
    """What it is about is null where it is about nothing of that kind."""

    as_of: strawberry.Private[datetime]
    alert_id: strawberry.Private[str | None]
    customer_id: strawberry.Private[str | None]
    locale: strawberry.Private[Locale]
    rank: int
    kind: DayItemKind
    reason: str
    what_to_do: list[str]
    due: datetime | None
    weight: float
    severity: float
    value: float
    urgency: float
    chance: float
    evidence: list[Evidence]
    meeting: DayMeeting | None
    task: Evidence | None
    deal: Evidence | None
    contact: Evidence | None
    product: Evidence | None

    @classmethod
    def of(cls, item: domain.Item, as_of: datetime, locale: Locale) -> "DayItem":
        """From the domain's value."""
        what, subject = item.what, item.what.subject
        return shaped(
            cls,
            what,
            as_of=as_of,
            locale=locale,
            alert_id=subject.alert_id,
            customer_id=subject.customer_id,
            rank=item.rank,
            weight=item.weight,
            kind=DayItemKind(what.kind),
            what_to_do=list(what.what_to_do),
            evidence=Evidence.all_of(what.evidence),
            meeting=DayMeeting.of(subject.meeting) if subject.meeting else None,
            task=_named("Task", subject.task_id),
            deal=_named("Opportunity", subject.opportunity_id),
            contact=_named("Contact", subject.contact_id),
            product=_named("Product", subject.product_id),
        )

    account = account_field("The customer that it is about.")

    @resolved(weight=2)
    async def alert(self, info: Info) -> Alert | None:
        """The alert that it is."""
        if self.alert_id is None:
            return None
        asking = await asked(info.context, self.as_of, self.locale)
        found = await alerts_by_id(info.context.store, [self.alert_id], asking)
        return Alert.of(found[self.alert_id], self.as_of)


@strawberry.type(description="Somebody of us who is away, for whom whoever asks stands in.")
class StandingIn:
    """Until their return, where it is known."""

    employee: Employee
    until: datetime | None


@strawberry.type(
    description="A day as it was read at `asOf`; `notes` say what of a past day's answer is today's."
)
class MyDay:
    """From midnight to midnight in the time zone."""

    day: date
    time_zone: str
    as_of: datetime
    items: list[DayItem] = strawberry.field(metadata=costs(many=10))
    notes: list[str]
    away: Absence | None
    stands_in_for: list[StandingIn]


@resolved(weight=60, name="myDay")
async def my_day_field(
    info: Info, date: date | None = None, time_zone: str = "UTC", locale: Locale = Locale.EN
) -> MyDay | None:
    """What the token's employee should look at: at most ten things, the most pressing first."""
    context = info.context
    if context.viewer is None:
        raise Forbidden("this token belongs to no employee, and a day is somebody's")
    found = await my_day(
        context.store,
        employee_id=context.viewer,
        now=await context.now(),
        day=date,
        time_zone=time_zone,
        language=locale.value,
    )
    return shaped(
        MyDay, found, items=[DayItem.of(item, found.as_of, locale) for item in found.items],
        notes=list(found.notes), away=Absence.of(found.away) if found.away else None,
        stands_in_for=[StandingIn(employee=Employee.of(one.employee), until=one.until)
                       for one in found.stands_in_for],
    )  # fmt: skip


def _named(kind: str, record_id: str | None) -> Evidence | None:
    return Evidence.of(f"{kind}:{record_id}") if record_id else None
