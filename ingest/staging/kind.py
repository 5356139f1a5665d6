"""What a file really is, by its first bytes: text, a workbook, objects, a calendar, or no table."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Literal

from ingest.errors import SourceUnreadable

Kind = Literal["text", "xlsx", "json", "parquet", "calendar"]

_ZIP = b"PK\x03\x04"
_OTHERS = (
    (b"%PDF", "is a PDF file, not a table; export it as CSV or Excel (.xlsx)"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
    (b"{\\rtf", "is an RTF document, not a table; save it as CSV or Excel (.xlsx)"),
)
_FIRST_WORDS = (
    (
        re.compile(rb"\s*(<!doctype html|<html|<head|<body|<table|<script|<meta)", re.IGNORECASE),
        "is a web page (HTML): a login page, or a table that was saved under another name; "
        "open it in a spreadsheet and save it as .xlsx or CSV",
    ),
    (re.compile(rb"ID;P[A-Z]"), "is a SYLK file of a spreadsheet; open it and save it as .xlsx or CSV"),
    (
        re.compile(rb"MIME-Version:", re.IGNORECASE),
        "is a web archive or a mail; open it and save the table as .xlsx or CSV",
    ),
    (re.compile(rb"\s*<\?xml", re.IGNORECASE), "is XML, not a table; save it as .xlsx or CSV"),
)
_CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
_JSON_NAMES = {".json", ".jsonl", ".ndjson"}
_JSON = re.compile(rb"\s*(\[\s*)?\{\s*\"[^\"\n]*\"\s*:")


def kind_of(path: Path, data: bytes) -> Kind:
    """How to read a file's bytes. Raises SourceUnreadable with what it is where it holds no table."""
    if data.startswith(_ZIP):
        return _zipped(path, data)
    for magic, why in _OTHERS:
        if data.startswith(magic):
            raise SourceUnreadable(path, why)
    if data.startswith(b"PAR1"):
        return "parquet"
    head = data[:1000].removeprefix(b"\xef\xbb\xbf")
    if _JSON_NAMES.intersection(path.suffixes) or _JSON.match(head):
        return "json"
    if _CALENDAR.match(head):
        return "calendar"
    for start, why in _FIRST_WORDS:
        if start.match(head):
            raise SourceUnreadable(path, why)
    return "text"


def _zipped(path: Path, data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile as error:
        raise SourceUnreadable(path, f"is a damaged zip archive or workbook: {error}") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise SourceUnreadable(path, "is a binary Excel workbook (.xlsb); save it as .xlsx or CSV")
    if "content.xml" in names:
        raise SourceUnreadable(path, "is an OpenDocument file; save it as .xlsx or CSV")
    shown = ", ".join(f"`{name}`" for name in names[:5]) or "nothing"
    raise SourceUnreadable(path, f"is a zip archive that holds {shown}; unpack it first")
