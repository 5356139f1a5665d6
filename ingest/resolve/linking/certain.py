"""What a plain rule calls one, whatever a model says: one name, and an address or number that few have.

A list of fifty records is too short to learn from, but two records of one name and one telephone number are
no riddle. That is deterministic linkage (Christen, Data Matching, 2012, section 6.1): names that are equal
once spelling is taken off, an identifier in common, and nothing that contradicts.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberType

from graph.branch import says_branch
from graph.company_name import CompanyName, read_company_name, simplified
from graph.legal_form import of_other_forms
from graph.search_key.fold import spaceless, words
from ingest.reading.placeholder import looks_like_placeholder
from ingest.resolve.company import words_alike
from ingest.resolve.compared import Kind, same
from ingest.resolve.linking.sharing import Both
from ingest.resolve.name_parts import TITLES
from ingest.resolve.tokens import name_words

NEARLY = 0.9
"""Likeness of companies' names of which one is the other with a slip, or an abbreviation."""
NAMED_ALIKE = 0.6
"""Likeness of names from which two that share a number may be one: a person decides."""
GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
MEN, WOMEN = frozenset({"mr", "herr", "sir"}), frozenset({"mrs", "ms", "miss", "frau", "lady"})

Record = Mapping[Any, Any]


def is_certain(kind: Kind, one: Record, other: Record, shared: Mapping[str, Both]) -> bool:
    """Whether the two are one beyond doubt. shared: what both have by field, among all their values."""
    alike = likeness(kind, one.get("name"), other.get("name"))
    against = _contradictions(kind, one, other, shared)
    if "tax_id" in against or not shared:
        return False
    if kind == "Contact":
        return alike == 1.0 and ({"email", "mobile"} & shared.keys() != set() or _by_mobile(shared, against))
    if "tax_id" in shared:
        return alike >= NEARLY
    return not against and (alike == 1.0 or (alike >= NEARLY and len(shared) >= 2))


def agree(kind: Kind, one: Record, other: Record, shared: Mapping[str, Both]) -> bool:
    """Whether nothing tells two records apart that are each certainly one with a third.

    People's other addresses do not: who has two is known under both. Nor does anything beside one tax number.
    """
    alike = likeness(kind, one.get("name"), other.get("name"))
    if kind == "Contact":
        return alike == 1.0
    return alike >= NEARLY and ("tax_id" in shared or not _contradictions(kind, one, other, shared))


def _by_mobile(shared: Mapping[str, Both], against: set[str]) -> bool:
    """Whether the telephone is a mobile one and nothing contradicts: colleagues of one name share a desk."""
    return "phone" in shared and not against and _is_mobile(shared["phone"].one)


def _is_mobile(number: str) -> bool:
    """A mobile number with its country, or a Chinese one without. North American numbers do not tell."""
    try:
        read = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return False
    types = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.is_valid_number(read) and phonenumbers.number_type(read) in types


def likeness(kind: Kind, one: object, other: object) -> float:
    """How alike two names are, 0 to 1; 1 where they are the same but for spelling and legal form.

    A name that stands for nothing, such as `n/a`, is like none.
    """
    if not isinstance(one, str) or not isinstance(other, str) or looks_like_placeholder(one):
        return 0.0
    return _companies_alike(one, other) if kind == "Customer" else _people_alike(one, other)


def bits_by_chance(records: int, alike: float, shared: Mapping[str, Both]) -> dict[str, float]:
    """By field what equal values say, in bits: how seldom two different records would have them by chance.

    `rarity` holds what speaks against any pair of so many records. alike: the likeness of their names.
    """
    rare = math.log2(max(2, records))
    said = {field: math.log2(max(2, records / both.records)) for field, both in shared.items()}
    name = rare if alike == 1.0 else rare * max(0.0, alike - NAMED_ALIKE) / (1 - NAMED_ALIKE)
    return {"name": name, **said, "rarity": -rare}


def _contradictions(kind: Kind, one: Record, other: Record, shared: Mapping[str, Both]) -> set[str]:
    """Fields in which both say something, and not the same."""
    fields = ("tax_id", "phone", "website", "city") if kind == "Customer" else ("email", "phone", "mobile")
    forms = (
        {"legal form"}
        if kind == "Customer" and of_other_forms(str(one.get("name") or ""), str(other.get("name") or ""))
        else set()
    )
    return forms | {
        field
        for field in fields
        if field not in shared and one.get(field) and other.get(field)
        and not _agree(field, one[field], other[field])
    }  # fmt: skip


def _agree(field: str, one: object, other: object) -> bool:
    if same(field, one, other):
        return True
    if field != "city":
        return False
    left, right = (_place(str(city)) for city in (one, other))
    return left.startswith(right) or right.startswith(left)


def _place(city: str) -> str:
    """A town without what it ends with: 上海 is 上海市."""
    plain = "".join(words(simplified(city)))
    return plain[:-1] if len(plain) > 2 and plain[-1] in "市县区" else plain


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
