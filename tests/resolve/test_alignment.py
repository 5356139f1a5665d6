"""Files that call the same columns by other names."""

from pathlib import Path

import duckdb

from ingest.resolve.alignment import aligned
from ingest.resolve.config import ResolveConfig
from ingest.resolve.link import link
from ingest.resolve.records import read_records

TOWNS = ("Lyon", "Leeds", "Porto", "Basel")


def _files(folder: Path, people: int) -> list[Path]:
    """Two lists of the same people, in other words and another order."""
    left, right = ["kunde,name,ort,telefon"], ["id,phone,fullname,city"]
    for n in range(people):
        name, town, phone = f"Anna{n} Keller{n * 7}", TOWNS[n % 4], f"030 {1_234_567 + 977 * n}"
        left.append(f"A{n},{name},{town},{phone}")
        right.append(f"B{people - n},+49 {phone[1:]},{name},{town}")
    paths = [folder / "left.csv", folder / "right.csv"]
    for path, lines in zip(paths, (left, right), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


def test_a_second_file_takes_the_headers_of_the_first(tmp_path: Path) -> None:
    rows = aligned(read_records(_files(tmp_path, 30))).rows
    assert {"name", "ort", "telefon"} <= set(rows.columns)
    assert not {"fullname", "city", "phone"} & set(rows.columns)
    assert rows["name"][30] == "Anna0 Keller0"
    assert rows["ort"][33] == "Basel"


def test_a_third_file_with_the_headers_of_the_second_follows(tmp_path: Path) -> None:
    left, right = _files(tmp_path, 30)
    rows = aligned(read_records([left, right, right])).rows
    assert not {"fullname", "city", "phone"} & set(rows.columns)
    assert list(rows["ort"][60:64]) == list(TOWNS)


def test_what_the_settings_name_stays(tmp_path: Path) -> None:
    rows = aligned(read_records(_files(tmp_path, 30)), ["city"]).rows
    assert {"city", "ort"} <= set(rows.columns)


def test_records_under_other_headers_are_linked(tmp_path: Path) -> None:
    records = read_records(_files(tmp_path, 120))
    with duckdb.connect() as connection:
        cluster = link(records, ResolveConfig(), connection).cluster
    found = sum(cluster[n] == cluster[120 + n] for n in range(120))
    assert found >= 115
