"""A hand-built company for tests: say what is true, then load it."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from graph.facts import fact_id
from graph.store import Store

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    """A moment `days` before NOW."""
    return NOW - timedelta(days=days)


def iso(moment: datetime) -> str:
    """UTC ISO text, as the store takes moments."""
    return moment.isoformat()


class World:
    """Nodes, facts and parts to load; every method returns the world's own id for what it adds."""

    def __init__(self) -> None:
        self.nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.facts: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        self.parts: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)

    def node(self, label: str, key: str, **props: Any) -> str:
        """A node; moments may be datetimes."""
        self.nodes[label].append({"id": key, "props": _plain(props)})
        return key

    def fact(self, kind: str, start: tuple[str, str], end: tuple[str, str], **props: Any) -> str:
        """A fact between (label, id) ends; observed, valid since 1000 days unless said otherwise."""
        base = {"valid_from": ago(1000), "basis": "observed", "confidence": 1.0, "source": "test"}
        stated: dict[str, Any] = base | props
        key = fact_id(
            kind, start[1], end[1], stated["source"], stated.get("source_key", ""), stated["valid_from"]
        )
        row = {"start": start[1], "end": end[1], "fact_id": key, "props": _plain(stated) | {"fact_id": key}}
        self.facts[(kind, start[0], end[0])].append(row)
        return key

    def part(self, kind: str, start: tuple[str, str], end: tuple[str, str], **props: Any) -> None:
        """A part between (label, id) ends; `line` is the key of CONTAINS."""
        row = {"start": start[1], "end": end[1], "key": props.get("line"), "props": _plain(props)}
        self.parts[(kind, start[0], end[0])].append(row)

    def customer(self, key: str, **props: Any) -> str:
        """A customer named after its id."""
        return self.node("Customer", key, **({"name": key.upper()} | props))

    def contact(self, key: str, customer: str | None, title: str | None = None, **job: Any) -> str:
        """A contact in a job at the customer."""
        self.node("Contact", key, name=key.title(), email=f"{key}@example.com")
        if customer is not None:
            self.fact("WORKS_AT", ("Contact", key), ("Customer", customer), title=title, **job)
        return key

    def employee(self, key: str, **props: Any) -> str:
        """One of our people."""
        return self.node("Employee", key, **({"name": key.title()} | props))

    def role(self, contact: str, target: tuple[str, str], role: str, **props: Any) -> str:
        """A role on (`Opportunity` | `Customer`, id)."""
        return self.fact("HAS_ROLE", ("Contact", contact), target, role=role, **props)

    def opportunity(self, key: str, customer: str, **props: Any) -> str:
        """An opportunity of the customer."""
        self.node("Opportunity", key, **({"name": key, "opened_at": ago(100)} | props))
        self.part("FOR", ("Opportunity", key), ("Customer", customer))
        return key

    def version(
        self, label: str, key: str, since: datetime, until: datetime | None, source: str = "crm", **props: Any
    ) -> str:
        """A version of the source row of a record, as ingest leaves it."""
        record = f"{source}:{label}:{key}:{since.timestamp()}"
        values = orjson.dumps(_plain(props)).decode()
        origin = {"source": source, "dataset": label, "source_key": key, "row_hash": record, "run_id": "r"}
        ends = {"known_from": since} | ({"known_to": until} if until else {})
        self.node("SourceRecord", record, values=values, **origin, **ends)
        self.part("RECORD_OF", ("SourceRecord", record), (label, key))
        return record

    def restate(self, label: str, key: str, **props: Any) -> None:
        """Other values of a node that is there."""
        (row,) = (row for row in self.nodes[label] if row["id"] == key)
        row["props"] |= _plain(props)

    def order(
        self, key: str, customer: str, at: datetime, lines: list[tuple[str, float, float]],
        kind: str = "sale", **props: Any,
    ) -> str:  # fmt: skip
        """An order of (product, quantity, amount) lines."""
        stated = {"amount": sum(line[2] for line in lines), "currency": "EUR"} | props
        self.node("Order", key, ordered_at=at, kind=kind, **stated)
        self.part("PLACED", ("Customer", customer), ("Order", key))
        for number, (product, quantity, amount) in enumerate(lines, 1):
            ends = ("Order", key), ("Product", product)
            self.part("CONTAINS", *ends, line=number, quantity=quantity, amount=amount)
        return key

    def met(self, key: str, at: datetime, people: list[tuple[str, str, str | None]], **props: Any) -> str:
        """An interaction of (label, id, part) people; a mail unless said otherwise."""
        self.node("Interaction", key, **({"at": at, "channel": "email"} | props))
        for label, person, part in people:
            self.part("PARTICIPATED_IN", (label, person), ("Interaction", key), part=part)
        return key

    def tie(self, start: tuple[str, str], end: tuple[str, str], strength: float, **props: Any) -> str:
        """A KNOWS tie as derive would have left it at NOW."""
        stated = {
            "strength": strength,
            "raw": strength,
            "derived_at": NOW,
            "half_life_days": 90.0,
            "last_at": ago(10),
            "interactions": 5,
            "basis": "inferred",
            "method": "tie-decay-2",
        }
        return self.fact("KNOWS", start, end, **(stated | props))

    def risk(self, key: str, customer: str, probability: float, **props: Any) -> str:
        """A churn score with one reason."""
        reasons = '[{"text":"a ticket","contribution":0.4,"evidence":["Ticket:t1"]}]'
        stated = {
            "task": "churn", "probability": probability, "percentile": 0.9, "horizon_days": 90,
            "scored_at": NOW, "as_of": NOW, "model_id": "m", "reasons": reasons,
            "band": "high" if probability > 0.5 else "low",
        }  # fmt: skip
        self.node("RiskScore", key, **(stated | props))
        self.part("SCORED", ("Customer", customer), ("RiskScore", key))
        return key

    def load(self, store: Store) -> None:
        """Write everything."""
        for label, rows in self.nodes.items():
            store.upsert_nodes(label, rows)
        for (kind, start, end), rows in self.facts.items():
            store.upsert_facts(kind, start, end, rows)
        for (kind, start, end), rows in self.parts.items():
            store.upsert_parts(kind, start, end, rows)


def _plain(props: dict[str, Any]) -> dict[str, Any]:
    return {key: iso(item) if isinstance(item, datetime) else item for key, item in props.items()}
