"""Where lines of the company are known: the fitted model corrected by them, and calibrated on them.

What is added, and how much of it, is chosen by folds of the known persons; no hidden line is looked at.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Examples, Growth, Scores, grow, scores, surprise
from gnn.reporting_lines.calibration import Calibration, calibrate
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.known_chart import NOBODY, Known
from gnn.reporting_lines.model import Model, Ranked, Scale, probabilities, ranked
from gnn.reporting_lines.pairs import Pairs

FOLDS = 5
FEWEST = 30
"""Known lines from which a correction is learned."""
PARTS = (0.0, 0.5, 1.0)
"""How much of the correction is tried."""
GROWTH = Growth(rounds=80, leaves=5, least_rows=20, shrinkage=5.0)


class Corrected(NamedTuple):
    """Scores of all pairs with the best part of the correction, and honest ones of the known persons."""

    score: Scores
    honest: Scores


def rank_with_lines(pairs: Pairs, known: Known, model: Model, seed: int) -> Ranked:
    """Candidates by mails and the known lines. pairs: with the signs of the chart."""
    start = model.scale.factor * scores(model.booster, pairs.values)
    scale = Scale(1.0, model.scale.rest)
    rows = known.above[pairs.person] != NOBODY
    if len(np.unique(pairs.person[rows])) < FEWEST:
        return ranked(pairs, probabilities(pairs, start, scale), model.calibration)
    corrected = _corrected(pairs, known, start, rows, seed)
    calibration = _calibrated(pairs, known, corrected.honest, scale)
    return ranked(pairs, probabilities(pairs, corrected.score, scale), calibration)


def _corrected(
    pairs: Pairs, known: Known, start: Scores, rows: npt.NDArray[np.bool_], seed: int
) -> Corrected:
    examples = Examples(pairs.person, pairs.values, known.above[pairs.person] == pairs.candidate)
    fold = _folds(pairs.person, seed)
    honest = np.zeros(len(start))
    for number in range(FOLDS):
        learned = rows & (fold != number)
        booster = grow(examples.only(learned), GROWTH, seed, start[learned])
        judged = rows & (fold == number)
        honest[judged] = scores(booster, pairs.values[judged])
    part = min(PARTS, key=lambda part: surprise(examples.only(rows), (start + part * honest)[rows]))
    whole = scores(grow(examples.only(rows), GROWTH, seed, start[rows]), pairs.values)
    score = start + part * whole
    return Corrected(score, np.where(rows, start + part * honest, score))


def _folds(person: Ints, seed: int) -> Ints:
    """A fold per person, as a column of the pairs."""
    drawn = np.random.default_rng(seed).permutation(int(person.max()) + 1) % FOLDS
    return np.asarray(drawn[person], dtype=np.int64)


def _calibrated(pairs: Pairs, known: Known, honest: Scores, scale: Scale) -> Calibration:
    """From the first candidates of the known persons, by scores that never saw their own line."""
    probability = probabilities(pairs, honest, scale)
    raw = ranked(pairs, probability, Calibration())
    first = starts_of(raw.person)
    first = first[known.above[raw.person[first]] != NOBODY]
    right = known.above[raw.person[first]] == raw.candidate[first]
    return calibrate(raw.probability[first], right)
