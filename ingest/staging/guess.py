"""Which encoding bytes without a mark were written in: each candidate's text is judged as text of its script.

Candidates are those of real exports. A text is plausible where its characters are frequent ones of the script
(the first level of the Chinese and Japanese standards, kana, Hangul) or its words have letters of one script
in the case that words have. How sure a guess is follows from the distance to the next best candidate and from
how many characters there were to judge.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

SAMPLE = 200_000
"""Bytes of lines with non-ASCII bytes that are judged."""
SHARPNESS = 8.0
"""How fast certainty grows with the distance between two candidates' plausibilities."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN_PUNCTUATION = frozenset("‘’“”„–—…€£§°©®™·•«»¿¡º")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and how sure it is, between 0 and 1."""

    encoding: str
    sure: float

    @property
    def shown(self) -> str:
        return f"{self.encoding}, {self.sure:.0%}"


def guess_encoding(data: bytes) -> Guess:
    """The most plausible encoding of bytes that are not UTF-8."""
    if b"\x00" in data:
        return _wide(data)
    sample = _sample(data)
    judged = {name: score(sample) for name, score in _CANDIDATES.items()}
    texts = {name: sample.decode(name, "replace") for name in judged}
    best = max(judged, key=lambda name: judged[name])
    rivals = [value for name, value in judged.items() if texts[name] != texts[best]]
    total = 1.0 + sum(math.exp(SHARPNESS * (value - judged[best])) for value in rivals)
    characters = sum(character > "\x7f" for character in texts[best])
    evidence = characters / (characters + 1.0)
    return Guess(best, min(0.99, evidence * max(judged[best], 0.1) / total))


def _sample(data: bytes) -> bytes:
    kept, size = [], 0
    for line in data.splitlines():
        if not line.isascii():
            kept.append(line)
            size += len(line)
            if size > SAMPLE:
                break
    return b"\n".join(kept)[: 2 * SAMPLE]


def _wide(data: bytes) -> Guess:
    """UTF-16 without a mark: ASCII characters, such as delimiters, have their zero byte on one side."""
    even, odd = data[: 2 * SAMPLE : 2].count(0), data[1 : 2 * SAMPLE : 2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    return Guess(name, min(0.99, max(even, odd) / max(1, even + odd)))


def _double_byte(name: str, weigh: Callable[[str, str], float]) -> Callable[[bytes], float]:
    """Plausibility of text in a multi-byte encoding: the mean weight of its non-ASCII characters."""

    def score(sample: bytes) -> float:
        text = sample.decode(name, "replace")
        high = [character for character in text if character > "\x7f"]
        return sum(weigh(name, character) for character in high) / max(1, len(high))

    return score


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def _is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff"


def _chinese(name: str, character: str) -> float:
    del name
    if character == "\ufffd" or _is_kana(character):
        return 0.0
    lead = _lead(character, "gb2312")
    if 0xB0 <= lead <= 0xD7:
        return 1.0
    return 0.8 if 0xA1 <= lead <= 0xA3 else 0.3 if 0xD8 <= lead <= 0xF7 else 0.0


def _traditional(name: str, character: str) -> float:
    lead = 0 if character == "\ufffd" or _is_kana(character) else _lead(character, name)
    if 0xA4 <= lead <= 0xC6:
        return 1.0
    return 0.8 if 0xA1 <= lead <= 0xA3 else 0.3 if 0xC9 <= lead <= 0xF9 else 0.0


def _japanese(name: str, character: str) -> float:
    del name
    if _is_kana(character) or character in "、。・「」『』（）々〇":
        return 1.0
    if "\uff61" <= character <= "\uff9f":
        return 0.2  # half-width kana: every byte of other encodings looks like one
    lead = 0 if character == "\ufffd" else _lead(character, "euc_jp")
    return 0.9 if 0xB0 <= lead <= 0xCF else 0.7 if 0xA1 <= lead <= 0xA3 else 0.2 if lead >= 0xD0 else 0.0


def _korean(name: str, character: str) -> float:
    del name
    if "\uac00" <= character <= "\ud7a3":
        return 1.0 if 0xB0 <= _lead(character, "euc_kr") <= 0xC8 else 0.1
    return 0.2 if character != "\ufffd" and _lead(character, "euc_kr") else 0.0


def _gb18030(sample: bytes) -> float:
    """As Chinese; but Korean is written with the first 25 of its 40 frequent rows only.

    Chance alone leaves the other rows out in `n` Chinese characters with a probability of about 0.6 ** n.
    """
    text = sample.decode("gb18030", "replace")
    plausible = _double_byte("gb18030", _chinese)(sample)
    leads = [lead for character in text if (lead := _lead(character, "gb2312")) >= 0xB0]
    if leads and max(leads) <= 0xC8:
        plausible *= max(0.6 ** len(leads), 0.05) ** 0.25
    return plausible


def _big5(sample: bytes) -> float:
    """As traditional Chinese; 63 of Big5's 157 second bytes are below 0x80, which GB and Korean lack."""
    text = sample.decode("big5", "replace")
    codes = [
        character.encode("big5") for character in text if character > "\x7f" and _lead(character, "big5")
    ]
    plausible = _double_byte("big5", _traditional)(sample)
    if codes and all(code[1] >= 0x80 for code in codes):
        plausible *= max(0.6 ** len(codes), 0.05) ** 0.25
    return plausible


def _single_byte(name: str, script: str) -> Callable[[bytes], float]:
    """Plausibility of text of one script: the share of its non-ASCII characters that stand in fine words."""

    def score(sample: bytes) -> float:
        text = sample.decode(name, "replace")
        high = sum(character > "\x7f" for character in text)
        fine = sum(_in_fine_word(word, script) for word in _WORD.findall(text))
        marks = sum(character in _LATIN_PUNCTUATION for character in text)
        return (fine + 0.7 * marks) / max(1, high)

    return score


def _in_fine_word(word: str, script: str) -> float:
    """How many non-ASCII letters a word has, where they are of the script, cased as words are; else 0."""
    high = [letter for letter in word if letter > "\x7f"]
    if not high or not all(unicodedata.name(letter, "").startswith(script) for letter in high):
        return 0.0
    cased = word.islower() or word.isupper() or word[1:].islower() or word.lower() == word.upper()
    if script == "LATIN":
        rare = sum(letter not in _FREQUENT for letter in high)
        mixed = len(high) * 2 <= len(word) + 1 or (rare == 0 and len(high) < len(word))
        return (len(high) - 0.5 * rare) * (cased and mixed)
    return float(len(high)) if cased and len(high) == len(word) else 0.0


_FREQUENT = frozenset("äöüßéèêëàâáãçñõåæøíîïóôòúûùœÄÖÜÉÈÀÁÇÑÕÅÆØÍÓÚąćęłńśźżŁŚŻčřšžěůýČŘŠŽőű")
"""Letters that the Latin alphabets of Europe use often."""

_CANDIDATES: dict[str, Callable[[bytes], float]] = {
    "gb18030": _gb18030,
    "big5": _big5,
    "cp932": _double_byte("cp932", _japanese),
    "euc_jp": _double_byte("euc_jp", _japanese),
    "cp949": _double_byte("cp949", _korean),
    "cp1252": _single_byte("cp1252", "LATIN"),
    "cp1250": lambda sample: 0.95 * _single_byte("cp1250", "LATIN")(sample),
    "cp1254": lambda sample: 0.9 * _single_byte("cp1254", "LATIN")(sample),
    "mac_roman": lambda sample: 0.8 * _single_byte("mac_roman", "LATIN")(sample),
    "cp1251": _single_byte("cp1251", "CYRILLIC"),
    "koi8_r": lambda sample: 0.95 * _single_byte("koi8_r", "CYRILLIC")(sample),
    "cp866": lambda sample: 0.95 * _single_byte("cp866", "CYRILLIC")(sample),
    "cp1253": _single_byte("cp1253", "GREEK"),
    "cp1255": _single_byte("cp1255", "HEBREW"),
    "cp1256": _single_byte("cp1256", "ARABIC"),
}
KNOWN = tuple(sorted({"utf-8", "utf-16", "latin-1", "shift_jis", "gbk", *_CANDIDATES}))
"""Encodings that a message names; any codec of Python may be declared."""
