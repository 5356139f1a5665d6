"""Several files of one dataset in one run: what they would give one after the other."""

import pytest

from tests.ingest.conftest import Workshop
from tests.ingest.replacing import (
    HEAD_OF_STATES,
    LINES,
    MOVED,
    ORDER_FILES,
    ORDERS,
    OWNED_IN_FILES,
    PLACED,
    STATES,
    owned,
    past,
    versions,
)  # fmt: skip


@pytest.mark.parametrize("order", [(0, 3), (3, 0), (1, 3, 0)])
def test_the_newest_stamp_of_several_files_counts(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\ne3,Wes\n")
    for file, state in enumerate(order, start=1):
        workshop.put(**{f"accounts-{file}_csv": HEAD_OF_STATES + STATES[state]})
    report = workshop.load(OWNED_IN_FILES)
    assert owned(workshop) == [("crm:e3", "Alpha Holding")]
    assert report.datasets["accounts"].replaced == len(order) - 1
    assert not workshop.load(OWNED_IN_FILES).changed


@pytest.mark.parametrize("stamps", [(".900", ".100"), (".100", ".900")])
def test_two_states_of_one_second_in_two_files_leave_one(workshop: Workshop, stamps: tuple[str, str]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    for file, part in enumerate(stamps, start=1):
        owner = "e2" if part == ".900" else "e1"
        row = f"1,Alpha,{owner},2024-01-01T10:00:00{part}\n"
        workshop.put(**{f"accounts-{file}_csv": HEAD_OF_STATES + row})
    workshop.load(OWNED_IN_FILES)
    assert owned(workshop) == [("crm:e2", "Alpha")]


@pytest.mark.parametrize("second", ["", "2024-02-01"])
def test_a_file_without_stamps_counts_as_later(workshop: Workshop, second: str) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\n")
    workshop.put(**{"accounts-1_csv": HEAD_OF_STATES + f"1,Alpha,e1,{'' if second else '2024-01-01'}\n"})
    workshop.put(**{"accounts-2_csv": HEAD_OF_STATES + f"1,Beta,e2,{second}\n"})
    workshop.load(OWNED_IN_FILES)
    assert owned(workshop) == [("crm:e2", "Beta")]


STAMPED_ORDERS = ORDERS.replace("amount: amount}}]", "amount: amount}, known_from: modified}]")


def test_the_newest_stamp_of_several_files_moves_an_order(workshop: Workshop) -> None:
    workshop.put(**ORDER_FILES)
    head = "no,cust,date,amount,modified\n"
    workshop.put(**{"orders-1_csv": head + "O1,2,2024-01-10,250,2024-03-01\nO2,1,2024-01-11,7,2024-01-11\n"})
    workshop.put(**{"orders-2_csv": head + "O1,1,2024-01-10,300,2024-02-01\nO2,1,2024-01-11,7,2024-01-11\n"})
    workshop.load(STAMPED_ORDERS)
    assert workshop.ask(PLACED) == MOVED


ORDER_LINES = """
source: erp
currency: EUR
datasets:
  products:
    file: products.csv
    nodes: [{label: Product, key: id, fields: {name: id}}]
  orders:
    file: orders-*.csv
    nodes: [{label: Order, key: no, fields: {ordered_at: date}, known_from: modified}]
    links: [{type: CONTAINS, to: {Product: prod}, fields: {quantity: qty, line: line}}]
"""


def test_lines_are_those_of_the_file_with_the_newest_stamp(workshop: Workshop) -> None:
    head = "no,date,line,prod,qty,modified\n"
    same = "O1,2024-01-10,1,P1,1,2024-01-10\n"
    workshop.put(products_csv=ORDER_FILES["products_csv"])
    workshop.put(**{"orders-1_csv": head + same + "O1,2024-01-10,2,P2,1,2024-03-01\n"})
    workshop.put(**{"orders-2_csv": head + same + "O1,2024-01-10,2,P3,1,2024-02-01\n"})
    report = workshop.load(ORDER_LINES)
    assert [(row["line"], row["product"]) for row in workshop.ask(LINES)] == [(1, "erp:P1"), (2, "erp:P2")]
    assert all(counts.adds_up for counts in report.datasets.values())


@pytest.mark.parametrize("order", [(0, 3), (3, 0), (1, 3, 0)])
def test_the_state_of_an_older_file_is_a_past_version(workshop: Workshop, order: tuple[int, ...]) -> None:
    workshop.put(staff_csv="id,name\ne1,Uma\ne2,Vic\ne3,Wes\n")
    for file, state in enumerate(order, start=1):
        workshop.put(**{f"accounts-{file}_csv": HEAD_OF_STATES + STATES[state]})
    workshop.load(OWNED_IN_FILES)
    stamps = sorted(STATES[state].split(",")[3][:10] for state in order)
    assert [since for _, since, _ in versions(workshop)] == [
        stamp for stamp in stamps if stamp != "2024-04-01" or "2024-02-01" not in stamps
    ]
    assert past(workshop)[0] == ("Alpha", "2024-01-01")
    assert not workshop.load(OWNED_IN_FILES).changed


REPEATED = STAMPED_ORDERS.replace("key: no,", "key: no, repeats: {repeats},").replace(
    "amount: amount", "amount: amount, amount_with_tax: gross"
)


@pytest.mark.parametrize("repeats", ["versions", "first", "last"])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_later_file_replaces_where_keys_repeat(workshop: Workshop, repeats: str, stamped: bool) -> None:
    workshop.put(**ORDER_FILES)
    head, day = "no,cust,date,amount,gross,modified\n", "2024-03-01" if stamped else ""
    workshop.put(**{"orders-1_csv": head + f"O1,1,2024-01-10,300,330,{day and '2024-02-01'}\n"})
    workshop.put(**{"orders-2_csv": head + f"O1,2,2024-01-10,250,,{day}\nO2,1,2024-01-11,7,8,{day}\n"})
    report = workshop.load(REPEATED.replace("{repeats}", repeats))
    assert workshop.ask(PLACED) == MOVED
    assert workshop.ask("MATCH (o:Order {order_id: 'erp:O1'}) RETURN o.amount_with_tax AS gross") == [
        {"gross": None}
    ]
    assert all(counts.adds_up for counts in report.datasets.values())
    assert not workshop.load(REPEATED.replace("{repeats}", repeats)).changed
