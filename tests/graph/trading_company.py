"""A random company with every kind of record that profiles count, much of it missing here and there."""

import random
from typing import Any

from tests.graph.world import World, ago

FAMILIES = ("pumps", "valves", "service")
PRIORITIES = ("high", "low")


def trading_company(draw: random.Random, customers: int = 40) -> World:
    """Customers c00, c01 …; two of ours; four products of three families, one without a list price."""
    world = World()
    for key, team in (("eva", "East"), ("tom", "West")):
        world.employee(key, team=team)
    for number, family in enumerate((*FAMILIES, "pumps")):
        price = {"list_price": 100.0 + number, "currency": "EUR"} if number else {}
        world.node("Product", f"p{number}", name=f"P{number}", family=family, **price)
    for number in range(customers):
        key = f"c{number:02}"
        _customer(world, key, draw)
        _orders(world, key, draw)
        _deals(world, key, draw)
        _service(world, key, draw)
        _payments(world, key, draw)
        _people(world, key, draw)
        _letters(world, key)
    _relations(world, draw, customers)
    return world


def _maybe(draw: random.Random, share: float, **props: Any) -> dict[str, Any]:
    return props if draw.random() < share else {}


def _customer(world: World, key: str, draw: random.Random) -> None:
    attributes = (
        "shifts",
        "warehouse_m2",
        "seats_used",
        "stores",
        "beds",
        "students",
        "vehicles",
        "staff_it",
    )
    stated: dict[str, Any] = {
        "country": draw.choice(("DE", "CN")), "industry": draw.choice(("Machinery", "Retail")),
        "region": draw.choice(("North", "South")), "employees": draw.randrange(10, 2000, 10),
        "created_at": ago(draw.randrange(0, 1500)), "revenue": draw.choice((1e6, 1e7, 1e8)),
    }  # fmt: skip
    stated |= {f"x_{name}": draw.randrange(1, 100) for name in attributes}
    world.customer(key, **{name: value for name, value in stated.items() if draw.random() < 0.8})
    for who in ("eva", "tom"):
        if draw.random() < 0.5:
            since = ago(draw.randrange(1, 400))
            world.fact("OWNS", ("Employee", who), ("Customer", key), valid_from=since,
                       **_maybe(draw, 0.2, valid_to=ago(0.5)))  # fmt: skip
    if draw.random() < 0.4:
        world.risk(f"s-{key}", key, draw.choice((0.2, 0.8)))


def _orders(world: World, key: str, draw: random.Random) -> None:
    for number in range(draw.choice((0, 1, 2, 6, 14))):
        order, days = f"o-{key}-{number}", draw.uniform(0.5, 900)
        kind = draw.choice(("sale", "sale", "sale", "sale", "return"))
        sign = 1 if kind == "sale" else -0.3
        lines = [
            (f"p{draw.randrange(4)}", float(draw.randrange(1, 5)), sign * draw.choice((80.0, 300.0, 1000.0)))
            for _ in range(draw.randrange(1, 4))
        ]
        dates = _maybe(draw, 0.6, promised_at=ago(days - 10))
        dates |= _maybe(draw, 0.7, delivered_at=ago(days - draw.choice((5, 9, 20))))
        world.order(order, key, ago(days), lines, kind, currency=draw.choice(("EUR", "EUR", "CNY")), **dates)


def _deals(world: World, key: str, draw: random.Random) -> None:
    for number in range(draw.randrange(4)):
        deal, opened = f"d-{key}-{number}", draw.randrange(20, 900)
        closed = draw.randrange(1, opened)
        stated: dict[str, Any] = {"stage": draw.choice(("proposal", "negotiation"))}
        stated |= _maybe(draw, 0.7, expected_at=ago(draw.randrange(-100, 100)))
        if draw.random() < 0.6:
            outcome = draw.choice(("won", "lost"))
            stated |= {"closed_at": ago(closed), "outcome": outcome}
            stated |= {"lost_reason": draw.choice(("price", "timing"))} if outcome == "lost" else {}
        world.opportunity(deal, key, opened_at=ago(opened), **stated)
        world.part("ABOUT", ("Opportunity", deal), ("Product", f"p{draw.randrange(4)}"))
    for number in range(draw.randrange(3)):
        lead, opened = f"l-{key}-{number}", draw.randrange(5, 600)
        world.node("Lead", lead, opened_at=ago(opened), channel=draw.choice(("web", "fair")),
                   **_maybe(draw, 0.5, closed_at=ago(opened / 2), outcome="lost"))  # fmt: skip
        world.part("FOR", ("Lead", lead), ("Customer", key))
    orders = [row["end"] for row in world.parts["PLACED", "Customer", "Order"] if row["start"] == key]
    for number in range(draw.randrange(3)):
        quote, quoted = f"q-{key}-{number}", draw.randrange(1, 500)
        world.node("Quote", quote, quoted_at=ago(quoted), **_maybe(draw, 0.7, valid_until=ago(quoted - 60)))
        world.part("FOR", ("Quote", quote), ("Customer", key))
        if orders and draw.random() < 0.4:
            world.part("ABOUT", ("Order", draw.choice(orders)), ("Quote", quote))


def _service(world: World, key: str, draw: random.Random) -> None:
    for number in range(draw.randrange(7)):
        ticket, opened = f"t-{key}-{number}", draw.uniform(1, 500)
        closed = _maybe(draw, 0.7, closed_at=ago(opened * draw.random()), satisfaction=draw.randrange(1, 6))
        stated = _maybe(draw, 0.8, category=draw.choice(("hardware", "delivery")),
                        kind=draw.choice(("fault", "complaint", "question")))  # fmt: skip
        world.node("Ticket", ticket, opened_at=ago(opened), priority=draw.choice(PRIORITIES),
                   sla_breached=draw.random() < 0.3, **closed, **stated)  # fmt: skip
        world.part("FOR", ("Ticket", ticket), ("Customer", key))
        if draw.random() < 0.5:
            world.part("ABOUT", ("Ticket", ticket), ("Product", f"p{draw.randrange(4)}"))


def _payments(world: World, key: str, draw: random.Random) -> None:
    for number in range(draw.randrange(6)):
        invoice, issued = f"i-{key}-{number}", draw.randrange(1, 800)
        kind = draw.choice(("invoice", "invoice", "invoice", "credit_note"))
        paid = _maybe(draw, 0.6, paid_at=ago(max(0.5, issued - draw.randrange(10, 60))))
        world.node(
            "Invoice",
            invoice,
            issued_at=ago(issued),
            due_at=ago(issued - 30),
            kind=kind,
            amount=100.0,
            **paid,
        )
        world.part("FOR", ("Invoice", invoice), ("Customer", key))
        if draw.random() < 0.3:
            world.node("Payment", f"y{invoice}", paid_at=ago(issued / 2), amount=draw.choice((40.0, 100.0)))
            world.part("ABOUT", ("Payment", f"y{invoice}"), ("Invoice", invoice))
    for number in range(draw.randrange(3)):
        contract, begun = f"k-{key}-{number}", draw.randrange(-50, 700)
        world.node("Contract", contract, starts_at=ago(begun), renewal=draw.choice(("automatic", "manual")),
                   ends_at=ago(begun - draw.choice((100, 365, 730))))  # fmt: skip
        world.part("FOR", ("Contract", contract), ("Customer", key))
    for number in range(draw.randrange(3)):
        world.node("Task", f"x-{key}-{number}", created_at=ago(50), due_at=ago(draw.randrange(-20, 40)),
                   **_maybe(draw, 0.4, done_at=ago(1)), **_maybe(draw, 0.2, status="Done"))  # fmt: skip
        world.part("FOR", ("Task", f"x-{key}-{number}"), ("Customer", key))


def _people(world: World, key: str, draw: random.Random) -> None:
    people = [f"h-{key}-{number}" for number in range(draw.randrange(4))]
    for contact in people:
        begun = draw.randrange(100, 900)
        job = {"valid_from": ago(begun)} | _maybe(draw, 0.25, valid_to=ago(draw.randrange(1, 99)))
        job |= _maybe(draw, 0.8, department=draw.choice(("purchasing", "engineering", "finance")),
                      seniority=draw.choice(("c_level", "manager")))  # fmt: skip
        world.contact(contact, key, "Head", **job)
        world.restate(
            "Contact", contact, language=draw.choice(("de", "zh")), **_maybe(draw, 0.2, email_bounced=True)
        )
        if draw.random() < 0.4:
            role = draw.choice(("decision_maker", "champion", "blocker"))
            world.role(contact, ("Customer", key), role, stance=draw.choice((-2, -1, 0, 1, 2)))
    for number in range(draw.choice((0, 3, 8))):
        talk = f"m-{key}-{number}"
        channel = draw.choice(("email", "email", "call", "meeting", "visit", "web", "campaign", "survey"))
        stated: dict[str, Any] = {"channel": channel, "direction": draw.choice(("inbound", "outbound"))}
        stated |= {"page_type": draw.choice(("pricing", "docs"))} if channel == "web" else {}
        who: list[tuple[str, str, str | None]] = [("Contact", draw.choice(people), None)] if people else []
        who += [("Employee", draw.choice(("eva", "tom")), None)] if channel not in ("web", "campaign") else []
        world.met(talk, ago(draw.uniform(1, 400)), who, **stated)
        world.part("FOR", ("Interaction", talk), ("Customer", key))


def _letters(world: World, key: str) -> None:
    """Our mails of a year to every third customer, answered by some after hours, by others late or never."""
    draw = random.Random(key)
    for number in range(draw.choice((0, 0, 7))):
        days, waits = draw.uniform(1, 380), draw.choice((0.1, 0.5, 3.0, 9.0, None))
        sent = [(days, "outbound"), *([] if waits is None else [(days - waits, "inbound")])]
        for place, (before, direction) in enumerate(one for one in sent if one[0] > 0):
            mail = f"l-{key}-{number}-{place}"
            world.met(mail, ago(before), [("Employee", "eva", None)], channel="email", direction=direction)
            world.part("FOR", ("Interaction", mail), ("Customer", key))


def _relations(world: World, draw: random.Random, customers: int) -> None:
    keys = [f"c{number:02}" for number in range(customers)]
    for kind, many in (("PARENT_OF", 8), ("PARTNER_OF", 6), ("REFERRED", 6)):
        for _ in range(many):
            one, other = draw.sample(keys, 2)
            world.fact(
                kind, ("Customer", one), ("Customer", other), source_key=f"{one}{other}{draw.random()}"
            )
    for key in keys[::3]:
        world.fact("RELATIONSHIP", ("Employee", "eva"), ("Customer", key), basis="asserted",
                   current=draw.choice(("none", "contact", "trusted")), wanted="partner")  # fmt: skip
        world.fact("OFFERED", ("Customer", key), ("Product", "p1"), valid_from=ago(20),
                   outcome=draw.choice(("accepted", "dismissed")))  # fmt: skip
