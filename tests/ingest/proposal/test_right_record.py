"""What a proposed mapping must not put at the wrong record, or lose, without a word."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop

COMPANIES = [
    "Größe & Söhne", "Müller GmbH", "Bäckerei Lang KG", "Huber Metallbau", "Stahl AG", "Weber & Co. KG",
    "Nordlicht GmbH", "Kranz e.K.", "Elbe Technik GmbH", "Rheinbau AG",
]  # fmt: skip


def write(folder: Path, name: str, rows: Sequence[Sequence[str]], mark: str = ",") -> None:
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=mark).writerows(rows)


def meanings(folder: Path) -> dict[str, str]:
    """The meaning of every column of a folder, whose headers all differ."""
    return {one.column.name: one.meaning.text for table in propose([folder]).tables for one in table.columns}


def german_shop(folder: Path, file: str, headers: Sequence[str]) -> None:
    """Customers with names, and orders that name them by number."""
    numbers = [f"{120 + place:05d}" for place in range(len(COMPANIES))]
    customers = [[number, name, "Bonn"] for number, name in zip(numbers, COMPANIES, strict=True)]
    write(folder, "kunden.csv", [["KdNr", "Name", "Ort"], *customers], ";")
    orders = [
        [f"V{1000 + n}", numbers[n % 10], f"{1 + n % 28:02d}.{1 + n % 9:02d}.2024", f"{n * 17},50"]
        for n in range(40)
    ]
    write(folder, file, [headers, *orders], ";")


@pytest.mark.parametrize(
    ("file", "headers"),
    [
        ("auftraege.csv", ["AuftragsNr", "Kunde", "Datum", "Betrag"]),
        ("auftraege.csv", ["Beleg", "Kundennr", "Datum", "Summe"]),
        ("export.csv", ["Vorgang", "Kunde", "Datum", "Betrag"]),
    ],
)
def test_orders_leave_their_customers_names_alone(
    workshop: Workshop, file: str, headers: Sequence[str]
) -> None:
    german_shop(workshop.folder, file, headers)
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert (counts["Customer"], counts["Order"], counts["PLACED"]) == (10, 40, 40)
    names = {row["name"] for row in workshop.ask("MATCH (c:Customer) RETURN c.name AS name")}
    assert names == set(COMPANIES)


def test_how_many_work_there_is_no_employee(workshop: Workshop) -> None:
    sizes = ["50-100", "1-10", "500+"]
    rows = [[f"A{n}", f"Firm {n} Ltd", sizes[n % 3], f"€ {n},5 Mio."] for n in range(12)]
    write(workshop.folder, "accounts.csv", [["Account ID", "Account Name", "Employees", "Revenue"], *rows])
    assert meanings(workshop.folder)["Employees"] == "Customer employees"
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert (counts["Customer"], counts.get("Employee", 0), counts.get("OWNS", 0)) == (12, 0, 0)
    asked = (
        "MATCH (c:Customer) WHERE c.name = 'Firm 7 Ltd' RETURN c.revenue AS revenue, c.currency AS currency"
    )
    assert workshop.ask(asked) == [{"revenue": 7_500_000.0, "currency": "EUR"}]


@pytest.mark.parametrize("header", ["手机", "手机号", "电话"])
def test_a_mobile_number_beside_a_person_is_the_persons(tmp_path: Path, header: str) -> None:
    people = ["王伟", "李芳", "张敏", "刘洋", "陈静", "杨磊", "赵强", "黄丽"]
    rows = [[f"上海{n}号有限公司", name, f"1380000{n:04d}"] for n, name in enumerate(people)]
    write(tmp_path, "客户.csv", [["客户名称", "联系人", header], *rows])
    said = meanings(tmp_path)
    assert said["联系人"] == "Contact key"
    assert said[header] in ("Contact mobile", "Contact phone")


def test_a_day_that_few_rows_bear_made_none_of_them(tmp_path: Path) -> None:
    rows = [[f"Ann K{n}", f"Firm {n} Ltd", "" if n % 2 else "2024-01-02"] for n in range(8)]
    write(tmp_path, "people.csv", [["Name", "Company", "Left on"], *rows])
    assert meanings(tmp_path)["Left on"] == "Contact attribute"


def test_people_of_a_mail_log_are_found_by_address(tmp_path: Path) -> None:
    people = [[f"E{n}", f"Anna K{n}", f"anna{n}@ours.example"] for n in range(8)]
    write(tmp_path, "staff.csv", [["Employee ID", "Full name", "Email"], *people])
    mails = [
        [f"2024-03-{1 + n:02d} 10:00", f"x{n}@other.example", f"y{n}@other.example", "Offer"]
        for n in range(20)
    ]
    write(tmp_path, "mail.csv", [["Date", "From", "To", "Subject"], *mails])
    links = mapping_of(propose([tmp_path]))["datasets"]["mail"]["links"]
    ends: list[dict[str, Any]] = [rule["from"] for rule in links]
    assert [set(end["by"]) for end in ends] == [{"email"}, {"email"}]


def test_words_for_none_are_no_telephone_number(workshop: Workshop) -> None:
    cells = ["n/a", "none", "-", "无", "keine", "s/o", "+49 228 123456"]
    rows = [[f"K{n}", f"Firm {n} Ltd", cell] for n, cell in enumerate(cells)]
    write(workshop.folder, "customers.csv", [["Customer ID", "Customer Name", "Phone"], *rows])
    report = workshop.load(mapping_text(propose([workshop.folder])))
    phones = [row["phone"] for row in workshop.ask("MATCH (c:Customer) RETURN c.phone AS phone")]
    assert sorted(filter(None, phones)) == ["+49 228 123456"]
    assert report.totals["quarantined"] == 0
    assert any("6 rows: `-` is no telephone number" in note for note in report.notes)


def test_a_ticket_closed_before_it_was_opened_is_told(workshop: Workshop) -> None:
    rows = [[f"T{n}", "Pump leaks", "2024-03-10", "2024-03-02" if n == 3 else "2024-03-12"] for n in range(6)]
    write(workshop.folder, "tickets.csv", [["Ticket ID", "Subject", "Created at", "Closed at"], *rows])
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert [note for note in report.notes if "closed before it was opened" in note and "T3" in note]
