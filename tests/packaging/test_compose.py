"""The compose file and the Dockerfile: they read, refuse to start without a password, stay on loopback."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.paths import REPO

COMPOSE = REPO / "docker-compose.yml"
TOOLS = (["docker", "compose"], ["docker-compose"])


def works(tool: list[str]) -> bool:
    """Whether this way of calling compose is there; neither needs a Docker engine to read a file."""
    try:
        return (
            subprocess.run([*tool, "version"], capture_output=True, timeout=30, check=False).returncode == 0
        )
    except FileNotFoundError:
        return False


@pytest.fixture(scope="module")
def tool() -> list[str]:
    """The compose command of this machine."""
    found = next((tool for tool in TOOLS if works(tool)), None)
    if found is None:
        pytest.skip("neither `docker compose` nor `docker-compose` is installed")
    return found


def config(tool: list[str]) -> subprocess.CompletedProcess[str]:
    """What `docker compose config` says to our file."""
    command = [*tool, "--file", str(COMPOSE), "config"]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True, timeout=60, check=False)


def services() -> dict[str, dict[str, Any]]:
    """The services as written."""
    return dict(yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"])


def test_compose_refuses_to_start_without_a_password(
    tool: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    done = config(tool)
    assert done.returncode != 0
    assert "set NEO4J_PASSWORD" in done.stderr


def test_compose_reads_the_file_and_fills_the_password_in(
    tool: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "only-for-this-test")
    done = config(tool)
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(done.stdout)["services"]
    assert read["neo4j"]["environment"]["NEO4J_AUTH"] == "neo4j/only-for-this-test"
    assert read["api"]["environment"]["NEO4J_PASSWORD"] == "only-for-this-test"


def test_compose_has_the_engine_the_api_and_two_jobs() -> None:
    assert set(services()) == {"neo4j", "api", "ingest", "train"}
    assert all(services()[name]["profiles"] == ["jobs"] for name in ("ingest", "train"))
    assert all("healthcheck" in services()[name] for name in ("neo4j", "api"))


def test_every_published_port_is_bound_to_loopback() -> None:
    ports = [port for service in services().values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_no_secret_has_a_default() -> None:
    assert "PASSWORD:-" not in COMPOSE.read_text(encoding="utf-8")


def dockerfile() -> list[str]:
    """The instructions of the Dockerfile, continued lines joined."""
    text = (REPO / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_dockerfile_copies_only_what_is_there() -> None:
    copies = [line.split()[1:-1] for line in dockerfile() if line.startswith("COPY") and "--from" not in line]
    sources = [Path(source) for copied in copies for source in copied]
    assert sources
    assert [str(source) for source in sources if not (REPO / source).exists()] == []


def test_both_images_run_unprivileged_and_only_one_carries_torch() -> None:
    lines = dockerfile()
    api, train = lines.index("FROM python:3.13-slim-bookworm AS api"), lines.index("FROM api AS train")
    users = [line for line in lines if line.startswith("USER")]
    assert users[-1] == "USER relgraph"
    assert "USER relgraph" in lines[api:train]
    assert any(line.startswith("HEALTHCHECK") and "/health/ready" in line for line in lines[api:train])
    assert not any("gnn]" in line for line in lines[:train])
    assert any("gnn]" in line for line in lines[train:])
