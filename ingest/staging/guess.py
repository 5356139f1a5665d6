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
FOREIGN = 0.03
"""Share of kana from which a text is hardly Chinese."""

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
        usual = 1.0 if character in _SYLLABLES else 0.4
        return usual if 0xB0 <= _lead(character, "euc_kr") <= 0xC8 else 0.1
    return 0.2 if character != "\ufffd" and _lead(character, "euc_kr") else 0.0


_SYLLABLES = frozenset(
    "가각간갈감갑강같개객거건검것게겠격견결경계고곡골공과관광교구국군권귀규그극근금급기긴길김까께꼭끝나난날남납내냉너네녀년념노녹논농누"
    "뉴는능니님다단달담답당대더덕던데도독돈동되된두둘드득든들등디따때또라락란람랑래량러럼렇레려력련령례로록론료루류르른를름리린립링마막"
    "만말망맞매머먼메며면명모목몸무문물미민밀바박반받발방배백버번법베벽변별병보복본부북분불비빈사산살삼상새색생서석선설성세센셔소속손송"
    "수순술스습승시식신실심십싶써쓰씨아악안않알암압았앞액야약양어언업없었에여역연열였영예오온올와완외요용우운울원월위유육윤율으은을음응"
    "의이익인일임입있자작잔장재저적전절점접정제져조족존종주준중즈즉증지직진질집짜째차착찬찰참창채책처천철첫청체초촉총최추축출충취층치친"
    "칠침카코크타탁탈태택터테토통투트특티파판패페편평포폭표품풍프피필하학한할함합항해했행향허험현협형호혼홍화확환활황회획효후훈휴흐희히"
)
"""Syllables that Korean names, addresses and sentences are mostly made of; the other thousands are rare."""


def _by_chance(each: float, count: int, weight: float) -> float:
    """What is left of a plausibility where `count` characters lack what each lacks by that chance."""
    return float(max(each**count, 0.05) ** weight)


def _gb18030(sample: bytes) -> float:
    """As Chinese; but Korean is written with the first 25 of its 40 frequent rows only; Japanese has kana.

    Chance alone leaves the other rows out in `n` Chinese characters with a probability of about 0.6 ** n.
    """
    text = sample.decode("gb18030", "replace")
    plausible = _double_byte("gb18030", _chinese)(sample)
    if sum(map(_is_kana, text)) > FOREIGN * sum(character > "\x7f" for character in text):
        plausible *= 0.6
    leads = [lead for character in text if (lead := _lead(character, "gb2312")) >= 0xB0]
    if leads and max(leads) <= 0xC8:
        plausible *= _by_chance(0.6, len(leads), 0.125)
    return plausible


def _euc_jp(sample: bytes) -> float:
    """As Japanese; but its text has kana among few characters already, which GB and Korean text lacks."""
    high = [character for character in sample.decode("euc_jp", "replace") if character > "\x7f"]
    plausible = _double_byte("euc_jp", _japanese)(sample)
    if not any(map(_is_kana, high)):
        plausible *= _by_chance(0.8, len(high), 0.25)
    return plausible


def _big5(sample: bytes) -> float:
    """As traditional Chinese; 63 of Big5's 157 second bytes are below 0x80, which GB and Korean lack."""
    text = sample.decode("big5", "replace")
    codes = [
        character.encode("big5") for character in text if character > "\x7f" and _lead(character, "big5")
    ]
    plausible = _double_byte("big5", _traditional)(sample)
    if codes and all(code[1] >= 0x80 for code in codes):
        plausible *= _by_chance(0.6, len(codes), 0.25)
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
    "euc_jp": _euc_jp,
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
