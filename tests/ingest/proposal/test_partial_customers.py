"""Orders keep their customer where the file of customers is old and holds none of them."""

from pathlib import Path

import pytest

from ingest.proposal.propose import propose


@pytest.mark.parametrize(("header", "named"), [("Customer No", True), ("Account Code", False)])
def test_few_customers_that_no_other_file_holds_are_still_the_orders(
    tmp_path: Path, header: str, named: bool
) -> None:
    """An `Account Code` may be of the books: its few numbers name no customer."""
    held = [f"C{n:04},Company {n} Ltd,City {n}" for n in range(30)]
    (tmp_path / "customers.csv").write_text("\n".join([f"{header},Company,City", *held]), "utf-8")
    orders = [f"SO{n:03},2024-02-{1 + n % 28:02},N{n % 4:04},{90 + 3 * n}.50" for n in range(40)]
    (tmp_path / "orders.csv").write_text(
        "\n".join([f"Order No,Order Date,{header},Amount", *orders]), "utf-8"
    )
    table = next(one for one in propose([tmp_path]).tables if one.table.name.startswith("orders"))
    found = next(one for one in table.columns if one.column.name == header)
    assert (found.meaning.label == "Customer" and found.meaning.link == "PLACED") is named


def test_who_sold_is_one_of_our_own(tmp_path: Path) -> None:
    rows = [
        f"SO{n:03},2024-02-{1 + n % 28:02},Company {n % 9} Ltd,{('Anna Berg', 'Tom Reed')[n % 2]}"
        for n in range(40)
    ]
    (tmp_path / "orders.csv").write_text("\n".join(["Order No,Order Date,Customer,Sold By", *rows]), "utf-8")
    (table,) = propose([tmp_path]).tables
    assert (table.columns[3].meaning.label, table.columns[3].meaning.kind) == ("Employee", "key")
