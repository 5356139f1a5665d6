"""Bytes of a file as UTF-8 text: the declared encoding, else a byte order mark, else what the bytes fit."""

import codecs
import gzip
import itertools
import zlib
from pathlib import Path

from ingest.errors import SourceUnreadable, suggestion

KNOWN = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk", "big5", "latin-1", "cp1252", "shift_jis", "euc-kr")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path) -> bytes:
    """The whole file, unpacked when it ends in `.gz`. Raises SourceUnreadable."""
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except OSError as error:
        raise SourceUnreadable(path, f"cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise SourceUnreadable(path, f"is not a whole gzip file: {error}") from error


def encoding_of(path: Path, data: bytes, declared: str | None) -> str:
    """The name of the encoding to read with. Raises SourceUnreadable for a name that no codec has."""
    if declared is not None:
        return _checked(path, declared)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    return "utf-8" if _fits(data, "utf-8") else _single_or_double_byte(data)


def decoded(path: Path, data: bytes, encoding: str) -> str:
    """The text. Raises SourceUnreadable with the line of the first byte that is not in the encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 1].hex()
        why = f"byte 0x{bad} is not {encoding}; declare the dataset's `encoding:`"
        raise SourceUnreadable(path, why, line) from error


def _checked(path: Path, encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        hint = suggestion(encoding, KNOWN)
        raise SourceUnreadable(path, f"unknown encoding `{encoding}`{hint}") from error


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _single_or_double_byte(data: bytes) -> str:
    """GB18030 where high bytes come in pairs, as Chinese text has them; else Windows-1252."""
    high = [byte >= 0x80 for byte in data[:200_000]]
    together = sum(a and b for a, b in itertools.pairwise(high))
    if together * 2 >= sum(high) and _fits(data, "gb18030"):
        return "gb18030"
    return "cp1252" if _fits(data, "cp1252") else "latin-1"
