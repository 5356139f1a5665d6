"""People with typing errors, for tests."""

import csv
import random
from pathlib import Path

GIVEN = (
    "anna",
    "bert",
    "carla",
    "dora",
    "emil",
    "frank",
    "greta",
    "hans",
    "ida",
    "jonas",
    "karla",
    "lena",
    "maria",
    "nils",
    "olga",
    "paul",
    "rosa",
    "stefan",
    "tina",
    "uwe",
)
FAMILY = (
    "abel",
    "braun",
    "conrad",
    "dietz",
    "engel",
    "fuchs",
    "graf",
    "haas",
    "iven",
    "jansen",
    "koch",
    "lang",
    "moser",
    "neumann",
    "otto",
    "pohl",
    "richter",
    "seidel",
    "thiel",
    "vogt",
)
TOWNS = (
    "aachen",
    "bremen",
    "celle",
    "dresden",
    "essen",
    "fulda",
    "gera",
    "hagen",
    "ilmenau",
    "jena",
    "kassel",
    "leipzig",
    "mainz",
)


def typo(text: str, rng: random.Random) -> str:
    """The text with two neighbours swapped, a letter lost or one doubled."""
    at = rng.randrange(len(text) - 1)
    return rng.choice(
        [
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
        ]
    )


def write_people(path: Path, people: int, seed: int) -> Path:
    """A CSV file with up to three records of each person; the column `person` is the truth."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["record", "vorname", "nachname", "geburtsdatum", "ort", "person"])
        number = 0
        for person in range(people):
            born = f"{rng.randrange(1930, 2005)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
            values = [rng.choice(GIVEN), rng.choice(FAMILY), born, rng.choice(TOWNS)]
            for copy in range(rng.randrange(1, 4)):
                shown = [typo(value, rng) if copy and rng.random() < 0.2 else value for value in values]
                writer.writerow([number, *shown, person])
                number += 1
    return path
