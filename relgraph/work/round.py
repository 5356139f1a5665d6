"""One round, from files to models; each step goes on from where a killed one stopped."""

from collections.abc import Callable
from datetime import datetime

from graph.duckdb_limits import DuckDbLimits
from graph.store import Store
from relgraph.outgoing.queue import queue_paths
from relgraph.settings import Settings
from relgraph.work.deriving import derive_loaded, fit_monthly, link
from relgraph.work.events import load_events
from relgraph.work.files import load_files
from relgraph.work.job import Job, Round
from relgraph.work.models import score, train_outdated
from relgraph.work.outgoing import send_queued
from relgraph.work.pulled import load_pulled
from relgraph.work.quality import measure_monthly
from relgraph.work.working import Working


def work_round(
    store: Store, settings: Settings, job: Job, wall: Callable[[], datetime], limits: DuckDbLimits
) -> Round:
    """One round on an open store. wall: the wall clock. Raises StoreError where the engine is lost."""
    work = Working(store, settings, job, wall, limits)
    if work.state.unfinished:  # a load may have been killed after what it wrote
        work.keep(loaded=work.state.with_incomplete_again())
    _load(work)
    if work.state.unlinked:
        with work.step("linking"):
            link(work)
    if work.state.unfinished:
        with work.step("derive"):
            derive_loaded(work)
    if work.round.derived is not None:
        with work.step("quality"):
            work.round.measured = measure_monthly(store, settings, wall(), limits)
        with work.step("weights"):
            fit_monthly(work)
    if work.state.unscored:
        with work.step("scores"):
            score(work)
    train_outdated(work)
    for queue in queue_paths(work.home):
        with work.step(f"export {queue.stem}"):
            send_queued(work, queue)
    work.end()
    return work.round


def _load(work: Working) -> None:
    """All that came in: files of folders, rows of systems, events."""
    for watch in work.job.watches:
        with work.step(f"folder {watch.folder}"):
            load_files(work, watch)
    for mapping in work.job.pulls:
        with work.step(f"pull {mapping}"):
            load_pulled(work, mapping)
    with work.step("inbox"):
        load_events(work)
