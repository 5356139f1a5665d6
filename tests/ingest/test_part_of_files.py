"""Part of a mapping's files, and what a run says of how it read them, through the whole of ingest."""

import stat
from pathlib import Path

import pytest

from ingest.errors import SourceUnreadable
from ingest.mapping.read import read_mapping
from ingest.run import ingest
from tests.conftest import Cli
from tests.ingest.conftest import COMPANY, FILES, NOW, Workshop

TWO = """
source: crm
datasets:
  accounts:
    file: acc*.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  contacts:
    file: contacts.csv
    nodes: [{label: Contact, key: id, fields: {name: name, created_at: since}}]
"""
ACCOUNTS = "id,name\n1,Nord\n"
CONTACTS = "id,name,since\n7,Ann,03/04/2024\n8,Bob,31/12/2023\n"


def test_a_folder_with_some_of_the_files_loads_those(workshop: Workshop) -> None:
    workshop.put(contacts_csv=CONTACTS)
    report = workshop.load(TWO)
    assert report.totals["loaded"] == 2
    assert report.notes == [
        "accounts: skipped, `acc*.csv` is not among the files",
        "contacts: Contact.created_at, 1 row: guessed date order day-first, 50%; declare `dates:`",
    ]
    assert workshop.counts().keys() & {"Customer", "Contact"} == {"Contact"}


def test_one_file_loads_the_datasets_it_fits(workshop: Workshop) -> None:
    workshop.put(acc24_csv=ACCOUNTS, contacts_csv=CONTACTS, other_csv=ACCOUNTS)
    (workshop.folder / "mapping.yml").write_text(TWO, encoding="utf-8")
    mapping = read_mapping(workshop.folder / "mapping.yml")
    report = ingest(workshop.store, mapping, workshop.folder / "acc24.csv", workshop.home, NOW)
    assert list(report.datasets) == ["accounts"]
    assert workshop.counts().keys() & {"Customer", "Contact"} == {"Customer"}
    with pytest.raises(
        SourceUnreadable, match=r"other\.csv: fits no dataset .*`acc\*\.csv`, `contacts\.csv`"
    ):
        ingest(workshop.store, mapping, workshop.folder / "other.csv", workshop.home, NOW)


def test_what_is_looked_up_must_be_there(company: Workshop) -> None:
    looks_up = COMPANY.replace(
        "    file: lines.csv\n",
        "    file: lines.csv\n    lookups: [{dataset: people, on: {account: account}, take: {who: mail}}]\n",
    )
    (company.folder / "people.csv").unlink()
    with pytest.raises(SourceUnreadable, match="`lines` looks up dataset `people`, which has no file here"):
        company.load(looks_up)


def test_what_holds_data_is_its_owners_alone(company: Workshop) -> None:
    company.put(lines_csv=FILES["lines.csv"].replace("20.5", "many"))
    assert company.load().quarantine_file is not None
    data = [path for path in company.home.rglob("*") if path.is_file()]
    places = {path.relative_to(company.home).parts[0] for path in data}
    assert places == {"staging.duckdb", "quarantine", "history", "runs"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in data} == {0o600}
    folders = [company.home, *(path for path in company.home.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.long_on("neo4j")
def test_the_printed_report_shows_guesses_and_the_refused_value(cli: Cli, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "acc.csv").write_bytes("id;name\n1;ООО Север\n2;ЗАО Волга\n".encode("cp1251"))
    (exports / "contacts.csv").write_text("id,name,since\n7,Ann,soon\n", encoding="utf-8")
    (exports / "mapping.yml").write_text(TWO, encoding="utf-8")
    printed = cli("ingest", exports, "--mapping", exports / "mapping.yml").stdout
    shown = " ".join(printed.split())
    assert "acc.csv: guessed encoding cp1251, " in shown
    assert "acc.csv: guessed delimiter `;`, 100%; declare `delimiter:`" in shown
    assert "quarantine: 1 × contacts: Contact.created_at: `soon` is not a date" in shown
