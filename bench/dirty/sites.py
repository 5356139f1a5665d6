"""Places with an address as nine offices list them, and restaurants as two guides do."""

import random
from typing import Any

from bench.dirty.damage import invented, lost, maybe

SHORT = {
    "Street": "St",
    "Avenue": "Ave",
    "Boulevard": "Blvd",
    "Road": "Rd",
    "North": "N",
    "South": "S",
    "West": "W",
    "East": "E",
    "Center": "Ctr",
    "School": "Sch.",
    "Saint": "St.",
}
KINDS = (
    "Child Care Center",
    "Elementary School",
    "Day Care",
    "Community Center",
    "Academy",
    "Learning Center",
    "Nursery School",
    "Family Services",
    "Head Start",
    "Montessori School",
)
WORDS = (
    "Little",
    "Happy",
    "Bright",
    "Sunny",
    "Kids",
    "Rainbow",
    "First",
    "Saint Mary",
    "Grace",
    "Hope",
    "New Life",
    "Lincoln",
    "Garden",
    "Oak",
    "Park",
    "Star",
    "Angels",
    "Trinity",
)
SIDES, WAYS = ("North", "South", "West", "East"), ("Street", "Avenue", "Road", "Boulevard")
BEFORE, BEHIND = ("", "cafe", "the", "la", "le"), ("", "grill", "house", "kitchen", "bistro")
CUISINES = (
    "italian",
    "french",
    "american",
    "chinese",
    "mexican",
    "japanese",
    "steakhouses",
    "delis",
    "seafood",
)

Row = dict[str, Any]


def _short(text: str, rng: random.Random, chance: float) -> str:
    return " ".join(SHORT.get(word, word) if rng.random() < chance else word for word in text.split())


def offices(sites: int, seed: int) -> list[Row]:
    """Sites in nine sources, several of one source too; half of the columns are mostly empty."""
    rng = random.Random(seed)
    sources = [f"{invented(rng)}_list.csv" for _ in range(9)]
    streets = [
        " ".join((rng.choice(SIDES), invented(rng, 2), rng.choice(WAYS))) for _ in range(max(30, sites // 8))
    ]
    zips = [f"606{n:02}" for n in range(1, 60)]
    rows: list[Row] = []
    for number in range(sites):
        name = f"{rng.choice(WORDS)} {rng.choice((invented(rng), rng.choice(WORDS)))} {rng.choice(KINDS)}"
        street, code, phone = (
            f"{rng.randrange(100, 9900)} {rng.choice(streets)}",
            rng.choice(zips),
            f"{rng.randrange(2000000, 9999999)}",
        )
        for _ in range(rng.choice((1, 1, 2, 3, 3, 5, 9))):
            title = (
                name
                if rng.random() < 0.7
                else rng.choice(
                    (
                        name.rsplit(" ", 1)[0],
                        f"{invented(rng)} - {name}",
                        f"{name} {rng.choice(('I', 'II', 'Inc', 'West'))}",
                    )
                )
            )
            shown = rng.choice((f"773{phone}", f"(773) {phone[:3]}-{phone[3:]}", phone))
            rows.append(
                {
                    "Id": len(rows),
                    "Source": rng.choice(sources),
                    "Site name": maybe(_short(title, rng, 0.3), rng, 0.07),
                    "Address": lost(maybe(_short(street, rng, 0.6), rng, 0.04), rng, 0.05),
                    "Zip": lost(code, rng, 0.4),
                    "Phone": lost(
                        shown if rng.random() < 0.9 else f"{rng.randrange(2000000, 9999999)}", rng, 0.3
                    ),
                    "Fax": lost(shown, rng, 0.95),
                    "Program Name": lost(rng.choice(("Head Start", "Preschool", "State Pre-K")), rng, 0.6),
                    "Length of Day": lost(rng.choice(("HALF", "FULL")), rng, 0.8),
                    "Director": lost(f"{invented(rng)} {invented(rng)}", rng, 0.9),
                    "Funded Enrollment": lost(str(rng.randrange(10, 200)), rng, 0.7),
                    "site": number,
                }
            )
    return rows


def restaurants(places: int, seed: int) -> list[Row]:
    """Restaurants of two guides, a quarter of them in both."""
    rng = random.Random(seed)
    cities = ("new york", "los angeles", "san francisco", "atlanta", "las vegas")
    rows: list[Row] = []
    for number in range(places):
        name = " ".join((rng.choice(BEFORE), invented(rng), rng.choice(BEHIND))).strip().lower()
        street, city, kind = (
            f"{rng.randrange(1, 9000)} {invented(rng)} street".lower(),
            rng.choice(cities),
            rng.choice(CUISINES),
        )
        phone = f"{rng.randrange(200, 999)}{rng.randrange(2000000, 9999999)}"
        for copy in range(2 if rng.random() < 0.25 else 1):
            area, rest = phone[:3], f"{phone[3:6]}-{phone[6:]}"
            rows.append(
                {
                    "name": name if not copy or rng.random() < 0.6 else f"{name} ({city})",
                    "addr": street
                    if not copy
                    else _short(street.title(), rng, 0.8).lower() + rng.choice(("", " at 5th")),
                    "city": city if not copy or rng.random() < 0.8 else rng.choice(cities),
                    "phone": f"{area}/{rest}" if copy else f"{area}-{rest}",
                    "type": kind if not copy or rng.random() < 0.5 else rng.choice(CUISINES),
                    "class": number,
                }
            )
    return rows
