"""The engine, its schema, and the age of the data and of the models in it."""

from datetime import datetime
from importlib import metadata

from graph import migrations
from graph.clock import EMPTY, fixed_clock, read_clock
from graph.service import run_sync
from graph.store import EngineConfig, Store, StoreError, open_store
from relgraph.doctor.finding import Finding
from relgraph.doctor.history import history
from relgraph.doctor.size import size
from relgraph.doctor.watermarks import watermarks
from relgraph.doctor.work import work
from relgraph.memory import Budget

STALE_DAYS = 30
"""Data or a model older than this is worth a look; nothing stops working."""
TASKS = ("churn", "cross-sell")


def examine_graph(
    config: EngineConfig, now: datetime, budget: Budget, fixed: datetime | None = None
) -> tuple[Finding, ...]:
    """Connect (starting the embedded engine when needed) and look; one broken finding where nothing answers.

    `now` is the wall clock in UTC: ages are told against it. `budget`: the memory given.
    `fixed`: the company's now where it is fixed.
    """
    try:
        with open_store(config) as store:
            state = (engine(store, config), schema(store), size(store, budget), data(store, now, fixed))
            company = fixed or run_sync(store, read_clock).now
            marks = watermarks(store, company)
            return (*state, history(store, config), work(store, now), marks, *models(store, now))
    except StoreError as error:
        return (Finding(subject="engine", status="broken", found=str(error), advice=_advice(config)),)


def engine(store: Store, config: EngineConfig) -> Finding:
    """The engine that answered, and its version."""
    row = store.one("doctor.engine") or {}
    if config.embedded:
        found = f"embedded ArcadeDB {metadata.version('arcadedb-embedded')} in {config.home}"
    else:
        found = f"{row.get('name')} {row.get('version')} ({row.get('edition')}) at {config.uri}"
    return Finding(subject="engine", status="ok", found=found)


def schema(store: Store) -> Finding:
    """The schema's version against the one this program writes."""
    version = migrations.state(store).version
    if version == migrations.LATEST:
        return Finding(subject="schema", status="ok", found=f"version {version}")
    if version is None:
        advice = "nothing to do: the first command that writes creates it"
        return Finding(subject="schema", status="todo", found="none yet", advice=advice)
    newer = version > migrations.LATEST
    advice = "install the newer relgraph" if newer else "relgraph migrate"
    found = f"version {version}; this program writes {migrations.LATEST}"
    return Finding(subject="schema", status="broken", found=found, advice=advice)


def data(store: Store, now: datetime, fixed: datetime | None = None) -> Finding:
    """The company's now and why it is that, against the wall clock."""
    clock = run_sync(store, read_clock) if fixed is None else fixed_clock(fixed)
    if clock.now == EMPTY:
        advice = "load some: relgraph ingest PATH --mapping FILE, or make demo"
        return Finding(subject="data", status="todo", found="no events in the graph", advice=advice)
    found = f"now is {_aged(clock.now, now)}: {clock.reason}"
    if (now - clock.now).days <= STALE_DAYS:
        return Finding(subject="data", status="ok", found=found)
    advice = "ingest newer exports where there are any"
    return Finding(subject="data", status="todo", found=found, advice=advice)


def models(store: Store, now: datetime) -> tuple[Finding, ...]:
    """The newest model of each task."""
    newest = {row["task"]: row for row in reversed(store.read("doctor.models"))}
    return tuple(model(task, newest.get(task), now) for task in TASKS)


def model(task: str, row: dict[str, object] | None, now: datetime) -> Finding:
    """One task's newest model: its name and age."""
    subject = f"model {task}"
    advice = f"relgraph train {task}"
    if row is None:
        return Finding(subject=subject, status="todo", found="none yet", advice=advice)
    trained_at = row["trained_at"]
    if not isinstance(trained_at, datetime):
        return Finding(subject=subject, status="broken", found="no training time", advice=advice)
    found = f"{row['name']} ({row['model_id']}), trained {_aged(trained_at, now)}"
    if (now - trained_at).days <= STALE_DAYS:
        return Finding(subject=subject, status="ok", found=found)
    return Finding(subject=subject, status="todo", found=found, advice=advice)


def _aged(moment: datetime, now: datetime) -> str:
    days = (now - moment).days
    return f"{moment:%Y-%m-%d}, {days} day{'' if days == 1 else 's'} ago"


def _advice(config: EngineConfig) -> str:
    if config.embedded:
        return "see the log under RELGRAPH_HOME; `relgraph engine status` tells what runs there"
    return "start it, or correct NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD; without a URI: the embedded engine"
