"""Where lines of the company are known: the fitted model corrected by them, and calibrated on them.

Twice: the second time the lines that the first supposes of everybody else are signs too (iterative
classification: Neville and Jensen, 2000). No hidden line is looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Examples, Scores, scores, surprise
from gnn.reporting_lines.calibration import Calibration, calibrate
from gnn.reporting_lines.candidates import of_largest, starts_of
from gnn.reporting_lines.choice import choose
from gnn.reporting_lines.known_chart import NOBODY, Known
from gnn.reporting_lines.line_signs import closeness, line_signs, supposed
from gnn.reporting_lines.model import Model, Ranked, Scale, probabilities, ranked
from gnn.reporting_lines.pairs import Pairs, Signals
from gnn.reporting_lines.sparse_rows import Floats, Matrix

FOLDS = 5
FEWEST = 30
"""Known lines from which a correction is learned."""
RIDGES = (50.0, 150.0, 500.0, 2_000.0)
"""How strongly weights are held to zero: what is tried; the last leaves little of the correction."""
Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lessons:
    """What is learned from: all pairs, their scores so far, and the signs from the mails and known lines."""

    pairs: Pairs
    found: Signals
    known: Known
    start: Scores
    close: dict[str, Matrix]
    values: Floats

    @property
    def true(self) -> Rows:
        """Pairs that a known line states."""
        return np.asarray(self.known.above[self.pairs.person] == self.pairs.candidate)

    @property
    def told(self) -> Rows:
        """Pairs of the persons whose superior is known."""
        return np.asarray(self.known.above[self.pairs.person] != NOBODY)

    def once(self, rows: Rows, ridge: float) -> Scores:
        """Scores of all pairs by a choice that is learned from the pairs `rows`."""
        return self._learned(self.values, rows, ridge)

    def twice(self, rows: Rows, ridge: float) -> Scores:
        """The same, the second time with the lines that the first supposes among the signs."""
        lines = supposed(self.pairs, self.known, self.once(rows, ridge))
        more = line_signs(self.pairs, self.found, self.close, lines)
        return self._learned(np.concatenate([self.values, more], axis=1), rows, ridge)

    def by_folds(self, score: Scores, learn: Callable[[Rows], Scores], seed: int) -> Scores:
        """`score`, of each known person by what `learn` learns from the other folds of them."""
        honest, fold = score.copy(), _folds(self.pairs.person, seed)
        for number in range(FOLDS):
            judged = self.told & (fold == number)
            honest[judged] = learn(self.told & (fold != number))[judged]
        return honest

    def _learned(self, values: Floats, rows: Rows, ridge: float) -> Scores:
        examples = Examples(self.pairs.person[rows], values[rows], self.true[rows])
        return choose(examples, self.start[rows], ridge)(self.start, values)


def rank_with_lines(pairs: Pairs, found: Signals, known: Known, model: Model, seed: int) -> Ranked:
    """Candidates by mails and the known lines. pairs: with the signs of the chart."""
    start = model.scale.factor * scores(model.booster, pairs.values)
    scale = Scale(1.0, model.scale.rest)
    if len(np.unique(pairs.person[known.above[pairs.person] != NOBODY])) < FEWEST:
        return ranked(pairs, probabilities(pairs, start, scale), model.calibration)
    lessons = _lessons(pairs, found, known, start)
    ridge = _ridge(lessons, seed)
    score = lessons.twice(lessons.told, ridge)
    honest = lessons.by_folds(score, lambda rows: lessons.twice(rows, ridge), seed)
    calibration = _calibrated(pairs, known, honest, scale)
    return ranked(pairs, probabilities(pairs, score, scale), calibration)


def _lessons(pairs: Pairs, found: Signals, known: Known, start: Scores) -> Lessons:
    close = dict(closeness(found))
    signs = [pairs.values, of_largest(pairs.person, pairs.values)]
    signs.append(line_signs(pairs, found, close, known.matrix))
    return Lessons(pairs, found, known, start, close, np.concatenate(signs, axis=1))


def _ridge(lessons: Lessons, seed: int) -> float:
    """The one of least surprise on folds of the known persons."""
    told = lessons.told
    examples = Examples(lessons.pairs.person, lessons.values, lessons.true).only(told)

    def missed(ridge: float) -> float:
        honest = lessons.by_folds(lessons.start, lambda rows: lessons.once(rows, ridge), seed)
        return surprise(examples, honest[told])

    return min(RIDGES, key=missed)


def _folds(person: Ints, seed: int) -> Ints:
    """A fold per person, as a column of the pairs."""
    drawn = np.random.default_rng(seed).permutation(int(person.max()) + 1) % FOLDS
    return np.asarray(drawn[person], dtype=np.int64)


def _calibrated(pairs: Pairs, known: Known, honest: Scores, scale: Scale) -> Calibration:
    """From the first candidates of the known persons, by scores that were not fitted to their own line.

    The signs of others, and what is supposed of them, may still hold it, so that this is somewhat too sure.
    """
    probability = probabilities(pairs, honest, scale)
    raw = ranked(pairs, probability, Calibration())
    first = starts_of(raw.person)
    first = first[known.above[raw.person[first]] != NOBODY]
    right = known.above[raw.person[first]] == raw.candidate[first]
    return calibrate(raw.probability[first], right)
