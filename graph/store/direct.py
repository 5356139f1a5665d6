"""A reading statement on a connection of the driver's own pool, without a session around it.

A session of the asynchronous driver lives for one statement here, and the driver makes a configuration, a
summary and a record for each row of it: a third of what Python spends on a small statement (decision record
0177). This takes a connection from the driver's pool, sends the statement, asks for all its rows at once and
gives the connection back; errors and lost connections are the driver's.

The pool and its connections are private to the driver: where a later one lacks what is needed, or could not
make a value, statements go by sessions.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any, NamedTuple

from neo4j import READ_ACCESS, AsyncDriver
from neo4j.exceptions import Neo4jError

from graph.service import Row
from graph.store import convert

_POOL = ("acquire", "release", "kill_and_release")
_CONNECTION = ("run", "pull", "send_all", "fetch_all", "new_hydration_scope")


class _Private(NamedTuple):
    """Classes of the driver that have no public name."""

    deadline: Callable[[float], Any]
    database: Callable[[str], Any]
    auth: Callable[[None], Any]
    broken: type
    """A value that the driver could not make."""
    structure: type
    """What it makes values of that are neither plain nor lists or maps."""


def direct(driver: AsyncDriver, database: str, timeout_s: float) -> "Direct | None":
    """How statements are read without a session; None where the driver is not the one that this knows."""
    pool = getattr(driver, "_pool", None)
    try:
        pools = import_module("neo4j._async.io._pool")
        private = _Private(
            import_module("neo4j._deadline").Deadline, pools.AcquisitionDatabase, pools.AcquisitionAuth,
            import_module("neo4j._codec.hydration").BrokenHydrationObject,
            import_module("neo4j._codec.packstream").Structure,
        )  # fmt: skip
    except (ImportError, AttributeError):
        return None
    if not all(hasattr(pool, name) for name in _POOL):
        return None
    return Direct(pool, private, database, timeout_s)


class Direct:
    """Reads on one driver's connections."""

    def __init__(self, pool: Any, private: _Private, database: str, timeout_s: float) -> None:
        self._pool = pool
        self._private = private
        self._database = database
        self._timeout_s = timeout_s

    async def rows(self, text: str, given: Mapping[str, Any]) -> list[Row] | None:
        """All rows of a statement, in autocommit; None where a session has to read it.

        Raises the driver's errors.
        """
        private = self._private
        connection = await self._pool.acquire(
            READ_ACCESS, private.deadline(self._timeout_s), private.database(self._database), None,
            private.auth(None), None,
        )  # fmt: skip
        try:
            found = await self._read(connection, text, given)
        except Neo4jError:
            await self._pool.release(connection)
            raise
        except BaseException:  # what the connection would say next is not known
            self._pool.kill_and_release(connection)
            raise
        await self._pool.release(connection)
        return found

    async def _read(self, connection: Any, text: str, given: Mapping[str, Any]) -> list[Row] | None:
        private = self._private
        if not all(hasattr(connection, name) for name in _CONNECTION):
            return None
        scope = connection.new_hydration_scope()
        others: list[Any] = []
        made = {private.structure: _noting(scope.hydration_hooks[private.structure], others)}
        hooks = {"dehydration_hooks": scope.dehydration_hooks, "hydration_hooks": made}
        names: list[str] = []
        values: list[list[Any]] = []
        connection.run(
            text, parameters=given, mode=READ_ACCESS, db=self._database, timeout=self._timeout_s,
            on_success=lambda told: names.extend(told["fields"]), **hooks,
        )  # fmt: skip
        connection.pull(n=-1, on_records=values.extend, **hooks)
        await connection.send_all()
        await connection.fetch_all()
        if any(type(one) is private.broken for one in others):
            return None
        if not others:  # all values are plain
            return [dict(zip(names, row, strict=True)) for row in values]
        return [dict(zip(names, map(convert.value, row), strict=True)) for row in values]


def _noting(hook: Callable[[Any], Any], others: list[Any]) -> Callable[[Any], Any]:
    """What makes moments, nodes and the like of the driver's structures, and notes what is no plain moment.

    The driver also goes through every list and map, to look for what it could not make: that is among these.
    """

    def made(structure: Any) -> Any:
        found = hook(structure)
        if type(found) is not datetime:
            others.append(found)
        return found

    return made
