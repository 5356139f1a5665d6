"""Whose chains and gaps may have changed: accounts of touched contacts, and of those whose ties aged."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import log, log2

from graph.batches import batches
from graph.days_off import most_off
from graph.decision_chain.gaps import STALE_HALF_LIVES
from graph.store import Store
from graph.tie.model import Calibration
from graph.tie.strength import FAINTEST, FLOOR

PAGE = 1000
"""Contacts looked up at once."""
MARGIN = timedelta(days=1)
"""Looked back further than the last derive: a moment that is computed may be off by its last digit."""


def accounts(store: Store, contact_ids: Iterable[str]) -> set[str]:
    """Customers in whose chains these contacts stand."""
    found = (
        row["customer_id"]
        for page in batches(sorted(set(contact_ids)), PAGE)
        for row in store.read("derive.accounts", contact_ids=page)
    )
    return {customer for customer in found if customer is not None}


def aged_contacts(store: Store, before: datetime, now: datetime, calibration: Calibration) -> list[str]:
    """Contacts whom we no longer cover, or have not met for too long, though we did at the last derive.

    A tie counts until its raw weight is `FLOOR` (`graph.tie.strength.floor`): a fixed time before it is too
    faint to keep. Contact is stale after `STALE_HALF_LIVES`, and some days off.
    """
    faintest = calibration.scale * -log(1.0 - FAINTEST)
    earlier = timedelta(days=calibration.raw_half_life_days * log2(FLOOR / faintest))
    patience = timedelta(days=STALE_HALF_LIVES * calibration.half_life_days)
    rows = store.read(
        "derive.fading_contacts",
        fades_after=(before - MARGIN + earlier).isoformat(),
        fades_until=(now + MARGIN + earlier).isoformat(),
        met_after=(before - MARGIN - patience - most_off(patience)).isoformat(),
        met_until=(now + MARGIN - patience).isoformat(),
    )
    return [row["contact_id"] for row in rows]
