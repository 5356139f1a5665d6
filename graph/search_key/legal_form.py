"""Legal forms (GmbH, Inc, 有限公司), declared in `legal_forms.yml`, taken off a folded name."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from graph.packaged import packaged_yaml
from graph.search_key.fold import AND, spaceless

Words = tuple[str, ...]


def without_legal_form(name: Sequence[str]) -> Words:
    """The words of a name without its legal forms, `the` before it and connectives at its ends.

    A name that consists of forms alone is left as it is.
    """
    left = tuple(name)
    while left and (shorter := _shorter(left)):
        left = shorter
    return left


def heading_forms(name: Sequence[str]) -> frozenset[str]:
    """The legal forms behind the first word of a name, as they are spelt short, that tell companies apart."""
    return frozenset(form for word in name[1:] if (form := _heading().get(word)) is not None)


def _shorter(name: Words) -> Words | None:
    """The name with one form less; None where nothing can go without leaving nothing."""
    for taken in _candidates(name):
        if any(word != AND for word in taken):
            return taken
    return None


def _candidates(name: Words) -> Iterator[Words]:
    """The name without a connective or a form at its end or its beginning, the longest form first."""
    first, last = name[:1], name[-1:]
    if last == (AND,) or last in _forms("in_brackets"):
        yield name[:-1]
    if first == (AND,) or first in _forms("in_brackets"):
        yield name[1:]
    for size in range(min(_longest(), len(name)), 0, -1):
        if name[-size:] in _forms("last"):
            yield name[:-size]
        if name[:size] in _forms("first"):
            yield name[size:]
    yield from _unjoined(name)


def _unjoined(name: Words) -> Iterator[Words]:
    """The name without a form that is written onto its last or its first word."""
    for form in _joined() if spaceless(name[-1]) else ():
        if name[-1].endswith(form):
            yield (*name[:-1], *_rest(name[-1].removesuffix(form)))
    for form in _joined() if spaceless(name[0]) else ():
        if name[0].startswith(form):
            yield (*_rest(name[0].removeprefix(form)), *name[1:])


def _rest(word: str) -> Words:
    return (word,) if word else ()


def _declared() -> dict[str, Any]:
    return packaged_yaml("graph.search_key", "legal_forms.yml")


@lru_cache(maxsize=1)
def _heading() -> dict[str, str]:
    """Forms under which one name heads several companies, by each of their spellings."""
    return {word: form for form, others in _declared()["heading"].items() for word in (form, *others)}


@lru_cache(maxsize=3)
def _forms(place: str) -> frozenset[Words]:
    return frozenset(tuple(form.split()) for form in _declared()[place])


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _forms("last") | _forms("first")))


@lru_cache(maxsize=1)
def _joined() -> tuple[str, ...]:
    """Forms that are written onto the name, the longest first."""
    return tuple(sorted(_declared()["joined"], key=len, reverse=True))
