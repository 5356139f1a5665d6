"""A company's name taken apart: place, brand, trade and legal form, in Chinese and European forms.

`上海宏远精密机械有限公司` is place 上海, brand 宏远, trade 精密机械 and form 有限公司;
`Acme Tools (Berlin) GmbH` is place berlin, brand acme, trade tools and form gmbh. The words stand in
`company_name.yml`. A name that is made of places and trades alone keeps its first part as its brand.
"""

import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pycountry
import zhconv

from graph.packaged import packaged_yaml
from graph.search_key.fold import AND, spaceless, words
from graph.search_key.legal_form import without_legal_form

SHORTEST_BRAND = 2
"""Characters of a Chinese brand; taking a trade off a name never leaves less."""
_BRACKETS = re.compile(r"[((\[【〔]([^()()\[\]【】〔〕]*)[))\]】〕]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_FORM_ZH = re.compile(
    "(?:股份有限责任公司|有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|集团公司|总公司|分公司|子公司|公司"
    "|普通合伙|有限合伙|合伙企业|个体工商户|经营部|事务所|研究院|研究所|办事处|工作室|工厂|总厂|厂|商行)$"
)
_CODE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """Folded parts of a name; Chinese ones are simplified and without blanks."""

    brand: str
    """Never empty, unless the name holds no letter or digit."""
    place: str | None = None
    trade: str | None = None
    legal_form: str | None = None

    @property
    def key(self) -> str:
        """Brand and trade in one piece: what two spellings of one company's name mostly share."""
        return (self.brand + (self.trade or "")).replace(" ", "")


@lru_cache(maxsize=65536)
def read_company_name(name: str) -> CompanyName:
    """Take a name apart; a name with Chinese characters is read as a Chinese one."""
    plain = unicodedata.normalize("NFKC", name)
    return _chinese(plain) if _HAN.search(plain) else _european(plain)


def simplified(text: str) -> str:
    """Text in NFKC and simplified characters."""
    _load_characters()
    return str(zhconv.convert(unicodedata.normalize("NFKC", text), "zh-cn"))


def is_place(name: str) -> bool:
    """Whether a Chinese text is places alone: 江苏, 广东省深圳市."""
    place, rest = _place_zh(simplified(name))
    return place is not None and (not rest or rest in _places_zh())


def names_place(name: Sequence[str]) -> bool:
    """Whether folded words are a country or a city of the list: `munich`, (`new`, `york`)."""
    return tuple(name) in _places()


def spelled_out(word: str) -> str:
    """The word that a folded abbreviation stands for (`intl`: international); else the word itself."""
    return _abbreviations().get(word, word)


def _chinese(name: str) -> CompanyName:
    text = simplified(name).casefold()
    bracketed = [_joined(found) for found in _BRACKETS.findall(text)]
    bare, form = _without_form_zh(_joined(_BRACKETS.sub("", text)))
    place, rest = _place_zh(bare)
    named = [_place_zh(part) for part in bracketed]
    place = place or next((found for found, left in named if found and not left), None)
    # What else stands in brackets, such as a branch or a former name, is part of what tells two companies
    # apart unless it is a legal form.
    extra = "".join(left for _, left in named if left and _without_form_zh(left)[0])
    brand, trade = _trade_zh(rest or bare)
    return CompanyName(brand + extra, place if rest else None, trade, form)


def _joined(text: str) -> str:
    return "".join(_CODE.findall(text))


def _without_form_zh(text: str) -> tuple[str, str | None]:
    """The text and the forms at its end (`集团股份有限公司` has two); a form alone stays as it is."""
    left, forms = text, ""
    while (found := _FORM_ZH.search(left)) and found.start() > 0:
        left, forms = left[: found.start()], found[0] + forms
    return left, forms or None


def _place_zh(text: str) -> tuple[str | None, str]:
    """The narrowest place at the beginning and what follows: 广东省深圳市宏远 is 深圳, 宏远."""
    place, left = None, text
    while head := next((found for found in _starts(left) if found in _places_zh()), None):
        rest = left[len(head) :]
        ending = next((word for word in _endings() if rest.startswith(word)), "")
        if not rest[len(ending) :]:
            return (place, left) if place else (head, "")
        place, left = head, rest[len(ending) :]
    return place, left


def _starts(text: str) -> Iterator[str]:
    yield from (text[:size] for size in range(min(_longest_place(), len(text)), 1, -1))


def _trade_zh(text: str) -> tuple[str, str | None]:
    """Brand and trade; trades are taken off the end, the longest first, while a brand is left."""
    left = text
    while taken := next((word for word in _ends(left) if word in _trades_zh()), None):
        left = left.removesuffix(taken)
    return left, text[len(left) :] or None


def _ends(text: str) -> Iterator[str]:
    most = min(_longest_trade(), len(text) - SHORTEST_BRAND)
    yield from (text[-size:] for size in range(most, 1, -1))


def _european(name: str) -> CompanyName:
    bracketed = [words(found) for found in _BRACKETS.findall(name)]
    whole = words(_BRACKETS.sub(" ", name)) or words(name)
    bare = without_legal_form(whole)
    form = " ".join(_left_out(whole, bare)) or None
    brand, place = _place_off(bare)
    for inside in bracketed:
        if names_place(inside):
            place = place or " ".join(inside)
        elif inside != whole and not all(word in whole for word in inside):
            brand = (*brand, *without_legal_form(inside))
    brand, trade = _trade_off(brand)
    return CompanyName(" ".join(brand), place, trade, form)


def _left_out(whole: Sequence[str], bare: Sequence[str]) -> tuple[str, ...]:
    """What stands before and behind the bare name, without a connective."""
    for start in range(len(whole) - len(bare) + 1):
        if tuple(whole[start : start + len(bare)]) == tuple(bare):
            out = (*whole[:start], *whole[start + len(bare) :])
            return tuple(word for word in out if word != AND)
    return ()


def _place_off(name: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The name without a place at its end; a place at the beginning is mostly part of the brand."""
    for size in (3, 2, 1):
        if len(name) > size and names_place(name[-size:]):
            return name[:-size], " ".join(name[-size:])
    return name, None


def _trade_off(name: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    left = name
    while len(left) > 1 and (left[-1] in _trades() or left[-1] == AND):
        left = left[:-1]
    return left, " ".join(name[len(left) :]) or None


@lru_cache(maxsize=1)
def _load_characters() -> None:
    """Load zhconv's table once; it leaves its file to the garbage collector, which warns of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        zhconv.loaddict()


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph", "company_name.yml")


@lru_cache(maxsize=1)
def _places() -> frozenset[tuple[str, ...]]:
    countries = (
        words(name) for country in pycountry.countries for name in (country.name, _short_name(country))
    )
    cities = ((word,) for word in str(_declared()["places"]).split())
    pairs = (("hong", "kong"), ("new", "york"), ("los", "angeles"), ("north", "america"), ("middle", "east"))
    return frozenset(place for place in (*countries, *cities, *pairs) if not any(map(spaceless, place)))


def _short_name(country: Any) -> str:
    return str(getattr(country, "common_name", country.name))


@lru_cache(maxsize=1)
def _places_zh() -> frozenset[str]:
    return frozenset(str(_declared()["places_zh"]).split())


@lru_cache(maxsize=1)
def _longest_place() -> int:
    return max(map(len, _places_zh()))


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(_declared()["place_endings_zh"])


@lru_cache(maxsize=1)
def _trades_zh() -> frozenset[str]:
    return frozenset(str(_declared()["trades_zh"]).split())


@lru_cache(maxsize=1)
def _longest_trade() -> int:
    return max(map(len, _trades_zh()))


@lru_cache(maxsize=1)
def _trades() -> frozenset[str]:
    return frozenset(str(_declared()["trades"]).split())


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return dict(_declared()["abbreviations"])
