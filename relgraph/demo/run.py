"""The demo's steps, in order, each with a line when it begins and its seconds when it is done."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from gnn.snapshot import Log
from gnn.snapshot.known import known_log
from gnn.tasks import find_task
from gnn.train import train
from gnn.write_back import promote, score
from graph.clock import data_now
from graph.derive import derive
from graph.history import open_history
from graph.service import run_sync
from graph.store import Store
from graphql_api.security import TokenBook
from ingest.mapping.read import read_mapping
from ingest.options import LoadOptions
from ingest.run import ingest
from relgraph.answer import running
from relgraph.demo.closeness import (
    ORACLES,
    as_rows,
    chains_of_deals,
    decision_makers,
    judging,
    reporting_lines,
)
from relgraph.demo.company import Company, make_company, require_ours
from relgraph.demo.doubles import doubled_companies
from relgraph.demo.roles import roles
from relgraph.demo.showcase import showcase, viewer
from relgraph.engine import opened
from relgraph.memory import duckdb_limits
from relgraph.settings import Settings
from simulate import MAPPING
from simulate.config import DEFAULT_END

TOKEN_DAYS = 7
END = datetime(DEFAULT_END.year, DEFAULT_END.month, DEFAULT_END.day, 23, 59, 59, tzinfo=UTC)
"""The simulated company's now: the end of its last day."""


@dataclass(frozen=True, slots=True)
class DemoConfig:
    """What to make, and where; `api` builds the application that answers."""

    settings: Settings
    api: Callable[[Settings], FastAPI]
    customers: int = 2000
    seed: int = 7


@dataclass
class Progress:
    """The steps done so far, with their seconds."""

    say: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step, time it."""
        self.say(name)
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 1)


def run_demo(config: DemoConfig, say: Callable[[str], None]) -> dict[str, Any]:
    """Run all steps; returns the report, whose `token` is shown this once.

    Raises ForeignData where the graph holds something else.
    """
    progress = Progress(say)
    home = config.settings.home
    with progress.step(f"simulating a company of {config.customers:,} customers"):
        company = make_company(home, config.customers, config.seed)
    with _started(progress, config.settings) as store:
        require_ours(store, home, company)
        limits = duckdb_limits(config.settings)
        report = _loaded(progress, store, company, config.settings)
        with progress.step("reading the history"):
            loaded, _ = known_log(store, home=home, limits=limits)
        with judging(loaded, company, config.seed) as judged:
            report |= _derived(progress, store, company, config.settings)
            with progress.step("reading the history again"):
                log, as_of = known_log(store, home=home, limits=limits)
            _learned(progress, store, config, log, as_of)
            report |= _answered(progress, store, config)
            with progress.step("comparing with the planted truth"):
                deals = chains_of_deals(store, run_sync(store, data_now))
                deciders, parts = decision_makers(deals, company), roles(deals, company)
                lines = reporting_lines(store, company)
                report["truth"] = as_rows(judged.result(), deciders, lines, parts) | {
                    "doubles": report.pop("doubles")
                }
    return report | {"seconds": progress.seconds}


@contextmanager
def _started(progress: Progress, settings: Settings) -> Iterator[Store]:
    with ExitStack() as stack:
        with progress.step("starting the engine"):
            store = stack.enter_context(opened(settings))
        yield store


def _loaded(progress: Progress, store: Store, company: Company, settings: Settings) -> dict[str, Any]:
    limits = duckdb_limits(settings)
    with progress.step("loading its exports"):
        wall, mapping = datetime.now(UTC), read_mapping(MAPPING)
        options = LoadOptions(fixed=settings.now or END, limits=limits)
        report = ingest(store, mapping, company.exports, settings.home, wall, options)
    rows = report.as_dict()["totals"]
    return {"rows": {name: rows[name] for name in ("read", "loaded", "unchanged", "quarantined", "filtered")}}


def _derived(progress: Progress, store: Store, company: Company, settings: Settings) -> dict[str, Any]:
    limits = duckdb_limits(settings)
    with (
        progress.step("deriving ties, roles and gaps"),
        open_history(store, settings.home, limits) as history,
    ):
        derive(store, None, history=history, off=settings.rules_off)
    with (
        progress.step("linking companies that stand twice"),
        open_history(store, settings.home, limits) as history,
    ):
        return {"doubles": doubled_companies(store, history, company)}


def _learned(progress: Progress, store: Store, config: DemoConfig, log: Log, as_of: datetime) -> None:
    home = config.settings.home
    for task in ORACLES:
        with progress.step(f"training {task}"):
            promote(store, train(log, find_task(task), home, config.seed, datetime.now(UTC)).node)
    with progress.step("scoring every customer"):
        limits = config.settings.offer_limits
        score(store, log, home, now=datetime.now(UTC), as_of=as_of, limits=limits)


def _answered(progress: Progress, store: Store, config: DemoConfig) -> dict[str, Any]:
    with progress.step("asking the API"), running(config.api(config.settings)) as url:
        employee = viewer(store)
        issued = TokenBook(config.settings.home / "tokens.json").create(
            employee_id=employee, role="editor", days=TOKEN_DAYS, now=datetime.now(UTC)
        )
        return {"viewer": employee, "token": issued.token, "answer": showcase(store, url, issued.token)}
