"""Words of enumerations in any case and in the languages of exports."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from graph.packaged import packaged_yaml
from ingest.reading.errors import NotUnderstood

OPEN = frozenset({"channel", "direction", "part", "priority", "Ticket.kind"})
"""Enumerations whose model field is free text: an unknown word stays, or counts as `other`, and the report
says so."""


@cache
def vocabulary() -> Mapping[str, Mapping[str, str]]:
    """By enumeration: the value that every known word means."""
    listed = packaged_yaml("ingest.reading", "vocabulary.yml")
    return {name: _words(values) for name, values in listed.items()}


def _words(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {folded(word): value for value, words in values.items() for word in (value, *words)}


def enumeration_of(kind: str, field: str) -> str:
    """The name under which the words of a label's field are listed: its own, else that of the field."""
    own = f"{kind}.{field}"
    return own if own in vocabulary() else field


def values_of(enumeration: str) -> tuple[str, ...]:
    """The values of an enumeration, in the order of its declaration."""
    return tuple(dict.fromkeys(vocabulary()[enumeration].values()))


def read_choice(text: str, enumeration: str) -> str:
    """The value that a word means. Raises NotUnderstood."""
    known = vocabulary()[enumeration]
    word = folded(text)
    found = known.get(word) or known.get(re.sub(r"^p?\d+ ", "", word))
    if found is None:
        raise NotUnderstood(f"it is none of {', '.join(values_of(enumeration))}: give it a `map:`")
    return found


def folded(word: str) -> str:
    """A word without case, with single blanks for dashes, dots, slashes and underscores."""
    plain = unicodedata.normalize("NFKC", word).casefold()
    return re.sub(r"[\s_./:()–-]+", " ", plain).strip()
