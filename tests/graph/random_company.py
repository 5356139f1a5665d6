"""Small companies at random, each fact and interaction seen by all, by a team or by one of us."""

from random import Random
from typing import Any

from cypher import Query
from graph.store import Store
from tests.graph.world import NOW, World, ago

TEAMS = {"e1": "north", "e2": "north", "e3": "south", "e4": None, "e5": None}
CUSTOMERS = ("acme", "bolt", "coil")
CONTACTS = tuple(f"p{number}" for number in range(9))
HIDDEN = Query(
    "test.hidden",
    "MATCH ()-[r]->() WHERE r.visibility <> 'company' "
    "RETURN r.fact_id AS key, r.visibility AS visibility, r.owner_id AS owner_id "
    "UNION ALL MATCH (i:Interaction) WHERE i.visibility <> 'company' "
    "RETURN i.interaction_id AS key, i.visibility AS visibility, i.owner_id AS owner_id",
    frozenset(),
    "read",
)
REMOVE_FACTS = Query(
    "test.remove_facts", "MATCH ()-[r]->() WHERE r.fact_id IN $keys DELETE r", frozenset({"keys"}), "write"
)
REMOVE_INTERACTIONS = Query(
    "test.remove_interactions",
    "MATCH (i:Interaction) WHERE i.interaction_id IN $keys DETACH DELETE i",
    frozenset({"keys"}),
    "write",
)


def random_company(draw: Random) -> World:
    """Customers with people, deals, ties and talks, each fact seen by all, by a team or by one employee."""
    world = World()
    for employee, team in TEAMS.items():
        world.employee(employee, team=team)
    for customer in CUSTOMERS:
        world.customer(customer, created_at=ago(900))
        for number in (1, 2):
            world.opportunity(f"{customer}-{number}", customer, amount=float(draw.randint(1, 9)))
    world.node("Tag", "vip", name="VIP", dimension="value")
    _people(world, draw)
    _companies(world, draw)
    _talks(world, draw)
    return world


def seen(draw: Random) -> dict[str, Any]:
    """A random visibility with a random owner, who may be missing."""
    kind = draw.choice(("company", "company", "team", "owner"))
    return {"visibility": kind, "owner_id": draw.choice((*TEAMS, None))}


def _people(world: World, draw: Random) -> None:
    titles = ("CEO", "Purchasing Manager", "Engineer", None)
    for contact in CONTACTS:
        world.contact(contact, draw.choice(CUSTOMERS), draw.choice(titles), **seen(draw))
    for contact in draw.sample(CONTACTS, 4):
        ended = draw.choice((None, ago(40)))
        ends = ("Contact", contact), ("Customer", draw.choice(CUSTOMERS))
        world.fact("WORKS_AT", *ends, title="Advisor", source_key="2", valid_to=ended, **seen(draw))
    for contact in draw.sample(CONTACTS, 6):
        customer = draw.choice(CUSTOMERS)
        target = draw.choice([("Customer", customer), ("Opportunity", f"{customer}-1")])
        role = draw.choice(("decision_maker", "champion", "user_buyer"))
        world.role(contact, target, role, stance=draw.randint(-2, 2), influence=0.7, **seen(draw))
    for kind in ("REPORTS_TO", "REPORTS_TO", "INFLUENCES", "CONFLICTS_WITH"):
        for _ in range(3):
            one, other = draw.sample(CONTACTS, 2)
            world.fact(kind, ("Contact", one), ("Contact", other), **seen(draw))
    for _ in range(6):
        tie = ("Employee", draw.choice(tuple(TEAMS))), ("Contact", draw.choice(CONTACTS))
        world.tie(*tie, draw.uniform(0.3, 0.9), source_key="stated", **seen(draw))


def _companies(world: World, draw: Random) -> None:
    for customer in CUSTOMERS:
        for employee in draw.sample(tuple(TEAMS), 2):
            world.fact("OWNS", ("Employee", employee), ("Customer", customer), **seen(draw))
        world.fact("TAGGED", ("Customer", customer), ("Tag", "vip"), **seen(draw))
    for kind in ("PARENT_OF", "PARTNER_OF", "PARTNER_OF"):
        one, other = draw.sample(CUSTOMERS, 2)
        world.fact(kind, ("Customer", one), ("Customer", other), **seen(draw))


def _talks(world: World, draw: Random) -> None:
    for number in range(20):
        people: list[tuple[str, str, str | None]] = [
            ("Employee", draw.choice(tuple(TEAMS)), "from"),
            ("Contact", draw.choice(CONTACTS), "to"),
        ]
        people += [("Contact", contact, "cc") for contact in draw.sample(CONTACTS, draw.randint(0, 1))]
        at = ago(draw.uniform(0, 300))
        world.met(f"m{number}", at, people, channel=draw.choice(("email", "meeting")), **seen(draw))
    world.met("newest", NOW, [("Employee", "e1", "from"), ("Contact", "p0", "to")])


def hidden_from(viewer: str, row: dict[str, Any]) -> bool:
    """The rule, written a second time: neither their own, nor of a team that they share with its owner."""
    owner = row["owner_id"]
    if owner is not None and owner == viewer:
        return False
    team = TEAMS.get(owner)
    return not (row["visibility"] == "team" and team is not None and team == TEAMS.get(viewer))


def remove_hidden(store: Store, viewer: str) -> int:
    """Take what this employee may not see out of the graph; how many facts and interactions that were."""
    hidden = [row["key"] for row in store.read(HIDDEN) if hidden_from(viewer, row)]
    store.write(REMOVE_FACTS, keys=hidden)
    store.write(REMOVE_INTERACTIONS, keys=hidden)
    return len(hidden)
