"""Phone numbers, addresses on the net and other numbers, without what people leave out or add."""

import re
import unicodedata
from functools import lru_cache

from tldextract import TLDExtract

from graph.search.declared import free_mail

SHINGLE = 7
"""Digits of the shortest piece of a phone number that is looked for."""
_EXTENSION = re.compile(
    r"(?:ext(?:ension)?\.?|x|转|轉|分机|分機|内线|durchwahl|poste|#|;ext=)\s*\d{1,6}\s*$", re.IGNORECASE
)
_SHORT_LAST = re.compile(r"^(\D*\d[\d\s().+/]*[-–]\s*\d{7,8})\s*[-–]\s*\d{1,5}$")
"""A Chinese number with a short last group, which is an extension: 021-55556666-801."""
_PHONE = re.compile(r"^[\d\s()+./\-–—_*·]+$")
_LEFT_OUT = frozenset(" \t\r\n\u00a0-‐‑–—_/\\\\.:,;|#()[]{}<>'\"’·°№")
"""Signs within and around numbers that another spelling of the same number lacks."""
_LETTER = "a-z\u00a1-\uffff"
_HOST = re.compile(f"^[{_LETTER}0-9](?:[{_LETTER}0-9-]*\\.)+[{_LETTER}][{_LETTER}0-9-]+$")
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)


def half_width(text: str) -> str:
    """Text in NFKC without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=8192)
def phone_digits(text: str) -> str:
    """The digits of a phone number without extension, international prefix and leading zeros; "" for none.

    The country's code stays where it is written: a number is compared by the digits that both have.
    """
    plain = re.sub(r"^tel:?", "", half_width(text).casefold()).strip()
    plain = _EXTENSION.sub("", plain).strip().rstrip(",;.").replace("(0)", "")
    plain = (found[1] if (found := _SHORT_LAST.match(plain)) else plain).strip()
    return re.sub(r"\D", "", plain).lstrip("0") if _PHONE.match(plain) else ""


def asked_phones(text: str) -> tuple[str, ...]:
    """What a text may mean as a phone number or a piece of one, which may begin with a zero."""
    digits = phone_digits(text)
    every = re.sub(r"\D", "", half_width(text)) if digits else ""
    pieces = (digits, every if every.startswith("0") and len(every) <= SHINGLE + 2 else "")
    return tuple(dict.fromkeys(one for one in pieces if len(one) >= SHINGLE))


def same_phone(asked: str, held: str) -> bool:
    """Whether one of two numbers holds the other, a country's code or an area's zero aside."""
    return bool(asked and held) and (asked in held or held in asked or _without_country(asked) in held)


def phone_pieces(digits: str) -> tuple[str, ...]:
    """All pieces of `SHINGLE` digits; the number itself where it is shorter."""
    return tuple(digits[at : at + SHINGLE] for at in range(max(len(digits) - SHINGLE + 1, 1)))


def _without_country(digits: str) -> str:
    return digits.removeprefix("86").lstrip("0") if digits.startswith("86") and len(digits) > 9 else digits


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """A number in capitals without the signs that people leave out; others tell it apart: `1+1` is not 11."""
    return "".join(char for char in half_width(text).upper() if char not in _LEFT_OUT)


def numbers_of(text: str) -> tuple[str, ...]:
    """A number, the same without the source before it, and its digits where there are six or more.

    Its letters and digits alone find it, too.
    """
    whole = compact(text)
    bare = compact(text.split(":", 1)[1]) if ":" in text else ""
    digits = (bare or whole).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    found = (whole, bare, digits if len(digits) >= 6 else "")
    plain = ("".join(filter(str.isalnum, one)) for one in found)
    return tuple(dict.fromkeys(one for one in (*found, *plain) if one))


def looks_like_number(text: str) -> bool:
    """Whether a text may be a number: it has a digit, and as many letters and digits as a number has."""
    found = compact(text)
    return any(char.isdigit() for char in found) and 2 <= len(found) <= 40


@lru_cache(maxsize=8192)
def host_of(text: str) -> str:
    """The host of an address, a mail or a bare domain, without `www.`; "" where the text is none."""
    plain = half_width(text).casefold().replace("。", ".")
    plain = re.sub(r"^(?:mailto:|https?:?/{0,2})", "", plain).rpartition("@")[2]
    host = re.split(r"[/?#:]", plain, maxsplit=1)[0].strip().rstrip(".").removeprefix("www.")
    return host if _HOST.match(host) else ""


def may_be_name(text: str) -> bool:
    """Whether an address may be a name as well, such as `E.ON` or `Booking.com`: it is a host and no more."""
    return half_width(text).casefold() == host_of(text)


def domains_of(text: str) -> tuple[str, ...]:
    """The host and the registered domain of an address; none for a provider of free mail."""
    host = host_of(text)
    registered = _registered(host) if host else ""
    return () if registered in free_mail() else tuple(dict.fromkeys(one for one in (host, registered) if one))


def mail_of(text: str) -> str:
    """The mail address in one spelling; "" where the text is none."""
    plain = half_width(text).casefold().removeprefix("mailto:")
    local, at, _ = plain.rpartition("@")
    return plain if at and local and " " not in plain and host_of(plain) else ""


@lru_cache(maxsize=8192)
def _registered(host: str) -> str:
    found = _suffixes(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else host
