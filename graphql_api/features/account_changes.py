"""What changed at an account since a day."""

from datetime import datetime
from enum import Enum

import strawberry

from graph.account import changes as domain
from graph.score_view.model import RiskReason
from graphql_api.context import Info, moment
from graphql_api.errors import BadInput
from graphql_api.execution.measure import costs
from graphql_api.execution.taken import shaped
from graphql_api.features.enums import Locale
from graphql_api.features.evidence import Evidence
from graphql_api.features.field import all_shaped, resolved


@strawberry.enum(description="What changed.")
class AccountChangeKind(Enum):
    """Values of `graph.account.changes.ChangeKind`."""

    JOINED = "joined"
    LEFT = "left"
    ROLE = "role"
    STANCE = "stance"
    REPORTING_LINE = "reporting_line"
    OWNER = "owner"
    DEAL_OPENED = "deal_opened"
    DEAL_STAGE = "deal_stage"
    DEAL_CLOSED = "deal_closed"
    RISK = "risk"


@strawberry.type(description="A reason of a score that weighs otherwise than before; signed, in log-odds.")
class ScoreCause:
    """Of the reasons that the scores name."""

    before: float
    after: float
    reason: strawberry.Private[RiskReason]

    @resolved()
    def text(self, locale: Locale = Locale.EN) -> str:
        """It as a sentence; of a score that was kept as text only, that text."""
        return self.reason.told(locale.value)


@strawberry.type(
    description="Something that is another than it was; `subject` and `about` lead to records by `node`. "
    "`before` or `after` is null where there was or is none."
)
class AccountChange:
    """Of a role `about` is the deal or account, of a reporting line the superior."""

    kind: AccountChangeKind
    subject: Evidence
    name: str | None
    before: str | None
    after: str | None
    about: Evidence | None
    causes: list[ScoreCause] = strawberry.field(metadata=costs(many=5))

    @classmethod
    def of(cls, change: domain.AccountChange) -> "AccountChange":
        """From the domain's value."""
        return shaped(
            cls,
            change,
            kind=AccountChangeKind(change.kind),
            subject=Evidence.of(change.subject),
            about=None if change.about is None else Evidence.of(change.about),
            causes=all_shaped(ScoreCause, change.causes),
        )


@resolved(weight=20, many=100)
async def changes_since(info: Info, account: strawberry.ID, date: datetime) -> list[AccountChange] | None:
    """Who joined or left, roles, stances, superiors and owners that changed since a day, deals and risk."""
    context = info.context
    since = moment(date, "date")
    if since is None:
        raise BadInput("`date` is a moment")
    found = await domain.account_changes(
        context.store,
        customer_id=await context.resolve("Customer", account),
        since=since,
        now=await context.now(),
        viewer=context.viewer,
    )
    return [AccountChange.of(one) for one in found]
