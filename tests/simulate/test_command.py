"""`relgraph simulate` as it is typed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.errors import UsageError
from relgraph.cli import build


def refused(*arguments: object) -> UsageError:
    """The error that the arguments end in; `main` prints it and ends with its exit code."""
    result = CliRunner().invoke(build(), ["simulate", *map(str, arguments)])
    assert isinstance(result.exception, UsageError), result.output
    return result.exception


def test_json_counts_what_was_written(tmp_path: Path) -> None:
    options = [
        "--customers",
        "80",
        "--seed",
        "9",
        "--out",
        str(tmp_path / "x"),
        "--no-relational-effects",
        "--json",
    ]
    result = CliRunner().invoke(build(), ["simulate", *options])
    report = json.loads(result.stdout)
    assert (report["customers"], report["seed"], report["relational"]) == (80, 9, False)
    assert report["total_rows"] == sum(report["rows"].values())
    assert all((tmp_path / "x" / name).is_file() for name in report["rows"])
    assert report["truth"] == str(tmp_path / "x-truth")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--customers", 0), "--customers 0"),
        (("--customers", 100, "--dirt", 2), "--dirt 2"),
        (("--customers", 100, "--seed", -1), "--seed -1"),
        (("--customers", 100, "--end", "31.12.2025"), "--end 31.12.2025"),
    ],
)
def test_what_cannot_be_meant_is_named(arguments: tuple[object, ...], said: str, tmp_path: Path) -> None:
    error = refused(*arguments, "--out", tmp_path / "x")
    assert said in str(error)
    assert not (tmp_path / "x").exists()


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "relgraph",
        "simulate",
        "--customers",
        "0",
        "--out",
        str(tmp_path / "x"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    assert "error: --customers 0" in done.stderr


def test_a_full_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    assert "not an empty folder" in str(refused("--customers", 80, "--out", tmp_path))


def test_the_truth_may_not_lie_in_the_exports(tmp_path: Path) -> None:
    error = refused("--customers", 80, "--out", tmp_path / "x", "--truth", tmp_path / "x" / "truth")
    assert "truth" in str(error)
