"""People who seem to have left a job: an inferred DEPARTED for each, withdrawn when its signs are gone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from graph.departure import Departure, departure, open_job
from graph.derive.facts import Derived, Standing, reconcile
from graph.derive.report import Counts
from graph.store import Store


def derive_departures(store: Store, customer_ids: Sequence[str], now: datetime, *, on: bool = True) -> Counts:
    """Make the inferred departures from these customers hold exactly what the signs say at `now`.

    A sign that its source does not date is known from the derive that first found it. Not `on`: none holds.
    """
    ids = list(customer_ids)
    standing = {
        row["fact"]["fact_id"]: Standing(("Customer", row["end_id"]), row["fact"])
        for row in store.read("derive.standing_departures", customer_ids=ids)
    }
    rows = store.read("derive.questioned_jobs", customer_ids=ids, now=now.isoformat())
    found = filter(None, (departure(open_job(row)) for row in rows))
    return reconcile(store, "DEPARTED", _facts(found, standing, now) if on else (), standing)


def _facts(found: Iterator[Departure], standing: Mapping[str, Standing], now: datetime) -> Iterator[Derived]:
    for one in found:
        fact = _fact(one, one.known_from or now)
        before = standing.get(fact.fact_id)
        if before is not None and one.known_from is None:
            fact = _fact(one, before.props["known_from"])
        yield fact


def _fact(one: Departure, known_from: datetime) -> Derived:
    return Derived(
        type="DEPARTED",
        start=("Contact", one.job.contact_id),
        end=("Customer", one.job.customer_id),
        source_key=one.job.fact_id,
        props=one.properties(known_from) | {"evidence_count": len(one.evidence)},
    )
