"""Statements agree with their first lines; values are bound, relations keep to their columns."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.sql import (
    ColumnUnknown,
    Relation,
    RelationDiffers,
    Sql,
    StatementError,
    ValueInText,
    bind,
    fill,
    listed,
    packed,
    parse,
)
from ingest.sql import statement, statements
from ingest.staging.database import Staging, open_staging
from tests.paths import REPO

PAIR = Relation("work.pair", {"a": "VARCHAR", "b": "BIGINT"})


@pytest.fixture
def staging(tmp_path: Path) -> Iterator[Staging]:
    opened = open_staging(tmp_path)
    yield opened
    opened.connection.close()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("SELECT 1", "the first line is not"),
        ("-- name: rows.other  params: -  relations: -\nSELECT 1", "the path says rows.bad"),
        ("-- name: rows.bad  params: -  relations: -\nSELECT $x", r"params say \[\], the text uses \['x'\]"),
        ("-- name: rows.bad  params: x, y  relations: -\nSELECT $x", "params say"),
        ("-- name: rows.bad  params: -  relations: -\nSELECT * FROM {{t}}", "relations say"),
        ("-- name: rows.bad  params: x  relations: -\nSELECT '$x'", "params say"),
    ],
)
def test_a_statement_that_contradicts_its_first_line_is_refused(text: str, fault: str) -> None:
    with pytest.raises(StatementError, match=fault):
        parse("rows/bad.sql", text)


def test_a_statement_takes_exactly_what_it_names() -> None:
    found = parse("rows/of.sql", "-- name: rows.of  params: x  relations: t\nSELECT $x FROM {{t}}")
    assert found.given(x="it's", t=PAIR) == Sql('SELECT $x FROM "work"."pair"', {"x": "it's"})
    for wrong in ({"x": 1}, {"x": 1, "t": PAIR, "y": 2}, {"x": 1, "t": "work.pair; DROP TABLE raw"}):
        with pytest.raises(StatementError):
            found.given(**wrong)
    with pytest.raises(StatementError, match="no statement named"):
        statement("rows.nowhere")


def test_every_statement_has_a_caller() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (REPO / "ingest").rglob("*.py"))
    assert [item.name for item in statements() if f'"{item.name}"' not in code] == []


def test_values_stay_values(staging: Staging) -> None:
    wild = '\'; DROP TABLE raw; -- "{x}" $y 陈'
    made = staging.make(PAIR, fill("SELECT {a} AS a, {b}::BIGINT AS b", a=bind(wild), b=bind(7)))
    assert staging.rows(fill("SELECT a, b FROM {t}", t=made.table)) == [(wild, 7)]
    with pytest.raises(ValueInText):
        str(listed([bind(wild)]))


def test_a_relation_keeps_to_its_columns(staging: Staging) -> None:
    for query in ("SELECT 'x' AS a", "SELECT 'x' AS a, 1::BIGINT AS c", "SELECT 'x' AS a, 'y' AS b"):
        with pytest.raises(RelationDiffers):
            staging.make(PAIR, Sql(query))
    with pytest.raises(ColumnUnknown):
        PAIR.column("c")
    rows = staging.append(staging.empty(PAIR), Sql("SELECT 2::BIGINT AS b, 'x' AS a"))
    assert staging.rows(fill("SELECT * FROM {t}", t=rows.table)) == [("x", 2)]
    assert staging.count(rows) == 1


def test_packed_leaves_out_what_is_empty(staging: Staging) -> None:
    body = packed({"b": Sql("1"), "a": bind("ä"), "c": Sql("NULL::TEXT")})
    assert staging.value(fill("SELECT {b}", b=body)) == '{"a":"ä","b":1}'
    assert staging.value(fill("SELECT {b}", b=packed({}))) == "{}"
