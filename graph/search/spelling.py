"""A name or a text asked for, in the forms in which one is compared with the other."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from graph.company_name import read_company_name, simplified
from graph.search.pinyin import name_syllables, syllables
from graph.search_key.fold import AND, spaceless, two_ways, words

_LONGEST = 40
"""Words of a name that are compared."""


class Spelling(NamedTuple):
    """A name in its forms, each folded, simplified and in one piece."""

    full: str = ""
    """With legal form."""
    whole: str = ""
    """Without legal form."""
    core: str = ""
    """Brand and trade."""
    brand: str = ""
    place: str = ""
    words: Sequence[str] = ()
    """Words of the whole in Latin or another script with blanks, and runs of Chinese."""
    latin: Sequence[str] = ()
    """How full, whole, core and brand are typed in Latin letters: pinyin, or ü as ue."""
    initials: Sequence[str] = ()
    """First letters of the words or syllables: of the brand, of all, of all with the legal form."""

    @property
    def chinese(self) -> bool:
        """Whether it holds a word of a script without blanks."""
        return not self.full.isascii() and any(map(spaceless, self.full))


NOTHING = Spelling()


@lru_cache(maxsize=65536)
def company_spelling(name: str) -> Spelling:
    """The forms of a company's, a product's or a deal's name, or of what was typed for one."""
    text = simplified(name)
    full, read = words(text)[:_LONGEST], read_company_name(name)
    if not full:
        return NOTHING
    form = _joined(words(read.legal_form or ""))
    whole = _without_form(_joined(full), form)
    core, brand = _joined(words(read.key)), _joined(words(read.brand))
    kept = tuple(word for word in _whole_words(full, whole) if word != AND)
    if any(map(spaceless, full)):
        forms = (_joined(full), whole, core or whole, brand or whole)
        read_forms = [syllables(form_) for form_ in forms]
        latin = _distinct("".join(one) for one in read_forms)
        initials = _distinct("".join(part[0] for part in one) for one in reversed(read_forms))
    else:
        latin = _other_letters(text) if two_ways(text) else ()
        initials = _initials(full, kept)
    place = _joined(words(read.place or ""))
    if not place and len(kept) > 1 and is_place(kept[0]):
        rest = company_spelling(" ".join(kept[1:]))
        core, brand, place = rest.core, rest.brand, kept[0]
    return Spelling(_joined(full), whole, core or whole, brand or whole, place, kept, latin, initials)


def is_place(word: str) -> bool:
    """Whether a word in Latin letters is a country or a large city, in whichever place of a name."""
    return not spaceless(word) and read_company_name(f"x {word}").place == word


@lru_cache(maxsize=65536)
def person_spellings(name: str) -> tuple[Spelling, ...]:
    """The forms of a person's name; `latin` and `initials` have both orders of surname and given name.

    A Chinese surname that is read in two ways gives two.
    """
    text = simplified(name)
    found = tuple(word for word in words(text)[:_LONGEST] if word != AND)
    whole = "".join(found)
    if len(found) == 1 and spaceless(whole) and 2 <= len(whole) <= 4:
        return tuple(dict.fromkeys(_chinese_person(whole, *read) for read in name_syllables(whole)))
    turned = (found, (*found[1:], *found[:1]), (*found[-1:], *found[:-1]))
    latin = _distinct(("".join(one) for one in turned[1:]), _other_letters(text) if two_ways(text) else ())
    ends = (found[0], found[-1]) if len(found) > 2 else ()
    initials = _distinct(map(_first_letters, (*turned, *((ends,) if ends else ()))))
    return (Spelling(whole, whole, whole, whole, "", found, latin, initials if len(found) > 1 else ()),)


def _chinese_person(whole: str, surname: tuple[str, ...], given: tuple[str, ...]) -> Spelling:
    orders = (surname + given, given + surname)
    latin = _distinct("".join(one) for one in orders)
    parts = ("".join(surname), "".join(given), *(given if len(given) > 1 else ()))
    return Spelling(whole, whole, whole, whole, "", parts, latin, _distinct(map(_first_letters, orders)))


def _without_form(full: str, form: str) -> str:
    return (full.removesuffix(form) or full) if form else full


def _whole_words(full: Sequence[str], whole: str) -> Iterator[str]:
    """The words of the full name that the whole still holds; a Chinese word may be shortened by its form."""
    left = whole
    for word in full:
        if word == AND:
            yield word
        elif left.startswith(word):
            left = left.removeprefix(word)
            yield word
        elif left and word.startswith(left):
            yield left
            return
        else:
            return


def _initials(full: Sequence[str], kept: Sequence[str]) -> tuple[str, ...]:
    every = [tuple(word for word in full if word != AND), tuple(kept)]
    every += [tuple(word for word in one if word not in _SMALL) for one in every]
    with_and = tuple("a" if word == AND else word for word in full)
    return _distinct(one for one in map(_first_letters, (*reversed(every), with_and)) if len(one) > 1)


_SMALL = frozenset({"of", "the", "for", "de", "la", "du", "des", "der", "die", "das", "fur", "di", "and"})


def _first_letters(parts: Sequence[str]) -> str:
    return "".join(part[0] for part in parts if part)


def _other_letters(text: str) -> tuple[str, ...]:
    other = _joined(words(text, digraphs=True))
    return (other, _without_form(other, _joined(words(read_company_name(text).legal_form or ""))))


def _joined(found: Sequence[str]) -> str:
    return "".join(word for word in found if word != AND)


def _distinct(*several: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for one in several for item in one if item))
