"""Records of the graph that may be one: planted pairs are found, others told apart by their numbers."""

import random

from graph.history import read_history
from graph.store import Store
from ingest.resolve.doubled import doubled
from tests.graph.world import World

PLACES = ("Hamburg", "Lyon", "Porto", "Graz", "Gent", "Brno", "Turku", "Cork", "Bergen", "Siena")
STEMS = (
    "Nordwind", "Alder", "Harbor", "Garnet", "Juniper", "Kestrel", "Lumen", "Meridian", "Orchard", "Pinnacle",
    "Quarry", "Ridge", "Sable", "Tundra", "Umber", "Vertex", "Willow", "Zephyr", "Basalt", "Cobalt",
)  # fmt: skip
TRADES = ("Logistics", "Foods", "Optics", "Textiles", "Pumps", "Timber", "Ceramics")
DOUBLED = 12


def write(store: Store) -> set[tuple[str, str]]:
    """130 customers, of whom twelve stand twice: spelled otherwise, with the same phone, less well filled."""
    draw, world, planted = random.Random(5), World(), set()
    names = [f"{stem} {trade}" for stem in STEMS for trade in TRADES]
    for number, name in enumerate(draw.sample(names, 118)):
        phone, city = f"+49 40 {draw.randrange(10**6, 10**7)}", draw.choice(PLACES)
        world.customer(
            f"a{number:03}", name=f"{name} GmbH", phone=phone, city=city, tax_id=f"DE{number + 10**8}"
        )
        if number < DOUBLED:
            world.customer(f"b{number:03}", name=f"{name.upper()} G.m.b.H.", phone=phone, city=city)
            planted.add((f"a{number:03}", f"b{number:03}"))
    world.load(store)
    return planted


def test_planted_pairs_are_found(store: Store) -> None:
    planted = write(store)
    with read_history(store) as history:
        found = {one.ids for one in doubled(history.connection, "Customer")}
    assert len(found & planted) >= 0.9 * DOUBLED
    assert len(found - planted) <= 1


def test_different_tax_numbers_tell_apart(store: Store) -> None:
    world = World()
    world.customer("one", name="Nordwind Logistik GmbH", tax_id="DE100000001")
    world.customer("two", name="Nordwind Logistik GmbH", tax_id="DE100000002")
    world.load(store)
    with read_history(store) as history:
        assert doubled(history.connection, "Customer") == []
        assert doubled(history.connection, "Contact") == []


def test_people_of_one_name_are_not_one(store: Store) -> None:
    world = World()
    for number, (name, mobile) in enumerate(
        [
            ("Susan Hall", None),
            ("Susan G. Hall", None),
            ("Marta Rossi", "+39 333 1234567"),
            ("M. Rossi", "+39 333 1234567"),
        ]
    ):
        world.node("Contact", f"p{number}", name=name, email=f"p{number}@example.com", mobile=mobile)
    world.load(store)
    with read_history(store) as history:
        found = doubled(history.connection, "Contact")
    assert not any(one.ids == ("p0", "p1") for one in found)
