"""What is known by one text: offers of shops, companies by name, papers."""

import random
from typing import Any

from bench.dirty.damage import invented, listed, lost, maybe

THINGS = (
    "Camera",
    "Receiver",
    "Headphones",
    "Printer",
    "Refrigerator",
    "Monitor",
    "Router",
    "Speaker",
    "Dishwasher",
    "Keyboard",
    "Drill",
    "Notebook",
    "Microwave Oven",
    "Phone Case",
    "Lens",
)
TRAITS = (
    "Black",
    "White",
    "Silver",
    "Wireless",
    "Digital",
    "Portable",
    "Compact",
    "Professional",
    "Stainless Steel",
    "Bluetooth",
    "HD",
    "Mini",
    "Dual",
)
UNITS = ("12MP", "500GB", "32 inch", "5.1 Channel", "1080p", "8GB", "20V", "1.5 cu. ft.", "50mm", "300W")

Row = dict[str, Any]


def offers(products: int, seed: int, shops: int = 9, codes: float = 0.7) -> list[Row]:
    """Offers of several shops; families of products differ by one code, colour or size."""
    rng = random.Random(seed)
    brands = [invented(rng) for _ in range(max(8, products // 40))]
    rows: list[Row] = []
    family: tuple[str, str, str, float] | None = None
    for number in range(products):
        if family is None or rng.random() < 0.6:
            letters = "".join(rng.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(rng.choice((2, 3, 4))))
            family = (rng.choice(brands), letters, rng.choice(THINGS), rng.uniform(15, 900))
        brand, letters, thing, price = family
        stroke, ending = "-" if rng.random() < 0.4 else "", rng.choice(("", "", "B", "W"))
        code = f"{letters}{stroke}{rng.randrange(10, 9999)}{ending}"
        traits, unit = rng.sample(TRAITS, 3), rng.choice(UNITS)
        for shop in rng.sample(range(shops), min(shops, rng.choice((1, 1, 2, 2, 3, 5)))):
            shown = code if rng.random() < 0.7 else code.replace("-", "")
            parts = [
                brand,
                shown if rng.random() < codes else "",
                thing,
                *rng.sample(traits, rng.randrange(1, 4)),
                unit if rng.random() < 0.6 else "",
            ]
            if rng.random() < 0.3:
                parts = [parts[0], *parts[2:], "-", parts[1]]
            title = " ".join(part for part in parts if part).strip(" -")
            rows.append(
                {
                    "id": f"o{len(rows)}",
                    "source": f"shop{shop}",
                    "title": maybe(title, rng, 0.05),
                    "brand": lost(brand, rng, 0.5),
                    "price": lost(f"{price * rng.uniform(0.85, 1.2):.2f}", rng, 0.3),
                    "product": number,
                }
            )
    rng.shuffle(rows)
    return rows


FORMS = (
    ("Ltd", "Limited", "Ltd.", "LTD", ""),
    ("Inc", "Inc.", "Incorporated", ", Inc.", ""),
    ("GmbH", "Gmbh", "G.m.b.H.", ""),
    ("Corp", "Corporation", "Corp.", ""),
    ("S.A.", "SA", ""),
    ("LLC", "L.L.C.", ""),
)
KINDS = (
    ("Manufacturing", "Mfg"),
    ("International", "Intl", "Int'l"),
    ("Technologies", "Technology", "Tech"),
    ("Systems", "Sys"),
    ("Engineering", "Eng."),
    ("Services", "Svcs"),
    ("Foods",),
    ("Chemicals", "Chemical"),
    ("Group", "Grp"),
    ("Holdings",),
    ("Bank",),
    ("Insurance", "Ins."),
    ("Logistics",),
    ("Partners",),
    ("Energy",),
)


def companies(number: int, seed: int) -> list[Row]:
    """Names of companies in one column: forms, abbreviations, typing errors, and others that look alike."""
    rng = random.Random(seed)
    rows: list[Row] = []
    brand = ""
    for company in range(number):
        if not brand or rng.random() < 0.75:
            brand = " ".join(invented(rng) for _ in range(rng.choice((1, 1, 2))))
        form, kinds = rng.choice(FORMS), rng.sample(KINDS, rng.choice((1, 1, 2)))
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            words = [brand, *(rng.choice(kind) for kind in kinds)]
            if rng.random() < 0.1:
                words.insert(0, "The")
            name = " ".join(words)
            name = f"{name} {rng.choice(form)}".replace(" ,", ",").strip() if rng.random() < 0.9 else name
            rows.append(
                {
                    "company": maybe(name.upper() if rng.random() < 0.15 else name, rng, 0.12),
                    "entity": company,
                }
            )
    rng.shuffle(rows)
    return rows


CITIES = listed("上海 苏州 深圳 宁波 广州 杭州 青岛 成都 武汉 天津 佛山 东莞 无锡 常州")
SIGNS = "宏远华信安泰鑫达恒瑞博通天成金辉永盛嘉禾润丰诚意东方启明凯旋利德百川联众"
WORK = (
    "机械",
    "精密机械",
    "电子",
    "科技",
    "贸易",
    "国际贸易",
    "化工",
    "新材料",
    "自动化设备",
    "包装材料",
    "食品",
    "物流",
)
END = ("有限公司", "有限责任公司", "股份有限公司", "(集团)有限公司")


def chinese(number: int, seed: int) -> list[Row]:
    """Chinese companies by name: place before, in brackets or missing; form dropped; short names."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for company in range(number):
        brand = "".join(rng.sample(SIGNS, rng.choice((2, 2, 3))))
        city, work, end = rng.choice(CITIES), rng.choice(WORK), rng.choice(END)
        for _ in range(rng.choice((1, 1, 2, 3))):
            name = rng.choice(
                (
                    f"{city}{brand}{work}{end}",
                    f"{city}{brand}{work}{end}",
                    f"{city}市{brand}{work}{end}",
                    f"{brand}{work}（{city}）{end}",
                    f"{brand}{work}",
                    f"{city}{brand}",
                    f"{city}{brand}{work}",
                    f" {city}{brand}{work} {end}",
                )
            )
            rows.append({"公司名称": name, "实体": company})
    rng.shuffle(rows)
    return rows


TOPICS = listed(
    "efficient query processing distributed database join index spatial temporal mining stream "
    "schema integration XML semantic cache transaction recovery parallel clustering approximate "
    "nearest neighbor graph learning privacy workflow ontology view materialized adaptive "
    "sampling aggregation similarity search probabilistic keyword"
)
VENUES = (
    ("SIGMOD Conference", "ACM SIGMOD International Conference on Management of Data"),
    ("VLDB", "Very Large Data Bases"),
    ("ACM Trans. Database Syst.", "ACM Transactions on Database Systems (TODS)"),
    ("SIGMOD Record", "ACM SIGMOD Record"),
    ("VLDB J.", "The VLDB Journal"),
)


def papers(number: int, seed: int) -> tuple[list[Row], list[Row], list[tuple[str, str]]]:
    """Papers in two lists that write authors and venues differently, and the pairs of both."""
    rng = random.Random(seed)
    people = [
        f"{invented(rng)} {rng.choice(('A. ', 'B. ', '', ''))}{invented(rng, 3)}" for _ in range(number // 3)
    ]
    left: list[Row] = []
    right: list[Row] = []
    pairs: list[tuple[str, str]] = []
    for paper in range(number):
        title = " ".join(rng.choice(TOPICS) for _ in range(rng.randrange(4, 9))).capitalize()
        authors, venue, year = (
            rng.sample(people, rng.randrange(1, 4)),
            rng.choice(VENUES),
            rng.randrange(1994, 2004),
        )
        where = rng.choice(("left", "right", "both", "both"))
        if where in ("left", "both"):
            left.append(
                {
                    "id": f"conf/{paper}",
                    "title": f"{title}.",
                    "authors": ", ".join(authors),
                    "venue": venue[0],
                    "year": year,
                }
            )
        if where in ("right", "both"):
            short = (
                ", ".join(f"{name[0]}. {name.split()[-1]}" for name in authors)
                if rng.random() < 0.4
                else ", ".join(authors)
            )
            right.append(
                {
                    "id": f"{paper + 30000}",
                    "title": maybe(title, rng, 0.15),
                    "authors": lost(short, rng, 0.03),
                    "venue": venue[1],
                    "year": year,
                }
            )
        if where == "both":
            pairs.append((f"conf/{paper}", f"{paper + 30000}"))
    return left, right, pairs
