"""What a telephone number is found and matched by: its form in E.164 (ITU-T), where its country is known."""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from ingest.reading.placeholder import looks_damaged, looks_like_placeholder

NO_KEY = "\x1d"
"""Before a number that identifies nobody; its own text follows."""
_HIDDEN = re.compile(r"[*•…█]|\.{3}|x{2,}", re.IGNORECASE)
"""Digits that are not shown: `138****1234`, `+49 30 xxxx`."""
_EXTENSION = re.compile(
    r"\d[\s.,;:/()-]*(?:#|x|\be?xt|durchwahl|nebenstelle|\bdw\b|poste|interno|\bint\b|转|轉|分机|分機|内線|내선)"
    r"[a-z.]*[\s.:-]*\d", re.IGNORECASE,
)  # fmt: skip


def phone_keys(text: str, country: str | None) -> tuple[str, ...]:
    """What a number stands under where it is kept: in E.164, and as its digits for what names no country.

    country: ISO 3166-1, two letters. One that hides digits, or names an extension, which several people may
    share, bears `NO_KEY`.
    """
    key = phone_key(text, country)
    digits = _digits(text)
    return (key, digits) if key.startswith("+") and not _is_international(text) else (key,)


def phone_key(text: str, country: str | None) -> str:
    """What a number is looked up by: E.164 where its country is known, else its digits."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _HIDDEN.search(plain) or _EXTENSION.search(plain):
        return NO_KEY + plain.lower()
    if looks_damaged(plain.upper()) or looks_like_placeholder(plain):
        return plain.lower()
    try:
        number = phonenumbers.parse(_with_plus(plain), country)
    except NumberParseException:
        return _digits(plain) or plain.lower()
    if number.extension:
        return NO_KEY + plain.lower()
    if not phonenumbers.is_possible_number(number):
        return _digits(plain)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def why_no_key(value: str) -> str:
    """Why a value with `NO_KEY` identifies nobody."""
    if _HIDDEN.search(value):
        return "hides digits of its number and matches nothing"
    return "is an extension, which several may share, and matches nothing"


def _is_international(text: str) -> bool:
    return _with_plus(unicodedata.normalize("NFKC", text).strip()).startswith("+")


def _with_plus(text: str) -> str:
    """`0034 …` as `+34 …`; a number of one country never begins with two zeros (ITU-T E.164, E.123)."""
    return re.sub(r"^[(\s]*00[)\s]*", "+", text)


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(one)) for one in text if one.isdigit())
