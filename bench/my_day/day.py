"""One past day of the company: as its systems stood that evening; everybody's warnings."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from bench.engines import Bed, bed
from bench.my_day.judge import Warned
from cypher import Query
from graph.alert.read import Asking, alerts_by_id
from graph.day.model import WARNINGS, Item
from graph.day.read import my_day
from graph.decision_chain.read import chain
from graph.service import run_sync
from graph.store import Store, open_store
from simulate import MAPPING, SimulationConfig, simulate

STAFF = Query(
    "bench.staff", "MATCH (e:Employee)-[:OWNS]->(:Customer) RETURN DISTINCT e.employee_id AS id ORDER BY id",
    frozenset(), "read",
)  # fmt: skip
LEFT = Query(
    "bench.left",
    "MATCH (p:Contact)-[w:WORKS_AT]->(c:Customer) WHERE p.contact_id IN $contacts "
    "AND c.customer_id = $customer AND w.valid_to IS NOT NULL RETURN DISTINCT p.contact_id AS id",
    frozenset({"contacts", "customer"}),
    "read",
)


@dataclass(frozen=True, slots=True)
class Evening:
    """Of a company of this size and seed the evening of a day."""

    customers: int
    seed: int
    day: date

    @property
    def moment(self) -> datetime:
        """The company's now."""
        return datetime.combine(self.day, time(23, 59, 59), UTC)


def warnings_of(evening: Evening, folder: Path) -> list[list[Warned]]:
    """The warnings among the items of each employee who has accounts; `folder` is emptied again."""
    exports = folder / "exports"
    simulate(SimulationConfig(evening.customers, evening.seed, until=evening.day), exports, folder / "truth")
    with bed("embedded", folder / "home") as engine:
        _prepare(engine, exports, evening)
        with open_store(engine.config) as store:
            found = [list(_warned(store, one["id"], evening.moment)) for one in store.read(STAFF)]
    shutil.rmtree(folder)
    return found


def _prepare(engine: Bed, exports: Path, evening: Evening) -> None:
    at = evening.moment.isoformat()
    engine.relgraph("ingest", str(exports), "--mapping", str(MAPPING), "--now", at)
    engine.relgraph("derive")
    engine.relgraph("train", "churn")
    engine.relgraph("score")


def _warned(store: Store, employee_id: str, now: datetime) -> Iterator[Warned]:
    day = run_sync(store, my_day, employee_id=employee_id, now=now)
    for item in day.items:
        if item.what.kind in WARNINGS:
            yield _seen(store, item, now)


def _seen(store: Store, item: Item, now: datetime) -> Warned:
    what, subject = item.what, item.what.subject
    contacts = _contacts(what.evidence)
    asked = {"contacts": list(contacts), "customer": subject.customer_id}
    left = frozenset(row["id"] for row in store.read(LEFT, **asked)) if contacts else frozenset()
    kind, deal = _kind(store, item, now), subject.opportunity_id
    return Warned(
        kind, item.rank, subject.customer_id or "", deal, contacts, left, _decider(store, item, now)
    )


def _kind(store: Store, item: Item, now: datetime) -> str:
    if item.what.subject.alert_id is None:
        return item.what.kind
    found = run_sync(store, alerts_by_id, [item.what.subject.alert_id], Asking(now))
    return next(iter(found.values())).kind


def _decider(store: Store, item: Item, now: datetime) -> str | None:
    subject = item.what.subject
    if subject.customer_id is None or subject.opportunity_id is None:
        return None
    customer_id, deal = subject.customer_id, subject.opportunity_id
    found = run_sync(store, chain, customer_id=customer_id, opportunity_id=deal, now=now)
    return next((one.contact_id for one in found.members if one.role == "decision_maker"), None)


def _contacts(evidence: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.partition(":")[2] for one in evidence if one.startswith("Contact:"))
