"""The derive: ties, purchases, departures, roles, reporting lines and gaps, from what the graph holds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import perf_counter

from graph.batches import batches
from graph.clock import data_now
from graph.decision_chain.refresh import refresh
from graph.derive.departures import derive_departures
from graph.derive.hierarchy import derive_managers, learn_superiors, read_jobs
from graph.derive.purchases import derive_purchases
from graph.derive.report import Counts, DeriveReport
from graph.derive.ties import derive_ties
from graph.derive.titles import derive_roles
from graph.parameters import Parameters
from graph.service import run_sync
from graph.store import Store

CUSTOMERS = 500
"""Customers per batch."""
CHAINS = 100
"""Customers per batch where whole chains are read: far from the time limit of one query."""
Report = Callable[[str], None]


class _Steps:
    """Counts and seconds by step."""

    def __init__(self, report: Report) -> None:
        self.counts: dict[str, Counts] = {}
        self.seconds: dict[str, float] = {}
        self._report = report

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step and report its name."""
        self._report(name)
        begun = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - begun, 3)

    def add(self, name: str, counts: Counts) -> None:
        """Add what one batch of a step did."""
        self.counts[name] = self.counts.get(name, Counts()) + counts


def _silent(_: str) -> None:
    return None


def derive(
    store: Store,
    now: datetime | None = None,
    report: Report = _silent,
    given: Parameters | None = None,
) -> DeriveReport:
    """Derive everything at `now` (default: the company's); the same data and `now` leave the same
    graph.

    `report` gets each step's name as it begins. given: parameters to derive by, else they are fitted to the
    data. Raises StoreError.
    """
    moment = run_sync(store, data_now) if now is None else now
    steps = _Steps(report)
    with steps.step("ties"):
        tied = derive_ties(store, moment, given.calibration if given else None)
        steps.add("ties", tied.counts)
    calibration = tied.calibration
    customers = [row["customer_id"] for row in store.read("derive.customers")]
    with steps.step("purchases"):
        for batch in batches(customers, CUSTOMERS):
            steps.add("purchases", derive_purchases(store, batch, moment))
    with steps.step("departures"):
        for batch in batches(customers, CUSTOMERS):
            steps.add("departures", derive_departures(store, batch, moment))
    with steps.step("roles and reporting lines"):
        every = batches(customers, CUSTOMERS)
        weights = given.weights if given else learn_superiors(store, every, tied.copies, moment)
        for batch in batches(customers, CUSTOMERS):
            jobs = read_jobs(store, batch)
            steps.add("roles", derive_roles(store, batch, jobs))
            steps.add("reporting_lines", derive_managers(store, jobs, tied.copies, weights, moment))
    _keep(store, moment, Parameters(calibration, weights))
    with steps.step("gaps"):
        for batch in batches(customers, CHAINS):
            gaps = run_sync(store, refresh, batch, moment, calibration)
            steps.add("gaps", Counts(gaps.found, gaps.written, gaps.closed))
    _announce(store, moment, steps.counts)
    return DeriveReport(moment, calibration, steps.counts, steps.seconds)


def _keep(store: Store, now: datetime, parameters: Parameters) -> None:
    """Keep what was fitted, dated: reading as of a past day needs what stood then (`graph.parameters`)."""
    props = {
        "kind": "derive",
        "status": "done",
        "started_at": now.isoformat(),
        "finished_at": now.isoformat(),
        "report": parameters.to_json(),
    }
    store.upsert_nodes("Run", [{"id": f"derive:{now.isoformat()}", "props": props}])


def _announce(store: Store, now: datetime, counts: dict[str, Counts]) -> None:
    """Append a change per kind of which anything changed."""
    rows = [
        {
            "id": f"derive.{name}:{now.isoformat()}",
            "props": {
                "at": now.isoformat(),
                "run_id": "derive",
                "actor": "derive",
                "kind": f"derive.{name}",
                "count": done.written + done.removed,
            },
        }
        for name, done in sorted(counts.items())
        if done.written + done.removed
    ]
    if rows:
        store.upsert_nodes("Change", rows)
