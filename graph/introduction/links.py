"""Links between people besides ties: how strong each kind is, and what is said of it.

A link stands for acquaintance that no mail shows. Its strength is a judgement, declared here: people of one
team of ours work together, who brought another in knows them, and colleagues know each other the less the
more they are (beyond nine each has 8/(n − 1) of the attention; shared as for ties, after Newman 2001).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graph.alert.playbook import Language
from graph.introduction.model import LinkKind
from graph.packaged import packaged_yaml
from graph.service import Row

STRENGTH: Mapping[LinkKind, float] = {
    "team": 0.5,
    "referred": 0.5,
    "colleague": 0.25,
    "former_colleague": 0.15,
    "group": 0.1,
    "referred_company": 0.1,
}
"""Of a link in a small circle."""
SMALL = 8
"""Others in a circle up to which each gets the whole attention."""
SHARED: Mapping[str, float] = {
    "Employee": STRENGTH["team"],
    "Contact": max(STRENGTH["colleague"], STRENGTH["former_colleague"], STRENGTH["group"]),
}
"""The strongest link within a circle that people of each kind have."""


def link_strength(kind: LinkKind, size: int) -> float:
    """Strength (0…1) of a link within a circle of `size` people, the two included."""
    return STRENGTH[kind] * min(1.0, SMALL / max(size - 1, 1))


def largest_circle(kind: str, floor: float) -> int:
    """The most people of a circle whose links can reach the strength `floor`; kind: Employee or Contact."""
    return 1 + int(SMALL * SHARED[kind] / floor)


def link_day(row: Row) -> datetime | None:
    """Since when the two are linked; of former colleagues until when they were."""
    if row["link"] == "former_colleague":
        return min((end for end in (row["until"], row["other_until"]) if end is not None), default=None)
    return max((day for day in (row["since"], row["other_since"]) if day is not None), default=None)


def link_reason(row: Row, language: Language) -> str:
    """Why the two may know each other."""
    day = link_day(row)
    told = {
        "company": row["company"],
        "other": row["other_company"],
        "day": f"{day:%Y-%m-%d}" if day else "–",
    }
    return str(_texts()[row["link"]][language]).format(**told)


def _texts() -> dict[str, Any]:
    return packaged_yaml("graph.introduction", "reasons.yml")
