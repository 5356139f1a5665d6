"""Whether what comes in is loaded: the worker of this graph and its inbox."""

from datetime import datetime

from graph.service import run_sync
from graph.store import Store
from graph.work.standing import work_standing
from relgraph.doctor.finding import Finding


def work(store: Store, now: datetime) -> Finding:
    """What the worker said last, and whether events wait too long. now: the wall clock."""
    found = run_sync(store, work_standing, now)
    if found.state == "none":
        shown = f"{found.shown}; relgraph work loads by itself what comes in"
        return Finding(subject="work", status="optional", found=shown)
    if found.state == "late":
        advice = "start it: relgraph work --watch FOLDER -m MAPPING, or relgraph serve --work"
        return Finding(subject="work", status="todo", found=f"late: {found.shown}", advice=advice)
    if found.state == "failed":
        advice = "mend or remove what it names; the next look tries again"
        return Finding(subject="work", status="todo", found=f"failed: {found.shown}", advice=advice)
    return Finding(subject="work", status="ok", found=found.shown)
