"""Subscriptions: what came, changed or went, with a cursor to go on from."""

from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Any

import strawberry

from graph.alert.model import AccountAlert
from graph.decision_chain.read import chain as read_chain
from graph.errors import UsageError
from graph.feed import views
from graph.feed.log import Changed
from graph.score_view.model import Risk
from graphql_api.context import Context, Info
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.alert import Alert, AlertFilter, asked, selection
from graphql_api.features.decision_chain import DecisionChain
from graphql_api.features.enums import Band, Locale
from graphql_api.features.field import all_shaped
from graphql_api.live.follow import Difference, follow
from graphql_api.live.socket import Session


def streamed(what: str, weight: int) -> Callable[[Callable[..., Any]], Any]:
    """Make an asynchronous generator a subscription."""
    after = "`after`: the cursor of the last event received; what was missed since is then told at once."
    metadata: dict[Any, Any] = {**costs(weight)}

    def decorate(method: Callable[..., Any]) -> Any:
        return strawberry.subscription(method, description=f"{what} {after}", metadata=metadata)

    return decorate


@strawberry.type(
    description="Alerts that came, changed or are no longer among those selected. `whole`: something was "
    "missed, so `came` holds all that are selected now. At most 200 alerts are watched, the gravest."
)
class AlertsChange:
    """`cursor` goes into `after`."""

    cursor: str
    whole: bool
    came: list[Alert] = strawberry.field(metadata=costs(many=20))
    changed: list[Alert] = strawberry.field(metadata=costs(many=20))
    gone: list[strawberry.ID]


@strawberry.type(description="The risk of one customer as it now stands.")
class WatchedRisk:
    """`probability` as in ChurnRisk."""

    customer_id: strawberry.ID
    probability: float
    percentile: float
    band: Band
    scored_at: datetime
    model_id: strawberry.ID

    @classmethod
    def of(cls, customer_id: str, risk: Risk) -> "WatchedRisk":
        """From the domain's value."""
        return shaped(cls, risk, customer_id=strawberry.ID(customer_id), band=Band(risk.band))


@strawberry.type(description="Risks that are other than before; `gone`: customers that have none any more.")
class ScoresChange:
    """`cursor` and `whole` as in AlertsChange."""

    cursor: str
    whole: bool
    scores: list[WatchedRisk] = strawberry.field(metadata=costs(many=50))
    gone: list[strawberry.ID]


@strawberry.type(
    description="The chain of an account when a member, link, gap or the deal itself has changed. Ties that "
    "only fade are no change."
)
class ChainChange:
    """`parts` names what changed: opportunity, members, links, gaps."""

    cursor: str
    whole: bool
    parts: list[str]
    chain: DecisionChain


@strawberry.type(description="A load or a round of work: how it stands.")
class WorkRun:
    """`kind` is ingest or work; `finishedAt` is null while it goes on."""

    run_id: strawberry.ID
    kind: str
    status: str
    started_at: datetime
    finished_at: datetime | None


@strawberry.type(description="Loads and rounds of work that began or stand otherwise, of the newest five.")
class WorkProgress:
    """`cursor` and `whole` as in AlertsChange."""

    cursor: str
    whole: bool
    runs: list[WorkRun] = strawberry.field(metadata=costs(many=5))


@streamed("Alerts of everybody, an account, an owner or a team.", weight=10)
async def alerts_changed(
    info: Info, where: AlertFilter | None = None, after: str | None = None, locale: Locale = Locale.EN
) -> AsyncGenerator[AlertsChange, None]:
    """Each time some came, changed or went."""
    context = info.context
    chosen = await selection(context, where)

    async def read() -> views.Watched[AccountAlert]:
        return await views.watched_alerts(context.store, chosen, await asked(context, None, locale))

    async for one in follow(_session(context), _concluded_or_written, read, after):
        yield AlertsChange(
            cursor=one.cursor,
            whole=one.whole,
            came=[Alert.of(alert) for alert in one.came.values()],
            changed=[Alert.of(alert) for alert in one.changed.values()],
            gone=[strawberry.ID(f"Alert:{key}") for key in one.gone],
        )


@streamed("Risks of an account, an owner's or a team's accounts, at most 500.", weight=20)
async def scores_changed(
    info: Info,
    account: strawberry.ID | None = None,
    owner: strawberry.ID | None = None,
    team: str | None = None,
    after: str | None = None,
) -> AsyncGenerator[ScoresChange, None]:
    """Each time a scoring changed some."""
    context = info.context
    portfolio = await context.portfolio(account, owner, team)

    async def read() -> views.Watched[Risk]:
        return await views.watched_risks(
            context.store, portfolio, now=await context.now(), viewer=context.viewer
        )

    async for one in follow(_session(context), _scored, read, after):
        scores = [WatchedRisk.of(key, risk) for key, risk in (one.came | one.changed).items()]
        gone = [strawberry.ID(key) for key in one.gone]
        yield ScoresChange(cursor=one.cursor, whole=one.whole, scores=scores, gone=gone)


@streamed("The decision chain of an account.", weight=20)
async def chain_changed(
    info: Info, account: strawberry.ID, after: str | None = None
) -> AsyncGenerator[ChainChange, None]:
    """Each time it is another."""
    context = info.context
    customer_id = await context.resolve("Customer", account)
    last: DecisionChain

    async def read() -> views.Watched[object]:
        nonlocal last
        found = await read_chain(
            context.store, customer_id=customer_id, now=await context.now(), viewer=context.viewer
        )
        last = DecisionChain.of(found)
        return views.outline(found)

    async for one in follow(_session(context), _any, read, after):
        yield ChainChange(cursor=one.cursor, whole=one.whole, parts=_parts(one), chain=last)


@streamed("Loads and rounds of work.", weight=5)
async def work_progress(info: Info, after: str | None = None) -> AsyncGenerator[WorkProgress, None]:
    """Each time one began or stands otherwise."""
    session = _session(info.context)
    async for one in follow(session, None, session.feed.runs, after):
        runs = all_shaped(WorkRun, (one.came | one.changed).values())
        if runs:
            yield WorkProgress(cursor=one.cursor, whole=one.whole, runs=runs)


def _parts(one: Difference[object]) -> list[str]:
    return sorted((one.came | one.changed).keys())


def _session(context: Context) -> Session:
    if not isinstance(context.session, Session):
        raise UsageError("subscriptions go over a WebSocket, in the protocol graphql-transport-ws")
    return context.session


def _concluded_or_written(change: Changed) -> bool:
    """Alerts are what derive concludes, and what users decide about them."""
    return change.kind.startswith(("derive.", "write.", "score."))


def _scored(change: Changed) -> bool:
    return change.kind.startswith("score.")


def _any(_: Changed) -> bool:
    return True
