"""Handing an account over."""

from functools import partial

import strawberry

from graph.writing.owner import OwnerWords, hand_over
from graphql_api.context import Info
from graphql_api.features.field import resolved
from graphql_api.features.written import WriteResult, written


@strawberry.input(description="An account's new owner.")
class ChangeOwnerInput:
    """`replaces`: the owners as they were read; where there are others by now, nothing is written."""

    key: strawberry.ID
    customer: strawberry.ID
    owner: strawberry.ID
    replaces: list[strawberry.ID] | None = None
    why: str | None = None


@resolved(weight=60)
async def change_owner(info: Info, input: ChangeOwnerInput) -> WriteResult:
    """Say who of us is responsible for an account from now on, in place of whoever is."""
    replaces = None if input.replaces is None else tuple(input.replaces)
    words = OwnerWords(input.customer, input.owner, replaces)

    return await written(info.context, input.key, input.why, partial(hand_over, words=words))
