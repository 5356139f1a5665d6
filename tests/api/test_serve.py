"""`relgraph serve` and `relgraph token`: a start without torch, clear refusals, a quiet end."""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from graph.store import Store
from graphql_api.security import TokenNotFound
from relgraph.cli import build
from relgraph.commands.serve import run
from relgraph.settings import Settings
from tests.api.company import ANN, company
from tests.api.ready import await_ready
from tests.conftest import Cli
from tests.paths import REPO


def test_the_api_needs_no_torch() -> None:
    code = "import sys, relgraph.cli, graphql_api.schema; relgraph.cli.build(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_taken_port_is_said_so(cli: Cli) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = cli("serve", "--port", port, check=False)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("--port", "70000"), ("--port", "x"), ("--nothing",)])
@pytest.mark.long_on("neo4j")
def test_wrong_usage_is_exit_code_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert cli("serve", *arguments, check=False).returncode == 2


@pytest.fixture
def tokens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `relgraph token ARGS…` in this process, in a home of its own."""
    monkeypatch.setenv("RELGRAPH_HOME", str(tmp_path / "home"))
    return lambda *arguments: CliRunner().invoke(build(), ["token", *arguments])


def test_tokens_are_created_listed_and_revoked(tokens: Callable[..., Result]) -> None:
    assert "no tokens yet" in tokens("list").stdout
    made = json.loads(tokens("create", "--role", "reader", "--days", "3", "--json").stdout)
    assert made["token"].startswith(f"rg_{made['token_id']}_")
    assert (made["employee_id"], made["role"], made["revoked_at"]) == (None, "reader", None)
    (listed,) = json.loads(tokens("list", "--json").stdout)
    assert listed == {key: value for key, value in made.items() if key not in ("token", "memory")}
    assert "is revoked" in tokens("revoke", made["token_id"]).stdout
    assert json.loads(tokens("list", "--json").stdout)[0]["revoked_at"]
    assert "revoked" in tokens("list").stdout
    assert tokens("create").stdout.startswith("rg_")


@pytest.mark.parametrize(
    "arguments", [("--role", "king"), ("--days", "0"), ("--days", "-1"), ("--days", "x")]
)
def test_a_token_needs_a_role_and_some_time(
    tokens: Callable[..., Result], arguments: tuple[str, ...]
) -> None:
    assert tokens("create", *arguments).exit_code == 2


def test_an_unknown_token_cannot_be_revoked(tokens: Callable[..., Result]) -> None:
    assert isinstance(tokens("revoke", "beef").exception, TokenNotFound)


@pytest.mark.usefixtures("store")
def test_a_token_for_nobody_is_refused(cli: Cli) -> None:
    unknown = cli("token", "create", "--employee", "hr:gone", check=False)
    assert unknown.returncode == 1
    assert "no Employee answers to 'hr:gone'" in unknown.stderr


def test_the_search_for_garbage_passes_by_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELGRAPH_HOME", str(tmp_path))
    searched = list[int]()
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: searched.append(len(gc.get_objects())))
    try:
        run(Settings(), port=0)
    finally:
        gc.unfreeze()
    assert searched[0] < len(gc.get_objects()) / 100


@pytest.fixture
def served(store: Store, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process on the engine of `store`, and its address."""
    company().load(store)
    environment = os.environ | {"RELGRAPH_HOME": str(store.config.home), "PYTHONUNBUFFERED": "1"}
    if store.config.uri is not None:
        environment |= {"NEO4J_URI": store.config.uri, "NEO4J_PASSWORD": store.config.password or ""}
    command = [sys.executable, "-m", "relgraph", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[-1]
        process.kill()


@pytest.mark.slow
def test_a_server_answers_over_a_socket_and_ends_quietly(
    cli: Cli, served: tuple[subprocess.Popen[str], str]
) -> None:
    process, url = served
    token = cli("token", "create", "--employee", ANN).stdout.strip()
    await_ready(url)
    query = {"query": '{ viewer { name } account(match: "宏达") { shortName } }'}
    request = urllib.request.Request(
        url,
        data=json.dumps(query).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.loads(response.read())
    assert answer == {"data": {"viewer": {"name": "Ann"}, "account": {"shortName": "宏达"}}}
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 0
