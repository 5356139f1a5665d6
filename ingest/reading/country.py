"""Countries as exports name them: `ES`, `ESP`, `Spain`, `Spanien`, 西班牙."""

from functools import cache

import pycountry
from babel import Locale

from ingest.reading.called import LANGUAGES, bare


def read_country(text: str | None) -> str | None:
    """The code of two letters (ISO 3166-1); None where the text names no country."""
    return None if text is None else _named().get(bare(text))


@cache
def _named() -> dict[str, str]:
    """Codes by code and by name; where two countries share a name, the first one's."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for name in (country.alpha_2, country.alpha_3, country.name):
            found.setdefault(bare(name), country.alpha_2)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha() and len(code) == len("ES"):
                found.setdefault(bare(name), code)
    return found
