"""KNOWS: the ties of today, from everything people did together."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from graph.batches import batches
from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.reporting_line.copies import Copies, copies
from graph.store import Store
from graph.tie import fold
from graph.tie.model import Calibration, Participation, Tie
from graph.tie.read import participations

METHOD = "tie-decay-2"
PAGE = 5000
"""Interactions read at once."""


class Tied(NamedTuple):
    """What was written, how ties are measured, and who stood in copy on whose mail."""

    counts: Counts
    calibration: Calibration
    copies: Copies


def derive_ties(store: Store, now: datetime, given: Calibration | None = None) -> Tied:
    """Make KNOWS hold exactly the ties at `now`, by the given measure, else by one taken from the data."""
    table = fold.frame(_history(store, now))
    met = fold.pairs(table)
    calibration = given or fold.measure(met, now)
    ties = fold.ties(met, now, calibration)
    found = store.stream("derive.standing_ties")
    standing = {row["fact_id"]: Standing((row.pop("end_label"), row.pop("end_id")), row) for row in found}
    counts = reconcile(store, "KNOWS", (_fact(tie, now, calibration) for tie in ties), standing)
    return Tied(counts, calibration, copies(table))


def _history(store: Store, now: datetime) -> Iterator[Participation]:
    ids = (row["interaction_id"] for row in store.stream("tie.interaction_ids", now=now.isoformat()))
    for page in batches(sorted(ids), PAGE):
        yield from participations(store.read("tie.participations", ids=page))


def _fact(tie: Tie, now: datetime, calibration: Calibration) -> Derived:
    return Derived(
        type="KNOWS",
        start=(tie.start_kind, tie.start_id),
        end=(tie.end_kind, tie.end_id),
        source_key="tie",
        props={
            "method": METHOD,
            "confidence": 1.0,
            "valid_from": tie.first_at,
            "raw": tie.raw,
            "strength": tie.strength,
            "derived_at": now,
            "half_life_days": calibration.raw_half_life_days,
            "last_at": tie.last_at,
            "interactions": tie.interactions,
            "evidence": tie.evidence,
            "evidence_count": tie.interactions,
        },
    )
