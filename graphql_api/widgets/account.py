"""Which customer a page means: by any of its ids, or by a number or address that only it has."""

from graph.errors import NotFound
from graph.profile.model import MatchBy
from graph.profile.search import match
from graphql_api.context import Context
from graphql_api.errors import Forbidden
from graphql_api.widgets.visitor import Visitor

SURE: frozenset[MatchBy] = frozenset({"id", "alias", "tax_id", "number", "mail", "domain", "phone"})
"""Readings that name a company; names are left out, for two companies may bear one."""


async def asked_account(context: Context, visitor: Visitor, given: str | None) -> str | None:
    """The customer asked about: by default the token's, with an ordinary token none.

    Raises NotFound, and Forbidden for another than the token's.
    """
    if given is None or given == visitor.account:
        return visitor.account
    if visitor.account is None:
        return await found_account(context, given)
    try:
        found = await found_account(context, given)
    except NotFound:
        found = None
    if found != visitor.account:  # whether there is such a customer is not told
        raise Forbidden("this widget token is for another account")
    return found


async def found_account(context: Context, given: str) -> str:
    """The customer of an id of any kind, a phone number, a mail address or a domain; raises NotFound."""
    try:
        return await context.resolve("Customer", given)
    except NotFound:
        found = await match(
            context.store, text=given, as_of=await context.now(), first=2, finder=context.finder
        )
        sure = [one for one in found if one.by in SURE]
        if not sure or (len(sure) > 1 and sure[0].score == sure[1].score):
            raise
        return sure[0].customer_id
