"""Short lists of customers and contacts as newcomers bring them, English and Chinese.

Some records stand twice, written otherwise and less well filled. Look-alikes are not one: branches of one
name in other towns, firms of a group behind one switchboard and site, people of one name, relatives with one
number.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from bench.dirty.damage import invented, maybe

Language = Literal["en", "zh"]
Row = dict[str, str | None]
Truth = set[frozenset[str]]
DOUBLED, ALIKE = 0.12, 0.08
"""Shares of the records that stand twice, and that have another like them."""

FORMS = {"Limited": ("Ltd", "Ltd.", "Limited"), "Incorporated": ("Inc", "Inc.", "Incorporated"),
         "GmbH": ("GmbH", "G.m.b.H.", "gmbh")}  # fmt: skip
TRADES = ("Logistics", "Foods", "Optics", "Textiles", "Pumps", "Timber", "Ceramics", "Engineering", "Trading")
TOWNS = ("Leeds", "Hamburg", "Austin", "Dublin", "Graz", "Boston", "Bristol", "Cologne")
SIGNS = "宏远鑫达华盛瑞丰恒泰金利中兴永昌德信博雅天成东升嘉禾海川凯旋隆安康宁"
WORK = ("精密机械", "电子科技", "食品", "物流", "化工", "环保设备", "新材料", "贸易")
CITIES = ("上海", "苏州", "深圳", "成都", "武汉", "杭州", "青岛", "长沙")
GIVEN = ("Anna", "Bert", "Carla", "David", "Emma", "Frank", "Grace", "Henry", "Ida", "James", "Laura", "Mark")
FAMILY = ("Smith", "Brown", "Miller", "Koch", "Jones", "Weber", "Clark", "Lang", "Reid", "Young")
XING, MING = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


@dataclass(frozen=True, slots=True)
class Maker:
    """How records of one kind are made: the first, the same written again, and another like it."""

    key: str
    columns: tuple[str, ...]
    first: Callable[[random.Random, Language], Row]
    again: Callable[[Row, random.Random, Language], Row]
    other: Callable[[Row, random.Random, Language], Row]


def customers(records: int, language: Language, seed: int) -> tuple[pd.DataFrame, Truth]:
    """About so many records of companies, and which pairs are one."""
    columns = ("name", "tax_id", "phone", "website", "city")
    maker = Maker("customer_id", columns, _company, _again, _lookalike)
    return _listed(maker, records, language, random.Random(f"customers {language} {seed}"))


def contacts(records: int, language: Language, seed: int) -> tuple[pd.DataFrame, Truth]:
    """About so many records of people, and which pairs are one."""
    columns = ("name", "email", "phone", "mobile")
    maker = Maker("contact_id", columns, _person, _person_again, _other_person)
    return _listed(maker, records, language, random.Random(f"contacts {language} {seed}"))


def _listed(maker: Maker, records: int, language: Language, rng: random.Random) -> tuple[pd.DataFrame, Truth]:
    rows: list[Row] = []
    truth: Truth = set()
    while len(rows) < records:
        first = maker.first(rng, language)
        rows.append(first | {maker.key: _id(len(rows))})
        draw = rng.random()
        if draw < DOUBLED:
            truth.add(frozenset((_id(len(rows) - 1), _id(len(rows)))))
            rows.append(maker.again(first, rng, language) | {maker.key: _id(len(rows))})
        elif draw < DOUBLED + ALIKE:
            rows.append(maker.other(first, rng, language) | {maker.key: _id(len(rows))})
    return _framed(rows, (maker.key, *maker.columns)), truth


def _id(place: int) -> str:
    return f"r{place:04}"


def _framed(rows: list[Row], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, dtype=object).reindex(columns=list(columns))
    return frame.where(frame.notna(), None)


def _company(rng: random.Random, language: Language) -> Row:
    if language == "zh":
        brand, city = "".join(rng.sample(SIGNS, 2)), rng.choice(CITIES)
        name, site = f"{city}{brand}{rng.choice(WORK)}有限公司", f"{invented(rng).lower()}.com.cn"
        tax, phone = f"9131{rng.randrange(10**13, 10**14)}", f"021-{rng.randrange(50000000, 69999999)}"
    else:
        brand, city = invented(rng), rng.choice(TOWNS)
        name, site = f"{brand} {rng.choice(TRADES)} {rng.choice(list(FORMS))}", f"{brand.lower()}.com"
        tax, phone = f"GB{rng.randrange(10**8, 10**9)}", f"+44 20 {rng.randrange(10**7, 10**8)}"
    return {
        "name": name, "city": city,
        "tax_id": tax if rng.random() < 0.3 else None,
        "phone": phone if rng.random() < 0.8 else None,
        "website": site if rng.random() < 0.6 else None,
    }  # fmt: skip


def _again(first: Row, rng: random.Random, language: Language) -> Row:
    """The same company, written by somebody else."""
    name = _rewritten(str(first["name"]), rng, language)
    phone = first["phone"]
    if phone and rng.random() < 0.5:
        phone = phone.replace("+44 ", "0").replace(" ", "") if language == "en" else phone.replace("-", "")
    return {
        "name": name, "tax_id": first["tax_id"] if rng.random() < 0.3 else None,
        "phone": phone if rng.random() < 0.85 else None,
        "website": f"www.{first['website']}" if first["website"] and rng.random() < 0.7 else None,
        "city": first["city"] if rng.random() < 0.7 else None,
    }  # fmt: skip


def _rewritten(name: str, rng: random.Random, language: Language) -> str:
    if language == "zh":
        city, rest = name[:2], name[2:]
        bare = rest.removesuffix("有限公司")
        return rng.choice(
            (name, f"{city}市{rest}", f"{bare}（{city}）有限公司", f"{city}{bare}", bare, f"{bare}公司")
        )
    words = name.split()
    other = " ".join([*words[:-1], rng.choice(FORMS[words[-1]])])
    return rng.choice((name, other, other.upper(), " ".join(words[:-1]), maybe(other, rng, 1.0)))


def _lookalike(first: Row, rng: random.Random, language: Language) -> Row:
    """Another company: a branch, a sister firm, or one that happens to be called the same."""
    other, name = _company(rng, language), str(first["name"])
    kind = rng.choice(("branch", "sister", "namesake"))
    towns = [city for city in (CITIES if language == "zh" else TOWNS) if city != first["city"]]
    if kind == "branch":  # the same site, other number, other town
        town = rng.choice(towns)
        written = f"{name}{town}分公司" if language == "zh" else name
        phone = other["phone"] or "+44 20 55512345"
        return {**first, "name": written, "city": town, "tax_id": None, "phone": phone}
    if kind == "sister":  # switchboard and site of the group
        trade = rng.choice(WORK if language == "zh" else TRADES)
        sister = (
            f"{name[:4]}{trade}有限公司"
            if language == "zh"
            else f"{name.split(maxsplit=1)[0]} {trade} {name.rsplit(maxsplit=1)[-1]}"
        )
        return {**first, "name": sister if sister != name else str(other["name"]), "tax_id": other["tax_id"]}
    return {**other, "name": name, "city": rng.choice(towns)}


def _person(rng: random.Random, language: Language) -> Row:
    if language == "zh":
        name = rng.choice(XING) + "".join(rng.sample(MING, rng.choice((1, 2))))
        mail = (
            f"{invented(rng).lower()}{rng.randrange(100)}@{rng.choice(('qq.com', '163.com', 'example.cn'))}"
        )
        phone, mobile = f"021-{rng.randrange(50000000, 69999999)}", f"13{rng.randrange(10**8, 10**9)}"
    else:
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        name, mail = f"{given} {family}", f"{given}.{family}{rng.randrange(99)}@{invented(rng)}.com".lower()
        phone, mobile = f"+44 20 {rng.randrange(10**7, 10**8)}", f"+44 7{rng.randrange(10**8, 10**9)}"
    return {
        "name": name, "email": mail if rng.random() < 0.75 else None,
        "phone": phone if rng.random() < 0.5 else None,
        "mobile": mobile if rng.random() < 0.6 else None,
    }  # fmt: skip


def _person_again(first: Row, rng: random.Random, language: Language) -> Row:
    name = str(first["name"])
    if language == "zh":
        written = rng.choice((name, name, f"{name[0]} {name[1:]}"))
    else:
        given, family = name.split()
        written = rng.choice(
            (name, name, f"{family}, {given}", f"{given[0]}. {family}", name.upper(), f"Dr. {name}")
        )
    other = _person(rng, language)
    mail = str(first["email"]).upper() if first["email"] and rng.random() < 0.3 else first["email"]
    return {
        "name": written, "email": mail if rng.random() < 0.7 else other["email"],
        "phone": first["phone"] if rng.random() < 0.6 else None,
        "mobile": first["mobile"] if rng.random() < 0.7 else None,
    }  # fmt: skip


def _other_person(first: Row, rng: random.Random, language: Language) -> Row:
    """Another person: a colleague, a relative, or a namesake."""
    other = _person(rng, language)
    kind = rng.choice(("colleague", "relative", "namesake", "namesake at one switchboard"))
    if kind == "colleague":
        return {**other, "phone": first["phone"]}
    if kind == "relative":  # one mobile number between two, of one family name
        name = str(first["name"])
        family = name[0] if language == "zh" else name.rsplit(maxsplit=1)[-1]
        given = "".join(rng.sample(MING, 2)) if language == "zh" else f"{rng.choice(GIVEN)}a "
        return {
            **other,
            "name": family + given if language == "zh" else given + family,
            "mobile": first["mobile"],
        }
    shared = first["phone"] if kind.endswith("switchboard") else other["phone"]
    email = other["email"] or f"{invented(rng).lower()}@example.com"
    return {**other, "name": first["name"], "phone": shared, "email": email}
