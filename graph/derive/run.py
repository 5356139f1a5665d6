"""The derive: ties, purchases, branches, departures, roles, reporting lines, gaps, alerts, tags and segments.

It looks at everything, or, after a derive by the same calibration, at what has changed or come of age since:
the graph that is left is the same.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from time import perf_counter

from graph.batches import batches
from graph.buying_role.weights import RoleWeights
from graph.clock import data_now
from graph.decision_chain.refresh import refresh
from graph.derive.accounts import accounts, aged_contacts
from graph.derive.alerts import derive_alerts
from graph.derive.behaviour import behaved_roles, trace
from graph.derive.branches import derive_branches
from graph.derive.calibration import LastDerive, Version, keep_derive, keep_version, last_derive
from graph.derive.choice import Choice, choose, scope_of
from graph.derive.departures import derive_departures
from graph.derive.groups import GROUPS, derive_groups, profile_customers
from graph.derive.hierarchy import derive_managers, read_jobs
from graph.derive.purchases import derive_purchases
from graph.derive.ratings import derive_ratings
from graph.derive.report import Counts, DeriveReport
from graph.derive.rules import check_rules
from graph.derive.scope import History, Scope, joined, live_customers, packed, staff_of, whole
from graph.derive.ties import derive_ties, drop_faded
from graph.derive.titles import derive_roles
from graph.derive.together import derive_together
from graph.derive.weights import learned
from graph.duckdb_limits import USUAL_LIMITS, DuckDbLimits
from graph.history import read_history
from graph.moment import naive
from graph.parameters import Parameters
from graph.reporting_line.copies import copies_of, count_copies
from graph.reporting_line.superior import Weights
from graph.service import run_sync
from graph.sql import statement
from graph.sql.run import first
from graph.store import Store
from graph.tie import pairs

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
    *,
    history: History | None = None,
    recalibrate: bool = False,
    off: frozenset[str] = frozenset(),
    limits: DuckDbLimits = USUAL_LIMITS,
) -> DeriveReport:
    """Derive at `now` (default: the company's); the same data, `now` and calibration leave the same graph.

    `report` gets each step's name as it begins. given: parameters to derive by, else those of the newest
    calibration, else (or to recalibrate, or where the data have drifted) they are fitted to the data.
    history: a kept one, by which only what changed is looked at, but for a recalibration; without it the
    graph is read whole, within `limits`. off: rules of `RULES` that derive nothing; what they derived before
    is withdrawn. Raises StoreError, and UsageError for a rule that there is not.
    """
    check_rules(off)
    moment = run_sync(store, data_now) if now is None else now
    steps = _Steps(report)
    with ExitStack() as opened:
        with steps.step("reading"):
            tables = opened.enter_context(read_history(store, limits)) if history is None else history
            pairs.take_part(tables.connection, moment)
        last = last_derive(store)
        choice = choose(
            store, tables.connection, moment, last, given, recalibrate=recalibrate, off=tuple(sorted(off))
        )
        kept = history is not None and not recalibrate
        scope = scope_of(tables, last, choice, moment) if kept else whole(tables.connection)
        return _Derive(store, tables, moment, choice, scope, steps).run()


class _Derive:
    """One derive over an open history; each step leaves its temporary tables to those after it."""

    def __init__(
        self, store: Store, history: History, now: datetime, choice: Choice, scope: Scope, steps: _Steps
    ) -> None:
        self.store, self.history, self.connection = store, history, history.connection
        self.now, self.choice, self.scope, self.steps = now, choice, scope, steps

    def run(self) -> DeriveReport:
        """All steps. A derive that does not come to its end is followed by a whole one."""
        keep_derive(self.store, self._left(finished=False))
        aged = self.ties()
        self.purchases()
        self.ratings()
        moved = self.branches()
        groups = joined(self.connection, {*self.scope.customers, *moved}, self.now)
        self.departures(groups)
        self.staff(groups)
        self.gaps(groups, aged)
        self.alerts()
        self.groups()
        keep_derive(self.store, self._left(finished=True))
        _announce(self.store, self.now, self.steps.counts)
        choice, whole = self.choice, self.scope.since is None
        counts, seconds = self.steps.counts, self.steps.seconds
        return DeriveReport(self.now, choice.number, choice.calibration, whole, counts, seconds)

    def ties(self) -> list[str]:
        """KNOWS; returns contacts whose ties changed by the passing of time."""
        with self.steps.step("ties"):
            pairs.meet(self.connection, self.scope.people)
            calibration = self.choice.calibration
            self.steps.add("ties", derive_ties(self.store, self.connection, self.now, calibration))
            if self.scope.since is None:
                return []
            counts, faded = drop_faded(self.store, self.now)
            self.steps.add("ties", counts)
            return faded + aged_contacts(self.store, self.scope.since.now, self.now, calibration)

    def purchases(self) -> None:
        """BOUGHT and BOUGHT_WITH."""
        with self.steps.step("purchases"):
            counts = derive_purchases(self.store, self.connection, self.scope.buyers, self.now)
            self.steps.add("purchases", counts)
            if self.scope.since is None or counts.standing or counts.removed or self.scope.customers:
                counts = derive_together(self.store, self.connection, self.now)
                self.steps.add("bought_together", counts)

    def ratings(self) -> None:
        """How tickets are rated."""
        with self.steps.step("ratings"):
            derive_ratings(self.store, self.connection, self.now)

    def branches(self) -> set[str]:
        """PARENT_OF; returns customers that came to stand below or above another, or no longer do."""
        with self.steps.step("branches"):
            on = "branches" not in self.choice.off
            counts, moved = derive_branches(self.store, self.connection, self.scope.since, self.now, on=on)
            self.steps.add("branches", counts)
            return moved & set(live_customers(self.connection)) if moved else moved

    def departures(self, groups: list[list[str]]) -> None:
        """DEPARTED."""
        with self.steps.step("departures"):
            self.steps.add("departures", Counts())
            for batch in packed(groups, CUSTOMERS):
                done = derive_departures(self.store, batch, self.now, on="departures" not in self.choice.off)
                self.steps.add("departures", done)

    def staff(self, groups: list[list[str]]) -> None:
        """HAS_ROLE and REPORTS_TO; keeps the calibration where it is new."""
        with self.steps.step("roles and reporting lines"):
            count_copies(self.connection, staff_of(self.connection, groups))
            trace(self.connection, self.now)
            weights, role_weights = self._weights()
            for name in ("roles", "reporting_lines"):
                self.steps.add(name, Counts())
            for batch in packed(groups, CUSTOMERS):
                jobs = read_jobs(self.store, batch)
                copies = copies_of(self.connection, {job.contact_id for job in jobs})
                on = {name: name not in self.choice.off for name in ("roles", "reporting_lines")}
                behaved = behaved_roles(self.connection, jobs, role_weights, self.now)
                self.steps.add("roles", derive_roles(self.store, batch, jobs, behaved, on=on["roles"]))
                lines = derive_managers(self.store, jobs, copies, weights, self.now, on=on["reporting_lines"])
                self.steps.add("reporting_lines", lines)

    def _weights(self) -> tuple[Weights, RoleWeights]:
        """How signs of superiors and of roles are weighed; counted, after the ties, where that is due."""
        choice, customers = self.choice, batches(self.scope.customers, CUSTOMERS)
        weights, roles = learned(self.store, customers, self.connection, self.now, choice)
        if choice.new:
            parameters = Parameters(choice.calibration, weights, choice.off, roles)
            keep_version(self.store, Version(choice.number, parameters), self.now)
        return weights, roles

    def gaps(self, groups: list[list[str]], aged: list[str]) -> None:
        """Gaps in the chains that may have changed."""
        with self.steps.step("gaps"):
            self.steps.add("gaps", Counts())
            customers = {customer for group in groups for customer in group}
            if self.scope.since is not None:
                found = accounts(self.store, [*self.scope.contacts, *aged])
                customers |= found & set(live_customers(self.connection))
            for batch in batches(sorted(customers), CHAINS):
                gaps = run_sync(self.store, refresh, batch, self.now, self.choice.calibration)
                self.steps.add("gaps", Counts(gaps.found, gaps.written, gaps.closed))

    def alerts(self) -> None:
        """Alerts of accounts, all of them: each rule is one statement."""
        with self.steps.step("alerts"):
            calibration = self.choice.calibration
            done = derive_alerts(self.store, self.connection, self.now, calibration, self.choice.off)
            self.steps.add("alerts", done)

    def groups(self) -> None:
        """Profiles, tags and segments of all customers: each rule is one statement."""
        with self.steps.step("profiles"):
            self.steps.add("profiles", profile_customers(self.store, self.connection, self.now))
        with self.steps.step("tags and segments"):
            for name, kind in GROUPS:
                self.steps.add(name, derive_groups(self.store, self.connection, kind, self.now))

    def _left(self, *, finished: bool) -> LastDerive:
        choice, now = self.choice, self.now
        found = first(self.connection, statement("profile.ends_ahead", now=naive(now))) if finished else None
        ends_ahead = found[0] if found else None
        return LastDerive(now, self.history.position, choice.number, choice.extent, finished, ends_ahead)


def _announce(store: Store, now: datetime, counts: dict[str, Counts]) -> None:
    """Append a change per kind of which anything changed, dated by the wall clock for who follows the log."""
    wall = datetime.now(UTC).isoformat()
    rows = [
        {
            "id": f"derive.{name}:{now.isoformat()}",
            "props": {
                "at": now.isoformat(),
                "loaded_at": wall,
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
