"""Cursors: the sort key of a line, so that a page continues after it whatever came or went meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

import orjson

from graph.errors import UsageError

LARGEST = 1000
"""Lines of a page at most."""
COUNTED = 10_000
"""Up to so many lines of a list are counted."""


class BadCursor(UsageError):
    """The cursor was not given out by this listing."""

    def __init__(self) -> None:
        super().__init__("the cursor does not belong to this listing; start again without one")


def cursor(listing: str, *key: str | float | None) -> str:
    """The cursor after the line with this key in the order `listing`."""
    return urlsafe_b64encode(orjson.dumps([listing, *key])).decode()


def key_after(given: str, listing: str) -> list[Any]:
    """The key of a cursor of this order; its values are the caller's to check. Raises BadCursor."""
    try:
        parts = orjson.loads(urlsafe_b64decode(given.encode()))
    except ValueError as error:
        raise BadCursor from error
    match parts:
        case [kind, *key] if kind == listing:
            return key
    raise BadCursor


def moment_in(text: object) -> datetime:
    """A moment in a key; raises BadCursor."""
    try:
        return datetime.fromisoformat(str(text))
    except ValueError as error:
        raise BadCursor from error


def counted(found: int) -> tuple[int, bool]:
    """How many of a list that was counted to COUNTED + 1 are told, and whether that is exact."""
    return min(found, COUNTED), found <= COUNTED


def page_size(first: int, what: str) -> int:
    """How many lines are asked for, 1…1000; raises UsageError."""
    if not 1 <= first <= LARGEST:
        raise UsageError(f"a page holds 1 to {LARGEST} {what}, not {first}")
    return first
