"""What values, sums and other files tell where headers do not."""

from pathlib import Path

from ingest.proposal.propose import propose
from tests.ingest.proposal.folder import meanings, write


def _meanings(folder: Path, file: str) -> dict[str, object]:
    columns = propose([folder]).as_dict()["datasets"][file]["columns"]
    return {name: said["meaning"] for name, said in columns.items()}


def _written(path: Path, header: str, rows: list[str]) -> None:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


FIRMS = ("Aceros del Norte S.L.", "Bodegas Rivera S.A.", "Talleres Ibarra S.L.", "Papelera Sol S.A.")
PEOPLE = [a + b for a in "陈王李赵" for b in ("志强", "丽", "国栋", "敏")]


def test_contacts_with_names_of_companies_are_customers(tmp_path: Path) -> None:
    rows = [f"{n},{FIRMS[n % 4]},B{10_000_000 + n},info{n}@firma.example" for n in range(20)]
    _written(tmp_path / "contactos.csv", "ID contacto,Nombre,NIF,Email", rows)
    assert _meanings(tmp_path, "contactos.csv") == {
        "ID contacto": "Customer key",
        "Nombre": "Customer name",
        "NIF": "Customer tax_id",
        "Email": "Customer attribute",
    }


def test_customers_with_names_of_people_beside_their_company_are_contacts(tmp_path: Path) -> None:
    rows = [f"{name},wm{n}x,杭州宏图{n}有限公司,采购经理" for n, name in enumerate(PEOPLE)]
    _written(tmp_path / "客户列表.csv", "客户名称,external_userid,企业,职务", rows)
    assert _meanings(tmp_path, "客户列表.csv") == {
        "客户名称": "Contact name",
        "external_userid": "Contact key",
        "企业": "Customer key",
        "职务": "WORKS_AT title",
    }


def test_a_column_of_a_language_unknown_joins_by_its_values(tmp_path: Path) -> None:
    _written(tmp_path / "customers.csv", "Customer No,Name", [f"K{n}x,Firm {n} Ltd" for n in range(20)])
    rows = [f"SO-{n},K{n % 9}x,2024-05-{n + 1:02},{n}.50" for n in range(20)]
    _written(tmp_path / "orders.csv", "Order No,Ügyfél,Order Date,Amount", rows)
    assert _meanings(tmp_path, "orders.csv")["Ügyfél"] == "PLACED end Customer"


def test_what_is_the_same_for_every_line_of_a_product_is_the_products(tmp_path: Path) -> None:
    rows = [f"SO-{n // 3},P{n % 4},{n % 5 + 1},{'ABCD'[n % 4]},{'XYZ'[n % 3]}" for n in range(40)]
    _written(tmp_path / "order lines.csv", "Order No,Product No,Quantity,Shelf class,Wrapping", rows)
    found = _meanings(tmp_path, "order lines.csv")
    assert (found["Shelf class"], found["Wrapping"]) == ("Product attribute", "Order attribute")


def test_won_and_lost_is_an_outcome_beside_the_stage(tmp_path: Path) -> None:
    rows = [
        f"{n},Deal {n},{('Qualified', 'Demo held', 'Proposal made')[n % 3]},{('Won', 'Lost', 'Open')[n % 3]}"
        for n in range(20)
    ]
    _written(tmp_path / "deals.csv", "Deal - ID,Deal - Title,Deal - Stage,Deal - Status", rows)
    found = _meanings(tmp_path, "deals.csv")
    assert found["Deal - Stage"] == "Opportunity stage"
    assert found["Deal - Status"] == "Opportunity outcome"


def test_people_that_recur_are_ours(tmp_path: Path) -> None:
    reps = ("Anna Keller", "Mark Doyle", "Laura Quinn")
    rows = [f"C{n},2024-05-{n + 1:02},Pump {n} leaks again,{reps[n % 3]}" for n in range(24)]
    _written(tmp_path / "complaints.csv", "Ref,Date,Problem,Who took it", rows)
    assert _meanings(tmp_path, "complaints.csv")["Who took it"] == "Employee key"


def test_a_remark_in_brackets_takes_nothing_from_a_header(tmp_path: Path) -> None:
    rows = [f"{n},杭州宏图{n}有限公司,0571-8{n:07}" for n in range(20)]
    _written(tmp_path / "客户.csv", "客户编号（系统）,客户名称（必填）,传真（仅数字）", rows)
    assert _meanings(tmp_path, "客户.csv") == {
        "客户编号（系统）": "Customer key",
        "客户名称（必填）": "Customer name",
        "传真（仅数字）": "Customer attribute",
    }


def test_firms_under_headers_of_unknown_words_are_customers(tmp_path: Path) -> None:
    rows = [f"K{n}x,Stalmet {n} S.A.,ul. Polna {n}" for n in range(20)]
    _written(tmp_path / "lista.csv", "Xsymb,Qnazw,Zulic", rows)
    assert set(_meanings(tmp_path, "lista.csv").values()) >= {"Customer key", "Customer name"}


def test_customers_name_none_of_their_many_payments(tmp_path: Path) -> None:
    rows = [f"{n},Rossi {n} S.r.l.,{('Bonifico', 'RiBa')[n % 2]}" for n in range(20)]
    _written(tmp_path / "clienti.csv", "Codice,Denominazione,Pagamento", rows)
    assert _meanings(tmp_path, "clienti.csv")["Pagamento"] == "Customer attribute"


def test_a_column_that_tells_nothing_of_any_row_is_nothing(tmp_path: Path) -> None:
    heads = ["customer no", "name", "fax", "is deleted", "hobby"]
    rows = [[f"C{n}", f"Apex {n} GmbH", "", 0, f"chess {n}"] for n in range(12)]
    write(tmp_path, "customers.csv", [heads, *rows])
    found = meanings(tmp_path, "customers.csv")
    assert (found["fax"], found["is deleted"]) == ("Customer attribute", "-")
    assert found["hobby"] == "Customer attribute"
    rows[3][2:4] = ["+49 711 5550", 1]
    write(tmp_path, "customers.csv", [heads, *rows])
    found = meanings(tmp_path, "customers.csv")
    assert found["fax"] == found["is deleted"] == "Customer attribute"


def test_a_path_that_begins_with_the_rows_own_name_says_no_more_than_its_rest(tmp_path: Path) -> None:
    heads = ["subscriptions.id", "customers.id", "subscriptions.status", "subscriptions.mrr"]
    rows = [[f"S{n:03}", f"C{n % 5}", "Active", f"{n}9.50"] for n in range(12)]
    write(tmp_path, "Subscriptions.csv", [heads, *rows])
    found = meanings(tmp_path, "Subscriptions.csv")
    assert found["subscriptions.id"] == "Contract key"
    assert found["customers.id"] == "Customer key"
    assert found["subscriptions.mrr"] == "Contract amount"
