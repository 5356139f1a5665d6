"""One line of the trail, and the seal that ties it to the line before."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from graph.moment import in_utc

LONGEST_PURPOSE = 200
"""Characters that are kept of the purpose that a request gives."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer that told personal data, with the ids as they are.

    via: graphql, socket or widget. field: the first field, or the widget. operation: its name in the
    document. document: which text it was (hexadecimal). purpose: in the words of whoever asked.
    subjects: typed ids of whom it told.
    """

    at: datetime
    token_id: str
    role: str
    employee_id: str | None
    via: str
    field: str
    operation: str | None
    document: str | None
    purpose: str | None
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it stands in the trail: people by their pseudonyms."""

    at: datetime
    token_id: str
    role: str
    who: str | None
    via: str
    field: str
    operation: str | None
    document: str | None
    purpose: str | None
    subjects: tuple[str, ...]


class Pseudonyms:
    """Keyed hashes (64 bits of HMAC-SHA256): only with the key can one tell whether one stands for an id."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"pseudonyms", hashlib.sha256)

    def of(self, typed_id: str) -> str:
        """The pseudonym of `Contact:crm:CON-1`."""
        return hmac.digest(self._key, _clean(typed_id).encode(), hashlib.sha256)[:8].hex()


class Seals:
    """Seals the lines of one file, each over the one before: what is altered or taken out shows."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"seals", hashlib.sha256)
        self._last = b""

    @property
    def last(self) -> str:
        """The seal of the last line."""
        return self._last.decode()

    def sealed(self, body: bytes) -> bytes:
        """The line of a document, given as JSON."""
        return body[:-1] + b',"seal":"' + self._next(body) + b'"}\n'

    def opened(self, line: bytes) -> dict[str, Any] | None:
        """The document of a line; None where the line or one before it is not what was written."""
        body, _, rest = line.rpartition(b',"seal":"')
        body += b"}"
        if not rest.endswith(b'"}\n') or not hmac.compare_digest(rest[:-3], self._next(body)):
            return None
        document: dict[str, Any] = orjson.loads(body)
        return document

    def _next(self, body: bytes) -> bytes:
        self._last = hmac.digest(self._key, self._last + body, hashlib.sha256)[:16].hex().encode()
        return self._last


def document_of(reading: Reading, pseudonyms: Pseudonyms) -> dict[str, Any]:
    """What is written of a reading; of half characters (lone surrogates), which no file can hold, a `?`."""
    employee = reading.employee_id
    return {
        "at": reading.at.isoformat(), "token": reading.token_id, "role": reading.role,
        "who": None if employee is None else pseudonyms.of(f"Employee:{employee}"),
        "via": reading.via, "field": _clean(reading.field),
        "operation": reading.operation and _clean(reading.operation),
        "document": reading.document,
        "purpose": reading.purpose and _clean(reading.purpose[:LONGEST_PURPOSE]),
        "subjects": sorted(map(pseudonyms.of, reading.subjects)),
    }  # fmt: skip


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def kept_of(document: dict[str, Any]) -> Kept:
    """The reading of a line."""
    return Kept(
        in_utc(datetime.fromisoformat(document["at"])), document["token"], document["role"], document["who"],
        document["via"], document["field"], document["operation"], document["document"], document["purpose"],
        tuple(document["subjects"]),
    )  # fmt: skip
