"""People of two kinds: of the past, in censuses and parish registers, and of today, in a customer list."""

import random
from typing import Any

from bench.dirty.damage import invented, listed, lost, maybe, zipf

VARIANTS = {
    "William": ("Wm", "Will", "Willm"),
    "John": ("Jno", "Jon"),
    "Elizabeth": ("Eliza", "Betsy", "Elizth"),
    "Mary": ("Maria", "Polly"),
    "Thomas": ("Thos", "Tom"),
    "James": ("Jas", "Jim"),
    "George": ("Geo",),
    "Sarah": ("Sally", "Sara"),
    "Margaret": ("Maggie", "Margt", "Peggy"),
    "Robert": ("Robt", "Bob", "Rob"),
    "Ann": ("Anne", "Anna", "Hannah"),
    "Jane": ("Janet", "Jean"),
    "Catherine": ("Katherine", "Kate", "Cathne"),
    "Charles": ("Chas", "Charlie"),
    "Henry": ("Harry", "Hy"),
    "Alexander": ("Alexr", "Sandy"),
    "Edward": ("Edwd", "Ned"),
    "Joseph": ("Jos", "Joe"),
    "Richard": ("Richd", "Dick"),
    "Samuel": ("Saml", "Sam"),
    "Isabella": ("Isabel", "Bella"),
    "David": ("Davy",),
    "Ellen": ("Helen", "Nelly"),
    "Alice": (),
    "Harriet": ("Hariet",),
    "Peter": (),
    "Andrew": ("Andw",),
    "Susan": ("Susannah",),
    "Emma": (),
    "Martha": (),
    "Walter": (),
    "Frederick": ("Fredk", "Fred"),
    "Agnes": (),
    "Ruth": (),
    "Daniel": ("Danl",),
    "Benjamin": ("Benjn", "Ben"),
    "Grace": (),
    "Esther": ("Hester",),
    "Hugh": (),
    "Archibald": ("Archd",),
}
FAMILIES = listed(
    "Smith Brown Taylor Wilson Thomson Walker Clark Campbell Stewart Anderson Macdonald Reid "
    "Murray Young Scott Watson Morrison Miller Davidson Gray Fraser Hamilton Kerr Grant "
    "Ferguson Hunter Simpson Allan Bell Black Russell Mackenzie Marshall Wallace Gibson Duncan "
    "Craig Cameron Henderson Paterson Boyd Baxter Buchanan Cunningham Dickson Elliot Fleming "
    "Forsyth Galloway Haldane Inglis Jardine Kirkwood Lockhart Maxwell Napier Ogilvie Pringle "
    "Rutherford Shearer Tweedie Urquhart Veitch Weir Yule Abercromby Balfour Carmichael "
    "Dalrymple Erskine Farquhar Gillespie Heriot Irving"
)
PARISHES = listed(
    "Kirkton Dunmore Ashby Thornhill Westerham Burnley Selkirk Moffat Hexham Alston Penrith "
    "Keswick Wigton Maryport"
)
TRADES = (
    "labourer",
    "weaver",
    "farmer",
    "servant",
    "mason",
    "joiner",
    "shoemaker",
    "carter",
    "tailor",
    "miner",
    "scholar",
    "",
)

Row = dict[str, Any]


def past(people: int, seed: int) -> list[Row]:
    """Records of families over three registers: given name as written then, age of which the year follows."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for number in range(people):
        if number % 4 == 0:
            family, parish = zipf(FAMILIES, rng), rng.choice(PARISHES)
            family = family if rng.random() < 0.8 else invented(rng, 3)
        given, born = zipf(tuple(VARIANTS), rng), rng.randrange(1800, 1871)
        for register in sorted(rng.sample((1851, 1861, 1871), rng.choice((1, 1, 2, 2, 3)))):
            name = rng.choice((given, given, given, *VARIANTS[given]))
            rows.append(
                {
                    "register": register,
                    "given": maybe(name, rng, 0.06),
                    "family": maybe(family, rng, 0.12),
                    "born": born + rng.choice((0, 0, 0, 0, -1, 1, 2, -2)),
                    "parish": lost(maybe(rng.choice((parish,) * 5 + PARISHES[:1]), rng, 0.05), rng, 0.08),
                    "occupation": rng.choice(TRADES),
                    "person": number,
                }
            )
    return rows


def written_in_full(rows: list[Row]) -> list[Row]:
    """The same with one name column, date of birth mostly the first of a year, and an id of the register."""
    rng = random.Random(len(rows))
    made = []
    for number, row in enumerate(rows):
        day = "01-01" if rng.random() < 0.6 else f"{row['born'] % 12 + 1:02}-{row['person'] % 28 + 1:02}"
        made.append(
            {
                "unique_id": f"R{number}",
                "full_name": f"{row['given']} {row['family']}",
                "dob": f"{row['born']}-{day}",
                "birth_place": row["parish"],
                "occupation": row["occupation"],
                "person": row["person"],
            }
        )
    return made


def customers(people: int, seed: int) -> list[Row]:
    """People of today with street, town, postcode, phone, mail and birthday; a third stands twice or more."""
    rng = random.Random(seed)
    rows: list[Row] = []
    towns = [(invented(rng), f"{rng.randrange(10000, 99999)}") for _ in range(max(20, people // 60))]
    given_names = [*VARIANTS, *(invented(rng) for _ in range(200))]
    family_names = [*FAMILIES, *(invented(rng, 3) for _ in range(max(100, people // 10)))]
    for number in range(people):
        given, family = zipf(given_names, rng), zipf(family_names, rng)
        town, code = rng.choice(towns)
        born = (rng.randrange(1930, 2005), rng.randrange(1, 13), rng.randrange(1, 29))
        street, house = (
            f"{invented(rng, 3)} {rng.choice(('Street', 'Road', 'Lane', 'Weg'))}",
            rng.randrange(1, 200),
        )
        mail, phone = (
            f"{given}.{family}{number % 97}@{rng.choice(('mail.com', 'post.de', 'web.net'))}".lower(),
            f"0{rng.randrange(10**8, 10**9)}",
        )
        for copy in range(rng.choice((1, 1, 1, 2, 2, 3))):
            dirty = 0.0 if copy == 0 else 0.15
            one, two = maybe(given, rng, dirty), maybe(family, rng, dirty)
            if rng.random() < dirty / 3:
                one, two = two, one
            year, month, day = born
            if rng.random() < dirty / 2:
                month, day = (day, month) if day <= 12 else (month, max(1, day - 1))
            rows.append(
                {
                    "id": f"C{len(rows):07}",
                    "first name": one,
                    "last name": lost(two, rng, dirty / 3),
                    "birthday": lost(f"{day:02}.{month:02}.{year}", rng, 0.1),
                    "address": lost(maybe(f"{street} {house}", rng, dirty * 2), rng, 0.05),
                    "city": maybe(town, rng, dirty),
                    "plz": lost(maybe(code, rng, dirty / 2), rng, 0.05),
                    "phone": lost(
                        phone if rng.random() > dirty else f"0{rng.randrange(10**8, 10**9)}", rng, 0.4
                    ),
                    "mail": lost(mail, rng, 0.4),
                    "person": number,
                }
            )
    rng.shuffle(rows)
    return rows
