"""Personal data made recognisable to who knows them, and useless to who does not."""

from collections.abc import Callable
from typing import Any

Mask = Callable[[Any], Any]


def mail(value: Any) -> Any:
    """`a***@x.com` of an address; of something else nothing but its first letter."""
    if not isinstance(value, str) or not value:
        return None
    name, at, domain = value.rpartition("@")
    return f"{name[:1]}***@{domain}" if at else f"{value[:1]}***"


def phone(value: Any) -> Any:
    """The last two digits, the others as stars."""
    if not isinstance(value, str) or not value:
        return None
    digits = "".join(sign for sign in value if sign.isdigit())
    return "*" * max(len(digits) - 2, 3) + (digits[-2:] if len(digits) > 4 else "")


def hidden(_: Any) -> Any:
    """Nothing of it."""
    return None


MASKS: dict[str, Mask] = {"mail": mail, "phone": phone, "hidden": hidden}
