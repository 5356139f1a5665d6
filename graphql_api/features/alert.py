"""Alerts: what somebody of us should look at, since when, on what evidence, and what to do about it."""

from datetime import datetime
from functools import partial

import strawberry

from graph.alert import model as domain
from graph.alert.playbook import Play as PlayOfKind
from graph.alert.read import AlertPage, Asking, after_alert, alerts, count_alerts
from graph.portfolio import Portfolio
from graphql_api.context import Context, Info, moment
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.account_field import account_field
from graphql_api.features.accounts import OfAccounts
from graphql_api.features.enums import AlertKind, AlertSeverity, AlertState, Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import resolved
from graphql_api.features.page_info import Counted, CountedConnection, connected
from graphql_api.features.people import Employee


@strawberry.type(description="What to do about a kind of alert: steps, and within how many days.")
class Play:
    """From the playbook."""

    within_days: int
    steps: list[str]

    @classmethod
    def of(cls, play: PlayOfKind) -> "Play":
        """From the domain's value."""
        return cls(within_days=play.within_days, steps=list(play.steps))


@strawberry.type(
    description="Something that somebody of us should look at. `id` and `subject` are ids of `node`; `until` "
    "is null while it holds; `owner` is who is responsible for the account."
)
class Alert:
    """Texts are in the language that was asked for."""

    as_of: strawberry.Private[datetime | None]
    id: strawberry.ID
    alert_id: strawberry.ID
    kind: AlertKind
    title: str
    message: str
    severity: AlertSeverity
    since: datetime
    until: datetime | None
    customer_id: strawberry.ID
    customer_name: str
    subject: Evidence | None
    evidence: list[Evidence]
    owner: Employee | None
    state: AlertState
    state_by: str | None
    state_at: datetime | None
    state_reason: str | None
    play: Play

    @classmethod
    def of(cls, alert: domain.AccountAlert, as_of: datetime | None = None) -> "Alert":
        """From the domain's value."""
        return shaped(
            cls,
            alert,
            as_of=as_of,
            id=strawberry.ID(f"Alert:{alert.alert_id}"),
            kind=AlertKind(alert.kind),
            severity=AlertSeverity(alert.severity),
            subject=Evidence.of(alert.subject) if alert.subject else None,
            evidence=Evidence.all_of(alert.evidence),
            owner=Employee.of(alert.owner) if alert.owner else None,
            state=AlertState(alert.state),
            play=Play.of(alert.play),
        )

    account = account_field("The customer that it is about.")


@strawberry.input(
    description="Which alerts; what is left out does not narrow, but for states: open and acknowledged."
)
class AlertFilter(OfAccounts):
    """Of the accounts that are asked for."""

    kinds: list[AlertKind] | None = None
    severities: list[AlertSeverity] | None = None
    states: list[AlertState] | None = None


@strawberry.type(description="An alert in its place of the list.")
class AlertEdge:
    """`cursor` goes into `after` to continue behind it."""

    cursor: str
    node: Alert


@strawberry.type(description="A page of alerts, the gravest first, then the newest.")
class AlertConnection(CountedConnection):
    """Lists are counted up to 10,000; `totalCountExact` says whether there are more."""

    edges: list[AlertEdge] = strawberry.field(metadata=costs(many=1))
    nodes: list[Alert] = strawberry.field(metadata=costs(many=1))


@resolved(weight=10, name="alerts")
async def alerts_page(
    info: Info,
    first: int = 20,
    after: str | None = None,
    where: AlertFilter | None = None,
    as_of: datetime | None = None,
    locale: Locale = Locale.EN,
) -> AlertConnection | None:
    """Alerts of everybody, an account, an owner or a team; as of a past day with the states of today."""
    asking = await asked(info.context, moment(as_of), locale)
    chosen = await selection(info.context, where)
    page = await alerts(info.context.store, chosen, asking, first=first, after=after)
    return connection(info.context, chosen, asking, page)


async def asked(context: Context, as_of: datetime | None, locale: Locale) -> Asking:
    """As of which moment, for whom and in which language this request asks for alerts."""
    return Asking(await context.now(), as_of, context.viewer, locale.value)


def connection(
    context: Context, chosen: domain.Selection, asking: Asking, page: AlertPage
) -> AlertConnection:
    """A page of the chosen alerts."""
    nodes = [Alert.of(alert, asking.as_of) for alert in page.alerts]
    cursors = [after_alert(alert) for alert in page.alerts]
    counted = Counted(partial(count_alerts, context.store, chosen, asking))
    return connected(AlertConnection, AlertEdge, nodes, cursors, more=page.more, counted=counted)


async def selection(context: Context, where: AlertFilter | None) -> domain.Selection:
    """The alerts that a filter means; raises NotFound."""
    chosen = where or AlertFilter()
    return selected(await chosen.portfolio(context), chosen)


def selected(of: Portfolio, chosen: AlertFilter) -> domain.Selection:
    """The alerts of these customers that the filter leaves."""
    return domain.Selection(
        of,
        tuple(kind.value for kind in chosen.kinds or ()),
        tuple(severity.value for severity in chosen.severities or ()),
        domain.IN_WORK if chosen.states is None else tuple(state.value for state in chosen.states),
    )
