"""Tables that only say what codes mean: records get the names of their codes, and no code is a record."""

import json
from pathlib import Path

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import table, write

DEALS = [
    ("id", "title", "org_id", "stage_id", "lost_reason_id", "value", "currency", "add_time"),
    *((n, f"Deal {n}", n % 3 + 1, n % 2 + 1, 7 if n % 2 else "", 1000 * n, "EUR", f"2024-03-{n:02d}")
      for n in range(1, 13)),
]  # fmt: skip
ORGANISATIONS = [
    ("id", "name", "industry_id"),
    (1, "Alder Ltd", 20),
    (2, "Birch Ltd", 10),
    (3, "Cedar Ltd", 20),
]
STAGES = [("id", "name", "order_nr"), (1, "Proposal", 1), (2, "Negotiation", 2)]
REASONS = [("id", "label"), (7, "Price"), (8, "Timing")]
INDUSTRIES = [("id", "name"), (10, "Food"), (20, "Heavy Machinery"), (30, "Chemicals")]


def exported(folder: Path) -> None:
    """The tables of a CRM as its database holds them: every table counts its rows from 1."""
    for name, rows in (
        ("deals", DEALS), ("organizations", ORGANISATIONS), ("stages", STAGES), ("lost_reasons", REASONS),
        ("industries", INDUSTRIES),
    ):  # fmt: skip
        write(folder, f"{name}.csv", rows)


def read(folder: Path, name: str) -> dict[str, str]:
    """The meaning of every column of a file by the header that it has there."""
    return {one.column.header: one.meaning.text for one in table(folder, name).columns}


def test_what_points_to_a_list_means_what_its_names_say(tmp_path: Path) -> None:
    exported(tmp_path)
    deals = read(tmp_path, "deals.csv")
    assert deals["stage_id"] == "Opportunity stage"
    assert deals["lost_reason_id"] == "Opportunity lost_reason"
    assert deals["org_id"] == "FOR end Customer"
    assert read(tmp_path, "organizations.csv")["industry_id"] == "Customer industry"
    assert read(tmp_path, "stages.csv") == {
        "id": "Opportunity attribute", "name": "Opportunity stage", "order_nr": "Opportunity attribute",
    }  # fmt: skip
    assert read(tmp_path, "lost_reasons.csv")["label"] == "Opportunity lost_reason"


def test_names_are_loaded_and_no_code_is_a_record(workshop: Workshop) -> None:
    exported(workshop.folder)
    report = workshop.load(mapping_text(propose([workshop.folder])))
    assert report.totals["quarantined"] == 0, report.reasons
    counts = workshop.counts()
    assert (counts["Customer"], counts["Opportunity"], counts["FOR"]) == (3, 12, 12)
    assert not {"Item", "Campaign", "Product"} & counts.keys()
    stages = workshop.ask("MATCH (o:Opportunity) RETURN o.stage AS stage, count(*) AS count ORDER BY stage")
    assert [tuple(row.values()) for row in stages] == [("Negotiation", 6), ("Proposal", 6)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_lists_of_a_ledger_in_chinese(tmp_path: Path, encoding: str) -> None:
    files = {
        "存货分类": "存货分类编码,存货分类名称\n101,泵\n102,阀门\n",
        "计量单位": "单位编码,单位名称\n01,台\n02,只\n",
        "存货档案": "存货编码,存货名称,存货分类编码,计量单位编码\n"
        + "".join(f"P{n},离心泵{n}型,10{n % 2 + 1},0{n % 2 + 1}\n" for n in range(1, 9)),
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding)
    goods = read(tmp_path, "存货档案.csv")
    assert goods["存货分类编码"] == "Product family"
    assert goods["计量单位编码"] == "Product attribute"
    assert read(tmp_path, "存货分类.csv") == {
        "存货分类编码": "Product attribute",
        "存货分类名称": "Product family",
    }
    (made,) = [one for one in mapping_of(propose([tmp_path]))["datasets"].values() if "nodes" in one]
    assert [one["on"] for one in made["lookups"]] == [
        {"存货分类编码": "存货分类编码"}, {"计量单位编码": "单位编码"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rows", "column"),
    [
        ("currencies.csv", [("code", "name"), ("EUR", "Euro"), ("USD", "Dollar")], "currency"),  # says enough
        (
            "orgs.csv",
            [("id", "name"), (1, "Alder Ltd"), (2, "Birch Ltd"), (3, "Cedar Ltd")],
            "org_id",
        ),  # records
        ("stages.csv", [("id", "name"), (4, "Proposal"), (5, "Negotiation")], "stage_id"),  # other codes
        (
            "stages.csv",
            [("id", "name", "since"), (1, "Pump", "2024-02-01"), (2, "Valve", "2024-02-02")],
            "stage_id",
        ),  # what came on days is a record
        ("steps.csv", [("id", "name"), (1, "Proposal"), (2, "Negotiation")], "stage_id"),  # not called so
        (
            "stages.csv",
            [("id", "name"), (1, "Proposal"), (1, "Negotiation")],
            "stage_id",
        ),  # no code tells apart
    ],
)
def test_what_is_no_list_of_codes(
    tmp_path: Path, name: str, rows: list[tuple[object, ...]], column: str
) -> None:
    write(tmp_path, "deals.csv", DEALS)
    write(tmp_path, name, rows)
    (found,) = [one for one in table(tmp_path, "deals.csv").columns if one.column.header == column]
    assert found.column.code is None


def test_a_list_of_a_list_makes_no_record_either(tmp_path: Path) -> None:
    write(tmp_path, "divisions.csv", [("division_id", "division_name"), (1, "Fluids"), (2, "Power")])
    write(
        tmp_path,
        "families.csv",
        [("family_id", "family_name", "division_id"), (10, "Pumps", 1), (20, "Drives", 2)],
    )
    goods = ((f"P{n}", f"Unit {n}", 10 * (n % 2 + 1)) for n in range(1, 9))
    write(tmp_path, "products.csv", [("product_no", "product_name", "family_id"), *goods])
    assert read(tmp_path, "products.csv")["family_id"] == "Product family"
    assert read(tmp_path, "families.csv")["family_name"] == "Product family"
    assert read(tmp_path, "divisions.csv") == {
        "division_id": "Product attribute", "division_name": "Product attribute",
    }  # fmt: skip


def test_lists_that_only_point_to_each_other_are_asked_by_no_record(tmp_path: Path) -> None:
    write(tmp_path, "zones.csv", [("zone_id", "zone_name", "belt_id"), (1, "North", 5), (2, "South", 6)])
    write(tmp_path, "belts.csv", [("belt_id", "belt_name", "zone_id"), (5, "Inner", 1), (6, "Outer", 2)])
    assert not [one for one in propose([tmp_path]).tables if one.codes]


def test_objects_with_codes_keep_their_lists_apart(tmp_path: Path) -> None:
    orders = [
        {"id": n, "customer_id": n % 3, "ordered_at": f"2024-03-{n:02d}", "channel_id": n % 2 + 1,
         "line_items": [{"sku": f"S{n}", "quantity": 2, "price": 5.5}]}
        for n in range(1, 13)
    ]  # fmt: skip
    (tmp_path / "orders.json").write_text(json.dumps(orders), encoding="utf-8")
    write(tmp_path, "channels.csv", [("channel_id", "channel_name"), (1, "Web shop"), (2, "Telephone")])
    told = read(tmp_path, "orders.json")
    assert told["channel_id"].startswith("Order ")
    assert told["line_items"] == "-"
