"""Headers, file names and the lexicon's phrases as tokens: words, and characters of scripts without words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from graph.company_name import simplified

Tokens = tuple[str, ...]

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PLURAL = re.compile(r"[A-Z]{2,}s\b")
"""`IDs` is one word."""
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ı": "i"}
"""Latin letters with a stroke or without a dot, which Unicode does not take apart."""
_PIECE = re.compile(r"[a-z]+|\d+|[\u0370-\u052f]+|[^\W\d_]")
"""Words of Latin, Greek and Cyrillic letters; of scripts without blanks every character."""
_SIGNS = (("#", " no "), ("№", " no "), ("n°", " no "), ("nº", " no "), ("%", " percent "), ("&", " and "))
_LAST = frozenset({"id", "no", "nr", "num", "key", "code", "name", "date", "number"})
"""Last words of compounds in the names of fields."""
SHORTEST_PART = 2
"""Letters of the shortest word within a compound, such as `id` in `accountid`."""
LONG_PART = 4
"""A compound has at least one part of so many letters; `soid` may be anything."""
_JOINTS = ("", "s", "n", "en", "es")
"""What stands between the parts of a German compound: `Auftrag-s-nummer`."""


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """A text in lower case, without accents of Latin letters, in simplified characters."""
    plain = _PLURAL.sub(lambda found: found[0].lower(), unicodedata.normalize("NFKC", text))
    plain = _CAMEL.sub(" ", plain).casefold()
    for sign, word in _SIGNS:
        plain = plain.replace(sign, word)
    plain = "".join(map(_without_accent, plain))
    return simplified(plain) if not plain.isascii() else plain


def squeezed(text: str) -> str:
    """A text without case, accents, blanks and punctuation."""
    return re.sub(r"[\W_]+", "", folded(text))


def _without_accent(character: str) -> str:
    """A Latin letter without its marks (`ß` is `ss` already); other scripts keep theirs."""
    if character <= "\x7f" or not unicodedata.name(character, "").startswith("LATIN"):
        return character
    if character in _STROKES:
        return _STROKES[character]
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def raw_tokens(text: str) -> Tokens:
    """The words of a text; of Chinese, Japanese and Korean every character."""
    return tuple(_PIECE.findall(folded(text)))


def umlauts_spelt(text: str) -> str:
    """A German text as it is written where there are no umlauts: `aufträge` as `auftraege`."""
    return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")


def tokens(text: str, known: frozenset[str]) -> Tokens:
    """The words of a text, compounds cut into words that are known: `custno`, `Kundennummer`."""
    return tuple(part for word in raw_tokens(text) for part in _cut(word, known))


@lru_cache(maxsize=65536)
def _cut(word: str, known: frozenset[str]) -> Tokens:
    if word in known or len(word) < LONG_PART or not (word.isascii() and word.isalpha()):
        return (word,)
    found = _parts(word, known)
    return found if found and max(map(len, found)) >= LONG_PART - 1 else (word,)


def is_compound(word: str, known: frozenset[str]) -> bool:
    """Whether a word is put together from others: `createdate`, `userid`, but not `account`."""
    found = _parts(word, known - {word}) if word.isascii() and word.isalpha() else ()
    return bool(found) and (min(map(len, found)) >= LONG_PART or found[-1] in _LAST)


def _parts(word: str, known: frozenset[str]) -> Tokens:
    """The fewest known words that a word is put together from; none where it is not."""
    best: Tokens = ()
    for end in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head = word[:end]
        if head not in known:
            continue
        for joint in _JOINTS:
            if not word.startswith(joint, end):
                continue
            rest = word[end + len(joint) :]
            tail = (rest,) if rest in known and len(rest) >= SHORTEST_PART else _parts(rest, known)
            if tail and (not best or _rank((head, *tail)) < _rank(best)):
                best = (head, *tail)
    return best


def _rank(parts: Tokens) -> tuple[int, int]:
    """Fewer parts first, then longer ones: `close date`, not `closed ate`."""
    return len(parts), -min(map(len, parts))


def weight(items: Iterable[str]) -> float:
    """How much tokens say: a word 1, a character of a script without words half of one, a number little."""
    return sum(0.25 if item.isdigit() else 1.0 if is_word(item) else 0.5 for item in items)


def is_word(item: str) -> bool:
    """Whether a token is a word rather than a character of a script without blanks."""
    return item.isascii() or len(item) > 1


def without(items: Sequence[str], phrase: Sequence[str]) -> Tokens | None:
    """The tokens that are left when a phrase is taken out; None where it is not in."""
    size = len(phrase)
    for start in range(len(items) - size, -1, -1):  # the field's word stands behind: `账号编号`
        if tuple(items[start : start + size]) == tuple(phrase):
            return (*items[:start], *items[start + size :])
    if not all(map(is_word, phrase)) or size < 2:
        return None
    left = list(items)
    for item in phrase:  # `date of order` says `order date`
        if item not in left:
            return None
        left.remove(item)
    return tuple(left)
