"""Text to values, against Python's own reading, on what hypothesis makes up."""

import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sql import Sql, bind, fill, name
from ingest.mapping.value import Value
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment
from ingest.reading.number import as_double, read_number
from ingest.staging.encoding import read_text
from ingest.transform import typed
from ingest.transform.moment import moment
from ingest.transform.text import cell, text_of
from tests.paths import REPO

UNTIMED = settings(deadline=None, max_examples=40)
ANY = Value(column="x")
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30))  # noqa: DTZ001 - made aware where it matters


class Connection(Protocol):
    """A DuckDB connection. Hypothesis keeps annotations for ever: DuckDB's own type would be a leak."""

    def execute(self, query: str, values: object = None, /) -> Any: ...


@pytest.fixture(scope="module")
def sql() -> Iterator[Connection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def read(connection: Connection, expression: Sql, value: str) -> Any:
    query = fill("SELECT {e} FROM (SELECT {v} AS x)", e=expression, v=bind(value))
    return connection.execute(query.text, dict(query.values)).fetchall()[0][0]


def number(connection: Connection, shown: str, value: Value = ANY) -> float | None:
    """As a column reads it: by SQL where it can, else by the other reader; both agree where both read."""
    quick = read(connection, typed.number(Sql("x"), value), shown)
    try:
        other = as_double(read_number(shown, value.decimal, value.thousands))
    except NotUnderstood:
        assert quick is None
        return None
    assert quick in (None, other)
    return other


def instant(connection: Connection, shown: str, form: str = "iso", zone: str = "UTC") -> str | None:
    """The same for moments."""
    quick: str | None = read(connection, moment(Sql("x"), [form], zone), shown)
    if form not in ("iso", "day-first", "month-first"):
        return quick
    try:
        other = read_moment(shown, zone, None if form == "iso" else form)  # type: ignore[arg-type] # one of the two
    except NotUnderstood:
        assert quick is None
        return None
    assert quick in (None, other)
    return other


@UNTIMED
@given(value=st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_read_as_python_reads_them(sql: Connection, value: float) -> None:
    assert number(sql, repr(value)) == value


@UNTIMED
@given(value=st.integers(-(10**12), 10**12), cents=st.integers(0, 99))
def test_thousands_and_decimal_marks(sql: Connection, value: int, cents: int) -> None:
    english = f"{value:,}.{cents:02}"
    european = english.translate(str.maketrans(",.", ".,"))
    expected = float(english.replace(",", ""))
    assert number(sql, english) == expected
    assert number(sql, european, Value(column="x", decimal=",")) == expected


@pytest.mark.parametrize("wrong", ["", "nan", "inf", "1.2.3", "12a", "1,234", "--1", "0x10", "1e", "½"])
def test_what_is_no_number(sql: Connection, wrong: str) -> None:
    assert number(sql, wrong) is None


@pytest.mark.parametrize(
    ("given_", "meant"), [("$ 1,200", 1200), ("(35.5)", -35.5), ("¥3", 3), ("1 000", 1000), ("+7", 7)]
)
def test_numbers_as_accountants_write_them(sql: Connection, given_: str, meant: float) -> None:
    assert number(sql, given_) == meant


@pytest.mark.parametrize("pair", [
    ("Yes", "NO"), ("是", "否"), ("Да", "Нет"), ("Sim", "Não"), ("Sì", "No"), ("Ja", "Nej"),
    ("はい", "いいえ"), ("예", "아니요"), ("Tak", "Nie"), ("Evet", "Hayır"), ("有", "無"), ("Oui", "NON"),
])  # fmt: skip
def test_yes_and_no_in_the_languages_of_exports(sql: Connection, pair: tuple[str, str]) -> None:
    assert [read(sql, typed.boolean(Sql("x"), ANY), text) for text in pair] == [True, False]


@UNTIMED
@given(value=st.text(string.ascii_letters + string.digits + "-/:. ", max_size=20))
def test_no_text_breaks_the_readers(sql: Connection, value: str) -> None:
    forms = ["iso", "day-first", "month-first", "excel", "epoch", "epoch-ms"]
    for expression in (
        moment(Sql("x"), forms, "Asia/Shanghai"),
        typed.integer(Sql("x"), ANY),
        typed.boolean(Sql("x"), ANY),
        typed.items(Sql("x"), None),
    ):
        read(sql, expression, value)


@UNTIMED
@given(at=INSTANTS)
def test_iso_times_of_a_zone_become_utc(sql: Connection, at: datetime) -> None:
    local = at.replace(microsecond=0, tzinfo=ZoneInfo("Asia/Tokyo"))
    expected = local.astimezone(UTC).isoformat()
    shown = local.replace(tzinfo=None).isoformat(" ")
    assert instant(sql, shown, zone="Asia/Tokyo") == expected
    assert instant(sql, local.isoformat()) == expected


@UNTIMED
@given(at=INSTANTS)
def test_the_other_forms_agree_with_python(sql: Connection, at: datetime) -> None:
    day = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    forms = {
        "day-first": f"{day:%d/%m/%Y}", "month-first": f"{day:%m/%d/%Y}", "iso": f"{day:%Y年%m月%d日}",
        "excel": str((day - datetime(1899, 12, 30, tzinfo=UTC)).days), "epoch": str(int(day.timestamp())),
        "epoch-ms": str(int(day.timestamp()) * 1000), "%d.%m.%Y": f"{day:%d.%m.%Y}",
    }  # fmt: skip
    for form, shown in forms.items():
        found = instant(sql, shown, form, "Asia/Tokyo")
        assert found is not None
        assert found[:10] == day.date().isoformat() or form.startswith("epoch")
    assert instant(sql, forms["epoch"], "epoch") == day.isoformat()


@UNTIMED
@given(at=INSTANTS, offset=st.integers(-14 * 4, 14 * 4))
def test_offsets_are_honoured(sql: Connection, at: datetime, offset: int) -> None:
    delta = timedelta(minutes=15 * offset)
    sign, minutes = ("-" if offset < 0 else "+"), abs(int(delta.total_seconds())) // 60
    shown = f"{at:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"
    assert instant(sql, shown) == datetime.fromisoformat(shown).astimezone(UTC).isoformat()


@UNTIMED
@given(value=st.text(max_size=30).filter(lambda item: "\x00" not in item and item.isprintable()))
def test_any_cell_survives_as_text(sql: Connection, value: str) -> None:
    kept = read(sql, cell("x", ["NULL"]), value)
    assert kept == (
        None
        if value.strip(" \t\r\n\u00a0\u3000\ufeff") in ("", "NULL")
        else value.strip(" \t\r\n\u00a0\u3000\ufeff")
    )


@UNTIMED
@given(column=st.text(min_size=1, max_size=10).filter(lambda item: "\x00" not in item and item.isprintable()))
def test_a_columns_name_is_never_run(sql: Connection, column: str) -> None:
    query = fill("SELECT {c} FROM (SELECT 7 AS {c})", c=name(column))
    assert sql.execute(query.text, dict(query.values)).fetchall() == [(7,)]


def test_maps_cases_and_templates(sql: Connection) -> None:
    mapped = Value.model_validate({"column": "x", "map": {"GTXPro": "GTX Pro"}})
    assert read(sql, text_of(mapped), "gtxpro") == "GTX Pro"
    case = {"cases": [{"when": {"column": "x", "matches": "^C"}, "then": "return"}], "constant": "sale"}
    assert [read(sql, text_of(Value.model_validate(case)), item) for item in ("C1", "1")] == [
        "return",
        "sale",
    ]
    assert read(sql, text_of(Value(template="Customer {x}")), "7") == "Customer 7"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("Société Générale, Curaçao", "cp1252"), ("客户名称,联系人\n宏达,王芳", "gb18030"), ("plain", "ascii")],
)  # fmt: skip
def test_encodings_are_told_apart_by_their_bytes(content: str, encoding: str) -> None:
    found = read_text(REPO, content.encode(encoding), None)
    assert found.text == content


@pytest.mark.parametrize(
    ("family", "given_name", "joined"),
    [
        ("陈", "明平", "陈明平"), ("Lee", "Ann", "Ann Lee"), ("김", "민준", "김민준"),
        ("山田", "はなこ", "山田 はなこ"),
        ("陈", "David", "David 陈"), ("阿布都", "热合曼", "阿布都热合曼"),
        ("", "Ann", "Ann"), ("陈", "", "陈"),
    ],
)  # fmt: skip
def test_personal_names_are_joined_as_their_script_wants_it(
    sql: Connection, family: str, given_name: str, joined: str
) -> None:
    value = Value.model_validate({"person": {"given": "g", "family": "f"}})
    query = fill(
        "SELECT {e} FROM (SELECT nullif({f}, '') AS f, nullif({g}, '') AS g)",
        e=text_of(value), f=bind(family), g=bind(given_name),
    )  # fmt: skip
    assert sql.execute(query.text, dict(query.values)).fetchall() == [(joined,)]


@pytest.mark.parametrize(
    ("cell_text", "found"),
    [
        ('"Lei, Li" <Li.Lei@x.cn>; bob@b.com', ["li.lei@x.cn", "bob@b.com"]),
        ("a@x.com,b@y.com", ["a@x.com", "b@y.com"]),
        ('"a@x.com" <b@y.com>', ["b@y.com"]),
        ("李雷 <li.lei@x.cn>；韩梅梅 <han@x.cn>", ["li.lei@x.cn", "han@x.cn"]),
        ("undisclosed-recipients:;", None),
        ("(see list) <a@x.com>, a@x.com", ["a@x.com"]),
    ],
)
def test_addresses_come_out_of_lists_with_display_names(
    sql: Connection, cell_text: str, found: list[str] | None
) -> None:
    value = Value.model_validate({"column": "x", "clean": "email", "split": [";", ","]})
    assert read(sql, typed.items(text_of(value), value.split), cell_text) == found
    alone = Value.model_validate({"column": "x", "clean": "email"})
    assert read(sql, text_of(alone), cell_text) == (found[0] if found else None)


@pytest.mark.parametrize(
    "mailed",
    ["Mon, 06 May 2024 09:30:00 +0800", "6 May 2024 09:30:00 +0800 (CST)", "Mon, 6 May 2024 01:30 GMT"],
)
def test_dates_of_mail_headers(sql: Connection, mailed: str) -> None:
    assert instant(sql, mailed) == "2024-05-06T01:30:00+00:00"
