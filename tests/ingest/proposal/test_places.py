"""Where a customer sits, and how its people are reached, as headers and values tell."""

from pathlib import Path

import pytest

from tests.ingest.proposal.folder import meanings, write

FIRMS = (
    "Northwind Pumps Ltd",
    "Apex Bearings Inc",
    "Harbor Tools Corp",
    "Granite Valves Co",
    "Cobalt Motors Inc",
)


@pytest.mark.parametrize(
    ("sent", "billed"), [("SHIPPINGCITY", "BILLINGCITY"), ("Delivery City", "City"), ("收货城市", "城市")]
)
def test_the_place_of_bills_is_the_customers_whichever_values_are_known(
    tmp_path: Path, sent: str, billed: str
) -> None:
    rows = [
        [f"A{n}", name, ("Chicago", "Boston")[n % 2], ("Fargo", "Tulsa")[n % 2]]
        for n, name in enumerate(FIRMS)
    ]
    write(tmp_path, "accounts.csv", [["Account No", "Account Name", sent, billed], *rows])
    found = meanings(tmp_path, "accounts.csv")
    assert (found[billed], found[sent]) == ("Customer city", "Customer attribute")


def test_where_nothing_else_tells_the_place_of_deliveries_is_taken(tmp_path: Path) -> None:
    rows = [[f"A{n}", name, ("Chicago", "Boston")[n % 2]] for n, name in enumerate(FIRMS)]
    write(tmp_path, "accounts.csv", [["Account No", "Account Name", "Shipping City"], *rows])
    assert meanings(tmp_path, "accounts.csv")["Shipping City"] == "Customer city"


@pytest.mark.parametrize(("header", "field"), [("联系方式", "Contact mobile"), ("联系电话", "Contact phone")])
def test_mobile_numbers_under_a_word_for_any_number_are_mobile(
    tmp_path: Path, header: str, field: str
) -> None:
    names = ("沈国平", "范丽华", "顾建军", "丁海燕", "邵东")
    firms = (
        "杭州宏图机械有限公司",
        "宁波天成电子有限公司",
        "苏州瑞达有限公司",
        "上海远航贸易有限公司",
        "无锡金盾阀门有限公司",
    )
    rows = [[f"KH{n}", firms[n], names[n], f"1380571{1000 + n}"] for n in range(5)]
    write(tmp_path, "客户.csv", [["客户编号", "客户名称", "联系人", header], *rows])
    assert meanings(tmp_path, "客户.csv")[header] == field


def test_clients_whom_others_call_by_their_company_are_customers(tmp_path: Path) -> None:
    people = ("Anna Keller", "Mark Doyle", "Priya Nair", "Tom Sanders", "Grace Lin")
    clients = [[f"88{n}", people[n], name] for n, name in enumerate(FIRMS)]
    write(tmp_path, "clients.csv", [["Client ID", "Display Name", "Company Name"], *clients])
    quotes = [[f"Q{n}", FIRMS[n % 5], "2024-02-03", f"{n}10.50"] for n in range(1, 20)]
    write(tmp_path, "quotes.csv", [["Quote No", "Client name", "Quote Date", "Total"], *quotes])
    assert meanings(tmp_path, "clients.csv")["Client ID"] == "Customer key"
    assert meanings(tmp_path, "quotes.csv")["Client name"] == "FOR end Customer"
