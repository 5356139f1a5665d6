"""Lists of objects within objects: the lines of orders, the contacts of accounts."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from ingest.errors import MappingInvalid, SourceUnreadable
from ingest.mapping.read import read_mapping
from ingest.proposal.draft.write import mapping_text
from ingest.proposal.propose import propose
from ingest.staging.objects import Inner, read_objects
from tests.ingest.conftest import Workshop

ORDERS: list[dict[str, Any]] = [
    {
        "id": f"O{number}",
        "order_date": f"2025-03-{number:02d}",
        "customer": {"id": "C1", "name": "Acme Ltd"},
        "line_items": [
            {"sku": f"P{line}", "quantity": line, "amount": 10.5 * line}
            for line in (1, 1, 2)[: number % 3 + 1]
        ],
        "addresses": [{"street": "Main 1", "city": "Leeds"}],
    }
    for number in range(1, 13)
]
PLACE = Path("a.json")


def test_each_object_of_a_list_is_a_row() -> None:
    """Two equal ones are two, one that stands alone is a list of one, and none gives none."""
    data = [
        {"id": 1, "lines": [{"no": 5}, {"no": 5}], "by": {"name": "Ann"}},
        {"id": 2, "lines": None}, {"id": 3}, {"id": 4, "lines": {"no": 6}, "by": {"name": "Bo"}},
    ]  # fmt: skip
    found = read_objects(PLACE, orjson.dumps(data), "json", (), Inner("lines", ("id", "by.name")))
    assert found.cells == [
        ["parent.id", "parent.by.name", "parent.position", "no"],
        ["1", "Ann", "1", "5"], ["1", "Ann", "2", "5"], ["4", "Bo", "1", "6"],
    ]  # fmt: skip


def test_lists_within_lists_tell_of_the_nearest_object() -> None:
    data = {
        "rows": [{"id": 1, "orders": [{"no": "A", "lines": [{"x": 7}]}, {"no": "B", "lines": [{"x": 8}]}]}]
    }
    inner = Inner("orders.lines", ("no",))
    assert read_objects(PLACE, orjson.dumps(data), "json", (), inner).cells[1:] == [
        ["A", "1", "7"],
        ["B", "1", "8"],
    ]


def test_what_is_no_object_in_such_a_list_is_set_aside() -> None:
    data = b'[{"id": 1, "lines": [{"no": 1}]}, {"id": 2, "lines": [{"no": 2}, 5]}]'
    found = read_objects(PLACE, data, "json", (), Inner("lines"))
    assert found.cells[1:] == [["1", "1"]]
    assert [(one.row, one.reason) for one in found.refused] == [
        (2, "`lines` holds something else than objects")
    ]
    with pytest.raises(SourceUnreadable, match="something else than objects"):
        read_objects(PLACE, b'[{"lines": [1]}]', "json", (), Inner("lines"))


def test_parents_need_the_list_whose_rows_have_them(tmp_path: Path) -> None:
    mapping = tmp_path / "m.yml"
    mapping.write_text("source: x\ndatasets: {a: {file: a.json, parent: [id]}}\n")
    with pytest.raises(MappingInvalid, match="say which by `rows:`"):
        read_mapping(mapping)


def test_lines_within_orders_are_proposed_and_load(workshop: Workshop) -> None:
    workshop.put(orders_jsonl=b"\n".join(map(orjson.dumps, ORDERS)))
    proposal = propose([workshop.folder])
    told = proposal.as_dict()["datasets"]
    assert list(told) == ["orders.jsonl", "orders.jsonl#line_items"]
    assert told["orders.jsonl"]["columns"]["line_items"]["meaning"] == "-"
    assert told["orders.jsonl"]["columns"]["addresses"]["meaning"] == "Order attribute"
    report = workshop.load(mapping_text(proposal))
    assert report.totals["quarantined"] == 0
    found = workshop.ask(
        "MATCH (o:Order)-[r:CONTAINS]->(p:Product)"
        " RETURN o.order_id AS o, p.product_id AS p, r.quantity AS q, r.amount AS a"
    )
    assert sorted((row["o"], row["p"], row["q"], row["a"]) for row in found) == sorted(
        (f"exports:{order['id']}", f"exports:{line['sku']}", line["quantity"], line["amount"])
        for order in ORDERS
        for line in order["line_items"]
    )


def test_people_within_accounts_are_contacts_and_values_with_a_name_are_none(tmp_path: Path) -> None:
    accounts = [
        {
            "id": number,
            "name": f"Acme {number} Ltd",
            "phones": [{"type": "work", "value": f"+44 20 7946 0{number}"}],
            "contacts": [
                {"id": 10 * number + at, "name": f"Ann Lee{at}", "email": f"a{at}@acme{number}.com"}
                for at in (1, 2)
            ],
        }
        for number in range(100, 112)
    ]
    (tmp_path / "accounts.json").write_bytes(orjson.dumps({"data": accounts, "next": None}))
    told = propose([tmp_path]).as_dict()["datasets"]
    assert list(told) == ["accounts.json", "accounts.json#contacts"]
    columns = told["accounts.json#contacts"]["columns"]
    assert columns["parent.id"]["meaning"] == "WORKS_AT end Customer"
    assert columns["id"]["meaning"] == "Contact key"


def test_a_dump_of_several_lists_holds_several_tables(tmp_path: Path) -> None:
    dump = {
        "version": 3,
        "customers": [{"customer_id": f"C{n}", "name": f"Acme {n} Ltd"} for n in range(12)],
        "orders": [
            {"order_no": f"O{n}", "order_date": "2025-03-01", "customer_id": f"C{n}"} for n in range(12)
        ],
    }
    (tmp_path / "dump.json").write_bytes(orjson.dumps(dump))
    told = propose([tmp_path]).as_dict()["datasets"]
    assert list(told) == ["dump.json#customers", "dump.json#orders"]
    assert told["dump.json#orders"]["columns"]["customer_id"]["meaning"] == "PLACED end Customer"
