"""Clients that nobody here wrote, from npm, against the served application."""

import asyncio
import json
import os
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from graph.store import Store
from tests.api.client import Client
from tests.paths import REPO

pytestmark = pytest.mark.slow

CLIENTS = Path(__file__).parent / "clients"
Run = Callable[..., Awaitable[Any]]


async def _finished(folder: Path, *command: str) -> str:
    """What a command prints; fails with all of it where it ends badly."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    printed, _ = await process.communicate()
    text = printed.decode()
    assert process.returncode == 0, f"{' '.join(command)}\n{text}"
    return text


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the clients and the packages that they need."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not here; the clients come from it")
    folder = tmp_path_factory.mktemp("clients")
    shutil.copytree(CLIENTS, folder, dirs_exist_ok=True)
    shutil.copy(REPO / "graphql_api" / "schema.graphql", folder)
    (folder / "documents.json").write_text("{}", "utf-8")
    (folder / "artifacts").mkdir()
    quiet = ("--no-audit", "--no-fund", "--no-save", "--prefer-offline", "--loglevel=error")
    asyncio.run(_finished(folder, npm, "install", *quiet))
    return folder


@asynccontextmanager
async def served_on(app: FastAPI) -> AsyncIterator[str]:
    """The address of the application, served on a free port of loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, lifespan="off", log_level="critical", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        finally:
            server.should_exit = True
            await serving


@pytest.fixture
async def run(installed: Path, store: Store, app: FastAPI, ann: Client) -> AsyncIterator[Run]:
    """Runs a script of `clients/` against the application, as Ann; gives what it prints."""
    if store.engine == "neo4j":
        pytest.skip("what clients see of HTTP is the same on both engines")
    async with served_on(app) as url:

        async def ran(script: str) -> Any:
            return json.loads(await _finished(installed, "node", script, url, str(ann.token)))

        yield ran


async def test_all_audits_of_graphql_http_pass(run: Run) -> None:
    assert await run("audit.mjs") == {"audits": 61, "missed": []}


async def test_apollo_client(run: Run) -> None:
    found = await run("apollo.mjs")
    assert found["ids"] == ["Order:erp:O2", "Order:erp:O1", "Order:erp:O0"]
    assert found["sent"] == ["by hash", "whole", "by hash", "by hash", "whole"]
    assert found["tagged"] == "Written"


async def test_urql(run: Run) -> None:
    found = await run("urql.mjs")
    assert found["ids"] == ["Contact:crm:CON-1", "Contact:crm:CON-2", "Contact:crm:CON-3"]
    assert (found["same"], found["tagged"], found["code"]) == (True, "Written", "NOT_FOUND")
    assert found["sent"] == ["GET", "POST", "GET"]


async def test_graphql_codegen(run: Run) -> None:
    found = await run("codegen.mjs")
    assert found["missing"] == []
    assert found["size"] > 10_000


async def test_relay_compiler_accepts_connections_and_nodes_and_persists(
    run: Run, installed: Path, ann: Client
) -> None:
    del run  # the application, and one engine
    await _finished(installed, str(installed / "node_modules" / ".bin" / "relay-compiler"))
    documents: dict[str, str] = json.loads((installed / "documents.json").read_bytes())
    (lists,) = [text for text in documents.values() if text.startswith("query ListsQuery")]
    data = await ann.data(lists, first=2, id="Ticket:desk:T1")
    assert [edge["node"]["id"] for edge in data["tickets"]["edges"]] == ["Ticket:desk:T1"]
    assert data["node"]["id"] == "Ticket:desk:T1"
