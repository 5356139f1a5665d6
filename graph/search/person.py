"""How well a person's name answers: words in any order, pinyin, initials, and the company beside the name."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from graph.search.asked import Asked
from graph.search.document import Document
from graph.search.spelling import Spelling
from graph.search_key.fold import spaceless

_WORD = 0.72
"""From which a misspelt word is taken for the one it is like."""


def person_scores(asked: Asked, found: Document, *, misspelt: bool = True) -> Iterator[float]:
    """Every reading of the text as this person. misspelt: whether to compare letter by letter."""
    for name in found.names:
        yield from _whole(asked.person, name)
        if misspelt:
            yield 0.93 * _likeness(asked.person, name)
        yield from _in_chinese(asked.name, name, found.companies)
        yield from _in_words(asked.name.words, name, found.companies)


def _whole(asked: Spelling, name: Spelling) -> Iterator[float]:
    forms, typed = _forms(asked, name)
    if asked.whole == name.whole:
        yield 1.0
    if set(typed) & set(forms):
        yield 0.97
    if asked.whole in name.initials and len(asked.whole) > 1:
        yield 0.87 - 0.004 * name.initials.index(asked.whole)
    if len(asked.whole) > 1 and asked.whole in name.whole and _chinese(name.whole):
        yield 0.8 + 0.1 * len(asked.whole) / len(name.whole)
    if len(asked.whole) > 3 and any(form.startswith(asked.whole) for form in name.latin):
        yield 0.72 + 0.1 * len(asked.whole) / len(name.latin[0])


def _forms(asked: Spelling, name: Spelling) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of the name and of what was typed; Chinese characters are not compared by their sound."""
    return (name.whole, *name.latin), (asked.whole, *(() if _chinese(asked.whole) else asked.latin))


def _likeness(asked: Spelling, name: Spelling) -> float:
    forms, typed = _forms(asked, name)
    return max(_alike(one, form) for one in typed for form in forms)


def _in_chinese(asked: Spelling, name: Spelling, companies: Sequence[Spelling]) -> Iterator[float]:
    """The name in Chinese, with something before or behind it: 华为王小明, 王小明 (华为)."""
    if not _chinese(name.whole) or name.whole == asked.full:
        return
    if name.whole in asked.full:
        rest = asked.full.replace(name.whole, "", 1).strip("的")
        yield 0.97 if any(_of_company(rest, one) for one in companies) else 0.74
        return
    for company in companies:
        for brand in {company.whole, company.core, company.brand}:
            if brand and brand in asked.full:
                rest = asked.full.replace(brand, "", 1).strip("的")
                yield 0.93 * _alike(rest, name.whole)


def _in_words(asked: Sequence[str], name: Spelling, companies: Sequence[Spelling]) -> Iterator[float]:
    """Words of the name in any order, and words of the company."""
    if len(asked) < 2:
        if len(asked) == 1 and asked[0] in name.words:
            yield 0.78 if asked[0] == name.words[0] or asked[0] == name.words[-1] else 0.74
        return
    held = _parts(name)
    named, strength, of_company, missed = 0.0, 0.0, 0, 0
    left = list(held)
    for word in sorted(asked, key=len, reverse=True):
        value, part = max(((_like_part(word, one), one) for one in left), default=(0.0, ""))
        whole = _like_whole(word, name) if left else 0.0
        if whole > value:
            named, strength, left = named + len(held), strength + whole * len(held), []
        elif value >= _WORD:
            named, strength = named + 1, strength + value
            left.remove(part)
        elif any(_of_company(word, one) for one in companies):
            of_company += 1
        else:
            missed += 1
    if not named or (missed and named < 2):
        return
    covered = min(named / len(held), 1.0)
    whole = covered == 1.0
    best = 0.96 if whole else 0.6 + 0.25 * covered + (0.08 if of_company else 0.0)
    yield best * (strength / named) - 0.2 * missed / len(asked) + (0.008 if of_company and whole else 0.0)


def _parts(name: Spelling) -> Sequence[str]:
    """Words of the name: of a Chinese one, surname and given name in pinyin."""
    return name.words[:2] if _chinese(name.whole) else name.words


def _like_whole(word: str, name: Spelling) -> float:
    """How well one word is the whole name, written in one piece or as initials."""
    if word in name.latin:
        return 1.0
    if word in name.initials:
        return 0.83 if len(word) < 3 else 0.93
    return max((one for one in (_alike(word, form) * 0.97 for form in name.latin) if one > 0.8), default=0.0)


def _like_part(word: str, part: str) -> float:
    if word == part:
        return 1.0
    if len(word) == 1:
        return 0.9 if part.startswith(word) else 0.0
    if part.startswith(word):
        return 0.92
    return _alike(word, part) * 0.97


def _of_company(text: str, company: Spelling) -> bool:
    """Whether a text means this company: its name, brand, a word, pinyin, or one of these misspelt."""
    if len(text) < 2:
        return False
    forms = (company.whole, company.core, company.brand, *company.latin, *company.words)
    return text in company.full or any(
        text.startswith(form) or _alike(text, form) >= 0.8 for form in forms if form
    )


def _chinese(text: str) -> bool:
    return bool(text) and spaceless(text)


def _alike(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other, score_cutoff=0.5))
