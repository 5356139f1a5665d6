"""A company written straight into the graph by bulk upserts: names, figures, scores, jobs, ties at random."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.store import Store

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
_SINCE = NOW - timedelta(days=1000)
_WORDS = (
    "Alder",
    "Birch",
    "Cedar",
    "Delta",
    "Elm",
    "Fjord",
    "Garnet",
    "Harbor",
    "Iris",
    "Jade",
    "Kite",
    "Lumen",
)
_KINDS = ("Pumps", "Valves", "Logistics", "Foods", "Textiles", "Optics", "Steel", "Paper")

TAGS = 12
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """So many customers, three contacts and ten ties for each, and one employee for a hundred."""

    customers: int

    @property
    def contacts(self) -> int:
        return 3 * self.customers

    @property
    def ties(self) -> int:
        return 10 * self.customers

    @property
    def employees(self) -> int:
        return max(self.customers // 100, 20)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people by typed id, and how strong."""

    start: str
    end: str
    strength: float


def write(store: Store, size: Size, seed: int = 1) -> list[Tie]:
    """Fill an empty, migrated graph; the ties that were written."""
    draw = random.Random(seed)
    _write_parties(store, size, draw)
    ties = list(_ties(size, draw))
    for start, end in (("Employee", "Contact"), ("Employee", "Employee"), ("Contact", "Contact")):
        of_kind = [tie for tie in ties if (_label(tie.start), _label(tie.end)) == (start, end)]
        store.upsert_facts("KNOWS", start, end, map(_knows, of_kind))
    return ties


def _write_parties(store: Store, size: Size, draw: random.Random) -> None:
    customers, people = range(size.customers), range(size.contacts)
    store.upsert_nodes("Employee", (_person("e", n) for n in range(size.employees)))
    store.upsert_nodes("Customer", (_customer(n, draw) for n in customers))
    store.upsert_nodes("RiskScore", (_score(n, draw) for n in customers))
    store.upsert_parts("SCORED", "Customer", "RiskScore", map(_scored, customers))
    store.upsert_nodes("Contact", (_person("p", n) for n in people))
    store.upsert_nodes("Profile", (_profile(n, draw) for n in customers))
    store.upsert_nodes("Tag", map(_tag, range(TAGS)))
    store.upsert_facts("TAGGED", "Customer", "Tag", _tagged(customers))
    jobs = (_fact(f"p{n}", f"c{n // 3}", f"w{n}", title="Buyer") for n in people)
    store.upsert_facts("WORKS_AT", "Contact", "Customer", jobs)


def _person(prefix: str, number: int) -> Row:
    return {"id": f"{prefix}{number}", "props": {"name": f"Person {prefix}{number}"}}


def _scored(number: int) -> Row:
    return {"start": f"c{number}", "end": f"s{number}", "key": None, "props": {}}


def _customer(number: int, draw: random.Random) -> Row:
    name = f"{draw.choice(_WORDS)} {draw.choice(_WORDS)} {draw.choice(_KINDS)} {draw.randrange(10_000)}"
    return {"id": f"c{number}", "props": {"name": name, "industry": draw.choice(_KINDS)}}


def _score(number: int, draw: random.Random) -> Row:
    probability = round(draw.random(), 6)
    band = "high" if probability > 0.8 else "medium" if probability > 0.5 else "low"
    moment = NOW.isoformat()
    props = {
        "task": "churn", "probability": probability, "percentile": probability, "band": band,
        "horizon_days": 90, "scored_at": moment, "as_of": moment, "model_id": "m", "reasons": "[]",
    }  # fmt: skip
    return {"id": f"s{number}", "props": props}


def _profile(number: int, draw: random.Random) -> Row:
    """Figures as derive keeps them; one of ten has neither ordered nor been in touch."""
    props: Row = {"lifecycle": "potential", "contacts": 3}
    if draw.random() < 0.9:
        props = {
            "lifecycle": draw.choice(("active", "dormant", "lost")), "contacts": 3,
            "last_contact_at": _days_ago(draw), "last_order_at": _days_ago(draw),
            "orders_365": draw.randrange(60), "value_currencies": ["EUR"],
            "value_amounts": [round(draw.lognormvariate(9.0, 1.5), 2)],
        }  # fmt: skip
    return {"id": f"c{number}", "props": props}


def _days_ago(draw: random.Random) -> str:
    return (NOW - timedelta(seconds=draw.randrange(1, 900 * 86_400))).isoformat()


def _tag(number: int) -> Row:
    return {"id": f"t{number}", "props": {"name": f"Tag {number}", "dimension": "value"}}


def _tagged(customers: range) -> Iterator[Row]:
    """Every customer carries three of the tags."""
    for number in customers:
        for place in range(3):
            tag = (number + place * 5) % TAGS
            yield _fact(f"c{number}", f"t{tag}", f"g{number}-{tag}")


def _ties(size: Size, draw: random.Random) -> Iterator[Tie]:
    """Half between us and them, a few among us, the rest between people of theirs; some know many."""
    for number in range(size.ties):
        kind, contact = number % 20, f"Contact:p{draw.randrange(size.contacts)}"
        ours = f"Employee:e{int(size.employees * draw.random() ** 2)}"
        if kind < 10:
            yield Tie(ours, contact, _strength(draw))
        elif kind == 10:
            yield Tie(ours, f"Employee:e{draw.randrange(size.employees)}", _strength(draw))
        else:
            yield Tie(contact, f"Contact:p{draw.randrange(size.contacts)}", _strength(draw))


def _strength(draw: random.Random) -> float:
    """Few are strong, as in a real company."""
    return round(0.02 + 0.95 * draw.betavariate(1.2, 4.0), 4)


def _knows(tie: Tie) -> Row:
    start, end = (person.partition(":")[2] for person in (tie.start, tie.end))
    moment = NOW.isoformat()
    return _fact(
        start, end, f"k{start}-{end}", strength=tie.strength, raw=1.0 + tie.strength, derived_at=moment,
        half_life_days=90.0, last_at=moment, interactions=5, method="tie-decay-2",
    )  # fmt: skip


def _label(person: str) -> str:
    return person.partition(":")[0]


def _fact(start: str, end: str, fact_id: str, **props: Any) -> Row:
    stated = {"valid_from": _SINCE.isoformat(), "basis": "observed", "confidence": 1.0, "source": "bench"}
    return {"start": start, "end": end, "fact_id": fact_id, "props": stated | props | {"fact_id": fact_id}}
