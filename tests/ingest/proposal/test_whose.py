"""Whose people and which companies a row names, where one word suits several."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.proposal.propose import propose

COMPANIES = [
    "株式会社東洋精機",
    "山本製作所",
    "北海工業株式会社",
    "株式会社みなと電機",
    "有限会社中村金属",
    "関西商事株式会社",
]
OURS = ["佐藤 健一", "鈴木 美香", "高橋 誠"]
THEIRS = ["田中 由美", "伊藤 大輔", "渡辺 涼", "山口 直子", "小林 翔", "中村 桜"]
FIRMS = ["Northwind Pumps Ltd", "Apex Bearings Inc", "Silverlake Foods LLC", "Harbor Tools Corp"]
STAFF = ["王芳", "李强", "赵敏", "孙磊", "陈静"]


def meanings(folder: Path, file: str, rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """The meaning of every column of one file, the first row its headers."""
    with (folder / file).open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    (table,) = propose([folder]).tables
    return {one.column.name: one.meaning.text for one in table.columns}


def day(n: int) -> str:
    return f"2024-{1 + n % 9:02}-{10 + n % 9}"


@pytest.mark.parametrize(("people", "label"), [(OURS, "Employee"), (THEIRS, "Contact")])
def test_who_serves_several_customers_is_ours(tmp_path: Path, people: list[str], label: str) -> None:
    rows = [
        [
            f"J{n}",
            day(n),
            COMPANIES[n % 6],
            people[(n + n // 6) % 3] if people is OURS else people[n % 6],
            f"{n}50",
        ]
        for n in range(36)
    ]
    found = meanings(tmp_path, "受注.csv", [["受注番号", "受注日", "得意先", "担当者", "金額"], *rows])
    assert found["担当者"] == f"{label} key"


def test_a_company_that_goods_are_sent_to_does_not_rename_who_pays(tmp_path: Path) -> None:
    rows = [
        [f"O{n}", day(n), f"K{n % 4}", FIRMS[n % 4], FIRMS[(3 * n + n // 4) % 4], f"{n}50.5"]
        for n in range(40)
    ]
    head = ["Order No", "Order Date", "Customer No", "Customer", "Ship-to Company", "Amount"]
    found = meanings(tmp_path, "orders.csv", [head, *rows])
    assert (found["Customer No"], found["Customer"]) == ("Customer key", "Customer name")
    assert found["Ship-to Company"] == "Order attribute"


def test_who_asks_for_a_contract_or_stands_beside_a_department_is_ours(tmp_path: Path) -> None:
    rows = [[f"HT{n}", FIRMS[n % 4], STAFF[n % 5], "销售一部", day(n), f"{n}50.5"] for n in range(40)]
    head = ["合同编号", "对方单位", "申请人", "申请部门", "签订日期", "合同金额"]
    assert meanings(tmp_path, "合同审批.csv", [head, *rows])["申请人"] == "Employee key"


@pytest.mark.parametrize(("headers", "label"), [(["申请部门"], "Employee"), ([], "Contact")])
def test_who_raises_a_ticket_is_a_customers_unless_a_department_is_named(
    tmp_path: Path, headers: list[str], label: str
) -> None:
    rows = [[f"T{n}", day(n), FIRMS[n % 4], STAFF[n % 5], *["销售一部" for _ in headers]] for n in range(40)]
    found = meanings(tmp_path, "工单.csv", [["工单编号", "提交时间", "客户", "申请人", *headers], *rows])
    assert found["申请人"] == f"{label} key"


@pytest.mark.parametrize(("ours", "theirs"), [("Who", "With"), ("Logged By", "Spoke to"), ("Who", "Met")])
def test_who_called_is_ours_and_whom_they_spoke_to_is_not(tmp_path: Path, ours: str, theirs: str) -> None:
    people = ["Jane Doe", "John Smith", "Ada Byron", "Tom Hill", "Mary Lane"]
    rows = [
        [day(n), ("Sam", "Kim", "Pat")[(n + n // 4) % 3], FIRMS[n % 4], people[n % 4], "call", f"said {n}"]
        for n in range(36)
    ]
    found = meanings(tmp_path, "notes.csv", [["When", ours, "Account", theirs, "Type", "Body"], *rows])
    assert found[ours].startswith("Employee") or found[ours].endswith("Employee")
    assert found[theirs].startswith("Contact") or found[theirs].endswith("Contact")
