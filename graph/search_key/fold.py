"""Text without what people leave out when they type: case, accents, Unicode form, punctuation.

Unicode decomposition (UAX #15) takes accents off; letters that Unicode does not decompose stand in a table.
Marks that make another letter, as in Japanese or Indic scripts, are kept.
"""

import re
import unicodedata
from functools import lru_cache

AND = "&"
"""The one word for `&`, `and`, `und`, `et` and their like."""

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ŋ": "n", "ĸ": "k", "ſ": "s", "ƒ": "f", "ɨ": "i", "ƶ": "z", "ə": "e",
    }
)  # fmt: skip
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""German and Nordic letters as two, as people write them on a keyboard that lacks them."""
_TWO_WAYS = frozenset("äöüøå")
_CONNECTIVES = frozenset({"and", "und", "et", "och", "og"})
_CONNECTING_SIGN = re.compile(r"(?<=\w)\s*[&+]\s*(?=\w)")
_BETWEEN_WORDS = frozenset({"y"})
"""Connectives only between two words: at an end they are a letter (Y Combinator)."""
_SPOKEN_SIGN = re.compile(
    r"(?<=\d)(?:und|and|et|och|og|y|和|与|與|及)(?=\d)|(?<=[a-z\d])\s*[和与與及]\s*(?=[a-z\d])"
)
"""What people say for the sign in 1&1 and H&M: 1und1, H和M. Between Chinese words it is a part of a word."""
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
_INITIALS = re.compile(r"\b(?:[^\W\d_][./]\s?)+[^\W\d_]\b(?!\w)")
"""Single letters between dots or strokes, which make one word: S.A., G.m.b.H., A/S, d. o. o."""
_WORD = re.compile(r"&|[^\W_]+")
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\uac00-\ud7af"  # Hangul: blanks stand between phrases rather than words
)
_RUN = re.compile(f"[{_SPACELESS}]+|[^{_SPACELESS}]+")
_SPACELESS_RUN = re.compile(f"[{_SPACELESS}]+")


@lru_cache(maxsize=8192)
def same_letters(text: str) -> str:
    """Text in one Unicode form (NFKC), one case and single blanks: accents and punctuation still count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold(text: str, *, digraphs: bool = False) -> str:
    """Text without case, accents and Unicode form; `digraphs` writes ä, ö, ü, ø, å with two letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if plain.isascii():
        return plain
    composed = unicodedata.normalize("NFC", plain)
    if digraphs:
        composed = composed.translate(_DIGRAPHS)
    kept = (char for char in unicodedata.normalize("NFKD", composed) if char.isascii() or not _left_out(char))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def two_ways(text: str) -> bool:
    """Whether the text holds a letter that is also written as two."""
    return not (text.isascii() or _TWO_WAYS.isdisjoint(unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=8192)
def words(text: str, *, digraphs: bool = False) -> tuple[str, ...]:
    """The folded words, `AND` for each connective; a script without blanks makes words of its own."""
    joined = _APOSTROPHE.sub("", fold(text, digraphs=digraphs))
    joined = _INITIALS.sub(lambda found: re.sub(r"[./\s]", "", found[0]), joined)
    joined = _CONNECTING_SIGN.sub(f" {AND} ", joined)
    joined = _SPOKEN_SIGN.sub(f" {AND} ", joined)
    found = _WORD.findall(joined)
    if not joined.isascii():
        found = [run for word in found for run in _RUN.findall(word)]
    last = len(found) - 1
    return tuple(
        AND if word in _CONNECTIVES or (word in _BETWEEN_WORDS and 0 < place < last) else word
        for place, word in enumerate(found)
    )


def spaceless(word: str) -> bool:
    """Whether the word is of a script that sets no blanks between words, such as Chinese."""
    return _SPACELESS_RUN.fullmatch(word) is not None


def _left_out(char: str) -> bool:
    """Accents of Latin, Greek, Cyrillic, Hebrew and Arabic letters, and characters that nobody sees."""
    order = unicodedata.combining(char)
    return order >= 200 or 10 <= order <= 36 or order == 1 or unicodedata.category(char) == "Cf"
