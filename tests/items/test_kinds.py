"""What kinds declare: of values of before, of whom is told what, of measures, pages and reasons."""

from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from cypher import Query
from gnn.sql import statement
from graph.item import FieldOf, Kind, items_of_each, typed
from graph.quality import Place, Share
from graph.quality.stated import of_kinds
from graph.service import Written
from graph.sql.run import rows
from graphql_api.access.grant import grant_of
from graphql_api.features.record import told
from ingest.mapping.read import read_mapping
from ingest.quarantine.waiting import BadRow
from ingest.told import places_of
from tests.items.shop import EXAMPLE

DAY = datetime(2025, 3, 1, tzinfo=UTC)
KINDS = """
CREATE TABLE node_item_kind AS SELECT * FROM (VALUES
  ('machine', '[{"name":"hours","type":"number"},{"name":"since","type":"date"},{"name":"leased","type":"boolean"}]'),
  ('rival', '[{"name":"price","type":"number"}]'), ('bare', '[]')) AS k(kind, fields);
CREATE TABLE node_item AS SELECT * FROM (VALUES
  ('m1', 'machine'), ('m2', 'machine'), ('r1', 'rival'), ('b1', 'bare')) AS i(item_id, kind);
"""  # noqa: E501 - JSON as it is stored


def test_a_value_of_an_older_type_is_told_as_it_was() -> None:
    field = FieldOf("since", "date")
    assert typed("spring 2019", field) == "spring 2019"
    assert typed("2025-03-01T00:00:00+00:00", field) == DAY


def test_a_snapshot_leaves_out_values_of_an_older_type() -> None:
    connection = duckdb.connect()
    connection.execute(KINDS)
    connection.execute("""
CREATE TABLE node_source_record AS SELECT *, TIMESTAMP '2025-01-01' AS known_from, NULL::TIMESTAMP AS known_to
FROM (VALUES ('s1', '{"x_hours": "many", "x_since": "spring", "x_leased": "perhaps"}'),
  ('s2', '{"x_hours": 12.5, "x_since": "2025-03-01T00:00:00+00:00", "x_leased": true}'))
  AS s(record_id, "values");
CREATE TABLE edge_record_of AS SELECT * FROM (VALUES ('s1', 'm1', 'Item'), ('s2', 'm2', 'Item'))
  AS e(start_id, end_id, end_label);""")
    found = rows(connection, statement("snapshot.item_values", before=datetime(2025, 6, 1)))  # noqa: DTZ001 - naive UTC
    told = {(row["item_id"], row["name"]): row["number"] or row["moment"] for row in found}
    day = DAY.replace(tzinfo=None)
    assert told == {("m2", "hours"): 12.5, ("m2", "since"): day, ("m2", "leased"): 1.0}


def test_a_field_is_missed_in_items_of_kinds_that_declare_it() -> None:
    connection = duckdb.connect()
    connection.execute(KINDS)
    connection.execute("""
CREATE TABLE quality_records AS SELECT 'crm' AS source, 'Item' AS label, item_id AS id FROM node_item;
CREATE TABLE quality_stated AS SELECT * FROM (VALUES
  ('crm', 'Item', 'm1', 'x_hours'), ('crm', 'Item', 'r1', 'x_price'), ('crm', 'Item', 'r1', 'x_hours'))
  AS s(source, label, id, field);""")
    found = {place.field: share for place, share in of_kinds(connection).items()}
    assert found == {
        "x_hours": Share(1, 2), "x_since": Share(0, 2), "x_leased": Share(0, 2), "x_price": Share(1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(("role", "tells"), [("support", True), ("marketing", False), ("product", False)])
def test_what_nothing_declares_any_more_may_be_of_a_person(role: str, tells: bool) -> None:
    kind = Kind("machine", "Machine", "设备", {"hours": FieldOf("hours", "number")})
    grant = grant_of(role)
    assert told(kind.field("hours"), grant)
    assert told(kind.field("operator"), grant) is tells


@pytest.mark.parametrize(
    ("dataset", "reason", "place"),
    [
        ("machines", "machine.hours: `很多` is not a number", Place("crm", "Item", "x_hours")),
        ("rivals", "machine/competitor.hours: `很多` is not a number", Place("crm", "Item", "x_hours")),
        ("rivals", "Item.kind: `供应商` is not one of", Place("crm", "Item", "kind")),
        ("deals", "Opportunity.name: is empty", Place("crm", "Opportunity", "name")),
    ],
)
def test_what_is_refused_of_items_counts_for_items(dataset: str, reason: str, place: Place) -> None:
    mapping = read_mapping(EXAMPLE)
    row = BadRow("b1", "run", dataset, "f.csv", 2, reason, {})
    assert place in places_of(row, mapping)
    assert {one.label for one in places_of(row, mapping)} == {place.label}


class Renamed:
    """A store with two items that had each other's names on a past day."""

    async def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of the queries that a page of items reads."""
        items = [{"item_id": "i1", "kind": "k", "name": "A"}, {"item_id": "i2", "kind": "k", "name": "B"}]
        if asked == "item.of_each":
            after = (params["after_name"], params["after_id"])
            rest = [one for one in items if (one["name"], one["item_id"]) > after]
            return [{"customer_id": "c", "items": rest[: params["limit"]]}]
        if isinstance(asked, str):
            return []
        then = {"i1": "B", "i2": "A"}
        return [
            {"id": key, "record_id": f"{key}:{n}", "known_from": day, "values": f'{{"name": "{name}"}}'}
            for key in params["ids"]
            for n, day, name in ((1, DAY, then[key]), (2, DAY.replace(month=9), "AB"[key == "i2"]))
        ]

    async def write(self, asked: str | Query, /, **params: Any) -> Written:
        """Nothing is written."""
        raise AssertionError(asked, params)


async def test_pages_of_a_past_day_go_on_by_the_order_of_today() -> None:
    now, seen, after = DAY.replace(year=2026), [], None
    for _ in range(2):
        pages = await items_of_each(
            Renamed(), customer_ids=["c"], now=now, as_of=DAY.replace(month=5), first=1, after=after
        )
        (one,) = pages["c"].items
        seen.append((one.item_id, one.name))
        after = one.cursor
    assert seen == [("i1", "B"), ("i2", "A")]
