"""What kind of value a text is, as its form shows: a mail address, a telephone number, a company's name.

A text may be of several kinds; the profile of a column counts them.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import pycountry
import yaml

from graph.country import country_code
from graph.search_key import same_letters
from graph.title import read_title
from ingest.reading.choice import folded as folded_choice
from ingest.reading.choice import vocabulary
from ingest.reading.currency import currencies
from ingest.reading.errors import NotUnderstood
from ingest.reading.moment import read_moment
from ingest.reading.number import as_double, read_number
from ingest.reading.people import SURNAMES
from ingest.reading.yes_no import NO, YES

_EMAIL = re.compile(r"[^\s<>\"',;@]+@[^\s<>\"',;@]+\.[a-z]{2,}", re.IGNORECASE)
_HOSTS = "com|net|org|cn|de|fr|es|io|co|uk|jp|br|it|eu|us|mx|pt|nl|ch|at|example|test"
_URL = re.compile(
    rf"(https?://|www\.)\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.({_HOSTS})(\.[a-z]{{2}})?(/\S*)?", re.IGNORECASE
)
_PHONE = re.compile(
    r"[+(（]?[\d][\d\s()（）./–-]{5,22}\d(\s*(ext|x|转|分机|#)[.:]?\s*\d{1,6})?", re.IGNORECASE
)
_PRICE = re.compile(r"[\d.,' ]*\d[.,]\d{1,4}")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NP-RTUW-Y]{18}")

_BRAZIL = re.compile(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/#:-]{0,39}")
_UUID = re.compile(r"\{?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\}?", re.IGNORECASE)
_LATIN_NAME = re.compile(
    r"([A-ZÀ-Þ][\w'’.-]*\.?)([ ,]+(van|von|de|da|dos|del|la|le|der|di)?\s*[A-ZÀ-Þ][\w'’-]*\.?){1,3}"
)
_RANGE = re.compile(
    r"(?=.*\d)(<|>|≤|≥|ab|bis|under|over|über|more than|less than|up to)? ?\d[\d.,' ]*[kK]?"
    r" ?((-|–|—|~|～|至|到|to|bis|à|a) ?\d[\d.,' ]*[kK]?|\+|以上|以下)?"
    r"( ?(人|employees|mitarbeiter|people))?",
    re.IGNORECASE,
)
"""A size in steps, such as `50-100`, `500+` and `51 to 200`."""
_YEARLESS = re.compile(r"\d{1,7}([.,]\d+)?")
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VAT_PREFIX = "AT|BE|BG|CH|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI"
_VAT = re.compile(rf"({_VAT_PREFIX})[A-Z0-9]{{8,12}}")
YES_OR_NO = {"true": YES, "false": NO, "booleans": [word for word in (*YES, *NO) if not word.isdigit()]}
"""The words of any cell; digits may be numbers as well."""
LONG_TEXT = 40
"""Characters from which a text is a sentence rather than a name."""


@cache
def _data() -> Mapping[str, Any]:
    text = files("ingest.proposal.columns").joinpath("values.yml").read_text(encoding="utf-8")
    read: Mapping[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return read


@cache
def shown_fields() -> tuple[tuple[str, str, str], ...]:
    """What values show by themselves: their kind, the label or link, the field."""
    return tuple((kind, label, name) for kind, label, name in _data()["shows"])


@cache
def channel_words() -> Mapping[str, tuple[str, ...]]:
    """Words of file names that tell of a channel."""
    return {channel: tuple(words) for channel, words in _data()["channels"].items()}


def words_of(name: str) -> frozenset[str]:
    """The words of a list: what means yes, what means no."""
    return _listed()[name]


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """The word lists of `values.yml`, those for yes and no with the words of every reader."""
    lists = {name: words for name, words in _data().items() if name not in ("shows", "channels")}
    lists |= {name: [*lists[name], *words] for name, words in YES_OR_NO.items()}
    return {name: frozenset(map(same_letters, words)) for name, words in lists.items()}


def is_credit_code(text: str) -> bool:
    """A 统一社会信用代码 whose check digit fits (GB 32100-2015)."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if not _CREDIT_CODE.fullmatch(code):
        return False
    total = sum(w * _CREDIT_ALPHABET.index(c) for w, c in zip(_CREDIT_WEIGHTS, code[:17], strict=True))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == code[17]


def _is_tax_id(text: str) -> bool:
    code = text.replace(" ", "")
    return bool(
        is_credit_code(code)
        or (_VAT.fullmatch(code) and sum(c.isdigit() for c in code) >= 7)
        or _BRAZIL.fullmatch(code)
    )


def _is_date(text: str) -> bool:
    if len(text) < 6 or not any(c.isdigit() for c in text):
        return False
    try:
        read_moment(text, order="day-first", year_last=True)
    except NotUnderstood:
        try:
            read_moment(text, order="month-first", year_last=True)
        except NotUnderstood:
            return False
    except ValueError:
        return False
    return True


def number_of(text: str) -> float | None:
    """The number that a text is, whichever mark its decimals have; None where it is none."""
    for mark in (".", ","):
        try:
            return as_double(read_number(text, mark))
        except (NotUnderstood, ValueError, ArithmeticError):
            continue
    return None


def _is_decimal(text: str) -> bool:
    """An amount with its decimals; `1.01.1001`, `76.123.100` and `01.0012` number something."""
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}|0\d+[.]\d+", text):
        return False
    amount = re.fullmatch(r"[^\d]{0,4}-?\d[\d.,'’ ]*[.,]\d{1,4}[^\d]{0,4}", text)
    return amount is not None and number_of(text) is not None


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    if not 7 <= digits <= 17 or not _PHONE.fullmatch(text) or _PRICE.fullmatch(text) or _is_date(text):
        return False
    plain = text.isdigit()
    return not plain or (digits == 11 and text[0] == "1") or (digits >= 10 and text[0] == "0")


def _is_company(text: str) -> bool:
    if len(text) < 3:
        return False
    plain = same_letters(text)
    if any(sign in plain for sign in _listed()["company_signs"]):
        return True
    words = re.findall(r"[^\W\d_]+(?:\.[^\W\d_]+)*", plain.replace("&", " "))
    return len(words) > 1 and any(
        word.strip(".") in _listed()["company_words"] for word in (words[-1], words[0])
    )


def _is_person(text: str) -> bool:
    if any(c.isdigit() for c in text) or _is_company(text):
        return False
    bare = text.replace(" ", "").replace("·", "")
    if re.fullmatch(r"[一-鿿]{2,4}", bare):
        return bare[0] in SURNAMES and same_letters(text) not in _places()
    if " " in text.strip() and re.fullmatch(r"[぀-ヿ一-鿿]{1,4}[ 　][぀-ヿ一-鿿]{1,4}", text.strip()):
        return True
    return _LATIN_NAME.fullmatch(text.strip()) is not None and not _is_country(text)


def _is_given_name(text: str) -> bool:
    return same_letters(text).split(" ")[0] in _listed()["given_names"]


@cache
def _places() -> frozenset[str]:
    lists = _listed()
    return lists["cities"] | lists["provinces"]


def _is_country(text: str) -> bool:
    """A code of two letters counts in capitals alone: in small ones it may be a word."""
    return country_code(text) is not None and (len(text) != 2 or not text.isascii() or text.isupper())


def _among(name: str) -> Callable[[str], bool]:
    return lambda text: same_letters(text) in _listed()[name]


def _is_city(text: str) -> bool:
    return same_letters(text) in _listed()["cities"] or (len(text) <= 5 and text.endswith("市"))


@cache
def _subdivisions() -> frozenset[str]:
    """Names of states and provinces of all countries; of the United States and Canada their codes, too."""
    names = {same_letters(one.name) for one in pycountry.subdivisions}
    codes = {one.code[3:] for one in pycountry.subdivisions if one.code[:2] in ("US", "CA")}
    return frozenset(names | codes)


def _is_province(text: str) -> bool:
    if same_letters(text) in _subdivisions() or text in _subdivisions():
        return True
    return same_letters(text) in _listed()["provinces"] or (
        len(text) <= 8 and text.endswith(("省", "自治区", "大区"))
    )


def _chosen(enumeration: str) -> Callable[[str], bool]:
    return lambda text: (
        folded_choice(text) in vocabulary()[enumeration]
        or bool((bare := re.sub(r"^p?\d+ ", "", folded_choice(text))) and bare in vocabulary()[enumeration])
    )


KINDS: Mapping[str, Callable[[str], bool]] = {
    "email": lambda text: _EMAIL.search(text) is not None,
    "url": lambda text: _URL.fullmatch(text) is not None and "@" not in text,
    "phone": _is_phone,
    "mobile": lambda text: re.fullmatch(r"(\+?86[ -]?)?1[3-9]\d{9}", re.sub(r"[ -]", "", text)) is not None,
    "tax_id": _is_tax_id,
    "date": _is_date,
    "time_of_day": lambda text: re.fullmatch(r".*\d{1,2}:\d{2}.*", text) is not None,
    "number": lambda text: number_of(text) is not None,
    "range": lambda text: _RANGE.fullmatch(text) is not None and not text.isdigit(),
    "integer": lambda text: re.fullmatch(r"-?\d{1,15}", text) is not None,
    "small": lambda text: re.fullmatch(r"-?\d{1,4}(\.0+)?", text) is not None,
    "decimal": _is_decimal,
    "unit": _among("units"),
    "epoch": lambda text: re.fullmatch(r"[89]\d{8}|1\d{9}|1\d{12}", text) is not None,
    "percent": lambda text: re.fullmatch(r"-?\d+([.,]\d+)?\s?%", text) is not None,
    "boolean": lambda text: same_letters(text) in _listed()["booleans"],
    "currency": lambda text: len(text) <= 12 and not text.isdigit() and currencies(text) is not None,
    "country": _is_country,
    "city": _is_city,
    "province": _is_province,
    "company": _is_company,
    "person": _is_person,
    "given_name": _is_given_name,
    "job": lambda text: len(text) < LONG_TEXT and read_title(text).seniority is not None,
    "uuid": lambda text: _UUID.fullmatch(text) is not None,
    "code": lambda text: _CODE.fullmatch(text) is not None and not _YEARLESS.fullmatch(text),
    "long": lambda text: len(text) >= LONG_TEXT or sum(c > "⺀" for c in text) >= 15,
    "industry": _among("industries"),
    "stage": _among("stages"),
    "state": _among("states"),
    "channel": _chosen("channel"),
    "priority": _chosen("priority"),
    "ticket_kind": _chosen("Ticket.kind"),
    "decision_role": _chosen("role"),
}  # fmt: skip


@lru_cache(maxsize=100_000)
def kinds_of(text: str) -> frozenset[str]:
    """All kinds that a text without outer blanks may be."""
    return frozenset(kind for kind, holds in KINDS.items() if holds(text))
