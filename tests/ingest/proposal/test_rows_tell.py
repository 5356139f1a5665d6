"""What rows tell where headers say little, or another thing."""

from pathlib import Path

import pytest

from tests.ingest.proposal.test_meanings import meanings

COMPANIES = "K1,Northwind Pumps Ltd\nK2,Apex Bearings Inc\nK3,Harbor Tools Corp\nK4,Granite Valves Co\n"


def lines_of(header: str, *rows: str) -> str:
    return header + "\n" + "\n".join(rows) + "\n"


def test_the_first_day_of_an_order_is_its_day_whatever_heads_it(tmp_path: Path) -> None:
    rows = [f"A-{n},K{n % 4 + 1},2024-01-{n + 1:02},2024-02-{n + 1:02},{n}.50" for n in range(9)]
    (tmp_path / "orders.csv").write_text(
        lines_of("order_no,cust_no,zzgang,delivery due,amount", *rows), encoding="utf-8"
    )
    found = meanings(tmp_path)["orders.csv"]
    assert (found["zzgang"], found["delivery due"]) == ("Order ordered_at", "Order promised_at")


@pytest.mark.parametrize(
    "days",
    ["预计交货日期,到期日", "生产日期,取消日期", "production date,warranty until", "保修期至,Garantie bis"],
)
def test_another_day_is_never_taken_for_the_day_of_the_order(tmp_path: Path, days: str) -> None:
    rows = [f"A-{n},K{n % 4 + 1},2024-02-{n + 1:02},2024-03-{n + 1:02},{n}.50" for n in range(9)]
    (tmp_path / "orders.csv").write_text(lines_of(f"order_no,cust_no,{days},amount", *rows))
    assert "Order ordered_at" not in meanings(tmp_path)["orders.csv"].values()


def test_a_reference_of_the_customer_that_differs_between_its_orders_is_the_orders(tmp_path: Path) -> None:
    rows = [f"A-{n},K{n % 3},2024-01-{n + 1:02},REF-{n},S{n % 3}" for n in range(12)]
    (tmp_path / "orders.csv").write_text(
        lines_of("order_no,cust_no,order_date,Kundenreferenznr.,customer tier", *rows)
    )
    found = meanings(tmp_path)["orders.csv"]
    assert found["Kundenreferenznr."] == "Order attribute"
    assert found["customer tier"] == "Customer attribute"


def test_contacts_that_other_files_number_as_customers_are_customers(tmp_path: Path) -> None:
    contacts = [f"9{n},Firm {n} Ltd,Ann,Keller{n},a{n}@firm{n}.example" for n in range(20)]
    (tmp_path / "contacts.csv").write_text(
        lines_of("Contact ID,Company Name,First Name,Last Name,Email", *contacts)
    )
    invoices = [f"I-{n},2024-01-{n + 1:02},9{n % 20},{n}.40" for n in range(25)]
    (tmp_path / "invoices.csv").write_text(lines_of("Invoice ID,Invoice Date,Customer ID,Total", *invoices))
    found = meanings(tmp_path)
    assert found["contacts.csv"]["Contact ID"] == "Customer key"
    assert found["contacts.csv"]["Company Name"] == "Customer name"
    assert found["invoices.csv"]["Customer ID"] == "FOR end Customer"


def test_users_of_whom_each_stands_at_a_customer_are_contacts(tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("account_id,name\n" + COMPANIES)
    users = [f"u{n},ann{n}@firm.example,Ann Keller,K{n % 4 + 1}" for n in range(12)]
    (tmp_path / "users.csv").write_text(lines_of("user_id,email,full_name,account_id", *users))
    calls = [f"c{n},2024-01-{n + 1:02},u{n % 12}" for n in range(20)]
    (tmp_path / "calls.csv").write_text(lines_of("call_id,started_at,user_id", *calls))
    found = meanings(tmp_path)
    assert found["users.csv"]["user_id"] == "Contact key"
    assert found["users.csv"]["account_id"] == "WORKS_AT end Customer"
    assert found["calls.csv"]["user_id"] == "PARTICIPATED_IN end Contact"


@pytest.mark.parametrize("header", ["team_id", "cost center", "部门编号"])
def test_staff_of_whom_each_has_a_number_that_a_customer_has_too_stay_ours(
    tmp_path: Path, header: str
) -> None:
    firms = [f"{10100 + n},Firm {n} Ltd" for n in range(20)]
    (tmp_path / "customers.csv").write_text(lines_of("customer_id,name", *firms))
    staff = [f"e{n},Ann Keller,a{n}@us.example,{10101 + n % 5}" for n in range(12)]
    (tmp_path / "staff.csv").write_text(lines_of(f"employee_id,name,email,{header}", *staff))
    assert meanings(tmp_path)["staff.csv"]["employee_id"] == "Employee key"


def invoiced_lines(*, total: bool) -> str:
    """Twelve orders of two lines with net, gross and, with `total`, the order's own gross."""
    rows = []
    for n in range(12):
        nets = [10.0 + n, 20.5 + n]
        for line, net in enumerate(nets, start=1):
            whole = f",{sum(nets) * 1.19:.2f}" if total else ""
            rows.append(f"A-{n},2024-01-{n + 1:02},{line},P{line},{line},{net:.2f},{net * line:.2f},"
                        f"{net * line * 1.19:.2f}{whole}")  # fmt: skip
    return lines_of("order_no,order_date,Item,sku,qty,price,net,zz" + (",whole" if total else ""), *rows)


def test_a_line_with_its_tax_is_the_orders_gross_by_its_sum(tmp_path: Path) -> None:
    (tmp_path / "order_lines.csv").write_text(invoiced_lines(total=False))
    found = meanings(tmp_path)["order_lines.csv"]
    assert (found["net"], found["zz"]) == ("CONTAINS amount", "Order amount_with_tax")


def test_rows_that_are_counted_within_each_order_are_its_lines(tmp_path: Path) -> None:
    (tmp_path / "order_lines.csv").write_text(invoiced_lines(total=False))
    assert meanings(tmp_path)["order_lines.csv"]["Item"] == "CONTAINS line"


def test_codes_that_have_one_name_each_are_the_products_key(tmp_path: Path) -> None:
    names = ["Pump", "Pump", "Valve", "Seal", "Hose", "Gauge"]
    rows = [
        f"A-{n},2024-01-{n % 28 + 1:02},K{n % 3},M{n % 6}-40,{names[n % 6]},{n % 7 + 1}" for n in range(48)
    ]
    (tmp_path / "shipments.csv").write_text(lines_of("order_no,order_date,cust_no,model,product,qty", *rows))
    found = meanings(tmp_path)["shipments.csv"]
    assert (found["model"], found["product"]) == ("Product key", "Product name")


def test_a_person_of_the_other_side_is_a_contact_though_few_recur(tmp_path: Path) -> None:
    rows = [f"HT-{n},2024-01-{n % 28 + 1:02},杭州宏图机械有限公司,{'沈国平' if n % 2 else '范丽华'},"
            f"{'陆明' if n % 2 else '高洁'}" for n in range(30)]  # fmt: skip
    (tmp_path / "合同.csv").write_text(
        lines_of("合同编号,开始日期,客户,客户方授权人,我方授权人", *rows), encoding="utf-8"
    )
    found = meanings(tmp_path)["合同.csv"]
    assert (found["客户方授权人"], found["我方授权人"]) == ("Contact key", "Employee key")
