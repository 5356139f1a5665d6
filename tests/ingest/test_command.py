"""`relgraph ingest` as a process: report, JSON and exit codes."""

import json

import pytest

from tests.conftest import Cli
from tests.ingest.conftest import COMPANY, Workshop


@pytest.mark.slow
def test_the_command_reports_and_fails_as_it_should(cli: Cli, company: Workshop) -> None:
    mapping = company.folder / "mapping.yml"
    mapping.write_text(COMPANY, encoding="utf-8")
    report = json.loads(cli("ingest", company.folder, "--mapping", mapping, "--json").stdout)
    assert report["totals"]["loaded"] == report["totals"]["read"] == 7
    again = cli("ingest", company.folder, "--mapping", mapping)
    assert "Nothing has changed" in again.stdout
    (company.folder / "lines.csv").write_text("order,day,account,product,quantity,amount\nO1,x,1,P1,1,1\n")
    strict = cli("ingest", company.folder, "--mapping", mapping, "--strict", check=False)
    assert (strict.returncode, "1 bad rows, nothing was loaded" in strict.stderr) == (1, True)
    mapping.write_text(COMPANY.replace("nodes:", "noodes:", 1), encoding="utf-8")
    wrong = cli("ingest", company.folder, "--mapping", mapping, check=False)
    assert (wrong.returncode, "mapping.yml:8: unknown key `noodes`" in wrong.stderr.replace("\n", "")) == (
        2,
        True,
    )
