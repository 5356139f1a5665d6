"""Which weights stand at a moment: the last adopted up to it, else the declared ones."""

from collections.abc import Iterable
from datetime import datetime

import orjson

from graph.weights.model import STANDING, Weights

ADOPTED = "weights:health"
"""The `Run` node whose report lists every adoption: one look-up by key, whichever day is asked for."""


def adopted(reports: Iterable[str]) -> tuple[Weights, ...]:
    """Every adoption, the first first, from the report of the node or of none."""
    return tuple(Weights.of_stored(one) for report in reports for one in orjson.loads(report)["adopted"])


def standing_at(reports: Iterable[str], moment: datetime) -> Weights:
    """Those that stood at the moment."""
    until = (one for one in adopted(reports) if one.since is not None and one.since <= moment)
    return max(until, key=lambda one: (one.since, one.version), default=STANDING)
