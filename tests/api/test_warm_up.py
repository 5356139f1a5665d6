"""The main questions are asked once before anybody asks; an empty graph and a broken engine do no harm."""

import logging
from typing import Any

import pytest

from cypher import Query, composed
from graph.profile.parts import FIRST_FRAGMENTS, FRAGMENTS, LISTED_FRAGMENTS, SHORT
from graph.store import AsyncStore, Store
from graph.store.errors import QueryFailed
from graphql_api.warm_up import warm_up
from tests.api.company import company

MAIN = {"profile.match", "chain.of", "path.ties", "network.around", "alias.resolve", "derive.clock",
        "reporting_line.stated", "record.versions[Customer,customer_id]",
        composed("customer.parts", FRAGMENTS).name, composed("customer.parts", FIRST_FRAGMENTS).name,
        composed("customer.parts", LISTED_FRAGMENTS).name,
        composed("page.by_name", tuple(SHORT.values())).name}  # fmt: skip


async def test_the_main_questions_are_asked(store: Store, astore: AsyncStore) -> None:
    company().load(store)
    assert await warm_up(astore, deadline_s=60)
    counts = astore.metrics.snapshot()
    assert counts.keys() >= MAIN
    assert not any(count.failures for count in counts.values())


async def test_an_empty_graph_has_nothing_to_ask(astore: AsyncStore) -> None:
    assert await warm_up(astore, deadline_s=60)
    assert "chain.of" not in astore.metrics.snapshot()


async def test_what_goes_wrong_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        async def read(self, asked: str | Query, /, **_: Any) -> list[dict[str, Any]]:
            raise QueryFailed(str(asked), "out of memory")

        async def write(self, asked: str | Query, /, **_: Any) -> Any:
            raise QueryFailed(str(asked), "out of memory")

    with caplog.at_level(logging.WARNING, "graphql_api"):
        assert not await warm_up(Broken(), deadline_s=60)
    assert "out of memory" in caplog.text


async def test_a_first_page_that_comes_late_is_said_so(store: Store, astore: AsyncStore) -> None:
    company().load(store)
    assert not await warm_up(astore, deadline_s=0)
