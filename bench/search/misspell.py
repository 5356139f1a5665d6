"""Thirteen ways in which people type what they look for; each gives None where a name does not allow it."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

import zhconv
from pypinyin import lazy_pinyin

from bench.search import parts
from bench.search.company import Directory, Subject

Way = Callable[[Random, Subject], str | None]
_FORM_ZH = re.compile("(股份有限公司|有限责任公司|有限公司)$")
_FORMS = tuple(form for form in parts.FORMS if form)


def typo(draw: Random, one: Subject) -> str | None:
    """One edit in a name in Latin letters."""
    name = one.name
    if not re.match(r"[A-Za-z]", name):
        return None
    bare = _bare(name)
    at = draw.randrange(1, len(bare) - 1)
    letter = draw.choice("abcdefghijklmnopqrstuvwxyz")
    kind = draw.randrange(4)
    if kind == 0:
        return bare[:at] + bare[at + 1 :]
    if kind == 1:
        return bare[:at] + letter + bare[at:]
    if kind == 2:
        return bare[:at] + letter + bare[at + 1 :]
    return bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :]


def wrong_character(draw: Random, one: Subject) -> str | None:
    """A Chinese character wrong or missing, in the whole name or in it without legal form."""
    if not _chinese(one):
        return None
    name = one.name if draw.random() < 0.5 else _FORM_ZH.sub("", one.name)
    at = draw.randrange(len(_FORM_ZH.sub("", one.name)))
    return name[:at] + (draw.choice(parts.BRAND_ZH) if draw.random() < 0.5 else "") + name[at + 1 :]


def pinyin(draw: Random, one: Subject) -> str | None:
    """Pinyin of the brand, of brand and trade, or of the whole name, with and without blanks."""
    if not _chinese(one):
        return None
    brand, trade = _brand_trade(one)
    text = draw.choice((brand, brand + trade, _FORM_ZH.sub("", one.name)))
    read = lazy_pinyin(re.sub("[（）]", "", text))
    return (
        draw.choice(("", " ")).join(read).title()
        if draw.random() < 0.2
        else draw.choice(("", " ")).join(read)
    )


def initials(draw: Random, one: Subject) -> str | None:
    """First letters of pinyin or of Latin words."""
    if _chinese(one):
        text = draw.choice((one.name, _FORM_ZH.sub("", one.name), "".join(_brand_trade(one))))
        return "".join(syllable[0] for syllable in lazy_pinyin(re.sub("[（）]", "", text)))
    words = re.findall(r"[^\W_]+", _bare(one.name))
    return "".join(word[0] for word in words).upper() if len(words) > 2 else None


def fragment(draw: Random, one: Subject) -> str | None:
    """A part of the name: some characters, or a word or two, or the beginning of a long word."""
    if _chinese(one):
        bare = re.sub("[（）]", "", _FORM_ZH.sub("", one.name))
        size = draw.randrange(3, len(bare)) if len(bare) > 4 else len(bare) - 1
        at = draw.randrange(len(bare) - size + 1)
        return bare[at : at + size]
    bare = _bare(one.name)
    return bare[: draw.randrange(6, len(bare))].strip() if len(bare) > 8 else None


def traditional(draw: Random, one: Subject) -> str | None:
    """Traditional characters."""
    if not _chinese(one):
        return None
    name = one.name if draw.random() < 0.5 else "".join(_brand_trade(one))
    found = str(zhconv.convert(name, "zh-tw"))
    return found if found != name else None


def place_first(draw: Random, one: Subject) -> str | None:
    """The place before a name or a brand that does not begin with it."""
    if _chinese(one):
        brand, trade = _brand_trade(one)
        return f"{one.props['city']}{draw.choice(('', '市'))}{brand}{draw.choice((trade, trade, ''))}"
    return f"{one.props['city']} {_bare(one.name)}"


def other_form(draw: Random, one: Subject) -> str | None:
    """Another legal form, or none."""
    if _chinese(one):
        return _FORM_ZH.sub("", one.name) + draw.choice((*parts.FORMS_ZH, "", "公司"))
    return f"{_bare(one.name)} {draw.choice(('GmbH', 'AG', 'Inc', 'LLC', 'Limited', ''))}".strip()


def accents(draw: Random, one: Subject) -> str | None:
    """Without accents, `&` in words, in any case."""
    name = _bare(one.name)
    if name.isascii() and "&" not in name:
        return None
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.replace("ø", "o").replace("Ł", "L").replace("ł", "l").replace("ß", "ss")
    if draw.random() < 0.3:
        plain = name.replace("ü", "ue").replace("ö", "oe").replace("ä", "ae")
    return draw.choice((str.upper, str.lower, str))(
        plain.replace("&", draw.choice(("and", "und", "+", "&", "")))
    )


def phone(draw: Random, one: Subject) -> str | None:
    """The phone number otherwise spelt, or seven and more of its digits."""
    held = str(one.props["phone"])
    digits = re.sub(r"\D", "", held)
    if one.props["country"] == "CN":
        national = digits.lstrip("0")
        blanks = f"({held[:4].rstrip('-')}) {digits[-8:-4]} {digits[-4:]}"
        abroad = (f"+86 {national}", f"0086{national}")
        longer = (f"{held} ext. 12", f"{held}转801", f"{held}-801")
        return draw.choice((*abroad, blanks, *longer, digits[-8:], digits[-7:]))
    spelt = (digits, "00" + digits, held.replace(" ", "-"), f"{held} x12")
    return draw.choice((*spelt, digits[-7:], digits[2:]))


def domain(draw: Random, one: Subject) -> str | None:
    """Its domain, a mail or an address at it."""
    held = (one.props["domains"] or [str(one.props["website"]).removeprefix("https://www.")])[0]
    return draw.choice((held, f"www.{held}", f"https://{held}/en/contact?x=1", f"Info@{held}", held.upper()))


def person(draw: Random, one: Subject) -> str | None:
    """A person: order of names, pinyin, initials, with the company."""
    name, company = one.name, one.of or one
    if re.match(r"[A-Za-z]", name):
        given, family = name.split(" ", 1)
        text = draw.choice((f"{family} {given}", f"{family}, {given}", f"{given[0]}. {family}", name.lower()))
        return f"{text} {_bare(company.name).split()[0]}" if draw.random() < 0.6 else text
    read = lazy_pinyin(name)
    given = "".join(read[1:])
    text = draw.choice(
        (name, f"{read[0]} {given}", f"{given} {read[0]}", "".join(read), "".join(r[0] for r in read))
    )
    brand = _brand_trade(company)[0]
    if draw.random() < 0.6:
        return f"{brand}{text}" if text == name else f"{text} {''.join(lazy_pinyin(brand))}"
    return text


def number(draw: Random, one: Subject) -> str | None:
    """A tax number or an id with blanks, hyphens, in lower case or full width."""
    held = str(one.props["tax_id"]) if draw.random() < 0.6 else one.id
    text = draw.choice((held.lower(), " ".join(held[at : at + 4] for at in range(0, len(held), 4)), held))
    if draw.random() < 0.3:
        text = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    return draw.choice((text, text.replace("-", " "), text.replace("-", ""), f" {text}"))


WAYS: dict[str, tuple[Way, Callable[[Directory], list[Subject]]]] = {
    "typo": (typo, lambda d: d.customers),
    "wrong or missing character": (wrong_character, lambda d: d.customers),
    "pinyin": (pinyin, lambda d: d.customers),
    "initials": (initials, lambda d: d.customers),
    "fragment": (fragment, lambda d: d.customers),
    "traditional": (traditional, lambda d: d.customers),
    "place before the name": (place_first, lambda d: d.customers),
    "other legal form": (other_form, lambda d: d.customers),
    "accents and &": (accents, lambda d: d.customers),
    "phone": (phone, lambda d: d.customers),
    "domain": (domain, lambda d: d.customers),
    "person": (person, lambda d: d.contacts),
    "number": (number, lambda d: d.customers),
}


def asked(way: str, found: Directory, count: int, seed: int) -> list[tuple[str, Subject]]:
    """`count` texts of one way with what each looks for."""
    draw, (misspell, among) = Random(f"{way}{seed}"), WAYS[way]
    subjects = among(found)
    made: list[tuple[str, Subject]] = []
    while len(made) < count:
        subject = draw.choice(subjects)
        text = misspell(draw, subject)
        if text and text.strip():
            made.append((text, subject))
    return made


def _chinese(one: Subject) -> bool:
    return bool(one.props["country"] == "CN")


def _bare(name: str) -> str:
    return next((name.removesuffix(f" {form}") for form in _FORMS if name.endswith(f" {form}")), name)


def _brand_trade(one: Subject) -> tuple[str, str]:
    """Brand and trade of a Chinese name that was put together from parts."""
    bare = re.sub("（.*）", "", _FORM_ZH.sub("", one.name))
    bare = next((bare.removeprefix(place) for place in parts.PLACES_ZH if bare.startswith(place)), bare)
    trade = max((trade for trade in parts.TRADES_ZH if bare.endswith(trade)), key=len, default="")
    return bare.removesuffix(trade), trade
