"""How well a document answers to what was asked, from 0 to 1, and by what: the surest reading counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from graph.search.asked import Asked
from graph.search.document import Document
from graph.search.number import same_phone
from graph.search.person import person_scores
from graph.search.spelling import Spelling

By = Literal[
    "number", "mail", "domain", "phone", "name", "short_name", "spelling", "pinyin", "brand", "initials",
    "prefix", "part", "similar", "words",
]  # fmt: skip
"""What answered: a number; an address; a name as written, or without legal form, place, accents; …"""

LEAST = 0.55
"""Below it nothing is an answer."""
ALIKE = 0.012
"""Two that are no further apart answer equally well: a letter's width."""


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How well, and by what."""

    value: float
    by: By


_COUNTRY = 3
"""Digits of a country's code at most."""
NONE = Score(0.0, "words")
SAME_NAME: frozenset[By] = frozenset({"name", "short_name", "spelling"})
WHOLE = 0.93
"""From here on it is the whole name, legal form aside."""
WIDE = 0.03
VAGUE: frozenset[By] = frozenset({"prefix", "part", "brand"})
"""Readings of a part of a name: all that hold it answer alike."""


def alike(first: Score, other: Score, asked: Asked) -> bool:
    """Whether another answers as well as the first: without a legal form, two forms are not told apart."""
    bare = asked.name.full == asked.name.whole
    if bare and first.by in SAME_NAME and other.by in SAME_NAME and other.value >= WHOLE:
        return True
    vague = first.by in VAGUE and other.by in VAGUE
    return first.value - other.value <= (WIDE if vague else ALIKE)


def score(asked: Asked, found: Document, *, misspelt: bool = True) -> Score:
    """The best reading of a document; `NONE` where it does not answer.

    misspelt: whether to compare letter by letter, which takes the longest.
    """
    best = max(_scores(asked, found, misspelt), default=NONE)
    return best if best.value >= LEAST else NONE


def _scores(asked: Asked, found: Document, misspelt: bool) -> Iterator[Score]:
    yield from _of_numbers(asked, found)
    if not asked.name.full:
        return
    if found.kind == "person":
        yield from (Score(value, "name") for value in person_scores(asked, found, misspelt=misspelt))
        return
    for place, name in enumerate(found.names):
        less = 0.004 * place
        for one in _of_name(asked.name, name, found, misspelt):
            by: By = "short_name" if place and one.by == "name" else one.by
            yield Score(one.value - less, by)


def _of_numbers(asked: Asked, found: Document) -> Iterator[Score]:
    if asked.number and asked.number in found.numbers:
        yield Score(1.0, "number")
    if asked.mail and asked.mail in found.mails:
        yield Score(1.0, "mail")
    shared = [domain for domain in asked.domains if domain in found.domains]
    if shared:
        yield Score(0.98 if shared[0] == asked.domains[0] else 0.95, "domain")
    yield from (Score(_of_phone(one, held), "phone") for one in asked.phones for held in found.phones)


def _of_phone(asked: str, held: str) -> float:
    if asked == held:
        return 0.99
    if not same_phone(asked, held):
        return 0.0
    return 0.97 if abs(len(held) - len(asked)) <= _COUNTRY else 0.85 + 0.1 * len(asked) / len(held)


def _of_name(asked: Spelling, name: Spelling, found: Document, misspelt: bool) -> Iterator[Score]:
    near = _nearness(asked, name, found.places)
    if asked.full == name.full:
        yield Score(1.0, "name")
    if asked.whole == name.whole:
        yield Score(0.97, "spelling")
    if not name.chinese and {asked.full, asked.whole, *asked.latin} & {name.full, name.whole, *name.latin}:
        yield Score(0.96, "spelling")
    if asked.core == name.core:
        yield Score(0.955 - near, "spelling")
    if asked.core == asked.brand == name.brand:
        yield Score(0.91 - near, "brand")
    yield from _typed_in_letters(asked, name, near)
    yield from _fragments(asked, name, near)
    if misspelt:
        yield from _placed(asked, name, found.places)
        yield from _similar(asked, name, near)
        yield from _words(asked, name, found.companies)


def _nearness(asked: Spelling, name: Spelling, places: Sequence[str]) -> float:
    """What is lost by the place: 0 where it is the one asked for, most where it is another."""
    ours = {name.place, *places} - {""}
    if not asked.place:
        return 0.01 if name.place else 0.005
    if asked.place in ours:
        return 0.0
    if name.chinese and not asked.chinese and any(one.startswith(asked.place) for one in name.latin):
        return 0.0
    return 0.15 if name.place else 0.03


def _typed_in_letters(asked: Spelling, name: Spelling, near: float) -> Iterator[Score]:
    """Pinyin and initials."""
    if asked.chinese:
        return
    if name.chinese:
        yield from _pinyin(asked, name, near)
        for held in name.latin[1:2] if len(asked.whole) > 3 else ():
            if asked.whole in held:
                yield Score(0.74 + 0.1 * len(asked.whole) / len(held), "pinyin")
        yield Score(0.9 * max(_alike(asked.whole, held) for held in name.latin), "pinyin")
    if asked.whole in name.initials:
        yield Score(0.89 - 0.004 * name.initials.index(asked.whole), "initials")


def _pinyin(asked: Spelling, name: Spelling, near: float) -> Iterator[Score]:
    """The whole name read so, or its core, or its brand."""
    whole = 0 if name.full == name.whole else 1
    for typed in {asked.whole, asked.core} & set(name.latin):
        place = list(name.latin).index(typed) - whole
        yield Score(0.96 if place <= 0 else 0.95 - near - 0.01 * place, "pinyin")


def _placed(asked: Spelling, name: Spelling, places: Iterable[str]) -> Iterator[Score]:
    """The place where the company is, before or behind its name or a part of it."""
    for place in {name.place, *places} - {""}:
        rest = asked.whole.removeprefix(place).removesuffix(place)
        if rest != asked.whole:
            if rest in {name.whole, name.core, *name.latin}:
                yield Score(0.955, "pinyin" if name.chinese and not asked.chinese else "spelling")
            elif rest == name.brand:
                yield Score(0.92, "brand")
            elif len(rest) > 1:
                yield Score(0.94 * max(_alike(rest, name.core), _alike(rest, name.whole)), "similar")


def _fragments(asked: Spelling, name: Spelling, near: float) -> Iterator[Score]:
    """What was asked is a part of the name, or holds the name."""
    if asked.whole in name.full:
        covered = 0.03 * len(asked.whole) / len(name.full)
        if name.full.startswith(asked.whole) or name.core.startswith(asked.whole):
            words = not name.chinese and _begins_with(name.words, asked.words)
            yield Score(0.9 - near if words else 0.82 + covered, "brand" if words else "prefix")
        yield Score(0.8 + covered + 0.02 * _run_of_words(asked.words, name.words), "part")
    if len(name.core) > 2 and name.core in asked.whole:
        yield Score(0.68 + 0.2 * len(name.core) / len(asked.whole), "part")


def _begins_with(name: Sequence[str], asked: Sequence[str]) -> bool:
    return tuple(name[: len(asked)]) == tuple(asked)


def _run_of_words(part: Sequence[str], whole: Sequence[str]) -> bool:
    size = len(part)
    return any(tuple(whole[at : at + size]) == tuple(part) for at in range(len(whole) - size + 1))


def _similar(asked: Spelling, name: Spelling, near: float) -> Iterator[Score]:
    """An edit or two away; of characters that are read alike it is more likely the right one."""
    value = max(
        _alike(asked.full, name.full),
        _alike(asked.whole, name.whole),
        _alike(asked.core, name.core) - near,
        *(_alike(asked.whole, other) for other in name.latin[:2] if not asked.chinese),
    )
    sounds = asked.chinese and bool(set(asked.latin[:2]) & set(name.latin[:2]))
    yield Score(0.93 * value + (0.008 if sounds else 0.0), "similar")
    if asked.core == asked.brand and len(asked.brand) > 3:
        yield Score(0.88 * _alike(asked.brand, name.brand) - near, "similar")


def _words(asked: Spelling, name: Spelling, companies: Iterable[Spelling]) -> Iterator[Score]:
    """Each word asked for is one of the name's, perhaps misspelt; words of its company count too."""
    own = name.words
    others = [word for company in companies for word in (*company.words, company.brand, *company.latin)]
    if not asked.words or not own:
        return
    size = sum(map(len, asked.words))
    told = 0.0
    ours = 0
    for word in asked.words:
        here, there = _best(word, own), _best(word, others)
        ours += len(word) if here >= max(there, 0.7) else 0
        told += len(word) * max(here, there)
    if ours and told / size >= 0.75:
        covered = min(ours / max(sum(map(len, own)), 1), 1.0)
        yield Score(0.84 * (told / size) * (0.85 + 0.15 * covered) + 0.06 * (ours < size), "words")


def _best(word: str, held: Iterable[str]) -> float:
    return max((_of_words(word, other) for other in held), default=0.0)


def _of_words(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if len(word) > 1 and word in other:
        return 0.9 if other.startswith(word) else 0.8
    return _alike(word, other)


def _alike(one: str, other: str) -> float:
    """1 less the share of letters to be changed; two letters that changed places are one change."""
    return float(OSA.normalized_similarity(one, other, score_cutoff=0.5))
