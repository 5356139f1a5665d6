"""What follows from what was loaded: links, derived facts, and once a month the weights."""

from graph.assignment.run import assign
from graph.clock import data_now, fixed_clock, keep_clock
from graph.derive import derive
from graph.history import open_history
from graph.merge.suspend import Clerk
from graph.service import run_sync
from ingest.resolve.linking.config import link_config
from ingest.resolve.linking.run import Mode, link_graph
from relgraph.work.weights import fit_weights, month_of
from relgraph.work.working import Working


def link(work: Working) -> None:
    """Link what is new, before anything is derived of it; owed until it succeeds."""
    work.begin()
    clerk = Clerk("link", run_sync(work.store, data_now), work.wall())
    config = link_config(None, work.home)
    with open_history(work.store, work.home, work.limits) as history:
        mode = Mode(work.home, work.limits, trained=True)
        done = link_graph(work.store, history.connection, config, clerk, mode)
    work.round.linked = {
        one.kind: {"looked_at": one.looked_at, "merged": len(one.merged), "review": one.new} for one in done
    }
    work.keep(unlinked=False, unfinished=True)


def derive_loaded(work: Working) -> None:
    """Derive what was loaded."""
    work.begin()
    if work.settings.now is not None:
        keep_clock(work.store, fixed_clock(work.settings.now), work.wall())
    with open_history(work.store, work.home, work.limits) as history:
        report = derive(work.store, None, history=history, off=work.settings.rules_off)
        assigned = assign(work.store, history.connection, report.now)
    work.round.derived = {name: done.written + done.removed for name, done in report.counts.items()}
    if assigned.decisions:
        work.round.derived["assignments"] = len(assigned.decisions)
    work.keep(unfinished=False, unscored=True)


def fit_monthly(work: Working) -> None:
    """Fit weights once a month; where there was too little, the next month tries again."""
    month = month_of(work.store, work.settings)
    if work.state.weights_tried != month:
        work.round.weights = fit_weights(work.store, work.settings, work.wall(), work.limits)
        work.keep(weights_tried=month)
