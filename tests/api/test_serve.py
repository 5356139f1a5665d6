"""`relgraph serve` and `relgraph token` as processes: quick start without torch, clear refusals, quiet end."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from tests.api.company import ANN, company
from tests.conftest import Cli
from tests.paths import REPO


def test_the_api_needs_no_torch() -> None:
    code = "import sys, relgraph.commands.serve as s, graphql_api, graphql_api.schema; print('torch' in sys.modules)"
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
def test_wrong_usage_is_exit_code_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    assert cli("serve", *arguments, check=False).returncode == 2


def test_tokens_are_created_listed_and_revoked(cli: Cli, store: Store) -> None:
    company().load(store)
    made = json.loads(
        cli("token", "create", "--employee", ANN, "--role", "reader", "--days", 3, "--json").stdout
    )
    assert made["token"].startswith(f"rg_{made['token_id']}_")
    assert (made["employee_id"], made["role"]) == (ANN, "reader")
    (listed,) = json.loads(cli("token", "list", "--json").stdout)[-1:]
    assert listed == {key: value for key, value in made.items() if key != "token"}
    assert cli("token", "create").stdout.startswith("rg_")
    assert "revoked" in cli("token", "revoke", made["token_id"]).stdout
    assert json.loads(cli("token", "list", "--json").stdout)[-2]["revoked_at"]


def test_a_token_for_nobody_is_refused(cli: Cli, store: Store) -> None:
    assert store
    unknown = cli("token", "create", "--employee", "hr:gone", check=False)
    assert unknown.returncode == 1
    assert "no Employee answers to 'hr:gone'" in unknown.stderr
    assert cli("token", "revoke", "beef", check=False).returncode == 1
    assert cli("token", "create", "--role", "king", check=False).returncode == 2


@pytest.fixture
def served(cli: Cli, store: Store, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server process on the engine of `store`, and its address."""
    company().load(store)
    environment = os.environ | {"RELGRAPH_HOME": str(store.config.home), "PYTHONUNBUFFERED": "1"}
    if store.config.uri is not None:
        environment |= {"NEO4J_URI": store.config.uri, "NEO4J_PASSWORD": store.config.password or ""}
    command = [sys.executable, "-m", "relgraph.cli", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()[-1]
        process.kill()


def test_a_server_answers_over_a_socket_and_ends_quietly(
    cli: Cli, served: tuple[subprocess.Popen[str], str]
) -> None:
    process, url = served
    token = cli("token", "create", "--employee", ANN).stdout.strip()
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
