"""What columns mean: labelled folders as a whole, and the kinds of file that exporters write."""

from pathlib import Path

import pytest

from bench.init.measure import made, stated_folders
from ingest.errors import SourceUnreadable
from ingest.proposal.propose import propose
from ingest.proposal.words.header import readings

Meanings = dict[str, dict[str, str]]


def meanings(folder: Path) -> Meanings:
    """The meaning of every column by file."""
    found = propose([folder]).as_dict()["datasets"]
    return {
        file: {name: str(column["meaning"]) for name, column in table["columns"].items()}
        for file, table in found.items()
    }


def test_nineteen_of_twenty_columns_of_the_labelled_folders_are_read_right() -> None:
    scores = [made(path) for path in stated_folders()]
    wrong = [one for score in scores for one in score.wrong]
    assert len(wrong) <= 0.05 * sum(score.columns for score in scores), wrong


def test_a_record_is_a_key_where_no_other_file_holds_it_and_a_link_end_where_one_does(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(
        "order_no,order_date,cust_no\nA-1,2024-01-31,K7\nA-2,2024-02-01,K8\nA-3,2024-02-03,K7\n"
    )
    assert meanings(tmp_path)["orders.csv"]["cust_no"] == "Customer key"
    (tmp_path / "customers.csv").write_text("cust_no,name\nK7,Northwind Ltd\nK8,Apex Inc\n")
    assert meanings(tmp_path)["orders.csv"] == {
        "order_no": "Order key", "order_date": "Order ordered_at", "cust_no": "PLACED end Customer",
    }  # fmt: skip


def test_title_rows_and_gb18030_stand_above_no_meaning(tmp_path: Path) -> None:
    title = "客户档案\n打印日期：2024-05-01\n"
    rows = (
        "客户编码,客户名称,手机\nK1,杭州宏图机械有限公司,13812345678\nK2,宁波天成电子有限公司,13912345678\n"
    )
    (tmp_path / "导出.csv").write_bytes((title + rows).encode("gb18030"))
    assert meanings(tmp_path)["导出.csv"]["客户名称"] == "Customer name"


def test_a_folder_without_tables_is_refused_and_files_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("no table")
    with pytest.raises(SourceUnreadable, match="holds no table"):
        propose([tmp_path])
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    (tmp_path / "customers.csv").write_text("id,name\n1,Apex Inc\n2,Harbor Ltd\n")
    proposal = propose([tmp_path])
    assert [one.table.name for one in proposal.tables] == ["customers.csv"]
    assert len(proposal.notes) == 1
    assert "broken.xlsx" in proposal.notes[0]


def test_empty_tables_and_odd_headers_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n")
    (tmp_path / "b.csv").write_text("x\n1\n2\n")
    (tmp_path / "c.csv").write_text(",,\n1,2,3\n")
    (tmp_path / "d.csv").write_text("")
    assert "a.csv" in meanings(tmp_path)


def test_dynamics_ids_are_keys_and_its_marks_say_nothing(tmp_path: Path) -> None:
    ids = [f"8b38906{n}-4f3d-4e7b-37d7-2e4af6978770" for n in range(3)]
    rows = "".join(f"{one},x{n}==,2024-01-0{n + 1},Firm {n} Ltd\n" for n, one in enumerate(ids))
    head = "(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Account Name\n"
    (tmp_path / "My Active Accounts.csv").write_text(head + rows)
    assert list(meanings(tmp_path)["My Active Accounts.csv"].values()) == [
        "Customer key", "-", "Customer attribute", "Customer name",
    ]  # fmt: skip


def test_a_ledgers_contacts_that_are_companies_are_customers(tmp_path: Path) -> None:
    firms = ["Apex Inc", "Harbor Ltd", "Granite Co", "Ironbark", "Blue Mill Ltd"]
    people = ["Amelia,Abbott", "Bruno,Brandt", "Gwen,Haddad", "Hugo,Novak", "Rosa,Silva"]
    rows = "".join(
        f"{firm},{who},m{n}@x{n}.com\n" for n, (firm, who) in enumerate(zip(firms, people, strict=True))
    )
    (tmp_path / "Contacts.csv").write_text("*ContactName,FirstName,LastName,EmailAddress\n" + rows)
    (tmp_path / "Payments.csv").write_text(
        "Date,Reference,Contact,Amount\n"
        + "".join(f"2024-02-0{n + 1},B{n},{firm},{n}7.50\n" for n, firm in enumerate(firms))
    )
    found = meanings(tmp_path)
    assert found["Contacts.csv"] == {
        "*ContactName": "Customer key", "FirstName": "Contact name", "LastName": "Contact name",
        "EmailAddress": "Contact key",
    }  # fmt: skip
    assert found["Payments.csv"]["Contact"] == "FOR end Customer"


def test_lines_are_told_by_their_numbers_and_their_amount_by_differing(tmp_path: Path) -> None:
    (tmp_path / "RDR1.csv").write_text(
        "DocEntry,LineNum,ItemCode,Quantity,LineTotal\n501,0,1.01.1001,2,40.50\n501,1,1.01.1002,1,9.90\n"
        "502,0,1.01.1001,5,99.00\n"
    )
    (tmp_path / "销售订单.csv").write_text(
        "单据编号,日期,客户,物料编码,单位,销售数量,价税合计\nX1,2024-01-05,宁波海升轴承有限公司,1.01.1001,个,3,300.5\n"
        "X1,2024-01-05,宁波海升轴承有限公司,1.01.1002,件,1,90.5\nX2,2024-01-07,东升食品集团,1.01.1001,个,2,20.5\n"
    )
    found = meanings(tmp_path)
    assert list(found["RDR1.csv"].values()) == [
        "Order key", "CONTAINS line", "Product key", "CONTAINS quantity", "CONTAINS amount",
    ]  # fmt: skip
    assert found["销售订单.csv"]["价税合计"] == "CONTAINS amount"
    assert found["销售订单.csv"]["物料编码"] == "Product key"
    assert found["销售订单.csv"]["单位"].endswith("attribute")


def test_sums_tell_which_amount_is_with_tax_under_words_of_no_lexicon(
    tmp_path: Path,
) -> None:
    rows = [(100.0 + 13 * n, round((100.0 + 13 * n) * (0.19 if n % 3 else 0.07), 2)) for n in range(20)]
    lines = [
        f"I-{n},2024-01-{n + 1:02},C{n % 4},{a:.2f},{t:.2f},{a + t:.2f}" for n, (a, t) in enumerate(rows)
    ]
    head = "invoice_no,invoice_date,customer_no,qwertz,wertzu,yxcvbn"
    (tmp_path / "invoices.csv").write_text("\n".join([head, *lines]))
    found = meanings(tmp_path)["invoices.csv"]
    assert (found["qwertz"], found["yxcvbn"]) == ("Invoice amount", "Invoice amount_with_tax")
    assert found["wertzu"] == "Invoice attribute"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Subtotal,Tax,Total", ["amount", "attribute", "amount_with_tax"]),
        ("小计,税额,总金额", ["amount", "attribute", "amount_with_tax"]),
        ("Neto,IVA,Total", ["amount", "attribute", "amount_with_tax"]),
    ],
)
def test_amounts_that_do_not_add_up_are_told_by_where_the_tax_stands(
    tmp_path: Path, head: str, expected: list[str]
) -> None:
    lines = [
        f"I-{n},2024-01-{n + 1:02},C{n % 4},{n * 37 + 90}.50,{n + 3}.25,{n * 41 + 120}.75" for n in range(20)
    ]
    (tmp_path / "invoices.csv").write_text(
        "\n".join([f"invoice_no,invoice_date,customer_no,{head}", *lines]), encoding="utf-8"
    )
    found = meanings(tmp_path)["invoices.csv"]
    assert [found[name] for name in head.split(",")] == [f"Invoice {one}" for one in expected]


def test_a_log_named_after_customers_in_which_they_recur_holds_none(tmp_path: Path) -> None:
    customers = [f"K{n},宏{'图远大天成瑞达'[n]}有限公司" for n in range(7)]
    (tmp_path / "客户.csv").write_text("\n".join(["客户编号,客户名称", *customers]), encoding="utf-8")
    rows = [f"2024-01-{n + 1:02} 10:00,{'电话拜访'[n % 2 * 2 :][:2]},宏{'图远大天成瑞达'[n % 7]}有限公司,"
            "客户要求下周再次报价并安排技术人员到现场看设备" for n in range(21)]  # fmt: skip
    (tmp_path / "客户联系记录.csv").write_text(
        "\n".join(["联系时间,联系方式,客户,联系内容", *rows]), encoding="utf-8"
    )
    assert meanings(tmp_path)["客户联系记录.csv"] == {
        "联系时间": "Interaction at", "联系方式": "Interaction channel",
        "客户": "FOR end Customer", "联系内容": "Interaction note",
    }  # fmt: skip


def test_companies_whose_only_number_is_for_the_tax_have_it_as_key_where_orders_name_them_by_it(
    tmp_path: Path,
) -> None:
    companies = [f"76.{n}23.100-{n},Aceros {n} S.A." for n in range(1, 9)]
    (tmp_path / "clientes.csv").write_text("\n".join(["RUT,Razón Social", *companies]), encoding="utf-8")
    alone = meanings(tmp_path)["clientes.csv"]
    assert alone["RUT"] == "Customer tax_id"
    orders = [f"P-{n},2024-01-{n + 1:02},76.{n % 8 + 1}23.100-{n % 8 + 1},{n * 7 + 3}.50" for n in range(20)]
    (tmp_path / "pedidos.csv").write_text(
        "\n".join(["Número de pedido,Fecha,Cliente RUT,Importe", *orders]), encoding="utf-8"
    )
    found = meanings(tmp_path)
    assert found["clientes.csv"] == {"RUT": "Customer key", "Razón Social": "Customer name"}
    assert found["pedidos.csv"]["Cliente RUT"] == "PLACED end Customer"


def test_contacts_that_are_companies_with_a_number_each_are_customers(tmp_path: Path) -> None:
    rows = [f"{1000 + n},Holtmann {n} GmbH,030 123456{n},info@firm{n}.example" for n in range(8)]
    (tmp_path / "Kontakte.csv").write_text("\n".join(["Kundennummer,Organisation,Telefon,E-Mail", *rows]))
    found = meanings(tmp_path)["Kontakte.csv"]
    assert (found["Kundennummer"], found["Organisation"]) == ("Customer key", "Customer name")
    assert found["Telefon"] == "Customer phone"


def test_letters_with_a_stroke_are_read_as_those_without() -> None:
    assert "due_at" in {one.name for one in readings("Termin płatności") if one.score == 1.0}
    assert readings("Termin płatności") == readings("termin platnosci")
