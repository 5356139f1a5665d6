"""What a header says its amounts are counted in: thousands, 万, cents."""

import re
import unicodedata

MONEY = frozenset({
    "amount", "amount_with_tax", "open_amount", "revenue", "list_price", "reporting_amount",
})  # fmt: skip
"""Fields that hold amounts."""

_SIGN = r"(?:€|\$|£|eur|usd|gbp|chf)"
_THOUSANDS = rf"t\s?€|teur|tusd|tchf|tgbp|k\s?{_SIGN}|{_SIGN}\s?k|thousands?|tsd|milliers|migliaia"
_MILLIONS = rf"meur|musd|mio|mn|millions?|millionen|millones|milioni|{_SIGN}\s?m|m\s?{_SIGN}"
_SCALES = {
    "0.01": r"(?<![a-z])cents?(?![a-z])|minor units?",
    "1000": rf"(?<![a-z])(?:{_THOUSANDS})(?![a-z])|(?<!\d)['’]000|\(000s?\)|in 000s?|тыс|千[円元]|\(千\)",
    "10000": r"(?<![十百千])[万萬](?=[元円圆)]|$)",
    "1000000": rf"(?<![a-z])(?:{_MILLIONS})(?![a-z])|млн|百[万萬]",
    "100000000": r"(?<!十)[亿億](?=[元円圆)]|$)",
}
"""By factor, what says so in a header without case and in one width."""
_PATTERNS = {factor: re.compile(pattern) for factor, pattern in _SCALES.items()}


def factor_of(header: str) -> str | None:
    """By how much the numbers below a header are to be multiplied; None where it names no scale, or two."""
    plain = unicodedata.normalize("NFKC", header).casefold()
    found = [factor for factor, pattern in _PATTERNS.items() if pattern.search(plain)]
    return found[0] if len(found) == 1 else None
