"""A model that stands, and an index of the records that it has seen: new ones are linked without the old.

The model is what a full linkage learned (`ingest.resolve.link.Fitted`); it does not change until the next
full one. So whether two records are likely one depends on the two alone, and hardly on the order of arrival.
"""

from ingest.resolve.standing.arrive import MOST_IN_BLOCK, Arrived, arrive, forget
from ingest.resolve.standing.groups import Groups, groups_of
from ingest.resolve.standing.index import StandingIndex, open_index
from ingest.resolve.standing.make import stand
from ingest.resolve.standing.model import StandingModel

__all__ = [
    "MOST_IN_BLOCK",
    "Arrived",
    "Groups",
    "StandingIndex",
    "StandingModel",
    "arrive",
    "forget",
    "groups_of",
    "open_index",
    "stand",
]
