"""Weights of health, as values."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from graph.alert.playbook import Language
from graph.errors import UsageError
from graph.moment import in_utc

DECLARED: Mapping[str, float] = {"recency": 0.35, "trend": 0.25, "tickets": 0.20, "coverage": 0.20}
"""A judgement, which stands until others are adopted."""
Status = Literal["proposed", "without_gain", "adopted", "rejected", "superseded"]
"""`without_gain`: no better on the later period, so it waits for nobody. `superseded`: a newer one came."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a health score weighs, from which moment on, and who adopted it.

    version 0: the declared ones, which stood from the beginning.
    """

    version: int
    values: Mapping[str, float]
    since: datetime | None = None
    by: str | None = None

    def in_words(self, language: Language = "en") -> str:
        """Where the weights come from."""
        if self.since is None:
            return "declared weights" if language == "en" else "声明的权重"
        day = f"{self.since:%Y-%m-%d}"
        if language == "en":
            return f"weights {self.version}, adopted on {day} by {self.by}"
        return f"第 {self.version} 版权重,{day} 由 {self.by} 采用"

    def stored(self) -> dict[str, Any]:
        """As plain values; `of_stored` reads them."""
        since = None if self.since is None else self.since.isoformat()
        return asdict(self) | {"values": dict(self.values), "since": since}

    @classmethod
    def of_stored(cls, row: Mapping[str, Any]) -> "Weights":
        """The weights of `stored`."""
        since = None if row["since"] is None else in_utc(datetime.fromisoformat(row["since"]))
        return cls(row["version"], row["values"], since, row["by"])


STANDING = Weights(0, DECLARED)


@dataclass(frozen=True, slots=True)
class Judged:
    """How fitted weights did on days later than those they were fitted on, beside those that stood.

    loss: mean log loss of "keeps ordering", said from the health score; gain: how much smaller it is, with
    the 95% interval over customers. auc: the chance that who stayed had the higher score.
    """

    customers: int
    lost: int
    loss_standing: float
    loss_proposed: float
    gain: float
    gain_low: float
    gain_high: float
    auc_standing: float
    auc_proposed: float

    @property
    def gains(self) -> bool:
        """Whether the interval lies above nothing."""
        return self.gain_low > 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Fitted weights: on which days, told by what, how they were judged, and what a person decided."""

    version: int
    status: Status
    values: Mapping[str, float]
    standing: Weights
    """Those that they were compared with."""
    at: datetime
    horizon_days: int
    fitted_on: tuple[str, ...]
    judged_on: tuple[str, ...]
    readings: int
    """Customers of all days that they were fitted on."""
    judged: Judged
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


class ProposalNotOpen(UsageError):
    """Somebody has decided, or a newer fit has come."""

    def __init__(self, version: int, status: str) -> None:
        super().__init__(f"weights {version} are {status} already; see `relgraph weights show`")
