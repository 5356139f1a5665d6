"""Tokens by which candidates are found: whole forms, words, pieces of words, numbers, pieces of phones.

What a text and a name have in common in tokens, each weighed by how rare it is, says which names to compare
(Manning, Raghavan, Schütze: Introduction to Information Retrieval, sections 3.3 and 6.2).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph.search.document import Document
from graph.search.number import (
    asked_phones,
    compact,
    domains_of,
    host_of,
    looks_like_number,
    mail_of,
    phone_pieces,
)
from graph.search.spelling import Spelling
from graph.search_key.fold import spaceless

_SHORTEST, _LONGEST = 3, 14
"""Letters of words that are found with one letter left out."""
_MOST = 48
"""Letters of a name that are cut into pieces."""


def document_tokens(one: Document) -> set[str]:
    """All tokens of a document."""
    found = {f"n:{number}" for number in one.numbers}
    found |= {f"p:{piece}" for number in one.phones for piece in phone_pieces(number)}
    found |= {f"d:{domain}" for domain in one.domains} | {f"m:{mail}" for mail in one.mails}
    for name in one.names:
        found |= set(name_tokens(name))
        found |= {f"i:{letters}" for letters in name.initials}
    for company in one.companies:
        found |= set(_brand_tokens(company))
    return found


def name_tokens(name: Spelling) -> Iterator[str]:
    """Tokens of a name, or of a text that is asked for."""
    yield from (f"k:{form}" for form in {name.full, name.whole, name.core, name.brand, *name.latin})
    yield from _chinese_tokens(name.full)
    for form in (name.whole, *name.latin) if not name.chinese else name.latin[1:] or name.latin:
        yield from (f"g:{gram}" for gram in _grams(form[:_MOST]))
    for word in name.words:
        if not spaceless(word):
            yield f"w:{word}"
            yield from _one_left_out(word)


_WEIGHT = {"n": 6.0, "m": 6.0, "d": 5.0, "p": 2.0, "k": 2.0, "i": 1.5, "x": 0.6}
"""How much a token counts by its kind; a word or a piece of one counts 1."""


def asked_tokens(text: str, names: Iterable[Spelling]) -> dict[str, float]:
    """All tokens of a text that was typed, in all its readings, and how much each counts."""
    found: set[str] = set()
    for name in names:
        found |= set(name_tokens(name))
        found |= {f"i:{letters}" for letters in (name.whole, name.full, *name.words) if len(letters) > 1}
        found |= {f"k:{word}" for word in name.words}
    if looks_like_number(text):
        found.add(f"n:{compact(text)}")
    found |= {f"p:{piece}" for digits in asked_phones(text) for piece in phone_pieces(digits)}
    if host_of(text):
        found |= {f"d:{domain}" for domain in domains_of(text)}
        found |= {f"m:{mail}" for mail in (mail_of(text),) if mail}
    return {token: _WEIGHT.get(token[0], 1.0) for token in found}


def _brand_tokens(company: Spelling) -> Iterator[str]:
    """What a company adds to its people and deals: whole forms, words and pairs of its brand."""
    yield from (f"k:{form}" for form in {company.whole, company.core, company.brand, *company.latin})
    yield from _chinese_tokens(company.brand)
    yield from (f"w:{word}" for word in company.words if word.isascii() or not spaceless(word))


def _chinese_tokens(text: str) -> Iterator[str]:
    """Characters and pairs of characters."""
    if text.isascii():
        return
    yield from (f"c:{char}" for char in text if spaceless(char))
    yield from (f"c:{text[at : at + 2]}" for at in range(len(text) - 1) if spaceless(text[at : at + 2]))


def _grams(text: str) -> Iterator[str]:
    """Pieces of three letters, with the beginning and the end marked."""
    marked = f"^{text}$"
    return (marked[at : at + 3] for at in range(len(marked) - 2))


@lru_cache(maxsize=65536)
def _one_left_out(word: str) -> tuple[str, ...]:
    """The word, and the word without each of its letters: words one edit apart share one of these."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    return (f"x:{word}", *(f"x:{word[:at]}{word[at + 1 :]}" for at in range(len(word))))
