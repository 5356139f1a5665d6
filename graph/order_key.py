"""Keys of orders: what stands in an index so that a list is read along it, upwards, from any place.

The embedded engine reads an index upwards only, from one bound on. So the key of a descending order is that
of the negative number. Keys are texts: it does not keep negative numbers in their order, and where many have
one number, the text goes on with the id, so that no part of a list is larger than another.
"""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.moment import in_utc

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGN, _ALL, _DIGITS = 1 << 63, (1 << 64) - 1, 16
NEVER = -1.0
"""The number of whoever was never in touch."""
SEVERAL = "several"
"""In place of a currency: the amounts are in more than one."""


def by_risk(props: Mapping[str, Any], _: str) -> str | None:
    """The most endangered first."""
    return None if props["probability"] is None else sortable(-props["probability"])


def by_silence(props: Mapping[str, Any], customer_id: str) -> str:
    """Those first who were never in touch, then those of whom we have not heard for longest."""
    text = props["last_contact_at"]
    number = NEVER if text is None else millis(datetime.fromisoformat(text))
    return sortable(number) + customer_id


def by_value(props: Mapping[str, Any], customer_id: str) -> str | None:
    """The largest amount first, within its currency; nothing where there is no amount above zero."""
    amounts, currencies = props["value_amounts"] or (), props.get("value_currencies") or ()
    match list(zip(currencies, amounts, strict=True)):
        case []:
            return None
        case [(currency, amount)]:
            return value_place(currency, amount) + customer_id if amount > 0 else None
    return SEVERAL + customer_id


def value_place(currency: str, amount: float | None) -> str:
    """Where an amount that is the only one stands; None: before all amounts of the currency."""
    return f"{currency}:" + ("" if amount is None else sortable(-amount))


def amount_of(place: str) -> float:
    """What `value_place` made the place of."""
    return -_number(place[-_DIGITS:])


def sortable(number: float) -> str:
    """16 hexadecimal digits that stand in the order of the numbers (IEEE 754, negative ones inverted)."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", number + 0.0))
    return f"{bits ^ _ALL if bits & _SIGN else bits | _SIGN:0{_DIGITS}x}"


def _number(digits: str) -> float:
    """The number of which these are the digits."""
    bits = int(digits, 16)
    (number,) = struct.unpack(">d", struct.pack(">Q", bits ^ _SIGN if bits & _SIGN else bits ^ _ALL))
    return float(number)


def millis(moment: datetime) -> int:
    """Whole milliseconds since 1970, as the engines count them."""
    return (in_utc(moment) - _EPOCH) // timedelta(milliseconds=1)
