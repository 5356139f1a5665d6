"""Names, mail domains and addresses of companies."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from simulate.company.market import Market
from simulate.config import Bools, Ints, SimulationConfig, Strings
from simulate.names.tax_id import tax_ids
from simulate.names.words import (
    CN_CITIES,
    CN_SYLLABLES,
    EN_FIRST,
    EN_FORMS,
    EN_SECOND,
    FOREIGN_CITIES,
    INDUSTRY_WORDS,
)
from simulate.streams import stream


@dataclass(frozen=True, slots=True)
class CompanyNames:
    """Per company: full name, short name (brand), mail domain, tax number (VAT abroad), city, country code,
    industry."""

    name: Strings
    brand: Strings
    form: Strings
    domain: Strings
    tax_id: Strings
    city: Strings
    country: Strings
    industry: Strings
    phone: Strings


def latin(words: str) -> tuple[Strings, Strings]:
    """Split words like `宏hong` into their Chinese and their Latin part."""
    pairs = [
        (word.rstrip("abcdefghijklmnopqrstuvwxyz"), word.lstrip("".join(c for c in word if c > "z")))
        for word in words.split()
    ]
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


def join(*parts: Strings | str) -> Strings:
    """Concatenate strings element by element."""
    result = np.asarray(parts[0], dtype=np.str_)
    for part in parts[1:]:
        result = np.char.add(result, np.asarray(part, dtype=np.str_))
    return result


def numbered(text: Strings, group: Strings | None = None) -> Strings:
    """Make strings unique (within `group`): the second gets 2 at its end, the third 3, and so on."""
    key = pd.Series(text if group is None else join(group, "/", text))
    again = key.groupby(key).cumcount().to_numpy()
    return np.where(again > 0, join(text, (again + 1).astype(str)), text)


def _chinese(count: int, rng: np.random.Generator) -> tuple[Strings, Strings]:
    signs, sounds = latin(CN_SYLLABLES)
    one, two = rng.integers(0, len(signs), size=(2, count))
    third = rng.integers(0, len(signs), size=count)
    more = rng.random(count) < 0.35
    brand = join(signs[one], signs[two], np.where(more, signs[third], ""))
    return brand, join(sounds[one], sounds[two], np.where(more, sounds[third], ""))


def _english(count: int, rng: np.random.Generator) -> tuple[Strings, Strings]:
    first, second = np.array(EN_FIRST.split()), np.array(EN_SECOND.split())
    brand = join(rng.choice(first, size=count), rng.choice(second, size=count))
    return brand, np.char.lower(brand)


def _cities(market: Market) -> tuple[Strings, Strings, Strings, Ints]:
    home = [entry.split() for entry in CN_CITIES.split("|")]
    abroad = [entry.split() for entry in FOREIGN_CITIES.split("|")]
    cn = np.array([entry[0] for entry in home])[market.region]
    foreign = np.array([entry[0] for entry in abroad])[market.region]
    country = np.array([entry[1] for entry in abroad])[market.region]
    code = np.array([int(entry[2]) for entry in home])[market.region]
    return cn, foreign, np.where(market.english, country, "CN"), code


def _unique_names(cn: Strings, en: Strings, english: Bools) -> Strings:
    name = pd.Series(np.where(english, en, cn))
    again = name.groupby(name).cumcount().to_numpy()
    suffix = np.where(
        english, join(" ", (again + 1).astype(str)), join("第", (again + 1).astype(str), "分公司")
    )
    plain = np.asarray(name, dtype=np.str_)
    return np.where(again > 0, join(plain, suffix), plain)


def build_company_names(config: SimulationConfig, market: Market) -> CompanyNames:
    """Names in Chinese (city + brand + industry + 有限公司) and English, each company's its own."""
    rng, count = stream(config.seed, "company names"), market.count
    cn_brand, cn_sound = _chinese(count, rng)
    en_brand, en_sound = _english(count, rng)
    cn_city, en_city, country, code = _cities(market)
    words = [entry.split(" ", 1) for entry in INDUSTRY_WORDS.split("|")]
    cn_word = np.array([word[0] for word in words])[market.industry]
    en_word = np.array([word[1] for word in words])[market.industry]
    cn_form = rng.choice(["有限公司", "股份有限公司", "集团有限公司"], p=[0.8, 0.12, 0.08], size=count)
    en_form = rng.choice(EN_FORMS, size=count)
    name = _unique_names(
        join(cn_city, cn_brand, cn_word, cn_form), join(en_brand, " ", en_word, " ", en_form), market.english
    )
    host = numbered(np.where(market.english, en_sound, cn_sound))
    serial = (
        rng.permutation(89_999_999)[:count]
        if count > 50_000
        else rng.choice(89_999_999, count, replace=False)
    )
    return CompanyNames(
        name=name,
        brand=np.where(market.english, en_brand, cn_brand),
        form=np.where(market.english, en_form, cn_form),
        domain=join(host, np.where(market.english, ".example.com", ".example.cn")),
        tax_id=np.where(
            market.english,
            join(country, (serial + 10_000_000).astype(str)),
            tax_ids(serial + 10_000_000, code),
        ),
        city=np.where(market.english, en_city, cn_city),
        country=country,
        industry=np.where(market.english, en_word, cn_word),
        phone=join(
            np.where(market.english, "+44 20 ", "021-"),
            rng.integers(50_000_000, 69_999_999, size=count).astype(str),
        ),
    )
