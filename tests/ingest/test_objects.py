"""Files that hold objects: JSON, JSON lines, Parquet."""

import io
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.errors import SourceUnreadable
from ingest.proposal.tables import files_below, tables_of
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
    assert read_objects(PLACE, data, "json") == TABLE


def test_a_parquet_file_is_known_by_its_bytes() -> None:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"id": 1, "amount": 0.1}, {"id": 2, "amount": None}]), file)
    data = file.getvalue()
    assert kind_of(Path("a.csv"), data) == "parquet"
    assert read_objects(PLACE, data, "parquet") == [["id", "amount"], ["1", "0.1"], ["2", ""]]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a": 1', "neither JSON"), (b"[1, 2]", "no list of objects"), (b"[]", "no list of objects"),
        (b'{"a": 1}\n{"a": ', "a.json:2"), (b"[{}]", "no objects with fields"),
    ],
)  # fmt: skip
def test_what_holds_no_objects_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(SourceUnreadable, match=why):
        read_objects(PLACE, data, "json")


def test_a_cut_parquet_file_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match="no whole Parquet file"):
        read_objects(PLACE, b"PAR1" + bytes(20), "parquet")


def test_a_folder_proposes_them(tmp_path: Path) -> None:
    (tmp_path / "accounts.jsonl").write_bytes(b"\n".join(map(orjson.dumps, ROWS)))
    (file,) = files_below(tmp_path)
    (table,) = tables_of(file, file.name)
    assert table.dataset.file == "accounts.jsonl"
