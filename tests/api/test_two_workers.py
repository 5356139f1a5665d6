"""Two API processes on one engine: both answer, and an assertion through one is seen through the other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.store import Store
from tests.api.company import ANN, BUYER, DEAL, company
from tests.api.ready import await_ready
from tests.conftest import Cli

pytestmark = pytest.mark.slow

WHO = '{ viewer { name } account(match: "宏达") { shortName } }'
CHAIN = "query ($o: ID!) { decisionChain(opportunity: $o) { members { contact { contactId } role } } }"
ASSERT = """
mutation ($input: AssertRoleInput!) { assertRole(input: $input) { __typename } }
"""


@contextmanager
def worker(store: Store, folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process on the engine of `store`, and its address; killed on leaving."""
    environment = os.environ | {
        "RELGRAPH_HOME": str(store.config.home),
        "RELGRAPH_QUERY_TIMEOUT": "120",  # a fresh Neo4j plans its first questions for long
        "PYTHONUNBUFFERED": "1",
    }
    if store.config.uri is not None:
        environment |= {"NEO4J_URI": store.config.uri, "NEO4J_PASSWORD": store.config.password or ""}
    command = [sys.executable, "-m", "relgraph", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().split()[-1]
            await_ready(url)
            yield process, url
        finally:
            process.kill()


@pytest.fixture
def two(store: Store, tmp_path: Path) -> Iterator[list[tuple[subprocess.Popen[str], str]]]:
    """Two workers on the engine of `store`, over one small company."""
    company().load(store)
    with ExitStack() as stack:
        yield [stack.enter_context(worker(store, tmp_path)) for _ in range(2)]


def ask(url: str, token: str, query: str, **variables: Any) -> Any:
    """The data of an answer that must have no errors."""
    body = {"query": query, "variables": variables}
    answer = httpx.post(url, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=90)
    document = answer.json()
    assert "errors" not in document, document["errors"]
    return document["data"]


def roles(url: str, token: str) -> dict[str, str]:
    members = ask(url, token, CHAIN, o=DEAL)["decisionChain"]["members"]
    return {member["contact"]["contactId"]: member["role"] for member in members}


def test_an_assertion_through_one_is_seen_through_the_other(
    cli: Cli, two: list[tuple[subprocess.Popen[str], str]]
) -> None:
    (first, one), (_, other) = two
    token = cli("token", "create", "--employee", ANN).stdout.strip()
    for url in (one, other):
        assert ask(url, token, WHO) == {"viewer": {"name": "Ann"}, "account": {"shortName": "宏达"}}
        assert roles(url, token).get(BUYER) != "CHAMPION"

    stated = {"contact": BUYER, "role": "CHAMPION", "opportunity": DEAL}
    assert ask(one, token, ASSERT, input=stated)["assertRole"]["__typename"] == "AssertRoleSuccess"
    assert roles(other, token)[BUYER] == "CHAMPION"

    first.send_signal(signal.SIGINT)  # the other does not need it
    assert first.wait(timeout=60) == 0
    assert roles(other, token)[BUYER] == "CHAMPION"


def test_a_token_that_is_revoked_is_refused_by_both(
    cli: Cli, two: list[tuple[subprocess.Popen[str], str]]
) -> None:
    token = cli("token", "create", "--employee", ANN).stdout.strip()
    urls = [url for _, url in two]
    for url in urls:
        ask(url, token, WHO)
    cli("token", "revoke", token.split("_")[1])
    for url in urls:
        refused = httpx.post(
            url, json={"query": WHO}, headers={"Authorization": f"Bearer {token}"}, timeout=90
        )
        assert refused.status_code == 401
