"""Rules by which cells become values, where they are written in another unit or other words."""

from pathlib import Path
from typing import Any

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose


def fields_of(folder: Path, dataset: str) -> dict[str, Any]:
    """The fields of the first node that a proposed mapping makes of a dataset."""
    fields: dict[str, Any] = mapping_of(propose([folder]))["datasets"][dataset]["nodes"][0]["fields"]
    return fields


def test_a_duration_in_seconds_is_read_as_minutes(tmp_path: Path) -> None:
    rows = "".join(f"c{n},2024-01-{n + 1:02} 10:00,{60 * n + 30}\n" for n in range(12))
    (tmp_path / "calls.csv").write_text("call_id,started_at,duration_sec\n" + rows)
    duration = fields_of(tmp_path, "calls")["duration_minutes"]
    assert duration["multiply"][0] == "duration_sec"
    assert abs(float(duration["multiply"][1]) * 60 - 1) < 1e-9
    (tmp_path / "calls.csv").write_text("call_id,started_at,duration_min\n" + rows)
    assert fields_of(tmp_path, "calls")["duration_minutes"] == "duration_min"


@pytest.mark.parametrize(
    ("numbers", "unit"),
    [
        ((30, 60, 45, 90, 15, 120), "minutes"), ((3, 12, 7, 41, 5, 28), "minutes"),
        ((45, 312, 1263, 71, 608, 9), "seconds"),
        ((45, 132, 263, 71, 8, 9), "unknown"),
    ],
)  # fmt: skip
def test_a_duration_without_a_unit_is_told_by_its_numbers(
    tmp_path: Path, numbers: tuple[int, ...], unit: str
) -> None:
    rows = "".join(f"c{n},2024-01-{n + 1:02} 10:00,{number}\n" for n, number in enumerate(numbers))
    (tmp_path / "calls.csv").write_text("call_id,started_at,duration\n" + rows)
    found = fields_of(tmp_path, "calls").get("duration_minutes")
    told = {"minutes": "duration", "unknown": None}.get(unit, {"multiply": ["duration", f"{1 / 60:.12f}"]})
    assert found == told


def test_yes_and_no_tell_whether_a_contract_renews_itself(tmp_path: Path) -> None:
    rows = "".join(f"S{n},2024-01-{n + 1:02},{'Y' if n % 2 else 'N'}\n" for n in range(12))
    (tmp_path / "contracts.csv").write_text("contract no,start date,auto renew\n" + rows)
    assert fields_of(tmp_path, "contracts")["renewal"] == {
        "column": "auto renew", "map": {"Y": "automatic", "N": "manual"}, "unmapped": "empty",
    }  # fmt: skip


def test_an_amount_below_a_header_that_counts_thousands_is_multiplied(tmp_path: Path) -> None:
    rows = "".join(f"O{n},2024-01-{n + 1:02},甲公司,{n + 1}.5\n" for n in range(12))
    (tmp_path / "orders.csv").write_text("订单号,下单日期,客户名称,订单金额(万元)\n" + rows, "utf-8")
    assert fields_of(tmp_path, "orders")["amount"] == {"multiply": ["订单金额(万元)", "10000"]}
    (tmp_path / "orders.csv").write_text(
        "订单号,下单日期,客户名称,订单金额(万元)\n" + rows.replace(".5", "万"), "utf-8"
    )
    assert fields_of(tmp_path, "orders")["amount"] == "订单金额(万元)"
