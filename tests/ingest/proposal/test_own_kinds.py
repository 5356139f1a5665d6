"""What stands at customers is proposed as items of a kind of its own, and loads."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import write

FIRMS = ("Northwind Pumps Ltd", "Apex Bearings Inc", "Harbor Tools Corp", "Granite Valves Co", "Cobalt Inc")


def firm(n: int) -> str:
    return f"AC-{5000 + n % len(FIRMS)}"


def number(n: int) -> str:
    return f"SN7X{44000 + n}"


def service_folder(folder: Path, file: str, headers: Sequence[str]) -> None:
    """Customers, machines that stand at them, and work orders that name a machine by its number."""
    firms = [[firm(n), name, "Leeds"] for n, name in enumerate(FIRMS)]
    write(folder, "accounts.csv", [["Account Number", "Account Name", "City"], *firms])
    machines = [
        [number(n), ("Servo Drive", "Gear Pump")[n % 2], firm(n), f"2022-0{1 + n % 9}-11", f"{n % 3}.1.0"]
        for n in range(20)
    ]
    write(folder, file, [headers, *machines])
    orders = [
        [f"WO-{700 + n}", firm(n), number(n % 20), f"Leak number {n}", f"2024-0{1 + n % 9}-02"]
        for n in range(30)
    ]
    write(
        folder,
        "work orders.csv",
        [["Work Order No", "Account Number", headers[0], "Summary", "Created"], *orders],
    )


@pytest.mark.parametrize(
    ("file", "headers"),
    [
        (
            "Installed Products.csv",
            ("Serial Number", "Product", "Account Number", "Date Installed", "Firmware"),
        ),
        ("Gerätestamm.csv", ("Seriennummer", "Produkt", "Kundennummer", "Inbetriebnahme", "Firmware")),
        ("sheet7.csv", ("出厂编号", "产品", "客户编号", "安装日期", "版本")),
    ],
)
def test_machines_at_customers_are_items_and_load(
    workshop: Workshop, file: str, headers: Sequence[str]
) -> None:
    service_folder(workshop.folder, file, headers)
    proposal = propose([workshop.folder])
    (machines,) = [one for one in proposal.tables if one.table.name == file]
    assert [one.meaning.text for one in machines.columns] == [
        "Item key", "Product key", "LINKED_TO end Customer", "Item created_at", "Item attribute",
    ]  # fmt: skip
    report = workshop.load(mapping_text(proposal))
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert (counts["Item"], counts["Ticket"], counts["Product"], counts["LINKED_TO"]) == (
        20,
        30,
        2,
        20 + 20 + 30,
    )
    stands = workshop.ask(
        "MATCH (i:Item)-[l:LINKED_TO {relation: 'installed_at'}]->(c:Customer) "
        "WHERE i.item_id ENDS WITH '44007' RETURN c.name AS name"
    )
    assert [row["name"] for row in stands] == [FIRMS[7 % 5]]


def test_serial_numbers_that_no_file_holds_make_no_item(tmp_path: Path) -> None:
    service_folder(
        tmp_path, "machines.csv", ("Serial Number", "Product", "Account Number", "Installed", "Firmware")
    )
    (tmp_path / "machines.csv").unlink()
    texts = {d.column.name: d.meaning.text for one in propose([tmp_path]).tables for d in one.columns}
    assert texts["Serial Number"] == "Ticket attribute"
    assert "kinds" not in mapping_of(propose([tmp_path]))


def test_a_list_of_goods_is_none_of_machines_at_customers(tmp_path: Path) -> None:
    rows = [[f"E{n}", f"Pump {n}", f"{n * 3}.50", "pcs"] for n in range(1, 20)]
    write(tmp_path, "equipment.csv", [["Item No", "Description", "Price", "Unit"], *rows])
    texts = [one.meaning.text for one in propose([tmp_path]).tables[0].columns]
    assert texts == ["Product key", "Product name", "Product list_price", "Product attribute"]


def test_the_kind_declares_every_column_that_it_carries(tmp_path: Path) -> None:
    service_folder(
        tmp_path, "devices.csv", ("Serial Number", "Product", "Account Number", "Installed", "Firmware")
    )
    mapping = yaml.safe_load(mapping_text(propose([tmp_path])))
    (kind,) = mapping["kinds"].values()
    (item,) = [node for node in mapping["datasets"]["devices"]["nodes"] if node["label"] == "Item"]
    assert set(item["attributes"]) == set(kind["fields"]) == {"firmware"}


def test_tables_of_one_name_are_of_one_kind_with_the_fields_of_all(tmp_path: Path) -> None:
    firms = [[firm(n), name, "Leeds"] for n, name in enumerate(FIRMS)]
    write(tmp_path, "accounts.csv", [["Account Number", "Account Name", "City"], *firms])
    for year, header in ((2024, "Firmware"), (2025, "Oil Grade")):
        machines = [[f"SN{year}X{n}", firm(n), f"Pump {n % 2}", f"{n % 3}.1.0"] for n in range(20)]
        rows = [["Serial Number", "Account Number", "Machine Name", header], *machines]
        write(tmp_path, f"machines {year}.csv", rows)
    mapping = mapping_of(propose([tmp_path]))
    (kind,) = mapping["kinds"].values()
    used = {
        name
        for dataset in mapping["datasets"].values()
        for node in dataset["nodes"]
        if node["label"] == "Item"
        for name in node.get("attributes", {})
    }
    assert used == set(kind["fields"]) == {"firmware", "oil_grade"}
