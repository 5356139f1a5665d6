"""Bytes of a file as text: the declared encoding, else a mark, else UTF-8, else what is most plausible.

A byte that is not in the encoding costs its row, not the file: it stays in the text between two
noncharacters, which no real text holds, and staging sets the rows aside that hold some.
"""

import codecs
import gzip
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from graph.sentences import suggestion
from ingest.errors import SourceUnreadable
from ingest.staging.guess import KNOWN, Guess, guess_encoding
from ingest.staging.old_workbook import OLE, as_new_workbook

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BROKEN, BROKEN_END = "\ufdd0", "\ufdd1"
"""Around the hexadecimal digits of bytes that are not in the file's encoding."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, how its bytes were read, and whether that was guessed."""

    text: str
    encoding: str
    guess: Guess | None = None


def read_bytes(path: Path) -> tuple[bytes, bool]:
    """The whole file, unpacked where it is gzip, whatever its name, and whether it was.

    An old workbook (.xls) comes as a new one. Raises SourceUnreadable.
    """
    data, packed = _unpacked(path)
    return (as_new_workbook(path, data), True) if data.startswith(OLE) else (data, packed)


def _unpacked(path: Path) -> tuple[bytes, bool]:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw), True) if raw.startswith(GZIP) else (raw, False)
    except OSError as error:
        raise SourceUnreadable(path, f"cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise SourceUnreadable(path, f"is not a whole gzip file: {error}") from error


def read_text(path: Path, data: bytes, declared: str | None) -> Text:
    """The text of a file's bytes. Raises SourceUnreadable: no such encoding, or clearly another one."""
    if declared is not None:
        return _declared(path, data, declared)
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Text(_decoded(data, encoding), encoding)
    if (text := _strict(data)) is not None:
        return Text(text, "utf-8")
    guess = _mostly_utf8(data) or guess_encoding(data)
    return Text(_decoded(data, guess.encoding), guess.encoding, guess)


def _declared(path: Path, data: bytes, name: str) -> Text:
    encoding = _checked(path, name)
    text = _decoded(data, encoding)
    broken = [number for number, line in enumerate(text.split("\n"), start=1) if BROKEN in line]
    foreign = sum(not line.isascii() for line in text.split("\n"))
    if len(broken) > 1 and len(broken) * 2 > foreign:
        guess = guess_encoding(data)
        why = f"{len(broken):,} lines hold bytes that are not {name}; it looks like {guess.shown}"
        raise SourceUnreadable(path, f"{why}; declare that as the dataset's `encoding:`", broken[0])
    return Text(text, encoding)


def _mostly_utf8(data: bytes) -> Guess | None:
    """UTF-8 where as many lines and letters that are foreign are valid as are broken; else None.

    A long line of another encoding is valid UTF-8 by rare chance only; of two bytes one in seven is.
    """
    zeros = data.count(0)
    if zeros * 20 < len(data):  # fewer than in any UTF-16, whose ASCII characters have one each
        data = data.replace(b"\x00", b"")
    foreign = [line for line in data.splitlines() if not line.isascii()]
    if not foreign:
        return Guess("utf-8", 0.99) if zeros * 20 < len(data) else None
    valid = sum(_strict(line) is not None for line in foreign)
    letters = [letter for letter in data.decode("utf-8", "replace") if letter > "\x7f"]
    if valid * 2 < len(foreign) or letters.count("\ufffd") * 2 > len(letters):
        return None
    return Guess("utf-8", min(0.99, valid / len(foreign)))


def _checked(path: Path, encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        hint = suggestion(encoding, KNOWN)
        raise SourceUnreadable(path, f"unknown encoding `{encoding}`{hint}") from error


def _strict(data: bytes) -> str | None:
    """The text of bytes that are UTF-8 throughout, without zero bytes, which no text holds; else None."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def _decoded(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "relgraph.broken").removeprefix("\ufeff")
    return text.replace("\x00", f"{BROKEN}00{BROKEN_END}") if "\x00" in text else text


def readable(text: str) -> str:
    """A text with its broken bytes as people write them: `Caf\\xE9`."""
    return re.sub(f"{BROKEN}([0-9A-F]*){BROKEN_END}", lambda found: rf"\x{found[1]}", text)


def _keep_broken(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return f"{BROKEN}{error.object[error.start : error.end].hex().upper()}{BROKEN_END}", error.end


codecs.register_error("relgraph.broken", _keep_broken)
