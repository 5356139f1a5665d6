"""Names of months, weekdays and halves of a day in the languages of business exports (Unicode CLDR)."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from babel import Locale

LANGUAGES = (
    "en", "en_GB", "de", "de_AT", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu",
    "ro", "ru",
    "tr", "zh", "ja", "ko",
)  # fmt: skip
_EXTRA_MONTHS = {"sept": 9, "mrz": 3, "maerz": 3, "jaenner": 1, "juil": 7, "juill": 7, "janv": 1, "fevr": 2}


def folded(word: str) -> str:
    """A word without case, accents and the dot of an abbreviation."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).rstrip(".")


@cache
def months() -> Mapping[str, int]:
    """Month number by folded name; a name that means several months in several languages is left out."""
    names = ((name, number) for names in _calendar("months") for number, name in names.items())
    return {**_unambiguous(names), **_EXTRA_MONTHS}


@cache
def weekdays() -> Mapping[str, frozenset[int]]:
    """The weekdays (Monday is 0) that a folded name may mean."""
    meant: dict[str, set[int]] = defaultdict(set)
    for names in _calendar("days"):
        for number, name in names.items():
            if not name.isdigit():
                meant[folded(name)].add(number)
    return {name: frozenset(numbers) for name, numbers in meant.items()}


def _calendar(part: str) -> Iterable[Mapping[int, str]]:
    for language in LANGUAGES:
        forms = getattr(Locale.parse(language), part)
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                yield forms[context][width]


def _unambiguous(names: Iterable[tuple[str, int]]) -> dict[str, int]:
    meant: dict[str, set[int]] = defaultdict(set)
    for name, number in names:
        word = folded(name)
        if re.fullmatch(r"[^\W\d_]{3,}", word):
            meant[word].add(number)
    return {word: numbers.pop() for word, numbers in meant.items() if len(numbers) == 1}


FORENOON = frozenset({"am", "上午", "早上", "午前", "오전"})
AFTERNOON = frozenset({"pm", "下午", "晚上", "午後", "오후"})
