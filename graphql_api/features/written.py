"""How every statement is written for whoever holds the token, and how it can end."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated

import strawberry

from graph import writing
from graph.errors import NotFound, UsageError
from graph.record import record
from graph.service import GraphStore
from graph.writing import Author, Outcome, WriteRefused
from graphql_api.config import wall_clock
from graphql_api.context import Context
from graphql_api.execution.measure import costs
from graphql_api.features.record import Record, as_told
from graphql_api.problem import (
    Forbidden,
    InvalidInput,
    KeyAlreadyUsed,
    NotAtThisCustomer,
    Problem,
    RecordNotFound,
    VersionConflict,
)


@strawberry.type(
    description="What was written. `repeated` says that the key had been used: then nothing was written now, "
    "and this is what happened the first time, with the records as they stand today."
)
class Written:
    """`at` is the company's now when it was written; `changeId` names the entry of the change log."""

    change_id: strawberry.ID
    at: datetime
    repeated: bool
    records: list[Record] = strawberry.field(metadata=costs(many=5))


WriteRefusal = (
    RecordNotFound | NotAtThisCustomer | VersionConflict | KeyAlreadyUsed | InvalidInput | Forbidden
)
WriteResult = Annotated[Written | WriteRefusal, strawberry.union("WriteResult")]

NO_EDITOR = "this token only reads; ask for one of role `editor`"
NOBODY = "this token belongs to no employee, and a statement needs somebody who makes it"
UNKNOWN = "the employee of this token is not in the graph; create a token for one who is"

Perform = Callable[[GraphStore, Author], Awaitable[Outcome]]


async def written(context: Context, key: str, why: str | None, perform: Perform) -> Written | WriteRefusal:
    """Perform the write in the viewer's name under the client's key; what changed, or why nothing did."""
    if (no := forbidden(context)) is not None:
        return no
    now = await context.now()
    try:
        told = partial(as_told, grant=context.grant)
        author = Author(context.viewer or "", key, now, wall_clock(), why, told=told)
        outcome = await perform(context.store, author)
        return await _shown(context, outcome, now)
    except NotFound as error:
        return _not_found(context, error)
    except UsageError as error:
        return refusal(error)


def forbidden(context: Context) -> Forbidden | None:
    """Why whoever holds the token may not state anything; None where they may."""
    if not context.identity.may_assert:
        return Forbidden(message=NO_EDITOR)
    return Forbidden(message=NOBODY) if context.viewer is None else None


def refusal(error: UsageError) -> NotAtThisCustomer | KeyAlreadyUsed | VersionConflict | InvalidInput:
    """The refusal's own type."""
    kinds: tuple[tuple[type[WriteRefused], type[Problem]], ...] = (
        (writing.NotAtCustomer, NotAtThisCustomer),
        (writing.KeyAlreadyUsed, KeyAlreadyUsed),
        (writing.VersionConflict, VersionConflict),
    )
    for kind, shown in kinds:
        if isinstance(error, kind):
            return shown(message=str(error))  # type: ignore[return-value] # one of the three
    return InvalidInput(message=str(error))


def _not_found(context: Context, error: NotFound) -> RecordNotFound | Forbidden:
    if error.label == "Employee" and error.asked == context.viewer:
        return Forbidden(message=UNKNOWN)
    return RecordNotFound(message=str(error), kind=error.label)


async def _shown(context: Context, outcome: Outcome, now: datetime) -> Written:
    """What was written, without records that left the author's rows by it, as an account handed over may."""
    found = []
    for one in outcome.touched:
        with suppress(NotFound):
            found.append(await record(context.store, typed_id=one, now=now, viewer=context.viewer))
    return Written(
        change_id=strawberry.ID(outcome.change_id),
        at=outcome.at,
        repeated=outcome.repeated,
        records=[Record.of(one, context.grant) for one in found if one.kind not in context.grant.kinds],
    )
