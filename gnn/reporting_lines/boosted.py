"""Ranking candidates by boosted trees: listwise (XE-NDCG, Bruch 2021), a group per person."""

from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.sparse_rows import Floats

Scores = npt.NDArray[np.float64]
NEGATIVES = 60
"""Candidates per person that are learned from, beside the true one."""


@dataclass(frozen=True)
class Examples:
    """Pairs to learn from: sorted by person, persons of several companies apart."""

    person: Ints
    values: Floats
    true: npt.NDArray[np.bool_]

    @property
    def answered(self) -> npt.NDArray[np.bool_]:
        """Rows of the persons whose superior is among the candidates."""
        starts = starts_of(self.person)
        counts = np.diff(np.append(starts, len(self.person)))
        return np.repeat(np.logical_or.reduceat(self.true, starts), counts)

    def only(self, rows: npt.NDArray[np.bool_]) -> "Examples":
        """The same for some pairs."""
        return Examples(self.person[rows], self.values[rows], self.true[rows])


@dataclass(frozen=True)
class Growth:
    """How a booster grows; small and strongly shrunk, for charts are small."""

    rounds: int
    leaves: int = 7
    least_rows: int = 100
    rate: float = 0.05
    shrinkage: float = 20.0
    """L2 on the leaves."""


def learnable(examples: Examples, seed: int) -> npt.NDArray[np.bool_]:
    """Rows of persons whose superior is among the candidates, with at most `NEGATIVES` others of each."""
    starts = starts_of(examples.person)
    counts = np.diff(np.append(starts, len(examples.person)))
    chance = np.repeat(NEGATIVES / np.maximum(counts, 1), counts)
    drawn = np.random.default_rng(seed).random(len(examples.person)) < chance
    return np.asarray(examples.answered & (examples.true | drawn))


def grow(examples: Examples, growth: Growth, seed: int, start: Scores | None = None) -> lightgbm.Booster:
    """A booster for these examples; start: scores that it adds to."""
    kept = learnable(examples, seed)
    chosen = examples.only(kept)
    groups = np.diff(np.append(starts_of(chosen.person), len(chosen.person)))
    data = lightgbm.Dataset(
        chosen.values,
        chosen.true.astype(np.int32),
        group=groups,
        init_score=None if start is None else start[kept],
    )
    return lightgbm.train(_parameters(growth, seed), data, growth.rounds)


def _parameters(growth: Growth, seed: int) -> dict[str, object]:
    return {
        "objective": "rank_xendcg", "num_leaves": growth.leaves, "learning_rate": growth.rate,
        "min_data_in_leaf": growth.least_rows, "feature_fraction": 0.3, "bagging_fraction": 0.7,
        "bagging_freq": 1, "lambda_l2": growth.shrinkage, "seed": seed, "num_threads": 1,
        "deterministic": True, "force_row_wise": True, "verbose": -1,
    }  # fmt: skip


def scores(booster: lightgbm.Booster, values: Floats) -> Scores:
    """A score per pair, in units of log-odds against another candidate."""
    if not len(values):
        return np.zeros(0)
    return np.asarray(booster.predict(values, num_threads=1), dtype=np.float64)


def surprise(examples: Examples, score: Scores) -> float:
    """Mean −log of the true candidate's share among the candidates, over persons who have it."""
    starts = starts_of(examples.person)
    counts = np.diff(np.append(starts, len(score)))
    most = np.maximum.reduceat(score, starts)
    total = np.log(np.add.reduceat(np.exp(score - np.repeat(most, counts)), starts)) + most
    place = np.repeat(np.arange(len(starts)), counts)[examples.true]
    return float(np.mean(total[place] - score[examples.true])) if len(place) else 0.0


def load(file: Path) -> lightgbm.Booster:
    """The booster of a text file."""
    return lightgbm.Booster(model_file=str(file))
