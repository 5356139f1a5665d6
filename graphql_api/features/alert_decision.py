"""Deciding about an alert: seen, dealt with, not to be shown again, or to be shown again."""

from typing import Annotated
from uuid import uuid4

import strawberry

from graph.alert.decide import AlertIsOver as Over
from graph.alert.decide import Decision
from graph.alert.model import STATES, State
from graph.alert.read import alerts_by_id
from graph.errors import NotFound
from graph.quality.missing import decide_any, missing_fields
from graph.writing import Author, WriteRefused
from graph.writing import KeyAlreadyUsed as KeyUsed
from graphql_api.config import wall_clock
from graphql_api.context import Context, Info
from graphql_api.features.alert import Alert, asked
from graphql_api.features.enums import Locale
from graphql_api.features.field import resolved
from graphql_api.features.quality import DataAlert
from graphql_api.features.written import UNKNOWN, forbidden
from graphql_api.problem import Forbidden, InvalidInput, KeyAlreadyUsed, Problem


@strawberry.input(
    description="Which alert, by `alertId` or `id`, and why. `key` is the caller's own name for this "
    "decision: sent again with the same key, it changes nothing and answers what happened."
)
class AlertDecisionInput:
    """`reason` is kept with the decision."""

    alert: strawberry.ID
    reason: str | None = None
    key: str | None = None


@strawberry.input(description="As AlertDecisionInput, with a reason that must be given.")
class MuteAlertInput:
    """A muted alert is not shown while it lasts."""

    alert: strawberry.ID
    reason: str
    key: str | None = None


@strawberry.type(
    description="The decision counts; `repeated` where an earlier request with this key made it."
)
class AlertDecided:
    """`alert` is as it now stands."""

    alert: Alert
    repeated: bool


@strawberry.type(
    description="As AlertDecided, of an alert about the data (`quality.alerts`), which concerns no account."
)
class DataAlertDecided:
    """`dataAlert` is as it now stands."""

    data_alert: DataAlert
    repeated: bool


@strawberry.type(description="No alert answers to that id.")
class AlertNotFound(Problem):
    """Nothing was written."""


@strawberry.type(description="What the alert said no longer holds; there is nothing to decide about.")
class AlertIsOver(Problem):
    """Nothing was written."""


Refusal = AlertNotFound | AlertIsOver | KeyAlreadyUsed | InvalidInput | Forbidden
Decided = AlertDecided | DataAlertDecided
AlertDecisionResult = Annotated[Decided | Refusal, strawberry.union("AlertDecisionResult")]


@resolved(weight=10)
async def acknowledge_alert(
    info: Info, input: AlertDecisionInput, locale: Locale = Locale.EN
) -> AlertDecisionResult:
    """Say that an alert is seen and worked on."""
    return await _decided(info.context, input, "acknowledged", locale)


@resolved(weight=10)
async def complete_alert(
    info: Info, input: AlertDecisionInput, locale: Locale = Locale.EN
) -> AlertDecisionResult:
    """Say that an alert is dealt with; it is not shown while it lasts."""
    return await _decided(info.context, input, "done", locale)


@resolved(weight=10)
async def mute_alert(info: Info, input: MuteAlertInput, locale: Locale = Locale.EN) -> AlertDecisionResult:
    """Do not show an alert while it lasts, and say why."""
    return await _decided(info.context, input, "muted", locale)


@resolved(weight=10)
async def reopen_alert(
    info: Info, input: AlertDecisionInput, locale: Locale = Locale.EN
) -> AlertDecisionResult:
    """Show an alert again."""
    return await _decided(info.context, input, "open", locale)


async def _decided(
    context: Context, given: AlertDecisionInput | MuteAlertInput, state: State, locale: Locale
) -> Decided | Refusal:
    """Write the decision in the viewer's name; the alert as it then stands, or why nothing was written."""
    if (no := forbidden(context)) is not None:
        return no
    alert_id = str(given.alert).removeprefix("Alert:")
    key = uuid4().hex if given.key is None else given.key
    try:
        author = Author(context.viewer or "", key, await context.now(), wall_clock(), given.reason)
        outcome = await decide_any(context.store, author, Decision(alert_id, state))
        of_data = await missing_fields(context.store, locale.value, STATES)
        about = next((one for one in of_data if one.alert_id == alert_id), None)
        if about is not None:
            return DataAlertDecided(data_alert=DataAlert.of(about), repeated=outcome.repeated)
        found = await alerts_by_id(context.store, [alert_id], await asked(context, None, locale))
        if alert_id not in found:  # decided by an earlier request, and over since
            raise Over(alert_id)
        return AlertDecided(alert=Alert.of(found[alert_id]), repeated=outcome.repeated)
    except (NotFound, WriteRefused) as error:
        return _refusal(error)


def _refusal(error: NotFound | WriteRefused) -> Refusal:
    message = str(error)
    match error:
        case NotFound(label="Employee"):
            return Forbidden(message=UNKNOWN)
        case NotFound():
            return AlertNotFound(message=message)
        case Over():
            return AlertIsOver(message=message)
        case KeyUsed():
            return KeyAlreadyUsed(message=message)
    return InvalidInput(message=message)
