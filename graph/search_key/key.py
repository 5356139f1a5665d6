"""The keys of a name: one to find it by, words for the full-text index, and the query over those words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.search_key.fold import AND, spaceless, two_ways, words
from graph.search_key.legal_form import Words, without_legal_form

NO_KEY = AND
"""What to look for where a text holds no word: neither keys nor indexed words hold it, so nothing answers."""
MOST_WORDS = 40
"""Words of a text that are indexed and asked for; the engines refuse queries of a thousand terms."""


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name taken apart."""

    words: Words
    """Folded words without legal form; `AND` for each connective."""
    other: Words
    """The same with letters such as ü written as two."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The key, and the key of the other writing where it is another; none where there is no word."""
        return tuple(dict.fromkeys(key for key in (_joined(self.words), _joined(self.other)) if key))


@lru_cache(maxsize=8192)
def read_name(name: str) -> NameReading:
    """The words and keys of a name or of a text that is asked for; both empty where it holds no word."""
    plain = without_legal_form(words(name))
    return NameReading(plain, without_legal_form(words(name, digraphs=True)) if two_ways(name) else plain)


def name_key(name: str) -> str | None:
    """The folded name in one piece, without legal form and connectives: `AT&T Inc.` is `att`.

    None where the name holds no letter or digit.
    """
    return next(iter(read_name(name).keys), None)


def indexed_words(name: str) -> str:
    """What the full-text index holds of a name: its words as they follow each other, then other readings.

    Those are words with ü as ue, the words joined, and the characters and pairs of a script without blanks.
    """
    plain = words(name)[:MOST_WORDS]
    read = read_name(name)
    extra = [*read.other[:MOST_WORDS], *read.keys]
    extra += [piece for word in plain if spaceless(word) for piece in (*word, *_pairs(word))]
    once = dict.fromkeys(item for item in extra if item != AND and item not in plain)
    return " ".join((*_without_and(plain), *once))


def full_text_query(asked: str) -> str:
    """The query for every word of `asked` without legal form, its last as a beginning; blank for no word.

    Only folded words come into it, so no text makes an operator.
    """
    read = read_name(asked)
    plain, other = (list(_without_and(name))[:MOST_WORDS] for name in (read.words, read.other))
    pairs = zip(plain, other if len(plain) == len(other) else plain, strict=True)
    last = len(plain) - 1
    return " ".join(term for at, pair in enumerate(pairs) for term in _terms(*pair, beginning=at == last))


def part_of_name(asked: str) -> str:
    """What to look for in indexed words, at any place of them; `NO_KEY` where the text holds no word."""
    return " ".join(_without_and(read_name(asked).words)) or NO_KEY


def _terms(word: str, other: str, *, beginning: bool) -> Iterator[str]:
    if spaceless(word):
        yield from (f"+{pair}" for pair in dict.fromkeys(_pairs(word) or (word,)))
        return
    spelt = dict.fromkeys((word, other))
    end = "*" if beginning else ""
    yield f"+({' '.join(f'{item}{end}' for item in spelt)})" if len(spelt) > 1 else f"+{word}{end}"


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


def _without_and(name: Words) -> Iterator[str]:
    return (word for word in name if word != AND)


def _joined(name: Words) -> str:
    return "".join(_without_and(name))
