"""Values within the rows of an API."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from ingest.source.connector import Row

Form = Literal["iso", "epoch_ms", "epoch_s"]
MILLISECONDS = 1e11
"""Seconds reach this number in the year 5138, milliseconds reached it in 1973."""


def at_path(row: Any, path: str) -> Any:
    """The value behind names with points between; None where there is none."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, Mapping) else None
    return row


def moment_of(value: Any) -> datetime | None:
    """A moment as ISO text (without zone: UTC) or as seconds or milliseconds since 1970; None stays."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float) or str(value).isdigit():
        number = float(value)
        return datetime.fromtimestamp(number / 1000 if number >= MILLISECONDS else number, UTC)
    found = datetime.fromisoformat(str(value))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def written(moment: datetime, form: Form) -> str | int:
    """A moment as a request writes it."""
    if form == "iso":
        return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    seconds = max(moment.timestamp(), 0.0)
    return int(seconds * 1000) if form == "epoch_ms" else int(seconds)


def with_fields(row: Row, fields: Iterable[str]) -> Row:
    """The row with an empty value at each of these paths where it has none."""
    whole = dict(row)
    for path in fields:
        inner, names = whole, path.split(".")
        for name in names[:-1]:
            inner[name] = dict(inner[name]) if isinstance(inner.get(name), Mapping) else {}
            inner = inner[name]
        inner.setdefault(names[-1], None)
    return whole
