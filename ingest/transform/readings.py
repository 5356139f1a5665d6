"""Texts that SQL does not read at once: each distinct one is read in Python, with its reason or note."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pyarrow as pa

from graph.sql import Relation
from ingest.mapping.reads import is_number
from ingest.reading.address import addresses, phones
from ingest.reading.choice import OPEN, read_choice
from ingest.reading.currency import read_currency
from ingest.reading.duration import read_minutes
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import Order, read_moment
from ingest.reading.number import Number, as_double, read_integer, read_number
from ingest.reading.people import looks_like_several, people, written_once
from ingest.reading.placeholder import (
    is_error,
    looks_like_placeholder,
    lost_digits,
    means_nothing,
    names_totals,
)
from ingest.staging.database import Staging
from ingest.transform.plan import Bound, node_column


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means: the value as text, or why it means nothing."""

    value: str | None
    reason: str | None = None
    note: str | None = None
    """What the report says of the value although it is read."""
    currencies: tuple[str, ...] = ()
    """The currencies that an amount's own sign may mean."""
    scale: str | None = None
    """The word that multiplied a number."""


Reader = Callable[[str], Reading]

ERROR = "it is the error of a spreadsheet: repair it there and export again"
NOTHING = "it stands for nothing: name it in `null_values:` or say by `map:` what it means"
TOTALS = "it looks like a row of totals: leave it out by `where:`, or say by `map:` what it means"
DAMAGED = "it lost digits in a spreadsheet: format its column as text and export again"
MIXED_PERCENT = "it has a percent sign, other cells of its column have none: divide or clean one of them"
ORDERS: tuple[Order, Order] = ("day-first", "month-first")
OPEN_ENDS = ("valid_to", "expires_at", "ends_at")
"""Dates that databases set to the year 9999 where there is no end."""


def add_readings(
    staging: Staging, readings: Relation, item: Bound, texts: Iterable[str], zone: str, *, plain: bool
) -> Relation:
    """The readings with those of one column's texts; `plain`: other cells of it are numbers above 1."""
    reader = reader_of(item, zone)
    found = {text: _read(reader, text) for text in sorted(set(texts))}
    if item.type == "number" and (plain or _has_large(found.values())):
        found = {text: _without_percent(reading) for text, reading in found.items()}
    columns = {
        "column": [item.column] * len(found), "text": list(found),
        "value": [reading.value for reading in found.values()],
        "reason": [reading.reason for reading in found.values()],
        "note": [reading.note for reading in found.values()],
        "currencies": [",".join(reading.currencies) or None for reading in found.values()],
    }  # fmt: skip
    arrays = [pa.array(values, pa.string()) for values in columns.values()]
    return staging.append_table(readings, pa.Table.from_arrays(arrays, names=list(columns)))


def _read(reader: Reader, text: str) -> Reading:
    try:
        return reader(text)
    except NotUnderstood as why:
        return Reading(None, str(why))


def _has_large(readings: Iterable[Reading]) -> bool:
    """Whether some are numbers above 1 that have no percent sign."""
    return any(
        reading.scale != "%" and reading.value and abs(float(reading.value)) > 1 for reading in readings
    )


def _without_percent(reading: Reading) -> Reading:
    """A percentage among numbers without sign may mean hundredths or be one of them: it is refused."""
    return replace(reading, value=None, reason=MIXED_PERCENT) if reading.scale == "%" else reading


def reader_of(item: Bound, zone: str) -> Reader:
    """How the texts of a value are read."""
    value = item.value
    if value.multiply is not None:
        return lambda text: _product(text, item)
    if item.type in ("date", "datetime"):
        return lambda text: _moment(text, item, value.timezone or zone)
    if item.reads == "choice":
        return lambda text: _choice(text, item.enumeration, fallback=item.fallback)
    own = item.column.startswith(node_column(0, ""))
    special: dict[str, Reader] = {
        "currency": lambda text: Reading(read_currency(text)), "email": _email, "phone": _phone, "key": _key,
        "mention": _mention if item.maker else _end, "name": _name,
        "person": _person if own else _person_beside,
        "identifier": _identifier, "other_emails": _other_emails, "other_phones": _other_phones,
    }  # fmt: skip
    if item.reads in special:
        return special[item.reads]
    if item.type == "integer":
        return lambda text: Reading(str(read_integer(text, value.decimal, value.thousands)))
    return lambda text: _number(text, item)


def _number(text: str, item: Bound) -> Reading:
    if item.field == "duration_minutes":
        return Reading(repr(float(read_minutes(text, item.value.decimal, item.value.thousands))))
    number = read_number(text, item.value.decimal, item.value.thousands)
    return Reading(repr(as_double(number)), currencies=number.currencies, scale=number.scale)


def _product(text: str, item: Bound) -> Reading:
    """The factors stand in the text with ` × ` between them, in their order."""
    factors = [read_number(part, item.value.decimal, item.value.thousands) for part in text.split(" × ")]
    result = Decimal(1)
    for factor in [
        *(number.value for number in factors),
        *map(Decimal, filter(is_number, item.value.multiply or ())),
    ]:
        result *= factor
    named = [number.currencies for number in factors if number.currencies]
    return Reading(repr(as_double(Number(round(result, 6)))), currencies=named[0] if named else ())


def _moment(text: str, item: Bound, zone: str) -> Reading:
    forms = item.value.format
    stated: list[Order] = [order for order in ORDERS if order in forms]
    if not stated and "iso" not in forms:
        raise NotUnderstood(f"it is not written as {' or '.join(forms)}, or its year is implausible")
    order = stated[0] if len(stated) == 1 else None
    return Reading(read_moment(text, zone, order, open_end=item.field in OPEN_ENDS, year_last=item.year_last))


def _choice(text: str, enumeration: str, fallback: str | None) -> Reading:
    try:
        return Reading(read_choice(text, enumeration))
    except NotUnderstood:
        if enumeration not in OPEN:
            raise
    kept = fallback or text
    counts = f"counts as {fallback}" if fallback else "is kept as it is"
    return Reading(
        kept, note=f"`{text}` is no known {enumeration} and {counts}; a `map:` tells what it means"
    )


def _email(text: str) -> Reading:
    found = addresses(text)
    if not found:
        return Reading(
            None, "it holds no address such as name@example.com", "is not a mail address and is left out"
        )
    note = None if len(found) == 1 else f"holds {len(found)} mail addresses, of which the first is shown"
    return Reading(found[0], note=note)


def _other_emails(text: str) -> Reading:
    return _listed(addresses(text)[1:])


def _other_phones(text: str) -> Reading:
    return _listed(() if lost_digits(text) else phones(text)[1:])


def _listed(values: Sequence[str]) -> Reading:
    """Several values as the text of a list, which the engine of staging reads."""
    return Reading(json.dumps(values, ensure_ascii=False) if values else None)


def _phone(text: str) -> Reading:
    if lost_digits(text):
        return Reading(None, DAMAGED)
    if not any(map(str.isdigit, text)):
        return Reading(None, note="is no telephone number and left out")
    found = phones(text)
    if len(found) < 2:
        return Reading(text)
    return Reading(found[0], note=f"holds {len(found)} telephone numbers, of which the first is shown")


def _key(text: str) -> Reading:
    reasons = ((lost_digits, DAMAGED), (is_error, ERROR), (means_nothing, NOTHING), (names_totals, TOTALS))
    return Reading(text) if (why := _first(reasons, text)) is None else Reading(None, why)


def _mention(text: str) -> Reading:
    if (why := _first(((lost_digits, DAMAGED), (is_error, ERROR)), text)) is not None:
        return Reading(None, why)
    return (
        Reading(None, note="stands for nothing and names nothing") if means_nothing(text) else Reading(text)
    )


def _end(text: str) -> Reading:
    """The end of a link; the report counts those that are left out."""
    return replace(_mention(text), note=None)


def _name(text: str) -> Reading:
    if is_error(text):
        return Reading(None, ERROR)
    return Reading(text, note="looks like a placeholder, not like a name" if means_nothing(text) else None)


def _person(text: str) -> Reading:
    """A text that may name several people: their row is refused where it surely does."""
    if found := people(text):
        names = ", ".join(f"`{name}`" for name in found)
        return Reading(None, f"it names {len(found)} people ({names}): give each a row of their own")
    return _person_beside(text)


def _person_beside(text: str) -> Reading:
    """The same of a person beside a record, such as an order, that is not lost for the name."""
    if not people(text) and not looks_like_several(text):
        return Reading(written_once(text))
    return Reading(text, note="looks like the names of several people and is one person: split its rows")


def _identifier(text: str) -> Reading:
    if looks_like_placeholder(text):
        return Reading(None, note="looks like a placeholder and is left out")
    lost = "lost digits in a spreadsheet; format its column as text and export again"
    return Reading(text, note=lost if lost_digits(text) else None)


def _first(reasons: Iterable[tuple[Callable[[str], bool], str]], text: str) -> str | None:
    """Why a text is refused: the first reason that holds."""
    return next((why for holds, why in reasons if holds(text)), None)
