"""What a plain rule calls one, whatever a model says: one name, and an address or number that few have.

A list of fifty records is too short to learn from, but two records of one name and one telephone number are
no riddle. That is deterministic linkage (Christen, Data Matching, 2012, section 6.1): names that are equal
once spelling is taken off, an identifier in common, and nothing that contradicts.
"""

import math
from collections.abc import Mapping

import phonenumbers
from phonenumbers import PhoneNumberType

from ingest.resolve.compared import Kind
from ingest.resolve.linking.contradictions import Record, contradictions
from ingest.resolve.linking.names_alike import NEARLY, likeness
from ingest.resolve.linking.sharing import Both

NAMED_ALIKE = 0.6
"""Likeness of names from which two that share a number may be one: a person decides."""


def is_certain(kind: Kind, one: Record, other: Record, shared: Mapping[str, Both]) -> bool:
    """Whether the two are one beyond doubt. shared: what both have by field, among all their values."""
    alike = likeness(kind, one.get("name"), other.get("name"))
    against = contradictions(kind, one, other, shared)
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
    return alike >= NEARLY and ("tax_id" in shared or not contradictions(kind, one, other, shared))


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


def bits_by_chance(records: int, alike: float, shared: Mapping[str, Both]) -> dict[str, float]:
    """By field what equal values say, in bits: how seldom two different records would have them by chance.

    `rarity` holds what speaks against any pair of so many records. alike: the likeness of their names.
    """
    rare = math.log2(max(2, records))
    said = {field: math.log2(max(2, records / both.records)) for field, both in shared.items()}
    name = rare if alike == 1.0 else rare * max(0.0, alike - NAMED_ALIKE) / (1 - NAMED_ALIKE)
    return {"name": name, **said, "rarity": -rare}
