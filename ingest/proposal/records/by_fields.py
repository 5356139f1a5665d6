"""How much the columns of a table speak for a label."""

import math

from ingest.mapping.fields import required_fields, type_of
from ingest.mapping.kinds import ITEM
from ingest.proposal.columns.fit import fit
from ingest.proposal.columns.profile import Column, Profile
from ingest.proposal.records.contents import COMPANIES, EACH_ONCE, LEAST_CELLS
from ingest.proposal.words.header import readings, untold
from ingest.proposal.words.known import LABELS

MOST = 4.0
"""What the columns of a table say at most together: further fields of an address tell nothing new."""


def by_columns(label: str, profile: Profile) -> float:
    """How much the columns speak for a label: what they mean for it, the less the more labels it suits."""
    needed = [name for name in required_fields(label) if type_of_safe(label, name) == "datetime"]
    dated = any(column.share("date") >= 0.5 or column.share("epoch") >= 0.8 for column in profile.columns)
    said = sum(says(label, column) or _shows(label, column) for column in profile.columns)
    return (-1.5 if needed and not dated else 0.0) + MOST * math.tanh(said / MOST)


def _shows(label: str, column: Column) -> float:
    """What values say for a label under a header of unknown words: companies and tax numbers, each once."""
    told = column.filled >= LEAST_CELLS and column.distinct >= EACH_ONCE * column.filled
    if label != "Customer" or not told or not untold(column.said):
        return 0.0
    return float(column.share("company") >= COMPANIES or column.is_mostly("tax_id"))


def type_of_safe(kind: str, name: str) -> str:
    """How a field's text is read; a key is text."""
    return "text" if name.endswith("_id") else type_of(kind, name)


def says(label: str, column: Column) -> float:
    found = [
        one
        for one in readings(column.said)
        if one.said == "field" and one.kind in LABELS and (one.kind != ITEM or label == ITEM)
    ]
    mine = [one for one in found if one.kind == label and one.score >= 0.75]
    if not mine:
        return 0.0
    best = max(mine, key=lambda one: (one.explicit, one.score))
    value = best.score * fit(label, best.name or "key", column)
    if best.explicit and best.name == "key":
        return value if column.unique else -0.2
    if best.explicit:
        return value * 0.5
    shared = {one.kind for one in found if one.score >= best.score - 0.01}
    return value / len(shared) ** 1.5 if best.name != "key" else 0.0
