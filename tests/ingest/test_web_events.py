"""Web visits and product usage as GA4 and Segment export them, and what is odd in such files."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cypher import Query
from ingest.run import ingest
from ingest.staging.objects import read_objects
from ingest.templates.fit import fitted
from ingest.templates.read import read_template
from tests.ingest.conftest import NOW, Workshop
from tests.ingest.test_templates import EXPORTS

VISITS = Query(
    "test.visits",
    "MATCH (i:Interaction) RETURN i.at AS at, i.page_type AS page, i.subject AS subject ORDER BY at, subject",
    frozenset(), "read",
)  # fmt: skip
USAGE = Query(
    "test.usage",
    "MATCH (i:Item)-[:LINKED_TO]->(c:Customer)"
    " RETURN i.name AS day, i.x_events AS events, c.name AS customer ORDER BY day",
    frozenset(), "read",
)  # fmt: skip

TWICE = '[{"key":"a","value":1},{"key":"a","value":2}]'


def load(workshop: Workshop, template: str) -> None:
    for file, content in EXPORTS[template]["files"].items():
        (workshop.folder / file).write_text(content, encoding="utf-8")
    mapping, _ = fitted(read_template(template), workshop.folder, workshop.home)
    ingest(workshop.store, mapping, workshop.folder, workshop.home, NOW)


def test_visits_have_a_page_type_and_a_moment_to_the_microsecond(workshop: Workshop) -> None:
    load(workshop, "ga4")
    found = [(row["at"].isoformat(), row["page"], row["subject"]) for row in workshop.store.read(VISITS)]
    assert found == [
        ("2025-01-02T08:00:00.123456+00:00", "pricing", "Prices"),
        ("2025-01-02T08:01:40+00:00", "download", None),
    ]


def test_usage_is_counted_by_account_and_day(workshop: Workshop) -> None:
    load(workshop, "segment")
    rows = [(row["day"], row["events"], row["customer"]) for row in workshop.store.read(USAGE)]
    assert rows == [("2025-01-02", 2, "Acme GmbH"), ("2025-01-03", 1, "Acme GmbH")]
    assert [row["page"] for row in workshop.store.read(VISITS)] == ["pricing", "company"]


@pytest.mark.parametrize(
    ("listed", "column", "cell"),
    [
        ('[{"key":"a","value":{"string_value":"x","int_value":null}}]', "params.a", "x"),
        ('[{"key":"a","value":{"string_value":null,"int_value":"7","set_micros":"1"}}]', "params.a", "7"),
        ('[{"key":"a","value":{"string_value":null}}]', "params.a", ""),
        ('[{"key":"a","value":5},{"key":"b","value":{"c":1}}]', "params.b.c", "1"),
        (TWICE, "params", TWICE),
        ('[{"key":"a","value":1,"more":2}]', "params", '[{"key":"a","value":1,"more":2}]'),
    ],
)  # fmt: skip
def test_a_list_of_keys_and_values_gives_columns(listed: str, column: str, cell: str) -> None:
    columns, row = read_objects(Path("e.jsonl"), f'{{"id":1,"params":{listed}}}'.encode(), "json").cells
    assert dict(zip(columns, row, strict=True))[column] == cell


def test_so_it_does_in_parquet(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    params = [[{"key": "page_title", "value": {"string_value": "Prices", "int_value": None}}]]
    pq.write_table(pa.table({"event_name": ["page_view"], "event_params": params}), path)
    columns, row = read_objects(path, path.read_bytes(), "parquet").cells
    assert dict(zip(columns, row, strict=True))["event_params.page_title"] == "Prices"
