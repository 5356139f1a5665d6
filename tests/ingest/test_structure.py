"""Structural faults stop a run before anything is written; many forms of file are read."""

import gzip
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.facts import fact_id
from graph.store import Store
from ingest.errors import ColumnMissing, SourceUnreadable
from tests.ingest.conftest import COMPANY, FILES, Workshop

ONE = """
source: crm
datasets:
  accounts:
    file: {file}
    {more}
    nodes:
      - label: Customer
        key: 编号
        fields: {{name: 名称, city: 城市}}
"""
TABLE = "编号,名称,城市\n1,宏达科技,上海\n2,腾飞,北京\n"


def names(workshop: Workshop) -> list[tuple[str, str | None]]:
    rows = workshop.ask("MATCH (c:Customer) RETURN c.name AS name, c.city AS city ORDER BY c.customer_id")
    return [(row["name"], row["city"]) for row in rows]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("utf-8-sig", ""), ("gb18030", ""), ("gb18030", "encoding: gb18030"), ("utf-16", "")],
)  # fmt: skip
def test_encodings_are_found_or_declared(workshop: Workshop, encoding: str, declared: str) -> None:
    workshop.put(a_csv=TABLE.encode(encoding))
    mapping = ONE.format(file="a.csv", more=declared)
    workshop.load(mapping)
    assert [city for _, city in names(workshop)] == ["上海", "北京"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_delimiters_and_line_ends_are_found(workshop: Workshop, delimiter: str, ending: str) -> None:
    workshop.put(a_csv=TABLE.replace(",", delimiter).replace("\n", ending))
    workshop.load(ONE.format(file="a.csv", more=""))
    assert names(workshop) == [("宏达科技", "上海"), ("腾飞", "北京")]


def test_gzip_globs_and_files_without_header(workshop: Workshop) -> None:
    first, second = TABLE.splitlines()[1:]
    (workshop.folder / "part-1.tsv.gz").write_bytes(gzip.compress(first.replace(",", "\t").encode()))
    (workshop.folder / "part-2.tsv.gz").write_bytes(gzip.compress(second.replace(",", "\t").encode()))
    report = workshop.load(ONE.format(file="part-*.tsv.gz", more="columns: [编号, 名称, 城市]"))
    assert names(workshop) == [("宏达科技", "上海"), ("腾飞", "北京")]
    assert report.datasets["accounts"].read == 2


def test_excel_sheets_keep_long_numbers_and_dates(workshop: Workshop) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["编号", "名称", "城市"], ["913501000000012345", "宏达", 7], ["0012", "腾飞", 2.5]):
        sheet.append(row)
    book.save(workshop.folder / "a.xlsx")
    workshop.load(ONE.format(file="a.xlsx", more=""))
    assert names(workshop) == [("腾飞", "2.5"), ("宏达", "7")]


def test_quotes_and_line_breaks_inside_cells(workshop: Workshop) -> None:
    workshop.put(a_csv='编号,名称,城市\n1,"A ""B"", C","x\ny"\n2,  D  ,NULL\n')
    workshop.load(ONE.format(file="a.csv", more=""))
    assert names(workshop) == [('A "B", C', "x\ny"), ("D", None)]


def refused(workshop: Workshop, mapping: str = COMPANY) -> str:
    with pytest.raises((SourceUnreadable, ColumnMissing)) as caught:
        workshop.load(mapping)
    assert caught.value.exit_code == 1
    assert set(workshop.counts()) <= {"Database", "Migration"}
    return str(caught.value).replace(f"{workshop.folder}/", "")


def test_where_no_file_of_the_mapping_is_there_the_first_is_told(company: Workshop) -> None:
    for name in FILES:
        (company.folder / name).unlink()
    assert refused(company).startswith("accounts.csv: does not exist (there are: mapping.yml)")


def test_a_missing_column_is_told_with_the_nearest(company: Workshop) -> None:
    company.put(lines_csv=FILES["lines.csv"].replace("quantity", "quantitty"))
    assert "lines.csv: dataset `lines`: has no column `quantity`; did you mean `quantitty`?" in refused(
        company
    )


def test_a_file_of_another_encoding_than_declared_is_told_with_what_it_looks_like(company: Workshop) -> None:
    lines = "mail,name,title,account\n" + "".join(f"m{n}@x,Jürgen Größe,,1\n" for n in range(9))
    company.put(people_csv=lines.encode("cp1252"))
    told = refused(company, COMPANY.replace("file: people.csv", "file: people.csv\n    encoding: utf-8"))
    assert told.startswith("people.csv:2: 9 lines hold bytes that are not utf-8; it looks like cp1252, ")


def test_an_unknown_encoding_is_told(company: Workshop) -> None:
    told = refused(company, COMPANY.replace("file: people.csv", "file: people.csv\n    encoding: utf-9"))
    assert told.startswith("people.csv: unknown encoding `utf-9`; did you mean `utf-8`?")


def test_files_that_are_not_what_they_say(company: Workshop) -> None:
    (company.folder / "people.csv.gz").write_bytes(b"not gzip")
    assert "people.csv.gz: " in refused(company, COMPANY.replace("people.csv", "people.csv.gz"))
    (company.folder / "people.xlsx").write_bytes(b"not excel")
    assert "people.xlsx: is not an Excel workbook" in refused(
        company, COMPANY.replace("people.csv", "people.xlsx")
    )
    (company.folder / "people.csv").write_bytes(b"")
    assert refused(company).startswith("people.csv:1: has no header row")


def test_a_wrong_number_of_declared_columns_is_told(workshop: Workshop) -> None:
    workshop.put(a_csv="1,x\n")
    told = refused(workshop, ONE.format(file="a.csv", more="columns: [编号, 名称, 城市]"))
    assert told.startswith("a.csv:1: has 2 columns, but the mapping's `columns:` names 3")


def test_a_path_that_is_not_there(store: Store, tmp_path: Path) -> None:
    told = refused(Workshop(store, tmp_path, tmp_path / "home"), COMPANY.replace("accounts.csv", "no-*.csv"))
    assert "no-*.csv: no file has such a name" in told


SAME_KEYS = """
source: crm
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, fields: {name: name}}]
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  meetings:
    file: meetings.csv
    nodes: [{label: Interaction, key: id, fields: {at: at, channel: {constant: meeting}}}]
    links:
      - {type: PARTICIPATED_IN, from: {Employee: staff}}
      - {type: PARTICIPATED_IN, from: {Contact: person}}
      - {type: FOR, to: {Customer: account}}
  tickets:
    file: tickets.csv
    nodes: [{label: Ticket, key: id, fields: {opened_at: at, subject: subject}}]
    links: [{type: FOR, to: {Customer: account}}]
"""


@pytest.mark.slow
def test_records_of_several_kinds_with_one_key_keep_their_parts(workshop: Workshop) -> None:
    workshop.put(
        staff_csv="id,name\n1,Eve\n", people_csv="id,name\n1,Ann\n", accounts_csv="id,name\n1,Alpha\n"
    )
    workshop.put(meetings_csv="id,at,staff,person,account\n1,2025-01-01,1,1,1\n")
    workshop.put(tickets_csv="id,at,subject,account\n1,2025-01-02,Late,1\n")
    workshop.load(SAME_KEYS)
    parts = (
        "MATCH (a)-[r:PARTICIPATED_IN|FOR]->(b) RETURN labels(a)[0] AS of, labels(b)[0] AS to ORDER BY of, to"
    )
    every = [
        {"of": "Contact", "to": "Interaction"}, {"of": "Employee", "to": "Interaction"},
        {"of": "Interaction", "to": "Customer"}, {"of": "Ticket", "to": "Customer"},
    ]  # fmt: skip
    assert workshop.ask(parts) == every
    workshop.put(meetings_csv="id,at,staff,person,account\n1,2025-01-01,,1,1\n")
    workshop.load(SAME_KEYS)
    assert workshop.ask(parts) == [row for row in every if row["of"] != "Employee"]
    assert not workshop.load(SAME_KEYS).changed


OWNERS_OF_TWO_KINDS = """
source: crm
valid_from: 2024-01-01
datasets:
  staff:
    file: staff.csv
    nodes: [{label: Employee, key: id, fields: {name: name}}]
  accounts:
    file: accounts.csv
    nodes: [{label: Customer, key: id, fields: {name: name}}]
  deals:
    file: deals.csv
    nodes: [{label: Opportunity, key: id, fields: {name: name}}]
  owners:
    file: owners.csv
    links:
      - {type: OWNS, from: {Employee: staff}, to: {Customer: id}, where: {column: kind, equals: account}}
      - {type: OWNS, from: {Employee: staff}, to: {Opportunity: id}, where: {column: kind, equals: deal}}
"""
OWNS = """MATCH (e:Employee)-[r:OWNS]->(b) WHERE r.valid_to IS NULL
RETURN labels(b)[0] AS of, e.name AS by, r.fact_id AS id ORDER BY of, by"""


def test_facts_about_records_of_several_kinds_with_one_key_are_several_facts(workshop: Workshop) -> None:
    workshop.put(
        staff_csv="id,name\n1,Eve\n2,Uma\n", accounts_csv="id,name\n7,Alpha\n", deals_csv="id,name\n7,Big\n"
    )
    workshop.put(owners_csv="kind,id,staff\naccount,7,1\ndeal,7,1\n")
    workshop.load(OWNERS_OF_TWO_KINDS)
    both = workshop.ask(OWNS)
    assert [(row["of"], row["by"]) for row in both] == [("Customer", "Eve"), ("Opportunity", "Eve")]
    assert both[0]["id"] == fact_id("OWNS", "crm:1", "crm:7", "crm", "owners:1>7", "2024-01-01")
    assert both[1]["id"] != both[0]["id"]
    assert not workshop.load(OWNERS_OF_TWO_KINDS).changed
    mapping = OWNERS_OF_TWO_KINDS.replace("file: owners.csv", "file: owners.csv\n    complete: true")
    workshop.put(owners_csv="kind,id,staff\naccount,7,1\n")
    workshop.load(mapping, accept_removals=True)
    assert workshop.ask(OWNS) == both[:1]


TWO_JOBS = """
source: crm
valid_from: 2020-01-01
datasets:
  firms: {file: firms.csv, nodes: [{label: Customer, key: id, fields: {name: name}}]}
  people:
    file: people.csv
    nodes: [{label: Contact, key: id, repeats: REPEATS, fields: {name: name}}]
    links: [{type: WORKS_AT, to: {Customer: firm}, fields: {title: title}}]
"""


@pytest.mark.parametrize(("repeats", "jobs"), [("refuse", ["CEO"]), ("first", ["Board", "CEO"])])
def test_two_jobs_of_one_person_in_one_list_are_told_or_kept(
    workshop: Workshop, repeats: str, jobs: list[str]
) -> None:
    """Never is the first one lost without a word."""
    workshop.put(
        firms_csv="id,name\n1,Alpha\n2,Beta\n",
        people_csv="id,name,firm,title\np1,Pia,1,CEO\np1,Pia,2,Board\np2,Ole,1,CFO\np2,Ole,1,CFO\n",
    )
    report = workshop.load(TWO_JOBS.replace("REPEATS", repeats))
    found = workshop.ask(
        "MATCH (p:Contact {name: 'Pia'})-[r:WORKS_AT]->() RETURN r.title AS title ORDER BY title"
    )
    assert [row["title"] for row in found] == jobs
    told = ["WORKS_AT of Contact `…` stands twice with other values; `…` keeps all"]
    assert [one["reason"] for one in report.reasons] == told * (2 - len(jobs))
