"""JD Edwards' days: read where a mapping says so, proposed where nothing else fits them, never guessed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.proposal.draft.draft import mapping_of
from ingest.proposal.propose import propose
from ingest.reading.century_day import are_century_days
from tests.ingest.conftest import Workshop
from tests.ingest.proposal.folder import write

MAPPING = """
source: jde
datasets:
  orders:
    file: orders.csv
    nodes: [{label: Order, key: id, fields: {ordered_at: {column: day, format: cyyddd}}}]
"""


def test_days_of_the_century_are_read_and_others_wait(workshop: Workshop) -> None:
    workshop.put(orders_csv="id,day\n1,125032\n2,98001\n3,124366\n4,125366\n5,125000\n6,2025-02-01\n")
    report = workshop.load(MAPPING)
    found = workshop.ask("MATCH (o:Order) RETURN o.order_id AS id, o.ordered_at AS day ORDER BY id")
    days = [
        datetime(2025, 2, 1, tzinfo=UTC),
        datetime(1998, 1, 1, tzinfo=UTC),
        datetime(2024, 12, 31, tzinfo=UTC),
    ]
    assert [row["day"] for row in found] == days
    assert report.totals["quarantined"] == 3


@pytest.mark.parametrize(
    ("values", "are"),
    [
        (["125032", "124366", "0"], True),
        (["125032", "125367"], False),
        (["125032", "25032"], False),
        (["120115", "120120"], False),  # as well 2012-01-15
        (["120115", "120132"], True),
        (["199032"], False),
        (["0"], False),
        ([], False),
    ],
)
def test_what_values_show(values: list[str], are: bool) -> None:
    assert are_century_days(values) is are


@pytest.mark.parametrize(("header", "format_"), [("Order Date", "cyyddd"), ("Batch", None)])
def test_a_proposal_reads_them_under_a_word_for_a_day_alone(
    tmp_path: Path, header: str, format_: str | None
) -> None:
    rows = [(f"SO{n}", f"C{n % 5}", 125000 + 7 * n + 1, 10.5 + n) for n in range(40)]
    write(tmp_path, "orders.csv", [["Order No", "Customer No", header, "Amount"], *rows])
    (dataset,) = mapping_of(propose([tmp_path]))["datasets"].values()
    orders = [node["fields"] for node in dataset.get("nodes", ()) if node["label"] == "Order"]
    read = [one["format"] for fields in orders for one in fields.values() if "format" in one]
    assert read == ([format_] if format_ else [])
