"""Which customer a page means: by any of its ids, or by what only it has, where the role may look it up."""

from graph.errors import NotFound
from graph.profile.model import MatchBy
from graph.profile.search import match
from graphql_api.context import Context
from graphql_api.errors import Forbidden
from graphql_api.http.rate import Rate
from graphql_api.widgets.visitor import Visitor

SURE: frozenset[MatchBy] = frozenset({"id", "alias", "tax_id", "number", "mail", "domain", "phone"})
"""Readings that name a company; names are left out, for two companies may bear one."""
_JOBS = 50
"""Jobs of a person that are looked at."""


class AccountFinder:
    """Finds the customers that pages name, and ends the guessing of whoever names too many in vain.

    `misses`: what each caller may name in vain (decision 0102).
    """

    def __init__(self, misses: Rate) -> None:
        self._misses = misses

    async def asked(self, context: Context, visitor: Visitor, given: str | None) -> str | None:
        """The customer asked about: by default the token's, with an ordinary token none.

        Raises NotFound, TooMany, and Forbidden for another than the token's.
        """
        if given is None or given == visitor.account:
            return visitor.account
        try:
            found = await self.found(context, visitor, given)
        except NotFound:
            if visitor.account is None:
                raise
            found = None
        if visitor.account is not None and found != visitor.account:  # nor is told whether there is such one
            raise Forbidden("this widget token is for another account")
        return found

    async def found(self, context: Context, visitor: Visitor, given: str) -> str:
        """The customer of what was given, among the rows of the token; raises NotFound and TooMany.

        By ids of any kind. By the id of a person who works there, a phone number, a mail address, a domain or
        a tax number only where the token is for our own people and its role may look accounts up by these.
        """
        self._misses.check(visitor.caller)
        try:
            found = await _found(context, given, by_any=visitor.inside and may_match(context))
        except NotFound:
            self._misses.take(visitor.caller)
            raise
        if visitor.account not in (None, found):
            self._misses.take(visitor.caller)
        return found


def may_match(context: Context) -> bool:
    """Whether the role may ask the API which account answers to a text."""
    return not context.grant.refuses("Query", "account")


async def _found(context: Context, given: str, *, by_any: bool) -> str:
    try:
        return await context.resolve("Customer", given)
    except NotFound as unknown:
        if not by_any:
            raise
        found = await _employer(context, given) or await _matched(context, given)
        if found is None:
            raise unknown from None
        return found


async def _employer(context: Context, given: str) -> str | None:
    """Where a person works now, named by an id such as the external_userid of a chat; None for several."""
    if context.grant.refuses("Customer", "contacts"):
        return None
    try:
        person = await context.resolve("Contact", given)
    except NotFound:
        return None
    now = await context.now()
    jobs = await context.store.read("record.jobs", id=person, as_of=now.isoformat(), limit=_JOBS)
    places = {
        row["record_id"]
        for row in jobs
        if row["relation"] == "WORKS_AT" and (row["until"] is None or row["until"] > now)
    }
    return await context.resolve("Customer", places.pop()) if len(places) == 1 else None


async def _matched(context: Context, given: str) -> str | None:
    """The only customer of a number or an address."""
    found = await match(context.store, text=given, as_of=await context.now(), first=2, finder=context.finder)
    sure = [one for one in found if one.by in SURE]
    if not sure or (len(sure) > 1 and sure[0].score == sure[1].score):
        return None
    return sure[0].customer_id
