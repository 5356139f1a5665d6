"""What a header's word claims and the values, or the columns beside it, deny."""

from pathlib import Path
from typing import Any

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.test_meanings import meanings
from tests.ingest.proposal.test_rows_tell import COMPANIES, lines_of

FIRMS = [line.partition(",")[2] for line in COMPANIES.splitlines()]
PEOPLE = [("Ilka", "Brandis"), ("Tove", "Aalders"), ("Quinn", "Osric"), ("Ximena", "Llull"), ("Yara", "Voss")]


def folder_of(folder: Path, **files: str) -> dict[str, dict[str, str]]:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return meanings(folder)


def test_names_that_recur_are_no_key_beside_a_number_of_each_row(tmp_path: Path) -> None:
    orders = [f"O-{n},{FIRMS[n % 4]},2024-01-{n + 1:02},{n}.50" for n in range(12)]
    invoices = [f"{FIRMS[n % 4]},IN{700 + n},2024-02-{n + 1:02},2024-03-{n + 1:02}" for n in range(12)]
    found = folder_of(
        tmp_path,
        customers="id,name\n" + COMPANIES,
        orders=lines_of("order number,name,date,amount", *orders),
        invoices=lines_of("Name,Document Number,Invoice date,Due date", *invoices),
    )["invoices.csv"]
    assert (found["Document Number"], found["Name"]) == ("Invoice key", "FOR end Customer")


def test_codes_at_the_head_of_people_are_their_key_rather_than_their_mail(tmp_path: Path) -> None:
    rows = [f"7af{n:04}c,{a} {b},{a}@firm.example" for n, (a, b) in enumerate(PEOPLE)]
    found = folder_of(tmp_path, contacts=lines_of("唯一性ID,姓名,邮件", *rows))["contacts.csv"]
    assert (found["唯一性ID"], found["邮件"]) == ("Contact key", "Contact email")


def desk(numbered: bool, names: list[str]) -> str:
    mails = [f"{name.split()[0].casefold()}{n}@mail.example" for n, name in enumerate(names)]
    pairs = [(name, mail) for name, mail in zip(names, mails, strict=True)] * 4
    rows = [
        f"{900 + n},No light,{name},{mail},2024-01-{n + 1:02}" + (f",C{name[:2]}" if numbered else "")
        for n, (name, mail) in enumerate(pairs)
    ]
    header = "ticket no,subject,customer name,customer email,created at"
    return lines_of(header + (",customer no" if numbered else ""), *rows)


def test_people_under_the_customers_word_beside_their_mail_are_contacts(tmp_path: Path) -> None:
    people = [f"{given} {family}" for given, family in PEOPLE]
    found = folder_of(tmp_path, tickets=desk(False, people))["tickets.csv"]
    assert (found["customer name"], found["customer email"]) == ("Contact name", "Contact key")
    assert not any("Customer" in one for one in found.values())
    found = folder_of(tmp_path, tickets=desk(True, people))["tickets.csv"]
    assert found["customer no"] == "Customer key"
    found = folder_of(tmp_path, tickets=desk(False, FIRMS))["tickets.csv"]
    assert found["customer name"] == "Customer key"


def test_people_who_alone_order_are_the_customers(tmp_path: Path) -> None:
    rows = [f"O-{n},2024-01-{n + 1:02},{a} {b},{a}@firm.example" for n, (a, b) in enumerate(PEOPLE * 3)]
    header = "order no,order date,customer name,customer email"
    found = folder_of(tmp_path, orders=lines_of(header, *rows))["orders.csv"]
    assert found["customer name"] == "Customer key"


def test_companies_join_the_customers_and_not_tickets_that_name_them(tmp_path: Path) -> None:
    tickets = [f"T-{n},Pump leaks,{FIRMS[n % 4]},2024-01-{n + 1:02}" for n in range(7)]
    calls = [f"A-{n},Call,{FIRMS[n % 4]},2024-02-{n + 1:02}" for n in range(12)]
    found = folder_of(
        tmp_path,
        accounts="account id,account name\n" + COMPANIES,
        cases=lines_of("case number,case title,customer,created on", *tickets),
        activities=lines_of("activity id,subject,regarding,start date", *calls),
    )
    assert found["activities.csv"]["regarding"] == "FOR end Customer"
    numbers = [f"A-{n},Call,T-{n % 7},2024-02-{n + 1:02}" for n in range(12)]
    found = folder_of(tmp_path, activities=lines_of("activity id,subject,regarding,start date", *numbers))
    assert found["activities.csv"]["regarding"] == "ABOUT end Ticket"


@pytest.mark.parametrize(
    ("file", "header", "values", "meaning"),
    [
        ("invoices", "发票类型", ["专票", "普票"], "Invoice attribute"),
        ("invoices", "发票类型", ["红字发票", "蓝字发票"], "Invoice kind"),
        ("tickets", "type", ["email", "phone", "chat"], "Ticket attribute"),
        ("tickets", "type", ["incident", "question"], "Ticket kind"),
        ("tickets", "issue type", ["10103", "10104"], "Ticket kind"),
        ("customers", "生命状态", ["审核中", "正常"], "Customer attribute"),
        ("customers", "lifecycle stage", ["lead", "customer"], "Customer lifecycle_stage"),
        ("tickets", "rating", ["Great", "Okay", "Not Good"], "Ticket satisfaction"),
        ("deals", "阶段状态", ["进行中", "赢单", "输单"], "Opportunity outcome"),
        ("deals", "阶段状态", ["初步接洽", "方案报价", "商务谈判"], "Opportunity stage"),
    ],
)
def test_values_deny_or_grant_what_a_word_claims(
    tmp_path: Path, file: str, header: str, values: list[str], meaning: str
) -> None:
    named = {"customers": "name", "deals": "deal name"}.get(file, "subject")
    rows = [f"N-{n},{FIRMS[n % 4]} {n},2024-01-{n + 1:02},{values[n % len(values)]}" for n in range(12)]
    found = folder_of(tmp_path, **{file: lines_of(f"{file[:-1]} no,{named},created at,{header}", *rows)})
    assert found[f"{file}.csv"][header] == meaning


def test_a_way_of_payment_is_no_title_of_a_person(tmp_path: Path) -> None:
    rows = [
        f"O-{n},2024-01-{n + 1:02},{FIRMS[n % 4]},{a} {b},{a}@firm.example,{('PayPal', 'Transfer')[n % 2]}"
        for n, (a, b) in enumerate(PEOPLE)
    ]
    header = "order number,order date,company,contact name,contact email,payment method title"
    found = folder_of(tmp_path, orders=lines_of(header, *rows))["orders.csv"]
    assert found["payment method title"] == "Order attribute"


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("送货日期,下单日期", ("Order delivered_at", "Order ordered_at")),
        ("下单日期,送货日期", ("Order ordered_at", "Order delivered_at")),
        ("Lieferdatum,Bestätigter Liefertermin", ("Order delivered_at", "Order promised_at")),
        ("Auftragsdatum,Lieferdatum", ("Order ordered_at", "Order promised_at")),
        ("delivery date,expected delivery date", ("Order delivered_at", "Order promised_at")),
    ],
)
def test_a_day_of_delivery_stands_behind_the_day_that_is_plainly_another(
    tmp_path: Path, days: str, found: tuple[str, str]
) -> None:
    rows = [f"O-{n},2024-02-{n + 1:02},2024-03-{n + 1:02},{n}.50" for n in range(12)]
    read = folder_of(tmp_path, orders=lines_of(f"order number,{days},amount", *rows))["orders.csv"]
    assert tuple(read[day] for day in days.split(",")) == found


def buyers(folder: Path, roles: list[str]) -> Any:
    rows = [f"P{n},{a} {b},{FIRMS[n % 4]},{roles[n % len(roles)]}" for n, (a, b) in enumerate(PEOPLE)]
    (folder / "contacts.csv").write_text(lines_of("contact id,contact name,company name,role", *rows))
    (folder / "customers.csv").write_text("customer no,name\n" + COMPANIES)
    return propose([folder])


def test_the_role_of_a_contact_in_purchases_is_loaded_at_its_customer(tmp_path: Path) -> None:
    proposal = buyers(tmp_path, ["Decision Maker", "Influencer"])
    assert meanings(tmp_path)["contacts.csv"]["role"] == "HAS_ROLE role"
    links = mapping_of(proposal)["datasets"]["contacts"]["links"]
    assert sorted(link["type"] for link in links) == ["HAS_ROLE", "WORKS_AT"]
    told = next(link for link in links if link["type"] == "HAS_ROLE")
    assert told["fields"]["role"]["map"] == {
        "Decision Maker": "decision_maker", "Influencer": "influencer",
    }  # fmt: skip
    for others in (["member", "admin"], ["end-user"]):
        buyers(tmp_path, others)
        assert meanings(tmp_path)["contacts.csv"]["role"] != "HAS_ROLE role"


def test_a_role_in_purchases_is_a_link_of_the_graph(workshop: Workshop) -> None:
    report = workshop.load(mapping_text(buyers(workshop.folder, ["Decision Maker", "Influencer"])))
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert {kind: counts[kind] for kind in ("Contact", "Customer", "HAS_ROLE", "WORKS_AT")} == {
        "Contact": 5, "Customer": 4, "HAS_ROLE": 5, "WORKS_AT": 5,
    }  # fmt: skip


def test_a_price_is_told_by_its_product_whatever_heads_it(tmp_path: Path) -> None:
    lines = [(n // 2, n % 2 + 1, n % 5, n % 7 + 2, n % 5 + 3.25) for n in range(24)]
    rows = [
        f"O-{of},2024-01-{of + 1:02},{line},S-{item},{many},{cost},{many * cost:.2f}"
        for of, line, item, many, cost in lines
    ]
    header = "order number,order date,line,sku,quantity,item cost,order line subtotal"
    found = folder_of(tmp_path, orders=lines_of(header, *rows))["orders.csv"]
    assert found["item cost"] == "Product list_price"
    assert found["order line subtotal"] == "CONTAINS amount"


def test_telephone_numbers_join_nobody_whose_address_another_file_holds(tmp_path: Path) -> None:
    people = [(f"07700 9001{n}0", f"{a}@firm.example".casefold(), a, b) for n, (a, b) in enumerate(PEOPLE)]
    orders = [
        f"O-{n},2024-01-{n + 1:02},{FIRMS[n % 4]},{people[n % 5][0]},{people[n % 5][1]}" for n in range(12)
    ]
    found = folder_of(
        tmp_path,
        subscribers=lines_of("phone number,email address,first name,last name", *map(",".join, people)),
        orders=lines_of("order number,order date,company,phone (billing),email (billing)", *orders),
    )["orders.csv"]
    assert found["email (billing)"] == "WORKS_AT end Contact"
    assert found["phone (billing)"] == "Contact phone"


@pytest.mark.parametrize(
    ("file", "header", "values", "meaning"),
    [
        ("customers", "LAST_CHANGED", ["2024-05-01 10:00", "2024-06-02 11:00"], "Customer attribute"),
        ("customers", "Änderungsdatum", ["2024-05-01", "2024-06-02"], "Customer attribute"),
        ("customers", "Techniker", ["Yilmaz", "Rother"], "Employee key"),
        ("visits", "回访人", ["徐姐", "小方"], "Employee key"),
        ("products", "Published", ["1", "0"], "Product active"),
        ("products", "Categories", ["Tea", "Gifts"], "Product family"),
        ("products", "Images", ["https://shop.example/a.jpg", "https://shop.example/b.jpg"], "Product image"),
        ("tickets", "Fehlergruppe", ["Elektrik", "Mechanik"], "Ticket category"),
        ("visits", "Anlass", ["Neuprojekt", "Jahresgespräch"], "Interaction subject"),
    ],
)
def test_words_of_exports(tmp_path: Path, file: str, header: str, values: list[str], meaning: str) -> None:
    rows = [f"N-{n},2024-01-{n + 1:02},{FIRMS[n % 4]} {n},{values[n % 2]}" for n in range(12)]
    named = "customer" if file in ("visits", "tickets") else "name"
    text = lines_of(f"{file[:-1]} no,created at,{named},{header}", *rows)
    assert folder_of(tmp_path, **{file: text})[f"{file}.csv"][header] == meaning
