"""Who belongs to a viewer's team, kept for a while."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, NamedTuple

from cypher import Query
from graph.store import AsyncStore
from graph.store.team import team_of

_MOST = 10_000
"""Teams kept at most; then all are forgotten."""


class _Reading(NamedTuple):
    team: list[str]
    at: float


class Teams:
    """Each viewer's team, at most `keep_s` seconds old; many questions at once ask for it once."""

    def __init__(self, keep_s: float = 30.0) -> None:
        self._keep_s = keep_s
        self._asking = asyncio.Lock()
        self._last: dict[str, _Reading] = {}

    async def given(self, store: AsyncStore, query: Query, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters with the viewer's team, where the query weighs visibility."""
        if "team" not in query.params or not params.get("viewer"):
            return params
        return {**params, "team": await self._of(store, params["viewer"])}

    async def _of(self, store: AsyncStore, viewer: str) -> list[str]:
        team = self._kept(viewer)
        return await self._asked(store, viewer) if team is None else team

    def _kept(self, viewer: str) -> list[str] | None:
        last = self._last.get(viewer)
        return last.team if last and monotonic() - last.at <= self._keep_s else None

    async def _asked(self, store: AsyncStore, viewer: str) -> list[str]:
        async with self._asking:
            team = self._kept(viewer)
            if team is None:
                team = await team_of(lambda name, params: store.read(name, **params), viewer)
                if len(self._last) >= _MOST:
                    self._last.clear()
                self._last[viewer] = _Reading(team, monotonic())
            return team
