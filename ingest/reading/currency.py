"""Currencies as exports write them: codes, signs and names to ISO 4217 (names and signs of Unicode CLDR)."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.numbers import get_currency_symbol, list_currencies

from graph.search_key import same_letters
from ingest.reading.errors import NotUnderstood
from ingest.reading.names import LANGUAGES

SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₫": "VND", "₪": "ILS",
    "฿": "THB",
    "₴": "UAH", "₱": "PHP", "₦": "NGN", "zł": "PLN", "kč": "CZK", "r$": "BRL", "us$": "USD", "hk$": "HKD",
    "nt$": "TWD", "a$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "cn¥": "CNY", "jp¥": "JPY",
    "rmb": "CNY",
    "人民币元": "CNY", "日元": "JPY", "日圆": "JPY", "円": "JPY", "美金": "USD", "港元": "HKD", "港币": "HKD",
    "台币": "TWD", "新台币": "TWD", "英镑": "GBP", "stg": "GBP", "sfr": "CHF", "euros": "EUR",
    "us dollars": "USD",
    "yuan": "CNY", "renminbi": "CNY", "yen": "JPY", "dollar us": "USD", "us-dollar": "USD",
    "pound sterling": "GBP",
    "pfund sterling": "GBP", "livre sterling": "GBP",
    "schweizer franken": "CHF", "swiss francs": "CHF",
}  # fmt: skip
SHARED: Mapping[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS"),
    "dollar": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "dollars": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "¥": ("CNY", "JPY"),
    "元": ("CNY", "TWD", "HKD", "SGD"),
    "块": ("CNY", "TWD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "fr": ("CHF",),
    "pound": ("GBP", "EGP", "LBP"),
    "pounds": ("GBP", "EGP", "LBP"),
    "franken": ("CHF",),
    "rs": ("INR", "PKR", "LKR", "NPR"),
}
"""Signs and words that several currencies share: a single amount does not say which."""


def read_currency(text: str) -> str:
    """The ISO 4217 code of `eur`, `€`, `Euro` or `人民币`. Raises NotUnderstood."""
    meant = currencies(text)
    if meant is None:
        raise NotUnderstood("it is no currency of ISO 4217")
    if len(meant) > 1:
        raise NotUnderstood(f"it may be {', '.join(meant[:4])}: write its code")
    return meant[0]


def currencies(text: str) -> tuple[str, ...] | None:
    """The codes that a sign or word may mean; None where it means none."""
    word = _folded(text)
    if word.upper() in _codes():
        return (word.upper(),)
    return SHARED.get(word) or _names().get(word)


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies())


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """Codes by folded name or sign; where a name is shared the mapping leaves it out."""
    meant: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        locale = Locale.parse(language)
        for code, name in locale.currencies.items():
            meant[_folded(name)].add(code)
    for code in _codes():
        sign = _folded(get_currency_symbol(code, "en"))
        if sign not in SHARED:
            meant[sign].add(code)
    for sign, code in SIGNS.items():
        meant[_folded(sign)] = {code}
    return {name: tuple(codes) for name, codes in meant.items() if len(codes) == 1}


def _folded(text: str) -> str:
    """Without case, blanks at the ends, dots and Unicode variants; `￥` is `¥`."""
    return same_letters(text).rstrip(".")
