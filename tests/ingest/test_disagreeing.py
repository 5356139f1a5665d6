"""Rows of one record that state different values: one counts, and the report says that others were there."""

from tests.ingest.conftest import Workshop

MAPPING = """
source: shop
datasets:
  orders:
    file: orders.csv
    nodes:
      - label: Order
        key: no
        repeats: {repeats}
        fields: {{ordered_at: day, status: state, amount: {amount}}}
      - {{label: Customer, key: customer, fields: {{name: called}}}}
"""
ROWS = (
    "no,day,state,sum,customer,called\n"
    "S1,2024-01-02,open,10,C1,Apex\nS1,2024-01-02,paid,20,C1,Apex Inc\n"
    "S2,2024-01-03,open,5,C1,Apex\nS2,2024-01-03,open,5,C1,Apex\n"
    "S3,2024-01-04,open,7,C1,Apex\nS3,2024-01-04,,8,C1,Apex\nS3,2024-01-04,open,9,C1,Apex\n"
)


def differing(notes: list[str]) -> list[str]:
    return [note for note in notes if "rows that differ" in note]


def test_rows_of_a_record_that_differ_are_counted_by_field(workshop: Workshop) -> None:
    workshop.put(orders_csv=ROWS)
    report = workshop.load(MAPPING.format(repeats="first", amount="sum"))
    assert differing(report.notes) == [
        "orders: Order.amount, 5 rows: `S1` has rows that differ; the first value counts",
        "orders: Order.status, 2 rows: `S1` has rows that differ; the first value counts",
    ]
    assert report.totals["quarantined"] == 0


def test_what_is_added_up_does_not_differ_and_the_last_may_count(workshop: Workshop) -> None:
    workshop.put(orders_csv=ROWS)
    report = workshop.load(MAPPING.format(repeats="last", amount="{column: sum, pick: sum}"))
    assert differing(report.notes) == [
        "orders: Order.status, 2 rows: `S1` has rows that differ; the last value counts"
    ]
