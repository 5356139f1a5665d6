"""Tables as frameworks, ledgers and privacy objects write them: codes called names, titles, agreed prices."""

from pathlib import Path

from tests.ingest.proposal.folder import meanings, write

OURS = ("jo@ours.example", "lee@ours.example")


def test_codes_in_a_first_column_name_are_the_key_and_an_owner_beside_creation_made_the_row(
    tmp_path: Path,
) -> None:
    rows = [
        [f"ISS-{n:05}", "2024-02-03 10:00:00", OURS[n % 2], 0, "No display", f"C-{n % 4}", "Open", "High"]
        for n in range(20)
    ]
    heads = ["name", "creation", "owner", "docstatus", "subject", "customer", "status", "priority"]
    write(tmp_path, "Issue.csv", [heads, *rows])
    found = meanings(tmp_path, "Issue.csv")
    assert found["name"] == "Ticket key"
    assert found["subject"] == "Ticket subject"
    assert found["owner"] == "Ticket attribute"
    heads[1:4] = ["opened on", "owner", "seats"]
    write(tmp_path, "Issue.csv", [heads, *rows])
    assert meanings(tmp_path, "Issue.csv")["owner"] == "Employee key"


def test_a_price_that_differs_from_line_to_line_of_a_product_is_no_list_price(tmp_path: Path) -> None:
    heads = ["order no", "line", "sku", "qty", "unit price", "amount"]

    def line(n: int, price: float) -> list[object]:
        return [f"S{n // 2}", n % 2 + 1, f"P-{n % 3}", n % 7 + 1, price, round((n % 7 + 1) * price, 2)]

    write(tmp_path, "order lines.csv", [heads, *[line(n, 10.5 + n % 3) for n in range(40)]])
    assert meanings(tmp_path, "order lines.csv")["unit price"] == "Product list_price"
    write(tmp_path, "order lines.csv", [heads, *[line(n, 10.5 + n) for n in range(40)]])
    assert meanings(tmp_path, "order lines.csv")["unit price"] == "Order attribute"


def test_what_an_exporter_says_of_itself_in_cells_of_its_own_is_no_header(tmp_path: Path) -> None:
    said = ["EXTF", 700, 21, "Buchungsstapel", 13, "", "RE", "", 29098, 20260101, "Rechnungen", "EUR"]
    rows = [[f"{n},50", "EUR", 10000 + n, 8400, f"RE-{n}", f"Kunde {n} GmbH"] for n in range(10)]
    heads = ["Umsatz", "Währung", "Konto", "Gegenkonto", "Belegnummer", "Buchungstext"]
    write(tmp_path, "EXTF.csv", [said, heads, *rows])
    assert list(meanings(tmp_path, "EXTF.csv")) == heads


def test_a_title_alone_in_the_first_line_does_not_hide_the_columns_below(tmp_path: Path) -> None:
    rows = [f"{1000 + n};Hasler {n} AG;Bern;+41 44 488 78 {n:02}" for n in range(12)]
    text = "\n".join(["Adressbuch Muster", "", "Kundennr;Firma;Ort;Telefon", *rows])
    (tmp_path / "Kunden.csv").write_text(text, encoding="utf-8")
    assert meanings(tmp_path, "Kunden.csv") == {
        "Kundennr": "Customer key", "Firma": "Customer name", "Ort": "Customer city",
        "Telefon": "Customer phone",
    }  # fmt: skip
    (tmp_path / "Notes.csv").write_text("Firma\n" + "\n".join(f"Hasler {n} AG" for n in range(9)), "utf-8")
    assert list(meanings(tmp_path, "Notes.csv")) == ["Firma"]


def test_who_changed_a_record_and_when_is_its_attribute_and_its_place_in_a_list_is_nothing(
    tmp_path: Path,
) -> None:
    rows = [[f"K{n}", f"Firma {n} GmbH", f"2024-03-{n + 1:02}", OURS[n % 2], n] for n in range(12)]
    heads = ["Kundennr", "Name", "Geändert am", "Geändert von", "sort order"]
    write(tmp_path, "Kunden.csv", [heads, *rows])
    found = meanings(tmp_path, "Kunden.csv")
    assert found["Geändert am"] == found["Geändert von"] == "Customer attribute"
    assert found["sort order"] == "-"


def test_deals_without_a_number_are_told_apart_by_their_names(tmp_path: Path) -> None:
    rows = [[f"Deal {n}", f"Firma {n % 3} GmbH", "Offen", f"{n}00.50"] for n in range(12)]
    write(tmp_path, "Verkaufschancen.csv", [["Name", "Firma", "Phase", "Betrag"], *rows])
    assert meanings(tmp_path, "Verkaufschancen.csv")["Name"] == "Opportunity key"


def test_the_person_of_a_lead_is_a_contact_with_mail_telephone_and_title(tmp_path: Path) -> None:
    heads = ["lead_id", "first_name", "last_name", "email", "mobile_no", "job_title", "company", "website"]
    rows = [
        [f"L-{n}", "Ann", f"Keller{n}", f"a{n}@apex.example", f"+49 171 55501{n:02}", "Buyer",
         f"Apex {n} GmbH", f"apex{n}.example"]
        for n in range(20)
    ]  # fmt: skip
    write(tmp_path, "leads.csv", [heads, *rows])
    found = meanings(tmp_path, "leads.csv")
    assert found["lead_id"] == "Lead key"
    assert found["first_name"] == found["last_name"] == "Contact name"
    assert found["email"] == "Contact key"
    assert found["mobile_no"] == "Contact mobile"
    assert found["job_title"] == "WORKS_AT title"
    assert found["website"] == "Customer website"


def test_numbers_dialled_name_nobody_and_in_and_out_is_a_direction(tmp_path: Path) -> None:
    heads = ["id", "from", "to", "type", "start_time", "duration", "note"]
    rows = [
        [f"c{n}", f"+91 98765432{n:02}", f"+91 99887766{n:02}", ("Incoming", "Outgoing")[n % 2],
         f"2024-03-{n + 1:02} 10:00:00", 60 + n, f"0d1{n:02}a5b"]
        for n in range(20)
    ]  # fmt: skip
    write(tmp_path, "call log.csv", [heads, *rows])
    found = meanings(tmp_path, "call log.csv")
    assert found["from"] == found["to"] == found["note"] == "Interaction attribute"
    assert found["type"] == "Interaction direction"


def test_lines_name_their_order_by_its_code_and_not_by_their_own(tmp_path: Path) -> None:
    orders = [[f"SO-{n:04}", f"C{n % 3}", "2024-02-03", "90.00"] for n in range(12)]
    write(tmp_path, "Sales Order.csv", [["name", "customer", "transaction_date", "net_total"], *orders])
    lines = [
        [f"cf56{n:02}b", f"SO-{n // 2:04}", n % 2 + 1, f"P-{n % 4}", f"Pump {n % 4}", n % 5 + 1]
        for n in range(24)
    ]  # fmt: skip
    write(
        tmp_path, "Sales Order Item.csv", [["name", "parent", "idx", "item_code", "item_name", "qty"], *lines]
    )
    found = meanings(tmp_path, "Sales Order Item.csv")
    assert found["parent"] == "CONTAINS end Order"
    assert found["idx"] == "CONTAINS line"
    assert found["name"] == "Order attribute"


def test_a_contact_stays_a_person_where_the_customers_own_file_holds_the_names_too(tmp_path: Path) -> None:
    people = [f"Ann Keller {chr(65 + n)}." for n in range(12)]
    heads = ["customer_id", "customer_name", "customer_primary_contact"]
    firms = [[f"C{n}", f"Apex {n} GmbH", who] for n, who in enumerate(people)]
    write(tmp_path, "Customer.csv", [heads, *firms])
    issues = [[f"I-{n}", f"C{n}", people[n], "Pump is noisy", "Open"] for n in range(12)]
    write(tmp_path, "Issue.csv", [["issue no", "customer", "contact", "subject", "status"], *issues])
    assert meanings(tmp_path, "Issue.csv")["contact"] == "Contact key"


def test_lines_of_a_korean_ledger(tmp_path: Path) -> None:
    expected = {
        "전표번호": "Order key", "일자": "Order ordered_at", "거래처명": "Customer key",
        "순번": "CONTAINS line", "품목코드": "Product key", "품목명": "Product name",
        "수량": "CONTAINS quantity", "단가": "Product list_price", "공급가액": "CONTAINS amount",
        "부가세": "Order attribute", "납기일자": "Order promised_at",
    }  # fmt: skip
    rows = []
    for n in range(40):
        price, quantity = 500 + n % 6, n % 7 + 1
        order = [f"S{n // 2:04}", f"2024-05-{n // 2 + 1:02}", f"(주)한빛산업{n // 2 % 5}"]
        goods = [n % 2 + 1, f"P{n % 6}", f"펌프 {n % 6}형", quantity, price, quantity * price]
        rows.append([*order, *goods, 5 + n, "2024-06-03"])
    write(tmp_path, "판매현황.csv", [list(expected), *rows])
    assert meanings(tmp_path, "판매현황.csv") == expected
