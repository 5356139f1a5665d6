"""Records of the graph that may be one: planted pairs are found, others told apart by their numbers."""

import random

from graph.history import read_history
from graph.merge.suspend import Clerk
from graph.store import Store
from ingest.resolve.compared import Kind, compared
from ingest.resolve.linking.changes import print_of
from ingest.resolve.linking.config import LinkConfig
from ingest.resolve.linking.run import Mode, link_graph
from tests.graph.world import NOW, World

CLERK = Clerk("link", NOW, NOW)
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


def told(store: Store, kind: Kind = "Customer") -> set[tuple[str, ...]]:
    """Pairs that a dry run calls one, or leaves to a person."""
    with read_history(store) as history:
        mode = Mode(dry=True, trained=True)
        (report,) = link_graph(store, history.connection, LinkConfig(), CLERK, mode, kinds=[kind])
    pairs = [*(pair for _, pair in report.judged.merges), *report.judged.reviews]
    return {tuple(sorted(pair.ids)) for pair in pairs}


def test_planted_pairs_are_found(store: Store) -> None:
    planted = write(store)
    found = told(store)
    assert len(found & planted) >= 0.9 * DOUBLED
    assert len(found - planted) <= 1


def test_different_tax_numbers_are_for_a_person(store: Store) -> None:
    world = World()
    world.customer("one", name="Nordwind Logistik GmbH", tax_id="DE100000001")
    world.customer("two", name="Nordwind Logistik GmbH", tax_id="DE100000002")
    world.load(store)
    with read_history(store) as history:
        mode = Mode(dry=True, trained=True)
        reports = link_graph(store, history.connection, LinkConfig(), CLERK, mode)
    assert not any(report.merged for report in reports)


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
    assert ("p0", "p1") not in told(store, "Contact")


def test_people_are_compared_by_each_of_their_addresses(store: Store) -> None:
    """By a second one that another record has; not by a placeholder, nor by one that many have."""
    world = _people_of_two_addresses()
    for key, name, said in (
        ("l1", "Lina Wolf", {"phone": "+49 30 222111", "other_phones": ["+49 40 3332225"]}),
        ("l2", "Lina Wolf", {"phone": "+49 89 777888", "other_phones": ["040 333-2225"]}),
        ("n1", "Nora Falk", {"phone": "+49 30 999111", "other_phones": ["000000000"]}),
        ("n2", "Nora Falk", {"phone": "+49 30 999222", "other_phones": ["000000000"]}),
    ):
        world.node("Contact", key, name=name, **said)
    world.load(store)
    with read_history(store) as history:
        found = compared(history.connection, "Contact").set_index("contact_id")
        prints = print_of(history.connection, "Contact").set_index("id")["print"]
    pairs = told(store, "Contact")
    assert (found["email"]["a000"], found["email"]["b000"]) == ("home0@example.com", "HOME0@example.com")
    assert found["email"]["a100"] == "a100@example.com", "the office has an address that many share"
    assert (found["phone"]["l1"], found["phone"]["l2"]) == ("+49 40 3332225", "040 333-2225")
    assert (found["phone"]["n1"], found["phone"]["n2"]) == ("+49 30 999111", "+49 30 999222")
    planted = {(f"a{number:03}", f"b{number:03}") for number in range(DOUBLED)}
    assert pairs == planted | {("l1", "l2")}
    gone = World()
    gone.node("Contact", "b000", name="Somebody Else", email="else@example.com")
    gone.load(store)
    with read_history(store) as history:
        left = compared(history.connection, "Contact").set_index("contact_id")
        after = print_of(history.connection, "Contact").set_index("id")["print"]
    assert left["email"]["a000"] == "a000@example.com"
    changed = set(prints.index[prints != after[prints.index]])
    assert changed == {"a000", "b000"}, "both are to be linked anew"


def _people_of_two_addresses() -> World:
    """118 people; twelve of them stand twice, the second with what is the first one's other address."""
    draw, world = random.Random(7), World()
    names = draw.sample([f"{stem} {trade}" for stem in STEMS for trade in TRADES], 118)
    for number, name in enumerate(names):
        other = f"home{number}@example.com" if number < DOUBLED else "office@example.com"
        mail = f"a{number:03}@example.com"
        world.node("Contact", f"a{number:03}", name=name, email=mail, other_emails=[other])
        if number < DOUBLED:
            mail = f"HOME{number}@example.com"
            world.node("Contact", f"b{number:03}", name=" ".join(name.split()[::-1]), email=mail)
    return world
