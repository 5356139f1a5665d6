"""What the format of a spreadsheet's number shows beside it: the sign of a currency, a unit, a scale."""

import re
from functools import lru_cache
from typing import NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS

from ingest.reading.currency import currencies

LOCAL = frozenset(form for number, form in BUILTIN_FORMATS.items() if 5 <= number <= 8 or 37 <= number <= 44)
"""Formats that show the currency of whoever looks: they say nothing of the number."""
COUNTRIES = {
    "409": "USD", "1009": "CAD", "C09": "AUD", "404": "TWD", "C04": "HKD", "804": "CNY", "411": "JPY",
}  # fmt: skip
"""Codes of the languages (Microsoft's LCID) that stand behind a sign which several currencies share."""

_CONDITION = re.compile(r"\[(?!\$)[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)-?([^\]]*)\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([^\x00-\x7f]+)')
_THOUSANDTHS = re.compile(r"[0#?],+(?![#0?,])")


class Beside(NamedTuple):
    """The currency that a format shows (a sign, word or code), and what else changes how its number reads."""

    currency: str | None = None
    unit: str | None = None
    """A word such as `万` or `k`, or `,` where the format divides by thousands."""


@lru_cache(maxsize=256)
def beside_number(form: str) -> Beside:
    """What a format such as `[$€-407] #,##0` or `0.0"万"` shows beside its numbers."""
    if form in LOCAL:
        return Beside()
    first = _CONDITION.sub("", form.split(";", maxsplit=1)[0])
    found = _CURRENCY.search(first)
    rest = _CURRENCY.sub("", first)
    words = [word.strip() for literal in _LITERAL.findall(rest) for word in literal if word.strip()]
    bare = _LITERAL.sub("", rest)
    words += [sign for sign in "$£" if sign in bare]
    signs = [word for word in words if currencies(word)]
    units = [word for word in words if word not in signs and any(letter.isalpha() for letter in word)]
    sign = _shown(*found.groups()) if found is not None else None
    scale = "," if _THOUSANDTHS.search(bare) else None
    return Beside(sign or next(iter(signs), None), next(iter(units), scale))


def _shown(sign: str, country: str) -> str | None:
    """The currency of `[$€-407]`; of a shared sign that of its country."""
    meant = currencies(sign) or ()
    code = COUNTRIES.get(country.upper().lstrip("0"))
    return code if code in meant else sign or None
