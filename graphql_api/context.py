"""What one request carries: who asks, the engine, the data's clock, and loaders of its own."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import strawberry

from graph.decision_chain.required import RequiredRoles
from graph.errors import NotFound
from graph.moment import FIRST_YEAR, LAST_YEAR, in_utc
from graph.portfolio import Portfolio
from graph.profile.pages import Bounds
from graph.resolve_id import resolve
from graph.search.finder import NO_INDEX, Finder
from graph.service import GraphStore, WholeStore
from graphql_api.access.scoped import Accounts, Reach, ScopedStore, ScopedWhole
from graphql_api.config import Limits
from graphql_api.data_clock import DataClock
from graphql_api.engine_link import EngineLink
from graphql_api.errors import BadInput
from graphql_api.execution.asking import Asking
from graphql_api.loaders import Loaders
from graphql_api.security import Identity

T = TypeVar("T")


class Context(Asking):
    """Made anew for each request, so that nothing one caller loaded reaches another."""

    def __init__(
        self,
        link: EngineLink,
        clock: DataClock,
        identity: Identity,
        limits: Limits,
        finder: Finder = NO_INDEX,
        required: RequiredRoles | None = None,
        accounts: Accounts | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        super().__init__(limits, identity.grant)
        self.required = required
        self.finder = finder
        self.bounds = bounds or Bounds()
        """Of pages by name, kept over all requests."""
        self.identity = identity
        self.rows = Reach(identity, clock, accounts or Accounts(link, clock))
        """Whose customers may be seen."""
        self.store: GraphStore = ScopedStore(link, self.rows)
        self.whole: WholeStore = ScopedWhole(link.whole, self.rows)
        self._link = link
        self._clock = clock
        self.loaders = Loaders(self.store, self.turns)
        self.session: object | None = None
        """The `live.socket.Session` of an operation over a WebSocket; it makes contexts itself."""

    @property
    def viewer(self) -> str | None:
        """The employee who asks; None for a service."""
        return self.identity.employee_id

    @property
    def caller(self) -> str:
        """Who asks, for the log: the token, and whose it is."""
        return f"token {self.identity.token_id} of {self.viewer or 'a service'}"

    async def engine_trouble(self) -> str | None:
        """Why the engine does not answer now; None where it does."""
        return await self._link.trouble()

    async def resolve(self, label: str, asked: str) -> str:
        """Our id for any id a user may hold; raises NotFound."""
        return await resolve(self.store, label, asked)

    async def portfolio(self, account: str | None, owner: str | None, team: str | None) -> Portfolio:
        """The customers that a filter means, by ids of any kind; raises NotFound."""
        return Portfolio(
            None if account is None else await self.resolve("Customer", account),
            None if owner is None else await self.resolve("Employee", owner),
            team,
        )

    async def first_by(self, label: str, asked: str, read: Callable[[str], Awaitable[T | None]]) -> T:
        """What `read` finds under an id of any kind; raises NotFound.

        The id is tried as our own before it is looked up, because most are, and our own come first anyway.
        """
        found = await read(asked)
        if found is None:
            found = await read(await self.resolve(label, asked))
        if found is None:
            raise NotFound(label, asked)
        return found

    async def now(self) -> datetime:
        """The data's now."""
        return await self._clock.now()


Info = strawberry.Info[Context, None]


def moment(when: datetime | None, name: str = "asOf") -> datetime | None:
    """A moment in UTC; one without an offset is read as UTC. Raises BadInput far outside of any data.

    name: of the argument, as the caller wrote it.
    """
    if when is None:
        return None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise BadInput(f"`{name}` must lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return in_utc(when)
