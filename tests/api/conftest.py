"""The API on each engine, over the small company."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from graph.clock import Clock, keep_clock
from graph.store import AsyncStore, Store
from graphql_api import ApiConfig, Limits, create_app
from graphql_api.security import TokenBook, TokenRole
from tests.api.client import Client
from tests.api.company import ANN, company
from tests.graph.world import NOW

Signed = Callable[..., Client]


@pytest.fixture
def book(tmp_path: Path) -> TokenBook:
    """The token file that the application trusts."""
    return TokenBook(tmp_path / "tokens.json")


@pytest.fixture
async def app(store: Store, tmp_path: Path, astore: AsyncStore) -> AsyncIterator[FastAPI]:
    """The application, started, on the small company."""
    company().load(store)
    keep_clock(store, Clock(NOW, "stamp", "the newest stamp"), NOW)

    async def connect() -> AsyncStore:
        return astore

    made = create_app(ApiConfig(store.config, tmp_path / "tokens.json", Limits(deadline_s=120)), connect)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def signed(app: FastAPI, book: TokenBook) -> AsyncIterator[Signed]:
    """Makes callers: `signed(employee_id, role)`; Ann, who may assert, unless said otherwise."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as http:

        def make(employee_id: str | None = ANN, role: TokenRole = "editor") -> Client:
            issued = book.create(employee_id=employee_id, role=role, days=1, now=datetime.now(UTC))
            return Client(http, issued.token)

        yield make


@pytest.fixture
def ann(signed: Signed) -> Client:
    """Ann, the account manager of the small company's account."""
    return signed()
