"""Events that wait in the inbox load, batch after batch."""

from graph.inbox.waiting import inbox_standing
from graph.service import run_sync
from ingest.inbox.load import load_inbox
from ingest.mapping.read import read_mapping
from relgraph.work.working import Working, counts


def load_events(work: Working) -> None:
    """Take the inbox until nothing waits; what is not in order goes to quarantine."""
    while run_sync(work.store, inbox_standing).waiting:
        like = read_mapping(work.job.watches[0].mapping) if work.job.watches else None
        with work.loading():
            made = load_inbox(
                work.store, work.home, work.wall(), like=like, fixed=work.settings.now, limits=work.limits
            )
        if made is None:
            return
        states = [one.state for one in made.taken]
        told = {"events": len(states), "events_quarantined": states.count("quarantined")}
        work.round.loads.append(told | counts(made.report.run_id, made.report.totals))
        if made.report.changed:
            work.keep(last_run=made.report.run_id, loaded=work.state.with_incomplete_again())
