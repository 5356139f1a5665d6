"""Who belongs to a viewer's team, kept for a while."""

from collections.abc import Mapping
from typing import Any

from cypher import Query
from graph.store import AsyncStore
from graph.store.team import team_of
from graphql_api.access.kept import Kept


class Teams:
    """Each viewer's team, at most `keep_s` seconds old; many questions at once ask for it once."""

    def __init__(self, keep_s: float = 30.0) -> None:
        self._keep_s = keep_s
        self._kept: Kept[list[str]] | None = None

    async def given(self, store: AsyncStore, query: Query, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """The parameters with the viewer's team, where the query weighs visibility."""
        if "team" not in query.params or not params.get("viewer"):
            return params
        if self._kept is None:
            self._kept = Kept(
                lambda viewer: team_of(lambda name, given: store.read(name, **given), viewer), self._keep_s
            )
        return {**params, "team": await self._kept.of(params["viewer"])}
