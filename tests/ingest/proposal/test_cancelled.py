"""Orders that a column says are cancelled end by the proposed mapping, however the column says it."""

from pathlib import Path
from typing import Any

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from tests.ingest.conftest import Workshop


def deleted(folder: Path, header: str, cells: list[str], file: str = "orders.csv") -> Any:
    """Which rows of a file of orders with one more column are proposed as deleted."""
    rows = (f"A{n},2024-01-0{n},C{n % 2},1{n}.50,{cell}\n" for n, cell in enumerate(cells, start=1))
    (folder / file).write_text(f"Order No,Order Date,Customer No,Amount,{header}\n" + "".join(rows), "utf-8")
    (dataset,) = mapping_of(propose([folder]))["datasets"].values()
    return dataset.get("deleted")


@pytest.mark.parametrize(
    ("header", "cells", "condition"),
    [
        ("CANCELED", ["N", "Y", "N", "C"], {"filled": True, "not_in": ["N"]}),
        ("IsCancelled", ["false", "false", "false"], {"filled": True, "not_in": ["false"]}),
        ("是否作废", ["否", "是", "否"], {"filled": True, "not_in": ["否"]}),
        ("Storniert", ["", "X", ""], {"in": ["X"]}),
        ("Cancelled at", ["", "2024-02-03", ""], {"filled": True}),
        ("Annulée le", ["", "03/02/2024", ""], {"filled": True}),
        ("Order Status", ["shipped", "Cancelled", "Voided"], {"in": ["Cancelled", "Voided"]}),
        ("Order Status", ["shipped", "Cancelled by customer", "open"], {"in": ["Cancelled by customer"]}),
        ("订单状态", ["已完成", "已取消", "已完成"], {"in": ["已取消"]}),
    ],
)
def test_a_column_says_which_orders_are_cancelled(
    tmp_path: Path, header: str, cells: list[str], condition: dict[str, Any]
) -> None:
    assert deleted(tmp_path, header, cells) == {"column": header, **condition}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Cancel Date", ["2024-02-03", "2024-02-04", "2024-02-05"]),
        ("Cancellation Policy", ["Y", "N", "N"]),
        ("Order Status", ["cancellation requested", "open", "shipped"]),
        ("Cancelled", ["two of five", "", ""]),
    ],
)
def test_what_only_speaks_of_cancelling_ends_nothing(tmp_path: Path, header: str, cells: list[str]) -> None:
    assert deleted(tmp_path, header, cells) is None


@pytest.mark.parametrize(
    ("header", "cells", "condition"),
    [
        ("Is Deleted", ["FALSE", "TRUE", "FALSE"], {"filled": True, "not_in": ["FALSE"]}),
        ("删除标记", ["0", "1", "0"], {"filled": True, "not_in": ["0"]}),
        ("Löschkennzeichen", ["", "X", ""], {"in": ["X"]}),
        ("Deleted at", ["", "2024-02-03", ""], {"filled": True}),
        ("Deleted by", ["", "Uma", ""], None),
    ],
)
def test_a_mark_of_deletion_ends_records_of_any_kind(
    tmp_path: Path, header: str, cells: list[str], condition: dict[str, Any] | None
) -> None:
    rows = (f"A{n},Firm {n},Ulm,{cell}\n" for n, cell in enumerate(cells, start=1))
    (tmp_path / "accounts.csv").write_text(
        f"Account ID,Account Name,City,{header}\n" + "".join(rows), "utf-8"
    )
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    assert dataset["nodes"][0]["label"] == "Customer"
    assert dataset.get("deleted") == (condition and {"column": header, **condition})


@pytest.mark.slow
def test_a_cancelled_order_is_in_no_sum_and_ends_where_it_was_known(workshop: Workshop) -> None:
    rows = ["1,2024-01-02,C1,10.50,{}", "2,2024-02-02,C1,20.50,Y", "3,2024-02-03,C2,22.50,N"]
    head = "Order No,Order Date,Customer No,Amount,CANCELED\n"
    for said in ("N", "Y"):
        workshop.put(orders_csv=head + "\n".join(rows).format(said) + "\n")
        report = workshop.load(mapping_text(propose([workshop.folder])))
        assert report.totals["quarantined"] == 0
        counted = {"N": "1 row says that its record is", "Y": "2 rows say that their record is"}[said]
        assert f"orders: {counted} deleted" in report.notes
        assert all(item.adds_up for item in report.datasets.values())
    asked = "MATCH (o:Order) RETURN o.order_id AS id, o.ended_at IS NULL AS stands ORDER BY id"
    assert workshop.ask(asked) == [
        {"id": "exports:1", "stands": False},
        {"id": "exports:3", "stands": True},
    ]


def test_meetings_that_are_cancelled_are_none(tmp_path: Path) -> None:
    rows = "".join(f"m{n},2025-03-0{n} 10:00,Review,{said}\n" for n, said in
                   enumerate(("Held", "Cancelled", "Held", "No show"), start=1))  # fmt: skip
    (tmp_path / "meetings.csv").write_text("Meeting ID,Start,Subject,Meeting status\n" + rows)
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    assert dataset["deleted"] == {"column": "Meeting status", "in": ["Cancelled"]}
