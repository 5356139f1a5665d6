"""What a command says of the memory that it took."""

import json
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from relgraph.cli import build
from tests.conftest import Cli

MIB = 1024**2
GROWN = """
from pathlib import Path
from relgraph.memory import peaks
before = peaks(Path("absent")).process
held = bytearray(200 * 1024**2)
del held
print(before, peaks(Path("absent")).process)
"""


def test_what_was_given_back_counts(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GROWN], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    before, after = map(int, done.stdout.split())
    assert 190 * MIB < after - before < 260 * MIB


def test_a_command_reports_its_own_peak_and_the_engines(cli: Cli) -> None:
    done = cli("stats", "--json")
    memory = json.loads(done.stdout)["memory"]
    assert 30 * MIB < memory["process_peak_bytes"] < 1024 * MIB
    assert f"memory: {memory['process_peak_bytes'] / MIB:,.0f} MiB at most, of " in done.stderr.replace(
        "\n", ""
    )
    if memory["engine_peak_bytes"] is not None:
        assert memory["engine_peak_bytes"] > 100 * MIB
        assert "; engine " in done.stderr


def test_a_command_without_an_engine_reports_none(tmp_path: Path) -> None:
    words = ["simulate", "--customers", "60", "--out", str(tmp_path / "x"), "--json"]
    result = CliRunner().invoke(build(), words, env={"RELGRAPH_HOME": str(tmp_path)})
    assert json.loads(result.stdout)["memory"]["engine_peak_bytes"] is None
    assert "memory: " in result.stderr
