"""A name that says it is a part of a company: `华信贸易有限公司上海分公司`, `Acme AG, Niederlassung Wien`.

The words stand in `words.yml`. A company whose own name holds such a word, such as `Olive Branch Ltd`, has
its legal form behind it, and is no branch.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.company_name import is_place, names_place, simplified
from graph.packaged import packaged_yaml
from graph.search_key.fold import spaceless, words
from graph.search_key.legal_form import without_legal_form

LONGEST_PLACE = 12
"""Characters of a Chinese place between a company's name and the word for its part: 上海浦东新区第二."""
PLACE_WORDS = 3
"""Words of a European place behind the word for a part."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BranchName:
    """What the name of a part says of its company."""

    head: str
    """The company's name as it stands there, folded."""
    full: bool
    """Whether it stands there with its legal form, or another end of a whole company's name."""
    place: str | None
    """Where the part is, folded; None where the name does not say."""


def says_branch(name: str) -> bool:
    """Whether a Chinese name holds a word for a part of a company."""
    return bool(_part_zh().search(simplified(name)))


@lru_cache(maxsize=65536)
def read_branch(name: str, city: str | None = None) -> BranchName | None:
    """What the name says of the company that it is a part of; None where it says no such thing.

    city: where the record says that it is, by which places are known that no list holds.
    """
    if any(map(spaceless, words(name))):
        return _chinese(re.sub(r"\s", "", simplified(name)), city)
    return _european(words(name), words(city or ""))


def _chinese(name: str, city: str | None) -> BranchName | None:
    found = _whole_zh().match(name)
    if found:
        return BranchName(folded(found["head"]), True, folded(found["place"]) or None)
    part = _part_zh().search(name)
    if part is None or part.end() != len(name):
        return None
    head, place = _place_off(re.sub(r"[()()]", "", name[: part.start()]), city)
    return BranchName(folded(head), False, place) if len(head) >= 2 and not is_place(head) else None


def _place_off(text: str, city: str | None) -> tuple[str, str | None]:
    """A Chinese text without the place at its end, which is that of the record or one of the list."""
    town = simplified(city or "").rstrip("市")
    for size in range(min(LONGEST_PLACE, len(text) - 1), 1, -1):
        place = text[-size:]
        if is_place(place) or (town and place.rstrip("市") == town):
            return text[:-size], place
    return text, None


def _european(name: Words, city: Words) -> BranchName | None:
    for at, size in _parts_in(name):
        before, after = name[:at], name[at + size :]
        found = _after_the_company(before, after, city) or _before_the_company(before, after, city)
        if found is not None:
            return found
    return None


def _parts_in(name: Words) -> Iterator[tuple[int, int]]:
    """Where the words for a part stand: first word and number of words, the last and longest first."""
    for at in range(len(name) - 1, -1, -1):
        for size in (2, 1):
            if name[at : at + size] in _parts():
                yield at, size


def _after_the_company(head: Words, rest: Words, city: Words) -> BranchName | None:
    """`Acme GmbH Niederlassung München`, `Acme Ltd London Branch`."""
    place = _without(rest, "in")
    if not head or len(place) > PLACE_WORDS or without_legal_form(place) != place:
        return None
    if not place:
        head, place = _place_behind(head, city)
    full = without_legal_form(head) != head
    if place and not full and not _is_place(place, city):
        return None
    return BranchName(" ".join(head), full, " ".join(place) or None)


def _before_the_company(place: Words, rest: Words, city: Words) -> BranchName | None:
    """`Niederlassung München der Acme AG`, `UK branch of Acme Ltd`."""
    for at in range(len(rest) - 2, -1, -1):
        inside = _without(rest[:at], "in")
        told = place or inside
        if rest[at] in _declared("of") and len(told) <= PLACE_WORDS and not (place and inside):
            head = _without(rest[at + 1 :], "in")
            full = without_legal_form(head) != head
            if head and (full or (told and _is_place(told, city))):
                return BranchName(" ".join(head), full, " ".join(told) or None)
    return None


def _place_behind(name: Words, city: Words) -> tuple[Words, Words]:
    """The name without a place at its end, and the place."""
    for size in (3, 2, 1):
        if len(name) > size and _is_place(name[-size:], city):
            return name[:-size], name[-size:]
    return name, ()


def _is_place(text: Words, city: Words) -> bool:
    return names_place(text) or (bool(city) and text == city)


def _without(text: Words, kind: str) -> Words:
    """The words without those of a kind at their beginning."""
    left = text
    while left and left[0] in _declared(kind):
        left = left[1:]
    return left


def folded(name: str) -> str:
    """A name as names are compared: folded words, a blank between those of scripts that set blanks."""
    found = words(simplified(name) if not name.isascii() else name)
    return ("" if found and all(map(spaceless, found)) else " ").join(found)


@lru_cache(maxsize=4)
def _declared(kind: str) -> frozenset[str]:
    return frozenset(packaged_yaml("graph.branch", "words.yml")[kind])


@lru_cache(maxsize=1)
def _parts() -> frozenset[Words]:
    return frozenset(tuple(part.split()) for part in _declared("european"))


@lru_cache(maxsize=1)
def _part_zh() -> re.Pattern[str]:
    return re.compile(_any_of("chinese"))


@lru_cache(maxsize=1)
def _whole_zh() -> re.Pattern[str]:
    """A whole company's name, a place in brackets or without, and the word for a part."""
    place = rf"[((]?(?P<place>[^()()]{{0,{LONGEST_PLACE}}}?)[))]?"
    return re.compile(rf"^(?P<head>.+(?:{_any_of('chinese_ends')})){place}(?:{_any_of('chinese')})$")


def _any_of(kind: str) -> str:
    return "|".join(sorted(_declared(kind), key=lambda word: (-len(word), word)))
