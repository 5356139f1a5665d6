"""What the rows of a table are where its name alone would mislead: other files, columns and days tell."""

from pathlib import Path

import pytest

from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import meanings, write

FIRMS = (
    "Northwind Pumps Ltd",
    "Apex Bearings Inc",
    "Harbor Tools Corp",
    "Granite Valves Co",
    "Cobalt Motors Inc",
)
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:a1@ours.example
DTSTART:20240105T090000Z
DTEND:20240105T100000Z
SUMMARY:Kick-off
ORGANIZER;CN=Jo Pratt:mailto:jo@ours.example
ATTENDEE;CN=Anna Keller:mailto:anna@apex.example
ATTENDEE;CN=Ann Lowry:mailto:ann@ours.example
END:VEVENT
END:VCALENDAR
"""


def test_a_shops_customers_at_companies_of_another_file_are_people(tmp_path: Path) -> None:
    write(
        tmp_path,
        "companies.csv",
        [["Company ID", "Name"], *[[f"c{n}", name] for n, name in enumerate(FIRMS)]],
    )
    people = [[f"{700 + n}", f"Ann{n}", f"Keller{n}", FIRMS[n % 5], f"a{n}@x.example"] for n in range(20)]
    write(tmp_path, "customers.csv", [["entity_id", "firstname", "lastname", "company", "email"], *people])
    assert meanings(tmp_path, "customers.csv") == {
        "entity_id": "Contact key", "firstname": "Contact name", "lastname": "Contact name",
        "company": "WORKS_AT end Customer", "email": "Contact email",
    }  # fmt: skip


def test_leads_with_whom_deals_are_made_are_customers_and_others_stay_leads(tmp_path: Path) -> None:
    leads = [[f"lead_{n}", name, "2024-01-02"] for n, name in enumerate(FIRMS)]
    write(tmp_path, "leads.csv", [["lead_id", "display_name", "date_created"], *leads])
    assert meanings(tmp_path, "leads.csv")["lead_id"] == "Lead key"
    deals = [[f"o{n}", f"lead_{n % 5}", f"{n}00.50", "Discovery", "2024-02-03"] for n in range(1, 20)]
    write(tmp_path, "opportunities.csv", [["id", "lead_id", "value", "stage", "date_created"], *deals])
    assert meanings(tmp_path, "leads.csv")["lead_id"] == "Customer key"
    assert meanings(tmp_path, "opportunities.csv")["lead_id"] == "FOR end Customer"


def test_conversations_that_are_closed_and_rated_are_tickets(tmp_path: Path) -> None:
    talks = [
        [f"{900 + n}", "Late delivery", "2024-01-02 10:00", "2024-01-03 10:00", n % 5 + 1] for n in range(20)
    ]
    header = ["Conversation ID", "Title", "Created at", "First closed at", "CSAT rating"]
    write(tmp_path, "conversations.csv", [header, *talks])
    assert meanings(tmp_path, "conversations.csv")["Conversation ID"] == "Ticket key"
    write(tmp_path, "conversations.csv", [header[:3], *[row[:3] for row in talks]])
    assert meanings(tmp_path, "conversations.csv")["Conversation ID"] == "Interaction key"


def test_order_items_are_lines_and_the_number_of_a_line_is_no_product(tmp_path: Path) -> None:
    header = ["item_id", "order_increment_id", "sku", "name", "qty_ordered", "price", "row_total"]
    lines = [
        [n, f"1000{n // 3}", f"GP-{n % 4}", f"Pump {n % 4}", some, f"{price:.2f}", f"{some * price:.2f}"]
        for n in range(1, 40)
        for some, price in [(n % 5 + 1, n % 4 + 1.25)]
    ]
    write(tmp_path, "order_items.csv", [header, *lines])
    found = meanings(tmp_path, "order_items.csv")
    assert (found["order_increment_id"], found["sku"], found["item_id"]) == ("Order key", "Product key", "-")
    assert found["row_total"] == "CONTAINS amount"


def test_a_day_of_closing_that_open_deals_have_is_the_expected_one(tmp_path: Path) -> None:
    header = ["id", "name", "account_name", "amount", "date_closed", "sales_stage"]
    deals = [[f"d{n}", f"Deal {n}", FIRMS[n % 5], f"{n}00.00", f"2024-0{1 + n % 9}-11"] for n in range(1, 20)]
    stages = ("Prospecting", "Closed Won", "Closed Lost")
    write(tmp_path, "deals.csv", [header, *[[*row, stages[n % 3]] for n, row in enumerate(deals)]])
    assert meanings(tmp_path, "deals.csv")["date_closed"] == "Opportunity expected_at"
    write(tmp_path, "deals.csv", [header, *[[*row, stages[1 + n % 2]] for n, row in enumerate(deals)]])
    assert meanings(tmp_path, "deals.csv")["date_closed"] == "Opportunity closed_at"


@pytest.mark.parametrize("stages", [("已成交", "已流失"), ("5 - Completed", "6 - Abandoned")])
def test_a_day_of_closing_stays_one_where_no_step_is_known_to_go_on(
    tmp_path: Path, stages: tuple[str, str]
) -> None:
    header = ["id", "name", "account_name", "amount", "date_closed", "sales_stage"]
    deals = [
        [f"d{n}", f"Deal {n}", FIRMS[n % 5], f"{n}00.00", f"2024-0{1 + n % 9}-11", stages[n % 2]]
        for n in range(1, 20)
    ]
    write(tmp_path, "deals.csv", [header, *deals])
    assert meanings(tmp_path, "deals.csv")["date_closed"] == "Opportunity closed_at"


def test_a_calendar_is_read_as_meetings_with_attendees_of_both_sides(workshop: Workshop) -> None:
    folder = workshop.folder
    (folder / "team.ics").write_text(CALENDAR)
    contacts = [
        ["C1", "Anna Keller", "Apex Inc", "anna@apex.example"],
        ["C2", "Mark Doyle", "Harbor Ltd", "m@h.example"],
    ]
    write(folder, "contacts.csv", [["Contact ID", "Full Name", "Company", "Email"], *contacts])
    staff = [["E1", "Jo Pratt", "jo@ours.example"], ["E2", "Ann Lowry", "ann@ours.example"]]
    write(folder, "staff.csv", [["Emp No", "Name", "Work Email"], *staff])
    report = workshop.load(mapping_text(propose([folder])))
    assert report.totals["quarantined"] == 0, report.reasons
    asked = "MATCH (p)-[r:PARTICIPATED_IN]->(:Interaction) RETURN p.email AS who, r.part AS part"
    assert {(row["who"], row["part"]) for row in workshop.ask(asked)} == {
        ("jo@ours.example", "organizer"), ("anna@apex.example", "attendee"), ("ann@ours.example", "attendee"),
    }  # fmt: skip


def test_deals_that_are_issued_due_and_paid_are_invoices(tmp_path: Path) -> None:
    heads = ["管理番号", "発生日", "決済期日", "取引先", "金額", "決済日"]
    rows = [
        [f"INV-{n:04}", f"2024/03/{n + 1:02}", f"2024/04/{n + 1:02}", f"株式会社北星{n % 4}", 1000 + 37 * n,
         f"2024/04/{n + 2:02}"]
        for n in range(20)
    ]  # fmt: skip
    write(tmp_path, "deals.csv", [heads, *rows])
    found = meanings(tmp_path, "deals.csv")
    assert found["管理番号"] == "Invoice key"
    assert found["発生日"] == "Invoice issued_at"
    assert found["決済期日"] == "Invoice due_at"
    write(tmp_path, "deals.csv", [["deal id", "name", "company", "stage", "amount"], *[
        [f"D{n}", f"Pumps {n}", f"Apex {n % 3} GmbH", "proposal", 500 + n] for n in range(12)
    ]])  # fmt: skip
    assert meanings(tmp_path, "deals.csv")["stage"] == "Opportunity stage"


def test_an_employee_beside_a_record_that_no_link_joins_is_named_all_the_same(tmp_path: Path) -> None:
    heads = ["order no", "line", "sku", "qty", "发货员工"]
    rows = [
        [f"S{n // 2}", n % 2 + 1, f"P-{n % 5}", n % 7 + 1, ("仓管老赵", "仓管小何")[n % 2]] for n in range(40)
    ]
    write(tmp_path, "order lines.csv", [heads, *rows])
    assert meanings(tmp_path, "order lines.csv")["发货员工"] == "Employee key"


def test_contacts_stay_contacts_though_each_stands_at_another_company(tmp_path: Path) -> None:
    people = [
        [f"{name} Keller", "Buyer", f"{name} Pumps Ltd", f"{name.lower()}@x{n}.example"]
        for n, name in enumerate(("Anna", "Peter", "Laura", "Martin", "Julia", "Paul", "Emma", "Thomas"))
    ]
    write(tmp_path, "contacts.csv", [["Name", "Job Title", "Organisation", "Email Address"], *people])
    deals = [[f"{n}", f"Deal {n % 3}", row[2], "New", f"{n}00"] for n, row in enumerate(people)]
    write(tmp_path, "opportunities.csv", [["ID", "Name", "Organisation", "Milestone", "Value"], *deals])
    found = meanings(tmp_path, "contacts.csv")
    assert (found["Name"], found["Job Title"]) == ("Contact name", "WORKS_AT title")
    assert found["Organisation"] == "Customer key"


def test_the_customer_of_a_deal_is_not_its_number(tmp_path: Path) -> None:
    deals = [[f"Renewal {n % 3}", f"{firm} {n}", "Proposal", f"{n}00"] for n, firm in enumerate(FIRMS)]
    write(tmp_path, "deals.csv", [["Name", "Customer name", "Stage", "Amount"], *deals])
    found = meanings(tmp_path, "deals.csv")
    assert (found["Customer name"], found["Name"]) == ("Customer key", "Opportunity key")


def test_a_customers_person_beside_its_company_is_a_contact(tmp_path: Path) -> None:
    names = ("王丽华", "李建国", "张伟", "刘洋", "陈静", "赵敏")
    rows = [[f"T{n}", names[n % 6], f"杭州{'甲乙丙丁'[n % 4]}泵业有限公司", "漏水"] for n in range(12)]
    write(tmp_path, "工单.csv", [["工单号", "客户姓名", "公司名称", "问题描述"], *rows])
    found = meanings(tmp_path, "工单.csv")
    assert (found["客户姓名"], found["公司名称"]) == ("Contact key", "Customer key")
