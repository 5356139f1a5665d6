"""What it is worth to confirm facts: who decides on open deals, with answers and without them.

Each week every employee answers what My day asks, five facts at a time, at most twenty; the planted truth
answers. After eight weeks the accounts with an open deal are counted whose first decider is another person
than the true one, and the same company is loaded anew up to that day without any answer.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from bench.engines import Bed, bed
from bench.my_day.day import STAFF, Evening
from cypher import Query
from graph.assertion import RoleAssertion, assert_role
from graph.day.model import Candidate
from graph.day.read import my_day
from graph.decision_chain.read import chain
from graph.errors import NotFound
from graph.service import run_sync
from graph.store import Store, open_store
from graph.writing import Author
from graph.writing.errors import WriteRefused
from graph.writing.relation import RelationWords, assert_relation
from simulate import MAPPING, SimulationConfig, simulate
from simulate.oracle import true_decision_makers, true_managers

WEEKS = 8
PER_WEEK = 20
WITH_DEALS = Query(
    "bench.with_deals",
    "MATCH (o:Opportunity)-[:FOR]->(c:Customer) WHERE o.opened_at <= datetime($at) "
    "AND (o.closed_at IS NULL AND o.outcome IS NULL OR o.closed_at > datetime($at)) "
    "RETURN DISTINCT c.customer_id AS id ORDER BY id",
    frozenset({"at"}),
    "read",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """Who decides on each deal, and each person's superior, by keys of the CRM."""

    deciders: Mapping[str, str]
    managers: Mapping[str, str]


@dataclass(slots=True)
class Answers:
    """How many facts were asked and what became of them, by what was asked."""

    asked: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    """Of those asked, the ones that the truth knows and the graph took."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Accounts with an open deal of known decider; of them those with another first decider, or none."""

    accounts: int
    wrong: int

    @property
    def share(self) -> float:
        """0…1."""
        return self.wrong / max(self.accounts, 1)


def compare(
    customers: int, seed: int, last: date, folder: Path, per_week: int = PER_WEEK
) -> tuple[Wrong, Wrong]:
    """Without answers, and with them; prints each week."""
    simulate(SimulationConfig(customers, seed), folder / "whole", folder / "whole-truth")
    truth = Truth(true_decision_makers(folder / "whole-truth"), true_managers(folder / "whole-truth"))
    evenings = [Evening(customers, seed, last - timedelta(days=7 * back)) for back in range(WEEKS, -1, -1)]
    with bed("embedded", folder / "answered") as engine, open_store(engine.config) as store:
        for evening in evenings[:-1]:
            load(engine, evening, folder)
            answers = week(store, evening, truth, per_week)
            asked = ", ".join(
                f"{kind} {answers.told[kind]} of {n}" for kind, n in sorted(answers.asked.items())
            )
            print(f"{evening.day}: {_line(wrong_of(store, evening, truth))}; told {asked}", flush=True)
        load(engine, evenings[-1], folder)
        answered = wrong_of(store, evenings[-1], truth)
    with bed("embedded", folder / "unanswered") as engine, open_store(engine.config) as store:
        load(engine, evenings[-1], folder)
        unanswered = wrong_of(store, evenings[-1], truth)
    print(f"{last}: with answers {_line(answered)}; without {_line(unanswered)}")
    return unanswered, answered


def load(engine: Bed, evening: Evening, folder: Path) -> None:
    """The systems as they stood that evening, loaded over what was there, and derived."""
    exports = folder / f"exports-{evening.day}"
    if not exports.exists():
        config = SimulationConfig(evening.customers, evening.seed, until=evening.day)
        simulate(config, exports, folder / f"truth-{evening.day}")
    engine.relgraph("ingest", str(exports), "--mapping", str(MAPPING), "--now", evening.moment.isoformat())
    engine.relgraph("derive", "--now", evening.moment.isoformat())


def week(store: Store, evening: Evening, truth: Truth, per_week: int) -> Answers:
    """Everybody's answers of a week: five at a time, until there are enough or nothing new is asked."""
    answers = Answers()
    for row in store.read(STAFF):
        asked: set[tuple[str | None, ...]] = set()
        while len(asked) < per_week:
            new = [one for one in _questions(store, row["id"], evening) if _key(one) not in asked]
            if not new:
                break
            for one in new[: per_week - len(asked)]:
                asked.add(_key(one))
                answers.asked[_about(one)] += 1
                answers.told[_about(one)] += _answer(store, one, row["id"], evening, truth)
    return answers


def _questions(store: Store, employee_id: str, evening: Evening) -> Iterator[Candidate]:
    day = run_sync(store, my_day, employee_id=employee_id, now=evening.moment)
    return (item.what for item in day.items if item.what.kind == "confirm")


def _key(one: Candidate) -> tuple[str | None, ...]:
    return one.subject.opportunity_id, one.subject.contact_id, _about(one)


def _about(one: Candidate) -> str:
    return "superior" if "report" in one.reason else "decider"


def _answer(store: Store, one: Candidate, employee_id: str, evening: Evening, truth: Truth) -> bool:
    """State what is true; False where nobody knows, or the graph does not know the person."""
    try:
        if _about(one) == "superior":
            return _state_superior(store, one, employee_id, evening, truth)
        return _state_decider(store, one, employee_id, evening, truth)
    except (NotFound, WriteRefused):
        return False


def _state_decider(store: Store, one: Candidate, employee_id: str, evening: Evening, truth: Truth) -> bool:
    deal = one.subject.opportunity_id or ""
    decider = truth.deciders.get(_bare(deal))
    if decider is None:
        return False
    said = RoleAssertion(employee_id, f"crm:{decider}", "decision_maker", opportunity_id=deal)
    run_sync(store, assert_role, said, now=evening.moment, loaded_at=evening.moment)
    return True


def _state_superior(store: Store, one: Candidate, employee_id: str, evening: Evening, truth: Truth) -> bool:
    superior = truth.managers.get(_bare(one.subject.contact_id or ""))
    if superior is None:
        return False
    author = Author(employee_id, uuid4().hex, evening.moment, evening.moment)
    words = RelationWords("REPORTS_TO", one.subject.contact_id or "", f"crm:{superior}")
    run_sync(store, assert_relation, author, words)
    return True


def wrong_of(store: Store, evening: Evening, truth: Truth) -> Wrong:
    """Over the accounts with an open deal, of the deal that the account's chain is about."""
    accounts = wrong = 0
    for row in store.read(WITH_DEALS, at=evening.moment.isoformat()):
        found = run_sync(store, chain, customer_id=row["id"], now=evening.moment)
        decider = truth.deciders.get(_bare(found.opportunity_id or ""))
        first = next((one.contact_id for one in found.members if one.role == "decision_maker"), "")
        accounts += decider is not None
        wrong += decider is not None and _bare(first) != decider
    return Wrong(accounts, wrong)


def _bare(typed: str) -> str:
    return typed.partition(":")[2]


def _line(found: Wrong) -> str:
    return f"{found.wrong} of {found.accounts} accounts with a wrong first decider ({found.share:.0%})"
