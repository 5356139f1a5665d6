"""How alike two names of companies or of people are, beyond spelling and legal form."""

import re

from graph.branch import says_branch
from graph.company_name import CompanyName, read_company_name, simplified
from graph.search_key.fold import spaceless, words
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.company import words_alike
from ingest.resolve.compared import Kind
from ingest.resolve.name_parts import TITLES
from ingest.resolve.tokens import name_words

NEARLY = 0.9
"""Likeness of companies' names of which one is the other with a slip, or an abbreviation."""
GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
MEN, WOMEN = frozenset({"mr", "herr", "sir"}), frozenset({"mrs", "ms", "miss", "frau", "lady"})


def likeness(kind: Kind, one: object, other: object) -> float:
    """How alike two names are, 0 to 1; 1 where they are the same but for spelling and legal form.

    A name that stands for nothing, such as `n/a`, is like none.
    """
    if not isinstance(one, str) or not isinstance(other, str) or looks_like_placeholder(one):
        return 0.0
    return _companies_alike(one, other) if kind == "Customer" else _people_alike(one, other)


def _companies_alike(one: str, other: str) -> float:
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    if any(map(spaceless, one)) and any(map(spaceless, other)):
        return _chinese_alike(one, other)
    left, right = (name_words(name, "company_name") for name in (one, other))
    return words_alike(left, right, dict.fromkeys((*left, *right), 1.0))


def _chinese_alike(one: str, other: str) -> float:
    left, right = read_company_name(one), read_company_name(other)
    if says_branch(one) != says_branch(other):
        return 0.0
    if left.place and right.place and left.place != right.place:
        return 0.0
    if left.key == right.key:
        return 1.0
    return NEARLY if _shortened(left, right) or _shortened(right, left) else 0.0


def _shortened(short: CompanyName, long: CompanyName) -> bool:
    """Whether one is the other's brand with less of its trade: 宏远, 宏远精密机械."""
    return short.brand == long.brand and long.key.startswith(short.key)


def _people_alike(one: str, other: str) -> float:
    left, right = _parts(one), _parts(other)
    if not left or not right or (set(left) ^ set(right)) & GENERATIONS or _man_and_woman(one, other):
        return 0.0
    if sorted(left) == sorted(right) or "".join(left) == "".join(right):
        return 1.0
    return NEARLY if _initialled(left, right) or _initialled(right, left) else 0.0


def _man_and_woman(one: str, other: str) -> bool:
    """`Mr Koch` beside `Mrs Koch`."""
    left, right = set(words(one)), set(words(other))
    return any(left & these and right & those for these, those in ((MEN, WOMEN), (WOMEN, MEN)))


def _parts(name: str) -> tuple[str, ...]:
    found = words(simplified(name) if not name.isascii() else name)
    if found and all(any(map(spaceless, word)) for word in found):
        return ("".join(found),)
    return tuple(word for word in found if word not in TITLES - GENERATIONS) or found


def _initialled(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """`M. Rossi` or `Rossi` beside `Marta Rossi`."""
    head, last = short[:-1], short[-1]
    return (
        last == long[-1]
        and len(short) <= len(long)
        and all(full.startswith(part) for part, full in zip(head, long, strict=False))
    )
