"""Values of a cursor column as text and back, with their type."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson

from ingest.source.errors import PullInvalid

Value = int | float | str | Decimal | datetime | date


def to_text(value: Value) -> str:
    """As JSON of type and value."""
    for name, kind in KINDS.items():
        if isinstance(value, kind) and not isinstance(value, bool):
            shown = value.isoformat() if isinstance(value, datetime | date) else str(value)
            return orjson.dumps([name, shown]).decode()
    raise PullInvalid(f"a cursor is a number, a date, a time or a text, not {type(value).__name__}")


def from_text(text: str) -> Value:
    """What `to_text` was given."""
    name, shown = orjson.loads(text)
    kind: Any = KINDS[name]
    value: Value = kind.fromisoformat(shown) if kind in {datetime, date} else kind(shown)
    return value


KINDS: dict[str, type] = {
    "datetime": datetime, "date": date, "int": int, "float": float, "decimal": Decimal, "text": str,
}  # fmt: skip
"""In the order in which they are tried: a datetime is a date, too."""


def earlier(value: Value, seconds: float) -> Value:
    """So much before it, for rows that were committed later than their stamp says; numbers stay."""
    if isinstance(value, datetime):
        return value - timedelta(seconds=seconds)
    return value - timedelta(days=-(-seconds // 86_400)) if isinstance(value, date) else value


def highest(first: Value | None, second: Value | None) -> Value | None:
    """The later of two; None counts as none."""
    if first is None or second is None:
        return second if first is None else first
    return max(first, second, key=_comparable)


def credible(value: Value | None, latest: datetime) -> Value | None:
    """The value; of a moment behind `latest` that moment, of a day behind it that day."""
    if isinstance(value, datetime):
        return value if _comparable(value) <= latest else _like(latest, value)
    return min(value, latest.date()) if isinstance(value, date) else value


def _like(moment: datetime, value: datetime) -> datetime:
    return moment if value.tzinfo is not None else moment.astimezone(UTC).replace(tzinfo=None)


def _comparable(value: Value) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
