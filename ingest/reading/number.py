"""Numbers as people and programs write them, read exactly or not at all.

`1.234` and `1,234` alone have two meanings; which mark is the decimal one is stated by the mapping or
shown by other cells of the column. Words and signs around a number are read where they are known:
currencies, percent, 万 and Mio., nouns of counting. Everything else is refused.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from ingest.reading.currency import currencies
from ingest.reading.errors import NotUnderstood

SCALES: dict[str, Decimal | int] = {
    "%": Decimal("0.01"), "‰": Decimal("0.001"), "percent": Decimal("0.01"), "pct": Decimal("0.01"),
    "prozent": Decimal("0.01"), "k": 10**3, "tsd": 10**3, "thousand": 10**3, "千": 10**3, "mille": 10**3,
    "万": 10**4, "萬": 10**4, "万元": 10**4, "十万": 10**5, "lakh": 10**5, "lakhs": 10**5, "百万": 10**6,
    "M": 10**6,
    "mm": 10**6, "mn": 10**6, "mio": 10**6, "mill": 10**6, "million": 10**6, "millions": 10**6,
    "millionen": 10**6,
    "crore": 10**7, "crores": 10**7, "千万": 10**7, "亿": 10**8, "億": 10**8, "bn": 10**9, "B": 10**9,
    "mrd": 10**9,
    "md": 10**9, "milliarden": 10**9, "十亿": 10**9,
}  # fmt: skip
"""What a word after the number multiplies it by; `M` and `B` in upper case only: `m` may mean metres."""
COUNTED = frozenset({
    "pc", "pcs", "piece", "pieces", "st", "stk", "stck", "stück", "stueck", "unit", "units", "ea",
    "item", "items", "件", "个", "個", "台", "套", "只", "次", "人", "名", "位", "家", "people", "persons",
    "employees", "staff", "mitarbeiter", "mitarbeitende", "personen", "personnes", "salariés",
    "empleados",
})  # fmt: skip
"""Nouns of counting that may follow a number and change nothing."""
COMMA_GROUPS = frozenset({"USD", "GBP", "CNY", "JPY", "HKD", "TWD", "SGD", "AUD", "INR", "KRW"})
"""Currencies beside which `1,234` is a thousand: where they are at home a comma separates no decimals."""
DIGITS_KEPT = 17
"""Significant decimal digits that a double tells apart (IEEE 754)."""

_EXPONENT = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([eE]\+?)(-?\d+)")
_SHAPE = re.compile(
    r"(?P<before>\D*?)(?P<sign>[+-]?)(?P<number>(?:[.,]\d|\d)(?:[\d.,'’ ]*\d)?)\.?(?P<after>\D*)"
)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,'’ ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")


def _showing(mark: str, other: str) -> str:
    m, o = re.escape(mark), re.escape(other)
    start, end = r"(^|[^\d.,])", r"($|[^\d.,])"
    shapes = (
        rf"\d{m}\d{{1,2}}{end}", rf"{m}\d{{4,}}{end}", rf"{start}0?{m}\d", rf"\d{{4}}{m}\d",
        rf"{o}\d{{3}}{m}\d", rf"{o}\d{{3}}{o}\d{{3}}",
    )  # fmt: skip
    return "|".join(shapes)


SHOWS = {".": _showing(".", ","), ",": _showing(",", ".")}
"""By decimal mark: a pattern (RE2) of what only a number with that mark looks like."""
WHOLE_SHOWS = {
    ".": r"^[+-]?[1-9]\d{0,2},(\d\d[1-9]|\d[1-9]\d|[1-9]\d\d)$",
    ",": r"^[+-]?[1-9]\d{0,2}\.(\d\d[1-9]|\d[1-9]\d|[1-9]\d\d)$",
}
"""The same for a column of whole numbers: `1,250` has no fraction there, so the comma separates thousands."""


@dataclass(frozen=True, slots=True)
class Number:
    """An exact number and what stood around it."""

    value: Decimal
    currencies: tuple[str, ...] = ()
    """The currencies that its sign or word may mean; empty where none stands there."""
    scale: str | None = None
    """The word that multiplied it, such as `%` or `万`."""


def read_number(text: str, decimal: str | None = None, thousands: str | None = None) -> Number:
    """The number that a text is. Raises NotUnderstood with advice."""
    if any(unicodedata.category(character) == "No" for character in text):  # superscripts, fractions
        raise NotUnderstood("its form is not known: clean or map it")
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").split())
    exponent = _EXPONENT.fullmatch(plain)
    if exponent is not None:
        return Number(_scientific(plain, *exponent.groups()))
    negative, bare = _sign(plain)
    shape = _SHAPE.fullmatch(bare)
    if shape is None or (negative and shape["sign"]):
        raise NotUnderstood("its form is not known: clean or map it")
    scale, codes = _around([shape["before"], shape["after"]])
    if (
        decimal is None
        and thousands is None
        and set(codes) & COMMA_GROUPS
        and _one_group(shape["number"], ",")
    ):
        decimal, thousands = ".", ","
    value = _digits(shape["number"], decimal, thousands)
    factor = Decimal(1) if scale is None else Decimal(SCALES[scale])
    value = value * factor
    return Number(-value if negative or shape["sign"] == "-" else value, codes, scale)


def read_integer(text: str, decimal: str | None = None, thousands: str | None = None) -> int:
    """A whole number of up to 64 bits, exact; `12.0` is 12. Raises NotUnderstood."""
    if re.fullmatch(r"[+-]?\d+", text):
        value = Decimal(text)
    elif decimal is None and thousands is None and _only_as_thousands(text):
        value = Decimal(re.sub(r"[.,]", "", text))
    else:
        value = read_number(text, decimal, thousands).value
    if value != value.to_integral_value():
        raise NotUnderstood("it has a fraction")
    if not -(2**63) <= value < 2**63:
        raise NotUnderstood("it has more digits than a whole number keeps (64 bits): map it as text")
    return int(value)


def as_double(number: Number) -> float:
    """The number as a double. Raises NotUnderstood: there is none, or a whole number would lose digits."""
    value = float(number.value)
    if not isfinite(value) or (value == 0) != (number.value == 0):
        raise NotUnderstood("no amount is so large or so near to nothing")
    if (
        number.value == number.value.to_integral_value()
        and len(number.value.normalize().as_tuple().digits) > DIGITS_KEPT
    ):
        raise NotUnderstood("it has more digits than an amount keeps: map it as text")
    return value


def decimal_mark(texts: Iterable[str], *, whole: bool = False) -> str | None:
    """The decimal mark that the numbers of a column show; None where none or both are shown."""
    kept = list(texts)
    shown = {mark for mark, pattern in shows(whole=whole).items() if any(re.search(pattern, t) for t in kept)}
    return shown.pop() if len(shown) == 1 else None


def shows(*, whole: bool) -> dict[str, str]:
    """By decimal mark, the pattern of what shows it; `whole` for columns of whole numbers."""
    return {mark: f"{SHOWS[mark]}|{WHOLE_SHOWS[mark]}" if whole else SHOWS[mark] for mark in SHOWS}


def _only_as_thousands(text: str) -> bool:
    """A single group whose other reading has a fraction, which no whole number has."""
    return any(re.fullmatch(pattern, text) for pattern in WHOLE_SHOWS.values())


def _scientific(text: str, mantissa: str, letter: str, exponent: str) -> Decimal:
    fraction = len(mantissa.partition(".")[2])
    if letter == "E+" and fraction <= 5 and int(exponent) > fraction + 3:
        raise NotUnderstood(
            "a spreadsheet dropped its last digits: format the column as a number and export again"
        )
    return Decimal(text)


def _sign(text: str) -> tuple[bool, str]:
    """Whether brackets or a minus at the end make it negative, and the text without them."""
    bracketed = re.fullmatch(r"(\D*)\((.+)\)(\D*)", text)
    if bracketed is not None:
        return True, "".join(bracketed.groups())
    if re.search(r"\d-$", text):
        return True, text[:-1]
    leading = re.fullmatch(r"-\s?(\D+\d.*)", text)
    return (True, leading[1]) if leading is not None else (False, text)


def _digits(number: str, decimal: str | None, thousands: str | None) -> Decimal:
    if decimal is None and thousands is None:
        decimal, thousands = _marks(number)
    decimal = decimal or ("," if thousands == "." else ".")
    whole, mark, fraction = number.partition(decimal)
    if mark and not fraction.isdigit():
        raise NotUnderstood(f"it is no number with `{decimal}` as decimal mark")
    if not whole.isdigit() and whole:
        grouped = _GROUPED.fullmatch(whole)
        group = grouped["mark"] or "," if grouped is not None else None
        if group is None or (thousands is not None and group != thousands):
            raise NotUnderstood(f"it is no number with `{decimal}` as decimal mark")
        whole = re.sub(r"\D", "", whole)
    return Decimal(f"{whole or '0'}.{fraction}" if fraction else whole)


def _marks(number: str) -> tuple[str, str | None]:
    """Decimal and thousands mark as the number itself shows them. Raises NotUnderstood where it does not."""
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return (".", ",") if number.rindex(".") > number.rindex(",") else (",", ".")
    mark = "." if points else ","
    count = points or commas
    if count == 1 and _one_group(number, mark):
        raise NotUnderstood(f"`{mark}` may separate decimals or thousands: declare `decimal:`")
    if count == 1:
        return mark, None
    return ("," if mark == "." else "."), (mark if count else None)


def _one_group(number: str, mark: str) -> bool:
    """Three digits behind one mark: thousands or decimals."""
    return re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}", number) is not None


def _around(texts: Iterable[str]) -> tuple[str | None, tuple[str, ...]]:
    """What the words beside a number say: a factor and currencies. Raises NotUnderstood for unknown ones."""
    scale: str | None = None
    codes: tuple[str, ...] = ()
    for word in (word for text in texts for word in _words(text)):
        found = word if word in SCALES else word.lower() if word.lower() in SCALES and len(word) > 1 else None
        found = "k" if word == "K" else found
        meant = currencies(word)
        if found is not None and scale is None:
            scale = found
        elif meant is not None and codes in ((), meant):
            codes = meant
        elif word.lower() not in COUNTED:
            raise NotUnderstood(f"`{word}` beside a number is not understood: map it or clean it away")
    return scale, codes


def _words(text: str) -> list[str]:
    """The words beside a number: a whole phrase that names a currency, else single words and signs."""
    phrase = text.strip(" .,")
    if not phrase or phrase in SCALES or currencies(phrase) is not None:
        return [phrase] if phrase else []
    joined = re.match(r"(十万|百万|千万|十亿|[千万亿萬億])(.*)", phrase)
    if joined is not None:
        return [joined[1], *_words(joined[2])]
    return [word.strip(".") for word in re.findall(r"[^\W\d_]+\$?\.?|[^\w\s.,]", phrase)]
