"""The candidates for deals and leads: log-odds per row of a `DealTable`, kept as tensors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from scipy.special import logit

from gnn.churn.reasons import KINDS
from gnn.deals.table import DealTable
from gnn.features.history import Doubles, Floats
from gnn.learn.leafwise import Leafwise
from gnn.learn.logistic import Logistic
from gnn.learn.network_state import State

OWN = ("deal", "chain")
STAGE = "stage"
ACCOUNT = "account."
"""Before the name of a kind of information, and of a column, that is of the customer."""
COLUMNS: Mapping[str, frozenset[str]] = {
    "age": frozenset(("age", "age_for_its_kind")),
    "ended_before": frozenset(("deals_before", "won_before", "of_a_customer")),
    "people": frozenset(
        ("people", "champions", "blockers", "decider_known", "stances", "stance", "decider_stance")
    ),
    "amount": frozenset(("amount", "amount_known")),
    "due": frozenset(("due_in", "overdue", "due_known")),
    **{ACCOUNT + kind: frozenset(ACCOUNT + name for name in one.features) for kind, one in KINDS.items()},
}
"""Per kind of information the columns that hold it."""
STAGE_PRIOR = 10.0
"""A stage's share of deals won is counted as if so many more of its kind had gone as all do."""


class DealModel(Protocol):
    """What every candidate can do."""

    def logits(self, table: DealTable) -> Floats:
        """Log-odds of a good end within the horizon, per row."""

    def parts(self, table: DealTable, /) -> Mapping[str, Doubles]:
        """Per kind of information what it adds to the log-odds of every row."""

    def state(self) -> State:
        """Its numbers as tensors."""


@dataclass(frozen=True)
class BaseRate:
    """What share ended well in past windows: the same for all."""

    share: float

    def logits(self, table: DealTable) -> Floats:
        """The share's log-odds."""
        return np.full(len(table.ids), logit(self.share), dtype=np.float32)

    def parts(self, _table: DealTable) -> Mapping[str, Doubles]:
        """Nothing is looked at."""
        return {}

    def state(self) -> State:
        """The share."""
        return {"share": torch.tensor([self.share], dtype=torch.float64)}

    @classmethod
    def of_state(cls, state: State) -> "BaseRate":
        """The model that `state` described."""
        return cls(float(state["share"][0]))


@dataclass(frozen=True)
class StageRate:
    """What share ended well of those at the same stage."""

    rates: Mapping[str, float]
    other: float
    """Of a stage not seen before, or none."""

    def logits(self, table: DealTable) -> Floats:
        """The share's log-odds."""
        said = [self.rates.get(stage, self.other) for stage in _names(table.stages)]
        return np.asarray(logit(np.array(said, dtype=np.float64)), dtype=np.float32)

    def parts(self, table: DealTable) -> Mapping[str, Doubles]:
        """All of it by the stage, against a deal of an unknown one."""
        return {STAGE: self.logits(table).astype(np.float64) - float(logit(self.other))}

    def state(self) -> State:
        """Shares, and the names of the stages as bytes, a line each."""
        names = np.frombuffer("\n".join(self.rates).encode(), dtype=np.uint8).copy()
        shares = torch.tensor([*self.rates.values(), self.other], dtype=torch.float64)
        return {"names": torch.from_numpy(names), "shares": shares}

    @classmethod
    def fit(cls, tables: Sequence[DealTable], well: Doubles) -> "StageRate":
        """Shrunk towards the share of all."""
        stages = _names(np.concatenate([table.stages for table in tables]))
        overall = smoothed(well)
        rates = {}
        for stage in sorted({stage for stage in stages if stage is not None}):
            of_it = well[stages == stage]
            rates[stage] = float((of_it.sum() + STAGE_PRIOR * overall) / (len(of_it) + STAGE_PRIOR))
        return cls(rates, overall)

    @classmethod
    def of_state(cls, state: State) -> "StageRate":
        """The model that `state` described."""
        names = state["names"].numpy().tobytes().decode().split("\n")
        *shares, other = state["shares"].tolist()
        return cls(dict(zip(names, shares, strict=False)), other)


@dataclass(frozen=True)
class DealLearner:
    """A logistic regression or trees over some groups of columns."""

    groups: tuple[str, ...]
    model: Logistic | Leafwise

    def logits(self, table: DealTable) -> Floats:
        """Log-odds per row."""
        return self.model.logits(table.columns(*self.groups))

    def parts(self, table: DealTable) -> Mapping[str, Doubles]:
        """The columns' contributions, summed by kind: of a line against the mean that it learned from."""
        names = table.names_of(*self.groups)
        found = self.model.contributions(table.columns(*self.groups))
        return {
            kind: found[:, [place for place, name in enumerate(names) if name in columns]]
            .sum(axis=1)
            .astype(np.float64)
            for kind, columns in COLUMNS.items()
            if not columns.isdisjoint(names)
        }

    def state(self) -> State:
        """The inner model's numbers."""
        return self.model.state()


def _names(stages: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Stages with single spaces and none around them, on one line each."""
    names = [None if stage is None else " ".join(str(stage).split()) for stage in stages]
    return np.array(names, dtype=object)


def smoothed(well: Doubles) -> float:
    """The share that ended well, never 0 or 1."""
    return float((well.sum() + 0.5) / (len(well) + 1))


def groups_of(name: str, *, stated: bool) -> tuple[str, ...]:
    """The groups of columns that a learned candidate looks at."""
    more = ("stated",) if stated else ()
    return (*OWN, *more, "account") if name == "lightgbm" else (*OWN, *more)


def of_states(states: Mapping[str, State], selected: str, *, stated: bool) -> DealModel:
    """The selected candidate from the kept tensors. stated: whether the model saw what sources state."""
    state = states[selected]
    if selected == "base_rate":
        return BaseRate.of_state(state)
    if selected == "stage_rate":
        return StageRate.of_state(state)
    kind: type[Logistic | Leafwise] = Logistic if selected == "deal_logistic" else Leafwise
    return DealLearner(groups_of(selected, stated=stated), kind.of_state(state))
