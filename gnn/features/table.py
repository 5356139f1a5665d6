"""All features of all customers at one cut-off, by name and by group."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gnn.features.history import Floats, History
from gnn.features.neighbours import neighbours
from gnn.features.orders import basket, rfm, rhythm, trend
from gnn.features.payments import payments
from gnn.features.people import People, contact_frequency, people
from gnn.features.service import opportunities, tickets

RFM = ("recency", "frequency", "monetary", "tenure")
MAX_GROUPS = 12


@dataclass(frozen=True)
class FeatureTable:
    """`values` is customers × features; `names` names the columns, `groups` says where each comes from."""

    values: Floats
    names: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]

    def columns(self, *names: str) -> Floats:
        """The named columns."""
        return self.values[:, [self.names.index(name) for name in names]]

    def without(self, group: str) -> Floats:
        """All columns but those of one group."""
        dropped = set(self.groups[group])
        return self.values[:, [i for i, name in enumerate(self.names) if name not in dropped]]


def feature_table(history: History, contacts: People, industries: tuple[str, ...] = ()) -> FeatureTable:
    """Features of every customer; `industries` fixes the one-hot columns (those of training)."""
    parts = {
        "rfm": rfm(history),
        "rhythm": rhythm(history),
        "trend": trend(history),
        "basket": basket(history),
        "people": people(history, contacts),
        "contact_frequency": contact_frequency(history, contacts),
        "tickets": tickets(history),
        "opportunities": opportunities(history),
        "payments": payments(history),
        "attributes": attributes(history, industries),
    }
    own = {name: values for part in parts.values() for name, values in part.items()}
    parts["neighbours"] = neighbours(history, own)
    names = tuple(name for part in parts.values() for name in part)
    values = np.stack([values for part in parts.values() for values in part.values()], axis=1)
    return FeatureTable(
        values.astype(np.float32), names, {group: tuple(part) for group, part in parts.items()}
    )


def attributes(history: History, industries: tuple[str, ...]) -> dict[str, Floats]:
    """Size of the company, and one column per known industry."""
    size = {
        name: np.nan_to_num(np.log1p(history.values[name].to_numpy(dtype=np.float64))).astype(np.float32)
        for name in ("employees", "revenue")
    }
    values = history.values["industry"].astype(object)
    return size | {f"industry={name}": values.eq(name).to_numpy().astype(np.float32) for name in industries}


def common_industries(history: History) -> tuple[str, ...]:
    """The most frequent industries, at most twelve, by frequency and then name."""
    counts = history.values["industry"].dropna().value_counts()
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return tuple(str(name) for name, n in ranked[:MAX_GROUPS] if n >= 10)
