"""What rows are is told by files beside them and by several columns; values must fit what a header says."""

from pathlib import Path

from tests.ingest.proposal.folder import meanings, write

FIRMS = ("Northwind Pumps Ltd", "Apex Bearings Inc", "Harbor Tools Corp", "Granite Valves Co")
PEOPLE = ("Ann Keller", "Bob Fischer", "Jane Miller", "Tom Weber", "Lisa Brown", "Mark Green")


def firms(folder: Path, name: str = "companies.csv", number: str = "company_no") -> None:
    write(folder, name, [[number, "company name"], *[[f"C{n}", firm] for n, firm in enumerate(FIRMS)]])


def people(folder: Path, name: str, beside: tuple[str, ...]) -> None:
    rows = [[f"u{n}", one, f"u{n}@x.example", beside[n % len(beside)]] for n, one in enumerate(PEOPLE)]
    write(folder, name, [["user id", "full name", "email", "home"], *rows])


def test_users_who_bear_the_names_of_given_customers_are_contacts(tmp_path: Path) -> None:
    firms(tmp_path)
    people(tmp_path, "users.csv", FIRMS)
    found = meanings(tmp_path, "users.csv")
    assert found == {
        "user id": "Contact key", "full name": "Contact name", "email": "Contact email",
        "home": "WORKS_AT end Customer",
    }  # fmt: skip


def test_users_in_places_and_people_of_a_file_called_staff_are_ours(tmp_path: Path) -> None:
    firms(tmp_path)
    people(tmp_path, "users.csv", ("Leeds", "York", "Bath", "Ely"))
    people(tmp_path, "staff.csv", FIRMS)
    assert meanings(tmp_path, "users.csv")["user id"] == "Employee key"
    assert meanings(tmp_path, "staff.csv")["user id"] == "Employee key"


def test_lines_that_bear_the_numbers_of_given_invoices_are_theirs(tmp_path: Path) -> None:
    bills = [[f"{1000 + n}", f"C{n % 4}", "2024-01-02", f"{n}0.50", "2024-02-02"] for n in range(12)]
    write(tmp_path, "invoices.csv", [["invoice_number", "customer_no", "issued", "total", "due_at"], *bills])
    lines = [[f"a{n}", f"{1000 + n // 2}", f"P{n % 5}", n % 4 + 1, f"{n}.25"] for n in range(24)]
    header = ["adjustment_id", "invoice_number", "product_code", "quantity", "unit_price"]
    write(tmp_path, "adjustments.csv", [header, *lines])
    assert meanings(tmp_path, "adjustments.csv")["invoice_number"] == "CONTAINS end Invoice"


def test_rows_with_a_means_of_payment_and_an_invoices_number_are_payments(tmp_path: Path) -> None:
    header = ["transaction_id", "invoice_number", "transaction_date", "amount", "payment_method"]
    rows = [[f"t{n}", f"{1000 + n}", "2024-01-02", f"{n}0.50", "card"] for n in range(12)]
    write(tmp_path, "transactions.csv", [header, *rows])
    assert meanings(tmp_path, "transactions.csv") == {
        "transaction_id": "Payment key", "invoice_number": "Invoice key",
        "transaction_date": "Payment paid_at", "amount": "Payment amount", "payment_method": "Payment method",
    }  # fmt: skip


def test_numbered_rows_of_which_nothing_is_known_are_items(tmp_path: Path) -> None:
    rows = [[f"Z{n}", f"{n % 3} bar", "ja", f"{n}.5"] for n in range(12)]
    write(tmp_path, "kessel.csv", [["id", "druck", "dicht", "faktor"], *rows])
    found = meanings(tmp_path, "kessel.csv")
    assert (found["id"], found["druck"]) == ("Item key", "Item attribute")


def test_people_called_customers_stay_people_where_a_file_holds_their_companies(tmp_path: Path) -> None:
    companies = ("宁波恒瑞机械有限公司", "武汉联创精密有限公司", "杭州宏图电子有限公司")
    names = ("王海涛", "刘子轩", "孙晓东")
    phones = [f"1391234567{n}" for n in range(3)]
    write(tmp_path, "公司.csv", [["公司ID", "公司名称"], *[[n, one] for n, one in enumerate(companies, 900)]])
    rows = [[5000 + n, names[n], phones[n], companies[n]] for n in range(3)]
    write(tmp_path, "客户.csv", [["客户ID", "客户姓名", "客户电话", "所属公司"], *rows])
    write(
        tmp_path,
        "通话记录.csv",
        [["通话ID", "客户号码", "开始时间"], *[[f"x{n}", phones[n], "2024-01-09 03:29"] for n in range(3)]],
    )
    found = meanings(tmp_path, "客户.csv")
    assert (found["客户ID"], found["所属公司"]) == ("Contact key", "WORKS_AT end Customer")


def test_a_log_in_which_people_recur_on_days_is_of_talks(tmp_path: Path) -> None:
    rows = [
        ["2024-01-08", f"客户{n % 4}", ("王海涛", "刘子轩", "孙晓东")[n % 3], "再联系"] for n in range(12)
    ]
    write(tmp_path, "送样登记.csv", [["日期", "客户简称", "联系人", "下一步"], *rows])
    found = meanings(tmp_path, "送样登记.csv")
    assert (found["日期"], found["下一步"]) == ("Interaction at", "Interaction next_step")


def test_values_must_fit_what_a_header_says(tmp_path: Path) -> None:
    rows = [
        [f"XS{n}", "2024-01-08", f"K{n % 4}", "王海涛", "ABC"[n % 3], "√" if n % 2 else "", f"{n}.50"]
        for n in range(12)
    ]
    write(tmp_path, "订单.csv", [["单号", "日期", "客户编号", "联系人", "客户级别", "已开票", "金额"], *rows])
    found = meanings(tmp_path, "订单.csv")
    assert "seniority" not in found["客户级别"]
    assert found["已开票"] == "Order attribute"
    calls = [[f"c{n}", f"C{n % 4}", "2024-01-09 03:29", f"https://rec.example.cn/{n}.mp3"] for n in range(12)]
    write(tmp_path, "calls.csv", [["call id", "customer no", "start", "tape"], *calls])
    assert meanings(tmp_path, "calls.csv")["tape"] == "Interaction attribute"


def test_the_number_of_a_seller_is_no_count_of_employees(tmp_path: Path) -> None:
    sellers = [[1000 + n, one] for n, one in enumerate(PEOPLE)]
    write(tmp_path, "employees.csv", [["employeeNumber", "name"], *sellers])
    rows = [[n, f"{FIRMS[n % 4]} {n}", 1000 + n % 6] for n in range(12)]
    write(tmp_path, "customers.csv", [["customerNumber", "customerName", "salesRepEmployeeNumber"], *rows])
    assert meanings(tmp_path, "customers.csv")["salesRepEmployeeNumber"] == "OWNS end Employee"


def test_a_ledgers_contacts_are_companies_where_those_bear_the_rows_names(tmp_path: Path) -> None:
    header = ["Código", "Nome", "Contatos", "Fone", "CNPJ"]
    rows = [
        [f"CL{n}", f"Metais {n} Ltda", PEOPLE[n % 6], f"(41) 3299-27{n:02}", f"{n:014}"] for n in range(12)
    ]
    write(tmp_path, "contatos.csv", [header, *rows])
    assert meanings(tmp_path, "contatos.csv")["Nome"] == "Customer name"
    firms = [f"Metais {n} Ltda" for n in range(12)]
    people = [[f"p{n}", PEOPLE[n % 6], f"a{n}@x.example", firm] for n, firm in enumerate(firms)]
    write(tmp_path, "contatos.csv", [["id", "Nome", "E-mail", "Empresa"], *people])
    assert meanings(tmp_path, "contatos.csv")["Nome"] == "Contact name"
