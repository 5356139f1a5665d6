"""Files that hold objects: JSON, JSON lines, Parquet."""

import io
from decimal import Decimal
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.errors import SourceUnreadable
from ingest.proposal.columns.tables import files_below, tables_of
from ingest.staging.kind import kind_of
from ingest.staging.objects import read_objects

ROWS = [
    {"id": 1, "name": "甲公司", "address": {"city": "上海", "zip": None}, "tags": ["a", "b"], "vip": True},
    {"id": 2, "name": "Beta", "turnover": 1e7, "lines": [{"no": 1}]},
]
TABLE = [
    ["id", "name", "address.city", "address.zip", "tags", "vip", "turnover", "lines"],
    ["1", "甲公司", "上海", "", "a; b", "true", "", ""],
    ["2", "Beta", "", "", "", "", "10000000", '[{"no":1}]'],
]
PLACE = Path("a.json")


@pytest.mark.parametrize(
    "data",
    [
        orjson.dumps(ROWS),
        b"\xef\xbb\xbf" + orjson.dumps({"done": True, "records": ROWS, "next": None}),
        b"\n".join(map(orjson.dumps, ROWS)) + b"\n\n",
    ],
)
def test_objects_are_rows_and_inner_objects_columns(data: bytes) -> None:
    assert kind_of(PLACE, data) == kind_of(Path("a.csv"), data) == "json"
    assert read_objects(PLACE, data, "json").cells == TABLE


def test_a_parquet_file_is_known_by_its_bytes() -> None:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"id": 1, "amount": 0.1}, {"id": 2, "amount": None}]), file)
    data = file.getvalue()
    assert kind_of(Path("a.csv"), data) == "parquet"
    assert read_objects(PLACE, data, "parquet").cells == [["id", "amount"], ["1", "0.1"], ["2", ""]]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("24312000000012345678", "24312000000012345678"), ("-9", "-9"), ("1e7", "10000000"),
        ("12345678901234567.89", "12345678901234567.89"), ("0.10", "0.1"), ("-0.0", "0"), ("3.00", "3"),
        ("2.4312e19", "2.4312000000000000E+19"), ("9007199254740993.0", "9.0071992547409920E+15"),
        ("1e-9", "0.000000001"), ("1e-400", "0"), ("[0.1, 9007199254740993]", "0.1; 9007199254740993"),
        ('[{"a": 0.1, "b": 24312000000012345678}]', '[{"a":0.1,"b":24312000000012345678}]'),
    ],
)  # fmt: skip
def test_numbers_keep_their_digits_or_say_that_they_lost_some(written: str, read: str) -> None:
    assert read_objects(PLACE, f'[{{"id": {written}}}]'.encode(), "json").cells == [["id"], [read]]


def test_numbers_of_parquet_are_those_of_csv() -> None:
    file = io.BytesIO()
    exact = pa.array([Decimal(101), Decimal(0), Decimal("101.5"), None], pa.decimal128(38, 10))
    doubles = pa.array([2.0**53 + 2, 1200.0, -0.25, None], pa.float64())
    pq.write_table(pa.table({"exact": exact, "double": doubles}), file)
    assert read_objects(PLACE, file.getvalue(), "parquet").cells[1:] == [
        ["101", "9.0071992547409940E+15"], ["0", "1200"], ["101.5", "-0.25"], ["", ""],
    ]  # fmt: skip


RECORD = b'{"id": "C1", "name": "Acme", "contacts": [{"id": "P1", "name": "Li"}]}'
WHOLE = [["id", "name", "contacts"], ["C1", "Acme", '[{"id":"P1","name":"Li"}]']]


@pytest.mark.parametrize(
    ("name", "known"), [("a.jsonl", ()), ("a.ndjson", ("id",)), ("a.json", ()), ("a.json", ("id", "name"))]
)
def test_one_record_that_holds_a_list_is_a_record(name: str, known: tuple[str, ...]) -> None:
    assert read_objects(Path(name), RECORD, "json", known).cells == WHOLE


@pytest.mark.parametrize(
    ("around", "known", "envelope"),
    [
        ('"requestId": "r", "code": 0', (), True), ('"totalSize": 1, "done": true', ("no",), True),
        ('"customer_id": "C1"', (), False), ('"客户编号": "C1"', (), False), ('"no": 2', (), False),
        ('"request": {"at": 1}', ("request.at", "no"), False), ('"id": "r"', ("no",), True),
    ],
)  # fmt: skip
def test_an_envelope_names_no_record(around: str, known: tuple[str, ...], envelope: bool) -> None:
    data = f'{{{around}, "rows": [{{"no": 1}}]}}'.encode()
    assert (read_objects(PLACE, data, "json", known).cells == [["no"], ["1"]]) == envelope


def test_a_list_that_calls_itself_one_is_an_envelope() -> None:
    data = b'{"object": "list", "data": [{"id": "ch_1", "object": "charge"}]}'
    assert read_objects(PLACE, data, "json").cells == [["id", "object"], ["ch_1", "charge"]]


@pytest.mark.parametrize(
    ("name", "data"), [("a.json", b"[]"), ("a.jsonl", b""), ("a.json", b'{"total": 0, "rows": []}')]
)
def test_an_export_without_rows_has_the_columns_of_the_mapping(name: str, data: bytes) -> None:
    assert read_objects(Path(name), data, "json", ["id", "name"]).cells == [["id", "name"]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a": 1', "neither JSON"), (b"[1, 2]", "no list of objects"), (b"[]", "no list of objects"),
        (b'{"a": 1}\n{"a": \n{"a": ', "a.json:2"), (b"[{}]", "no objects with fields"),
        (b'[{"a": 1, "a": 2}]', "the field `a` twice"), (b'{"a": 1, "a": 2}\n', "the field `a` twice"),
        (b'[{"a.b": 1, "a": {"b": 2}}]', "give the column `a.b`"), (b'[{"a": NaN}]', "`NaN` is no JSON"),
        (b'[{"a": "\\ud800"}]', "record 1 is no object"), (b"[" * 100_000, "is no JSON"),
        (b'[{"a": 1},\n{"a": 2},\n{"a": ', "a.json:3: is no JSON behind 2 whole records"),
        (b'[{"a": 1}] [{"a": 2}]', "more text follows the list"),
        (b'{\n "id": 1,\n "items": [\n{"no": 1}\n]\n}\n{\n "id": 2\n}', "neither JSON"),
    ],
)  # fmt: skip
def test_what_holds_no_objects_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(SourceUnreadable, match=why):
        read_objects(PLACE, data, "json")


def test_a_record_that_cannot_be_read_is_set_aside() -> None:
    """By its line, or by its place in a list; letters written as numbers are those of the key."""
    broken = b'{"id": "\\u00c4-2", \n{"id": 3, "id": 4}\n[5]\n{"id": "\xe9"}\n'
    found = read_objects(Path("a.jsonl"), b'{"id": 1}\n\n' + broken + b'{"id": 6}\n' * 4, "json")
    assert found.cells == [["id"], ["1"], *[["6"]] * 4]
    assert [(one.row, one.text) for one in found.refused] == [
        (3, '{"id": "Ä-2",'), (4, '{"id": 3, "id": 4}'), (5, "[5]"), (6, '{"id": "\\xe9"}'),
    ]  # fmt: skip
    listed = b'[{"id": 1}, {"id": NaN}, 7, {"a.b": 1, "a": {"b": 2}}, {"id": 5}]'
    found = read_objects(PLACE, listed, "json")
    assert found.cells == [["id"], ["1"], ["5"]]
    assert [(one.row, one.reason.rpartition(": ")[2]) for one in found.refused] == [
        (2, "`NaN` is no JSON"), (3, "it is a list or a plain value"),
        (4, "two fields of an object give the column `a.b`"),
    ]  # fmt: skip


def test_a_cut_parquet_file_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match="no whole Parquet file"):
        read_objects(PLACE, b"PAR1" + bytes(20), "parquet")


def test_a_folder_proposes_them(tmp_path: Path) -> None:
    (tmp_path / "accounts.jsonl").write_bytes(b"\n".join(map(orjson.dumps, ROWS)))
    (file,) = files_below(tmp_path)
    (table,) = tables_of(file, file.name)
    assert table.dataset.file == "accounts.jsonl"
