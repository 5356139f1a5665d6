"""`relgraph doctor` as a user calls it."""

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from relgraph.commands import doctor

SUBJECTS = [
    "python",
    "memory",
    "disk",
    "java",
    "maven",
    "audit",
    "packages",
    "extra connectors",
    "extra gnn",
    "extra notebooks",
    "engine",
]


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings that name an engine where nothing listens."""
    monkeypatch.setenv("RELGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("RELGRAPH_QUERY_TIMEOUT", "2")
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-a-secret")


def call(*arguments: str) -> Result:
    """Run the command alone."""
    app = Typer()
    doctor.register(app)
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.usefixtures("unreachable")
def test_json_names_every_finding_and_the_exit_code_says_broken() -> None:
    result = call("--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert document["usable"] is False
    assert [finding["subject"] for finding in document["findings"]] == SUBJECTS
    assert set(document["findings"][0]) == {"subject", "status", "found", "advice"}


@pytest.mark.usefixtures("unreachable")
def test_each_line_is_ok_or_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BaseException, match="1"):
        doctor.doctor()
    lines = capsys.readouterr().out.splitlines()
    assert [line[7:24].strip() for line in lines] == SUBJECTS
    assert lines[0].startswith("ok     python")
    assert lines[-1].startswith("BROKEN engine")
    assert "not-a-secret" not in "".join(lines)
