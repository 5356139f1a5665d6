"""What a task is: one declaration of population, labels, horizon, candidates and metrics.

The separation is RelBench's (Robinson et al., NeurIPS 2024). The common steps (label windows, evaluate, train
and score) know a task by this declaration alone; what is its own stands in its room (`gnn/churn`,
`gnn/cross_sell`). `gnn.tasks` finds it by name.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import torch

from cypher import Query
from gnn.calendar import Cutoffs, cutoffs_before, default_horizon
from gnn.features.feature_set import FeatureSet
from gnn.features.history import History
from gnn.learn.labels import Labels
from gnn.learn.windows import Window, Windows
from gnn.offer_limits import OfferLimits
from gnn.registry import Artefact
from gnn.snapshot.tables import Log

State = dict[str, torch.Tensor]
Predictions = Mapping[str, npt.NDArray[Any]]
"""What one candidate said and what came, as named arrays with one entry per customer counted."""


class Candidate(Protocol):
    """A model that could serve a task, or its calibration."""

    def state(self) -> State:
        """What it learned, as tensors."""


L = TypeVar("L", bound=Labels)
M = TypeVar("M", bound=Candidate)
M_co = TypeVar("M_co", bound=Candidate, covariant=True)
C = TypeVar("C", bound=Candidate)
C_co = TypeVar("C_co", bound=Candidate, covariant=True)


@dataclass(frozen=True)
class Fit(Generic[M_co, C_co]):
    """Every candidate fitted on all windows, how well each did on validation, and the choice."""

    models: Mapping[str, M_co]
    validation: Mapping[str, Mapping[str, float]]
    """Per candidate what a row of a report says of it, by name."""
    calibrators: Mapping[str, C_co]
    """Scores to probabilities, of the selected candidate at least; kept with the models."""
    selected: str
    ids: tuple[str, ...] = ()
    """Ids that a model knows by place, kept with it."""
    remarks: tuple[str, ...] = ()
    """What a user should know of the answers, as sentences."""
    not_run: Mapping[str, str] = field(default_factory=dict)
    """Candidates that were left out, each with the reason."""


@dataclass(frozen=True)
class Parts:
    """Parts to write between nodes: `{start, end, props}` each."""

    kind: str
    start: str
    end: str
    rows: Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Standing:
    """What stands in the graph of the subjects that a result is about, and how that ends.

    `read` is a query whose rows have `subject`, the `id` of what stands of it, and what `gnn.standing.moved`
    compares; of several of one subject the first counts. `end` is a query that takes `ids`.
    """

    read: str | Query
    end: str
    asked: Mapping[str, Any]
    """Parameters of `read`."""
    ended: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of `end`, beside `ids`."""


@dataclass(frozen=True)
class Result:
    """Nodes of one label that a scoring makes, `{id, props}` each; then the parts that hold them.

    `name` counts them in the report; results of one name are counted together. With `standing`, a node also
    names its `subject`: it is written only where it differs from what stands, which ends where it is neither
    confirmed nor written anew.
    """

    name: str
    label: str
    nodes: Iterable[dict[str, Any]]
    parts: tuple[Parts, ...] = ()
    standing: Standing | None = None


def result_id(*parts: str) -> str:
    """A stable id of 32 hex digits: the same model, subject and moment give the same node."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Scoring:
    """When a scoring is made: by the wall clock, and as of which moment (the company's now)."""

    at: datetime
    as_of: datetime
    limits: OfferLimits = field(default_factory=OfferLimits)
    """Of lists of products."""


class Writer(Protocol):
    """The part of a store that is needed for writing back."""

    def read(self, asked: str | Query, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of a read query."""

    def write(self, asked: str, /, **params: Any) -> Any:
        """The result of a write query."""

    def upsert_nodes(self, label: str, rows: Iterable[dict[str, Any]]) -> int:
        """Create or update nodes."""

    def upsert_parts(self, kind: str, start: str, end: str, rows: Iterable[dict[str, Any]]) -> int:
        """Create or update parts."""


def nothing_retires(_store: Writer, _artefact: Artefact, _scoring: Scoring) -> None:
    """Older results stay."""


@dataclass(frozen=True)
class Task(Generic[L, M, C]):
    """One question to learn: whom it counts, what is asked, how answers are judged, what is written."""

    name: str
    """As on the command line and on the `Model` node."""
    metric: str
    """The measure that reports show first, a key of `measures`; larger is better."""
    baseline: str
    """The plain candidate that the choice is shown beside."""
    validation: str
    """The validation measure that is shown first, a key of `Fit.validation`."""
    labels: Callable[[Log, History], L]
    """Population of a cut-off, and from the log what became of it in [cutoff, cutoff + horizon)."""
    fit: Callable[Concatenate[Windows[L], int, ...], Fit[M, C]]
    """Fit every candidate and choose, by label windows and seed; raises NotEnoughHistory or OneClassOnly.

    Where the task says what is `kept`, a third argument names candidates. Then the choice is made among all,
    and only what serves, the named ones, and what either is a blend of are fitted anew on all windows."""
    predictions: Callable[[Fit[M, C], Window[L]], Mapping[str, Predictions]]
    """Per candidate its predictions in a window; raises where nothing can be judged there."""
    measures: Callable[[Predictions, int], dict[str, Any]]
    """Metrics of one candidate's predictions; the seed draws the confidence interval `ci95`."""
    results: Callable[[Artefact, FeatureSet, Scoring], Iterator[Result]]
    """What today's scoring writes, by the artefact that serves."""
    retire: Callable[[Writer, Artefact, Scoring], None] = nothing_retires
    """Remove what must not stand beside today's scoring; runs before it is written."""
    horizon: Callable[[Log], pd.Timedelta] = field(default=default_horizon)
    """How far ahead, where the user does not say."""
    cutoffs: Callable[[Log, pd.Timestamp, pd.Timedelta], Cutoffs] = field(default=cutoffs_before)
    """Where label windows begin, by log, cut-off and horizon; raises NotEnoughHistory."""
    lift: "Lift[L] | None" = None
    kept: tuple[str, ...] | None = None
    """Candidates that an artefact holds beside the one that serves; None: all."""

    def fit_some(self, windows: Windows[L], seed: int, names: Collection[str] | None) -> Fit[M, C]:
        """As `fit`; of these candidates beside what serves only, where the task keeps less than all."""
        if self.kept is None or names is None:
            return self.fit(windows, seed)
        return self.fit(windows, seed, names)


@dataclass(frozen=True)
class Lift(Generic[L]):
    """What each kind of information adds, beside the candidates of a report."""

    predictions: Callable[[Windows[L], Window[L], int], Mapping[str, Predictions]]
    """Per step what it says of the customers of a window, by what was learned from the others and a seed."""
    rows: Callable[[Mapping[str, Predictions], int], list[dict[str, Any]]]
    """The steps as rows of a report."""


def counted(predictions: Predictions) -> int:
    """Number of customers that the predictions are about."""
    return len(next(iter(predictions.values()), np.empty(0)))
