"""`relgraph ingest init` as a process: JSON and nothing else, a mapping, and a folder that is called init."""

import json
from pathlib import Path

import pytest

from ingest.mapping.read import read_mapping
from tests.conftest import Cli

ACCOUNTS = "Account ID,Account Name,Sector\n1,Northwind Ltd,Energy\n2,Apex Inc,Retail\n"


def exports(folder: Path) -> Path:
    """A folder with one file."""
    folder.mkdir()
    (folder / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_init_prints_json_and_nothing_else(cli: Cli, tmp_path: Path) -> None:
    found = json.loads(cli("ingest", "init", exports(tmp_path / "in"), "--json").stdout)
    assert list(found) == ["datasets"]
    columns = found["datasets"]["accounts.csv"]["columns"]
    assert {name: column["meaning"] for name, column in columns.items()} == {
        "Account ID": "Customer key", "Account Name": "Customer name", "Sector": "Customer industry",
    }  # fmt: skip
    assert all(set(column) == {"meaning", "confidence", "reason"} for column in columns.values())
    assert all(0 < column["confidence"] <= 1 and column["reason"] for column in columns.values())


@pytest.mark.long_on("neo4j")
def test_init_prints_a_mapping_that_loads(cli: Cli, tmp_path: Path) -> None:
    folder = exports(tmp_path / "init")
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(cli("ingest", "init", folder / "accounts.csv").stdout, encoding="utf-8")
    read_mapping(mapping)
    report = json.loads(
        cli("ingest", "init", "--mapping", mapping, "--json").stdout
    )  # the folder called init
    assert report["totals"]["loaded"] == 2


@pytest.mark.slow
@pytest.mark.long_on("neo4j")
def test_init_needs_files_and_loading_one_folder(cli: Cli, tmp_path: Path) -> None:
    nothing = cli("ingest", "init", check=False)
    assert (nothing.returncode, "needs files or a folder" in nothing.stderr) == (2, True)
    folder = exports(tmp_path / "in")
    two = cli("ingest", folder, folder, "--mapping", "m.yml", check=False)
    assert (two.returncode, "one folder (or file) at a time" in two.stderr) == (2, True)
    absent = cli("ingest", "init", tmp_path / "absent", "--json", check=False)
    assert (absent.returncode, absent.stdout) == (1, "")
