"""What a column's header may say: label's word, role's word, field's word, read against the lexicon."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ingest.proposal.words.known import LABELS
from ingest.proposal.words.lexicon import Lexicon, Phrase, Role, lexicon
from ingest.proposal.words.words import Tokens, is_word, raw_tokens, weight, without

Said = Literal["field", "names", "technical", "attribute"]
LEAST = 0.4
"""Readings that explain less of a header than this are none."""
_BRACKETS = re.compile(r"[(（\[【<].*?[)）\]】>]")
_PATH = re.compile(r"[a-z0-9_.]+(/[a-z0-9_.]+)+")
BARE = 0.99
"""What a header counts without its remark in brackets (a unit, a form, that it must be filled), and each of
its alternatives."""
LONG_WORD = 4
"""Letters from which a further word for the same role says the same again: `agente comercial`."""
IDENTIFYING = ("key", "name", "email")
"""Fields by which one record names another."""
PEOPLE = ("Employee", "Contact")
TEAM = "team"
"""What a record also says of the person who stands beside it: 负责人部门; of a customer's, an attribute."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a header; `score` is the share of it that is explained."""

    said: Said
    score: float
    kind: str | None = None
    """A label or a link."""
    name: str | None = None
    """Of a field; for what names a record: by which field, None where that is not said."""
    explicit: bool = False
    """Whether a word of the header names the label."""
    role: Role | None = None
    of: str | None = None
    """A further label that is named: `Opportunity Owner` is the owner of an opportunity."""


def _parts(header: str) -> list[str]:
    """A header without its remark in brackets, and each of its alternatives: `Product/Service`.

    `partner_id/id` is a path through records, and no alternative.
    """
    bare = _BRACKETS.sub(" ", header)
    return [bare, *bare.split("/")] if "/" in bare and not _PATH.fullmatch(header) else [bare]


@lru_cache(maxsize=20_000)
def readings(header: str) -> tuple[Reading, ...]:
    """Every way to read a header, the best of each meaning, best first."""
    book = lexicon()
    words = book.tokens(header)
    if not words:
        return ()
    best: dict[tuple[object, ...], Reading] = {}
    found = [*_all(words, book)]
    for other in {book.tokens(part) for part in _parts(header)} - {words, ()}:
        found += [replace(one, score=one.score * BARE) for one in _all(other, book)]
    for one in found:
        at = (one.said, one.kind, one.name, one.explicit, one.role and (one.role.link, one.role.part), one.of)
        if one.score >= LEAST and (at not in best or best[at].score < one.score):
            best[at] = one
    return tuple(sorted(best.values(), key=lambda one: -one.score))


def _all(words: Tokens, book: Lexicon) -> Iterator[Reading]:
    for one, left, phrase in _complete(words, book):
        yield replace(one, score=_explained(words, left, phrase, book) * one.score)
        if left:
            for label, _, rest in _labels(left, book):
                score = _explained(words, rest, phrase, book) * one.score
                yield replace(one, score=score, of=label)


Found = tuple[Reading, Tokens, Phrase]
"""A reading (its score: the strength of its second word), what is left of the header, its first phrase."""


def _complete(words: Tokens, book: Lexicon) -> Iterator[Found]:
    for phrase, left in _within(words, book.technical):
        yield Reading("technical", 1.0), left, phrase
    whole = any(phrase.words == words for phrase in book.attributes)  # a bank account is no customer's
    for phrase, left in _within(words, book.attributes):
        yield Reading("attribute", 1.0), left, phrase
        for label, _, rest in _labels(left, book) if not whole else ():
            yield Reading("attribute", 1.0, label, explicit=True), rest, phrase
    yield from _fields(words, book)
    for label, phrase, left in _labels(words, book):
        yield Reading("names", 1.0, label, None, explicit=True), left, phrase
    yield from _roles(words, book)


def _fields(words: Tokens, book: Lexicon) -> Iterator[Found]:
    for (kind, name), phrases in book.fields.items():
        for phrase, left in _within(words, phrases):
            yield Reading("field", 1.0, kind, name), left, phrase
            if kind in LABELS and left:
                for named, rest in _within(left, book.labels[kind]):
                    yield Reading("field", named.strength, kind, name, explicit=True), rest, phrase


def _roles(words: Tokens, book: Lexicon) -> Iterator[Found]:
    for role in book.roles:
        label = None if role.label in ("self", "any") else role.label
        alone = {phrase.words[0] for phrase in role.phrases if len(phrase.words) == 1}
        for phrase, others in _within(words, role.phrases):
            left = tuple(word for word in others if word not in alone or len(word) < LONG_WORD)
            yield Reading("names", 1.0, label, None, explicit=True, role=role), left, phrase
            for name in (*IDENTIFYING, "phone") if left else ():
                for told, rest in _within(left, book.fields.get((label or "Contact", name), ())):
                    yield Reading("names", told.strength, label, name, explicit=True, role=role), rest, phrase
            for told, rest in _within(left, book.fields["Employee", TEAM]) if label in PEOPLE else ():
                if label == "Employee":
                    yield Reading("field", told.strength, label, TEAM, explicit=True), rest, phrase
                else:
                    yield Reading("attribute", told.strength), rest, phrase


def _labels(words: Tokens, book: Lexicon) -> Iterator[tuple[str, Phrase, Tokens]]:
    for label, phrases in book.labels.items():
        for phrase, left in _within(words, phrases):
            yield label, phrase, left


def _within(words: Sequence[str], phrases: Sequence[Phrase]) -> Iterator[tuple[Phrase, Tokens]]:
    there = set(words)
    for phrase in phrases:
        if (
            phrase.words[0] in there
            and there.issuperset(phrase.words)
            and (left := without(words, phrase.words)) is not None
        ):
            yield phrase, left


def _explained(words: Tokens, left: Tokens, phrase: Phrase, book: Lexicon) -> float:
    """The share of a header that is read, words that say nothing aside, times the strength of its phrase."""
    telling = [word for word in left if word not in book.noise]
    said = weight(words) - (weight(left) - weight(telling))
    return phrase.strength * (1.0 - weight(telling) / said) if said else 0.0


def part_of_name(header: str) -> str | None:
    """`given` or `family` where a header says which part of a personal name it is."""
    book = lexicon()
    words = book.tokens(header)
    for name, phrases in book.parts.items():
        said = any(without(words, phrase.words) is not None for phrase in phrases)
        if said and not _chinese_whole(words, phrases):
            return name
    return None


def _chinese_whole(words: Tokens, phrases: Sequence[Phrase]) -> bool:
    """`姓名` and `名称` hold the sign of a part and are no part."""
    longest = max(
        (len(phrase.words) for phrase in phrases if without(words, phrase.words) is not None), default=0
    )
    return longest == 1 and not all(map(is_word, words)) and words not in {("姓",), ("名",), ("氏",)}


def unreadable(header: str) -> bool:
    """Whether a header says nothing: `F1`, `col3`, `column_2`, none."""
    words = [word for word in raw_tokens(header) if not word.isdigit()]
    return not words or all(
        word
        in {"f", "col", "column", "field", "unnamed", "c", "x", "v", "var", "spalte", "列", "字", "段", "栏"}
        for word in words
    )


def untold(header: str) -> bool:
    """Whether a header says nothing, or is of words that the lexicon does not hold: then the values tell."""
    if unreadable(header):
        return True
    book = lexicon()
    words = [word for word in book.tokens(header) if len(word) > 2 or not word.isascii()]
    return bool(words) and not any(word in book.known for word in words) and not readings(header)
