"""How Chinese characters are read: syllables without tones, by the longest phrase that is known.

The readings are those of pypinyin; its segmentation takes 0.3 ms a name, too long for an index of all.
"""

from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.phrases_dict import phrases_dict

from graph.search.declared import surnames, two_character_surnames

_LONGEST = 4
"""Characters of the longest phrase that is looked up."""


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """The syllables of simplified characters; other characters stay as they are. ü is written u."""
    read: list[str] = []
    at = 0
    while at < len(text):
        size = next((n for n in range(_LONGEST, 1, -1) if text[at : at + n] in phrases_dict), 1)
        piece = text[at : at + size]
        read += _of_phrase(piece) if len(piece) > 1 else (_of_character(piece),)
        at += size
    return tuple(read)


def name_syllables(name: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The syllables of surname and given name: as the surname is read, and as its character mostly is."""
    size = 2 if name[:2] in two_character_surnames() and len(name) > 2 else 1
    given = syllables(name[size:])
    if surname := surnames().get(name[:size]):
        yield (surname,), given
    yield syllables(name[:size]), given
    whole = syllables(name)
    yield whole[:size], whole[size:]


@lru_cache(maxsize=16384)
def _of_phrase(phrase: str) -> tuple[str, ...]:
    return tuple(map(_plain, lazy_pinyin(phrase)))


@lru_cache(maxsize=16384)
def _of_character(character: str) -> str:
    return _plain(pinyin(character, style=Style.NORMAL)[0][0])


def _plain(syllable: str) -> str:
    return syllable.replace("ü", "u").replace("v", "u") if syllable[:1] in "ln" else syllable
