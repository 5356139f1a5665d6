"""What is asked of a ranker and what it answers: lists of products for customers of one window."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import torch

from gnn.cross_sell.candidates import Candidates, candidates
from gnn.cross_sell.labels import CrossSellLabels
from gnn.cross_sell.scorers import CandidateScorers
from gnn.evaluate.ranking import hits, ndcg, recall
from gnn.features.feature_set import FeatureSet
from gnn.features.history import Doubles, Floats, Ints
from gnn.learn.windows import Window


@dataclass(frozen=True)
class RankingInput:
    """The common features of a cut-off and the candidate scorers of its history, worked out once."""

    features: FeatureSet

    @cached_property
    def scorers(self) -> CandidateScorers:
        """What speaks for each product for each customer."""
        return CandidateScorers(self.features.history)


@dataclass(frozen=True)
class RankingRequest:
    """Which customers want a list; the candidates are worked out once for all rankers."""

    inputs: RankingInput
    rows: Ints

    @cached_property
    def candidates(self) -> Candidates:
        """Candidates of these customers."""
        return candidates(self.inputs.scorers, self.rows)


@dataclass(frozen=True)
class Ranked:
    """Per customer the best columns, best first (−1: none left), and their scores; shapes [n, k]."""

    columns: Ints
    scores: Floats


@dataclass(frozen=True)
class Example:
    """What a ranker learns from in one window: of n customers the C candidates with their K scores."""

    features: FeatureSet
    rows: torch.Tensor
    """Customer rows [n]."""
    columns: torch.Tensor
    """Candidates [n, C]."""
    values: torch.Tensor
    """Scores [n, C, K]."""
    real: torch.Tensor
    """Which are candidates at all [n, C]."""
    bought: torch.Tensor
    """Which were bought: 1, else 0 [n, C]."""


@dataclass(frozen=True)
class RankingWindow:
    """A label window with the ranking that it asks for."""

    inputs: RankingInput
    labels: CrossSellLabels

    @cached_property
    def request(self) -> RankingRequest:
        """Lists wanted for the customers counted."""
        return RankingRequest(self.inputs, self.labels.rows)

    @property
    def example(self) -> Example:
        """What there is to learn in the window: customers that bought one of their candidates."""
        wanted = self.request.candidates
        bought = hits(wanted.columns, self.labels.bought[wanted.rows]) & wanted.real
        kept = bought.any(axis=1)
        parts = (wanted.rows, wanted.columns, wanted.values, wanted.real, bought.astype(np.float32))
        return Example(self.inputs.features, *(torch.from_numpy(part[kept]) for part in parts))

    def quality(self, ranked: Ranked) -> float:
        """Mean of recall@20 and NDCG@20 over the customers counted."""
        return float(self.qualities(ranked).mean())

    def qualities(self, ranked: Ranked) -> Doubles:
        """Mean of recall@20 and NDCG@20 of every customer counted."""
        listed, relevant = self.outcome(ranked)
        return np.asarray((recall(listed, relevant) + ndcg(listed, relevant)) / 2)

    def outcome(self, ranked: Ranked) -> tuple[npt.NDArray[np.bool_], Ints]:
        """Which of the listed products were bought [n, k], and how many there were to find [n]."""
        truth = self.labels.bought[self.labels.rows]
        return hits(ranked.columns, truth), np.diff(truth.indptr).astype(np.int64)


def ranking_window(window: Window[CrossSellLabels]) -> RankingWindow:
    """The ranking that a label window asks for."""
    return RankingWindow(RankingInput(window.features), window.labels)


def candidates_of(window: Window[CrossSellLabels], asked: RankingWindow | None = None) -> Candidates:
    """The candidates of the customers counted, kept with the window, unlike all that they were made from.

    asked: the ranking of this window, where it is at hand.
    """
    return window.once("candidates", lambda: (asked or ranking_window(window)).request.candidates)


def example_of(window: Window[CrossSellLabels], asked: RankingWindow | None = None) -> Example:
    """What there is to learn in a window, kept with it, unlike all that it was made from.

    asked: the ranking of this window, where it is at hand.
    """
    return window.once("example", lambda: (asked or ranking_window(window)).example)
