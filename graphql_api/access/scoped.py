"""The engine as one token sees it: each statement gets the viewer and the rows that the token's role has."""

from collections.abc import Mapping
from typing import Any

from cypher import Query, query
from graph.scope import EVERYTHING, Scope
from graph.service import GraphStore, Row, Statements, WholeStore, Written
from graphql_api.access.kept import Kept
from graphql_api.access.rules import Rows
from graphql_api.data_clock import DataClock
from graphql_api.errors import Unauthenticated
from graphql_api.security import Identity

LEFT_AFTER_S = 10.0
"""For how long the tokens of somebody who has left may still be answered."""
NOTHING = Scope(customers=()).param()


class Accounts:
    """The customers of an account manager, or of a team lead, as the engine tells them."""

    def __init__(self, store: GraphStore, clock: DataClock, keep_s: float = 30.0) -> None:
        self._store = store
        self._clock = clock
        self._own: Kept[Mapping[str, Any]] = Kept(self._of_one, keep_s)
        self._team: Kept[Mapping[str, Any]] = Kept(self._of_team, keep_s)
        self._standing: Kept[bool] = Kept(self._stands, LEFT_AFTER_S)

    async def scope(self, rows: Rows, employee_id: str) -> Mapping[str, Any]:
        """The parameter `scope` of the employee, whose rows are `own` or those of the `team`."""
        return await (self._team if rows == "team" else self._own).of(employee_id)

    async def check(self, employee_id: str) -> None:
        """Raise Unauthenticated for an employee who has left: their tokens end with them."""
        if not await self._standing.of(employee_id):
            raise Unauthenticated(
                f"employee {employee_id} works here no longer, and this token ended with that"
            )

    def forget(self) -> None:
        """Ask again for whoever asks next: an account was handed over."""
        self._own.forget()
        self._team.forget()

    async def _stands(self, employee_id: str) -> bool:
        """Whether the employee is with us; one whom the graph does not know has not left."""
        rows = await self._store.read("employee.standing", employee_id=employee_id)
        return not rows or bool(rows[0]["stands"])

    async def _of_one(self, employee_id: str) -> Mapping[str, Any]:
        return await self._accounts([employee_id])

    async def _of_team(self, employee_id: str) -> Mapping[str, Any]:
        now = await self._clock.now()
        rows = await self._store.read("employee.subtree", viewer=employee_id, as_of=now.isoformat())
        return await self._accounts(sorted({employee_id, *(row["employee_id"] for row in rows)}))

    async def _accounts(self, employee_ids: list[str]) -> Mapping[str, Any]:
        now = await self._clock.now()
        rows = await self._store.read("employee.accounts", employee_ids=employee_ids, as_of=now.isoformat())
        return Scope(customers=tuple(row["customer_id"] for row in rows), at=now).param()


class Reach:
    """The rows of one token."""

    def __init__(self, identity: Identity, clock: DataClock, accounts: Accounts) -> None:
        self._identity = identity
        self._clock = clock
        self._accounts = accounts
        self.all = identity.grant.rows == "all" and not identity.regions
        """Whether none is kept back."""

    async def given(self, asked: str | Query, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters with the viewer and the rows, where the statement weighs them.

        Raises Unauthenticated where the employee has left.
        """
        await self.check()
        wanted = (query(asked) if isinstance(asked, str) else asked).params
        made = dict(params)
        if "viewer" in wanted:
            made.setdefault("viewer", self._identity.employee_id or "")
        if "scope" in wanted:
            made["scope"] = await self._scope()
        return made

    async def check(self) -> None:
        """Raise Unauthenticated where the employee has left."""
        if self._identity.employee_id is not None:
            await self._accounts.check(self._identity.employee_id)

    def forget(self) -> None:
        """Read the rows of everybody anew."""
        self._accounts.forget()

    async def _scope(self) -> Mapping[str, Any]:
        if self.all:
            return EVERYTHING
        rows, employee = self._identity.grant.rows, self._identity.employee_id
        if rows in ("own", "team"):
            return NOTHING if employee is None else await self._accounts.scope(rows, employee)
        return Scope(regions=self._identity.regions, at=await self._clock.now()).param()


class ScopedStore:
    """Runs named queries within the rows of one token."""

    def __init__(self, store: GraphStore, rows: Reach) -> None:
        self._store = store
        self._rows = rows

    async def read(self, asked: str | Query, /, **params: Any) -> list[Row]:
        """All rows of a read query."""
        return await self._store.read(asked, **await self._rows.given(asked, params))

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Run a write query in one transaction; where it hands an account over, rows are read anew."""
        written = await self._store.write(asked, **await self._rows.given(asked, params))
        if asked == "writing.hand_over":
            self._rows.forget()
        return written


class ScopedWhole(ScopedStore):
    """The same for what moves records whole: who may be named is a matter of rows there, too."""

    def __init__(self, store: WholeStore, rows: Reach) -> None:
        super().__init__(store, rows)
        self._whole = store

    async def write_all(self, asked: str | Query, rest: Statements, /, **params: Any) -> Written:
        """Run a write query and, where it returns rows, the rest: all in one transaction."""
        written = await self._whole.write_all(asked, rest, **await self._rows.given(asked, params))
        self._rows.forget()
        return written
