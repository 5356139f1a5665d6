"""Whether every dataset goes on as it did."""

from datetime import datetime

from graph.service import run_sync
from graph.store import Store
from graph.watermark import watermarks as read
from relgraph.doctor.finding import Finding

SHOWN = 3
"""Datasets that are named."""


def watermarks(store: Store, now: datetime) -> Finding:
    """Datasets that went back or stand still. now: the company's."""
    marks = run_sync(store, read, now=now)
    if not marks:
        return Finding(subject="watermarks", status="optional", found="no load with dated rows yet")
    wrong = [one for one in marks if one.state != "ok"]
    if not wrong:
        return Finding(subject="watermarks", status="ok", found=f"{len(marks)} datasets go on as they did")
    told = "; ".join(f"{one.source}.{one.dataset} {one.state}: {one.said}" for one in wrong[:SHOWN])
    more = f"; {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    advice = "look at their exports; relgraph runs watermarks names all"
    return Finding(subject="watermarks", status="todo", found=told + more, advice=advice)
