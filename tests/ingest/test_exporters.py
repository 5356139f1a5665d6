"""Files as exporters write them, read without an engine: rows, what was refused and why, what was said."""

import gzip
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from graph.sql import fill
from ingest import tables
from ingest.errors import SourceUnreadable
from ingest.mapping.model import Dataset
from ingest.staging.database import open_staging
from ingest.staging.source import open_sources
from ingest.staging.stage import columns_of, stage


@dataclass
class Read:
    """What came of a file."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    refused: list[str]
    notes: tuple[str, ...]


@dataclass
class Reader:
    """A folder with one file in it."""

    folder: Path

    def put(self, name: str, content: bytes | str | list[list[Any]]) -> None:
        path = self.folder / name
        if isinstance(content, list):
            book = Workbook()
            sheet = book.worksheets[0]
            for row in content:
                sheet.append(row)
            book.save(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, name: str, used: set[str] | None = None, **declared: Any) -> Read:
        """The rows of a file; all its columns are used unless some are named."""
        (source,) = open_sources(self.folder, Dataset(file=name, **declared), self.folder)
        staging = open_staging(self.folder / "home")
        try:
            rows = stage(staging, "a", [source], used or set(source.columns), staging.empty(tables.REFUSED))
            cells = ", ".join(f'"{column}"' for column in columns_of([source]))
            found = staging.connection.execute(f"SELECT {cells} FROM {rows.table} ORDER BY __row").fetchall()  # noqa: S608 - names of the test
            reasons = staging.rows(fill("SELECT reason FROM {t} ORDER BY row", t=tables.REFUSED.table))
        finally:
            staging.connection.close()
        return Read(source.columns, found, [reason for (reason,) in reasons], source.notes)


@pytest.fixture
def files(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def refusal(files: Reader, name: str, **declared: Any) -> str:
    with pytest.raises(SourceUnreadable) as caught:
        files.read(name, **declared)
    return str(caught.value).replace(f"{files.folder}/", "")


@pytest.mark.parametrize("head", ['no,"na\nme",city', 'no,"na\nme","ci\n\nty"', '"no\n",name,city'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_breaks_in_a_header_cost_no_row(files: Reader, head: str, end: str) -> None:
    files.put("a.csv", head.replace("\n", end) + end + f"1,A,x{end}2,B,y{end}")
    assert files.read("a.csv").rows == [("1", "A", "x"), ("2", "B", "y")]


def test_a_title_with_a_line_break_is_skipped_by_its_lines(files: Reader) -> None:
    files.put("a.csv", '"Report\nof May"\nid,name\n1,A\n2,B\n')
    assert files.read("a.csv", skip_lines=2).rows == [("1", "A"), ("2", "B")]


@pytest.mark.parametrize(
    "content",
    [b"id,name\r\n1,A\n2,B\r\n", b"id,name\r1,A\r2,B\r", b"\n\nid,name\n1,A\n2,B",
     b"sep=,\nid,name\n1,A\n2,B\n",
     gzip.compress(b"id,name\n1,A\n2,B\n", mtime=0), "id,name\n1,A\n2,B\n".encode("utf-16")],
)  # fmt: skip
def test_line_ends_blank_lines_and_packing_do_not_matter(files: Reader, content: bytes) -> None:
    files.put("a.csv", content)
    assert files.read("a.csv").rows == [("1", "A"), ("2", "B")]


def test_repeated_and_empty_names_get_free_ones_and_a_word(files: Reader) -> None:
    files.put("a.csv", "id,mail,Mail,mail_2,,mail\n1,a,b,c,d,e\n")
    found = files.read("a.csv")
    assert found.columns == ("id", "mail", "Mail_3", "mail_2", "column_5", "mail_4")
    assert found.rows == [("1", "a", "b", "c", "d", "e")]
    assert found.notes == (
        "column `Mail` stands twice (columns 2 and 3): the second is `Mail_3`",
        "column `mail` stands twice (columns 2 and 6): the second is `mail_4`",
        "columns without a name are called `column_5`",
    )


def test_a_repeated_header_is_no_row(files: Reader) -> None:
    files.put("a.csv", "id,name\n1,A\nid, name\n2,B\nID,Name\n")
    found = files.read("a.csv")
    assert (found.rows, found.refused) == ([("1", "A"), ("2", "B")], ["the row repeats the header"] * 2)


def test_a_broken_byte_costs_its_row_and_only_where_it_is_read(files: Reader) -> None:
    files.put("a.csv", "id,name,memo\n1,Müller,x\n2,Søren,y\n".encode() + b"3,Caf\xe9,z\n4,D,\xff\n")
    found = files.read("a.csv", used={"id", "name"})
    assert [row[:2] for row in found.rows] == [("1", "Müller"), ("2", "Søren"), ("4", "D")]
    assert found.refused == [r"`Caf\xE9` holds bytes that are not utf-8; repair them or declare `encoding:`"]
    assert found.notes == ("guessed encoding utf-8, 50%; declare `encoding:`",)


def test_a_long_cell_is_read_whole(files: Reader) -> None:
    files.put("a.csv", "id,name\n1," + "x" * 300_000 + '\n2,"' + "y\n" * 150_000 + '"\n')
    assert [len(name) for _, name in files.read("a.csv").rows] == [300_000, 300_000]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("id,name\n1,A\n", None), ("id;name\n1;A, B\n", "guessed delimiter `;`, 100%"),
        ("id\tname\n1\tA\n", "guessed delimiter tab, 100%"),
        ("id;a,b\n1;x,y\n", "guessed delimiter `,`, 50%"),
    ],
)  # fmt: skip
def test_a_guessed_delimiter_is_said_with_how_sure_it_is(files: Reader, text: str, note: str | None) -> None:
    files.put("a.csv", text)
    assert files.read("a.csv").notes == (() if note is None else (f"{note}; declare `delimiter:`",))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Excel workbook"), (b"%PDF-1.7", "PDF"),
        (b"\n <HTML><body><table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"), (b"PAR1", "Parquet"),
        (b"PK\x03\x04 cut short", "damaged zip"),
        (b"ID;PWXL;N;E\nC;Y1;X1;K\"id\"\n", "SYLK"), (b"MIME-Version: 1.0\n\n<html></html>\n", "web archive"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named_whatever_it_is_called(files: Reader, content: bytes, told: str) -> None:
    files.put("a.csv", content)
    assert told in refusal(files, "a.csv")


def test_a_zip_is_named_with_what_it_holds(files: Reader) -> None:
    with zipfile.ZipFile(files.folder / "a.csv", "w") as archive:
        archive.writestr("inner.csv", "id\n")
    assert "is a zip archive that holds `inner.csv`; unpack it first" in refusal(files, "a.csv")


def test_a_workbook_under_another_name_is_read_as_one(files: Reader) -> None:
    files.put("a.xlsx", [["id", "name"], [1, "A"]])
    (files.folder / "a.xlsx").rename(files.folder / "a.csv")
    found = files.read("a.csv")
    assert found.rows == [("1", "A")]
    assert found.notes == ("is an Excel workbook, whatever its name says, and was read as one",)


def changed(path: Path, member: str, old: bytes, new: bytes) -> None:
    """Rewrite a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[member]
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_sheet_is_read_past_the_size_it_states(files: Reader) -> None:
    files.put("a.xlsx", [["id", "name"], [1, "A"], [2, "B"]])
    changed(files.folder / "a.xlsx", "xl/worksheets/sheet1.xml", b'ref="A1:B3"', b'ref="A1:A2"')
    assert files.read("a.xlsx").rows == [("1", "A"), ("2", "B")]


def test_a_workbook_that_counts_from_1904_says_so(files: Reader) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(["id", "day"])
    book.worksheets[0].append([1, date(2024, 3, 5)])
    book.save(files.folder / "a.xlsx")
    found = files.read("a.xlsx")
    assert found.rows == [("1", "2024-03-05")]
    assert [note for note in found.notes if note.startswith("counts days from 1904")]


def test_a_bare_number_of_a_workbook_that_counts_from_1904_is_no_day(files: Reader) -> None:
    """It may have been pasted from another book, which counts from 1900: four years lie between."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["id", "day", "size"], [1, 43893, 43893], [2, date(2024, 3, 5), 7]):
        book.worksheets[0].append(row)
    book.save(files.folder / "a.xlsx")
    value = {"column": "day", "format": ["iso", "excel"]}
    node = {"label": "Customer", "key": "id", "fields": {"name": "id", "created_at": value}}
    found = files.read("a.xlsx", nodes=[node])
    assert found.rows == [("2", "2024-03-05", "7")]
    assert found.refused == [
        "`43893` is a number of days in a workbook that counts from 1904: format the cell as a date"
    ]


def test_hidden_and_merged_cells_are_read_and_said(files: Reader) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "firm", "secret"], [1, "Acme", "x"], [2, None, "y"], [3, "Beta", "z"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(files.folder / "a.xlsx")
    found = files.read("a.xlsx")
    assert found.rows == [("1", "Acme", "x"), ("2", "Acme", "y"), ("3", "Beta", "z")]
    assert found.notes == (
        "sheet `Sheet`: hidden rows 4: read like all others",
        "sheet `Sheet`: hidden columns C: read like all others",
        "sheet `Sheet`: merged cells B2:B3: each of their rows has their value",
    )


@pytest.mark.parametrize(
    ("form", "shown", "note"),
    [
        ("[$€-407] #,##0", "1200 €", None), ("[$¥-804]#,##0", "1200 CNY", None),
        ('"$"#,##0.00', "1200 $", None),
        ('#,##0.00 "USD"', "1200 USD", None),
        ('_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-', "1200 €", None),
        ('0.00"万"', "1200", "cells B2: shown with `万`; the number behind it is read"),
        ("#,##0,", "1200", "cells B2: shown divided by thousands; the number behind it is read"),
        ("#,##0.00", "1200", None), ("[Red]#,##0;[Blue]-#,##0", "1200", None), ("General", "1200", None),
        (BUILTIN_FORMATS[44], "1200", None), ("[$-409]#,##0", "1200", None), ("00000", "01200", None),
    ],
)  # fmt: skip
def test_the_format_of_a_number_shows_its_currency(
    files: Reader, form: str, shown: str, note: str | None
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "amount"])
    sheet.append(["a", 1200])
    sheet["B2"].number_format = form
    book.save(files.folder / "a.xlsx")
    found = files.read("a.xlsx")
    assert found.rows == [("a", shown)]
    assert [one.partition(": ")[2] for one in found.notes] == ([note] if note else [])


def test_cells_without_a_value_cost_their_rows_where_they_are_read(files: Reader) -> None:
    files.put("a.xlsx", [["id", "name", "sum"], [1, "A", "=A2*2"], [2, "=A3&1", 5], [3, "#REF!", 6]])
    found = files.read("a.xlsx", used={"id", "name"})
    assert [row[0] for row in found.rows] == ["1"]
    assert found.refused == [
        "cell `B3` holds the formula `=A3&1`, whose value was never computed: open the workbook in a "
        "spreadsheet and save it",
        "cell `B4` holds the error `#REF!`",
    ]


def test_the_one_declared_table_is_read(files: Reader) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Report"], [], ["id", "name"], [1, "A"], [2, "B"], [], ["made by", "us"]):
        sheet.append(row)
    sheet.add_table(Table(displayName="Firms", ref="A3:B5"))
    book.save(files.folder / "a.xlsx")
    found = files.read("a.xlsx")
    assert found.rows == [("1", "A"), ("2", "B")]
    assert found.notes == ("sheet `Sheet`: read its table A3:B5; 3 filled cells outside it were not",)


TWO_BELOW = [["id", "name"], [1, "A"], [2, "B"], [], ["sku", "price"], ["P1", 3], ["P2", 4]]
TWO_BESIDE = [["id", "name", None, "sku", "price"], [1, "A", None, "P1", 3], [2, "B"]]


@pytest.mark.parametrize(
    ("content", "cells", "second"),
    [(TWO_BELOW, "A1:B3 and A5:B7", "A5:B7"), (TWO_BESIDE, "A1:B3 and D1:E2", "D1:E2")],
)  # fmt: skip
def test_several_tables_are_told_and_one_can_be_named(
    files: Reader, content: list[list[Any]], cells: str, second: str
) -> None:
    files.put("a.xlsx", content)
    assert f"holds more than one table ({cells}); declare the cells of one" in refusal(files, "a.xlsx")
    assert files.read("a.xlsx", range="A1:B3").rows == [("1", "A"), ("2", "B")]
    named = files.read("a.xlsx", range=second)
    assert (named.columns, named.rows[0]) == (("sku", "price"), ("P1", "3"))


def test_rows_below_an_empty_row_stay_in_the_table(files: Reader) -> None:
    files.put("a.xlsx", [["id", "name"], [1, "A"], [], [2, "B"], [3, "C"]])
    found = files.read("a.xlsx")
    assert [row[0] for row in found.rows] == ["1", "2", "3"]
    assert found.notes == ("sheet `Sheet`: rows below an empty row, 4–5: read as part of the table",)


def test_the_first_visible_sheet_is_read_and_the_others_named(files: Reader) -> None:
    book = Workbook()
    book.worksheets[0].title = "old"
    book.worksheets[0].append(["x"])
    book.worksheets[0].sheet_state = "hidden"
    for row in (["id", "name"], [7, "A"]):
        book.create_sheet("new") if "new" not in book.sheetnames else None
        book["new"].append(row)
    book["new"]["A2"].number_format = "00000"
    book.save(files.folder / "a.xlsx")
    found = files.read("a.xlsx")
    assert found.rows == [("00007", "A")], "as it is shown"
    assert found.notes == ("read the sheet `new`, not `old`; name one by `sheet:`",)


def test_a_header_of_two_rows_is_no_row_of_data(files: Reader) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["id", "Address", None], [None, "street", "city"], [1, "Way 1", "Bonn"]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    book.save(files.folder / "a.xlsx")
    assert "reaches down to row 2 (A1:A2); declare `skip_lines:`" in refusal(files, "a.xlsx")
    found = files.read("a.xlsx", skip_lines=1)
    assert (found.columns, found.rows) == (("id", "street", "city"), [("1", "Way 1", "Bonn")])


def test_a_duration_of_a_sheet_is_its_hours_minutes_and_seconds(files: Reader) -> None:
    files.put("a.xlsx", [["id", "length"], [1, timedelta(hours=1, minutes=30)], [2, timedelta(hours=26)]])
    assert files.read("a.xlsx").rows == [("1", "1:30:00"), ("2", "26:00:00")]


@pytest.mark.parametrize(("name", "told"), [("MÃ¼ller", True), ("Müller", False), ("SÃO Paulo", False)])
def test_letters_that_were_decoded_wrongly_before_are_told(files: Reader, name: str, told: bool) -> None:
    files.put("a.csv", f"id,name\n1,{name}\n")
    found = [note for note in files.read("a.csv").notes if f"`{name}` looks decoded wrongly" in note]
    assert bool(found) == told
