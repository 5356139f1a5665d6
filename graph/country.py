"""Countries by the names and codes that records write (ISO 3166, Unicode CLDR)."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import pycountry
from babel import Locale

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "zh", "ja")
_ALSO = {"uk": "GB", "england": "GB", "america": "US", "korea": "KR"}


def country_code(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a country's code or name; None where it is none."""
    return country_codes().get(folded(text))


@cache
def country_codes() -> Mapping[str, str]:
    """Alpha-2 codes by folded name or code."""
    return {**dict(_named()), **_ALSO}


def folded(text: str) -> str:
    """Letters and digits alone, in small ones."""
    plain = unicodedata.normalize("NFC", text).lower()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] in "LN")


def _named() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if pycountry.countries.get(alpha_2=code) is not None:
                yield folded(name), code
    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name", "alpha_3", "alpha_2"):
            if name := getattr(country, kind, None):
                yield folded(name), country.alpha_2
