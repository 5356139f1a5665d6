"""The files are what those systems export: headers, encodings, keys, tax numbers."""

import openpyxl
import pytest

from simulate import SimulationConfig
from tests.simulate.world import column, rows, simulated

CONFIG = SimulationConfig(300, 5)
MASTER = "erp/客户主数据.csv"
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"

HEADERS = {
    "crm/Account.csv": {
        "Id",
        "Name",
        "AccountNumber",
        "ParentId",
        "Industry",
        "OwnerId",
        "NumberOfEmployees",
    },
    "crm/Contact.csv": {"Id", "AccountId", "FirstName", "LastName", "Title", "Email", "ReportsToId"},
    "crm/AccountContactRelation.csv": {"AccountId", "ContactId", "StartDate", "EndDate"},
    "crm/User.csv": {"Id", "Email", "ManagerId", "Title"},
    "crm/Opportunity.csv": {"Id", "AccountId", "StageName", "Amount", "CloseDate", "IsWon", "OwnerId"},
    "crm/OpportunityContactRole.csv": {"OpportunityId", "ContactId", "Role", "IsPrimary"},
    "crm/OpportunityLineItem.csv": {"OpportunityId", "ProductCode", "Quantity", "UnitPrice"},
    "erp/sales_orders.csv": {"OrderNo", "CustomerNo", "OrderDate", "OrderType", "NetAmount"},
    "erp/sales_order_lines.csv.gz": {"OrderNo", "LineNo", "ItemNo", "Quantity", "LineAmount"},
    "helpdesk/tickets.csv": {
        "id",
        "created_at",
        "status",
        "priority",
        "requester_email",
        "satisfaction_rating",
    },
    "mail/messages.csv.gz": {"MessageId", "Date", "From", "To", "Cc"},
    "calendar/meetings.csv": {"EventId", "Start", "Organizer", "Attendees"},
}


def check_character(body: str) -> str:
    """Check character of GB 32100-2015, written from the standard and not from our code."""
    total = sum(LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return LETTERS[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    """Check character of GB 11714-1997."""
    found = 11 - sum(int(d) * w for d, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(found, str(found))


@pytest.mark.parametrize("name", HEADERS)
def test_headers(name: str) -> None:
    out, _, report = simulated(CONFIG)
    found = rows(out / name)
    assert HEADERS[name] <= set(found[0])
    assert len(found) == report.rows[name]


def test_customer_master_is_chinese_in_gb18030() -> None:
    out, _, _ = simulated(CONFIG)
    header = (out / MASTER).read_bytes().splitlines()[0].decode("gb18030")
    assert header.startswith("客户编号,客户名称,统一社会信用代码,行业,地区,联系人,电话")
    with pytest.raises(UnicodeDecodeError):
        (out / MASTER).read_bytes().decode("utf-8")


def test_items_are_a_workbook() -> None:
    out, _, report = simulated(CONFIG)
    sheet = openpyxl.load_workbook(out / "erp/items.xlsx")["Items"]
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][:3] == ("Item No", "Description", "Item Group")
    assert len(table) - 1 == report.rows["erp/items.xlsx"] == 240


def test_chinese_tax_numbers_carry_valid_check_characters() -> None:
    out, _, _ = simulated(CONFIG)
    numbers = [n for n in column(out / MASTER, "统一社会信用代码", "gb18030") if len(n) == 18]
    assert len(numbers) > 150
    for number in numbers:
        assert check_character(number[:17]) == number[17]
        assert organisation_check(number[8:16]) == number[16]


def test_check_characters_agree_with_a_published_code() -> None:
    """91350100M000100Y43 is the example of GB 32100-2015."""
    assert check_character("91350100M000100Y4") == "3"


def test_keys_and_addresses_are_unique() -> None:
    out, _, _ = simulated(CONFIG)
    for name, key in (
        ("Account", "Id"),
        ("Contact", "Id"),
        ("ContactPointEmail", "EmailAddress"),
        ("Account", "Name"),
    ):
        found = column(out / f"crm/{name}.csv", key)
        assert len(found) == len(set(found)), (name, key)


def test_names_are_mixed() -> None:
    out, _, _ = simulated(CONFIG)
    names = column(out / MASTER, "客户名称", "gb18030")
    latin = sum(name.isascii() for name in names) / len(names)
    assert 0.2 < latin < 0.4


def test_crm_and_erp_share_exact_keys() -> None:
    out, _, _ = simulated(CONFIG)
    master = {row["客户编号"]: row["统一社会信用代码"] for row in rows(out / MASTER, "gb18030")}
    linked = [row for row in rows(out / "crm/Account.csv") if row["AccountNumber"]]
    assert len(linked) == 300
    assert all(master[row["AccountNumber"]] == row["Tax_ID__c"] != "" for row in linked)


def test_movers_have_two_jobs_at_two_accounts_in_order() -> None:
    out, _, _ = simulated(CONFIG)
    jobs: dict[str, list[dict[str, str]]] = {}
    for row in rows(out / "crm/AccountContactRelation.csv"):
        jobs.setdefault(row["ContactId"], []).append(row)
    movers = [held for held in jobs.values() if len(held) == 2]
    assert len(movers) > 20
    for first, second in movers:
        assert first["AccountId"] != second["AccountId"]
        assert "" != first["EndDate"] < second["StartDate"]
