"""Fitting the models that come with the program, on companies whose chart is known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Examples, Growth, Scores, grow, scores, surprise
from gnn.reporting_lines.calibration import Calibration, calibrate
from gnn.reporting_lines.candidates import pairs_of, starts_of
from gnn.reporting_lines.known_chart import NOBODY, Known, with_chart
from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.model import Knowledge, Model, Scale, probabilities, ranked
from gnn.reporting_lines.pairs import Pairs, signals
from gnn.reporting_lines.second_look import pairs_by_mail, pairs_by_managers
from gnn.reporting_lines.traffic import traffic

GROWTH = Growth(rounds=150, leaves=15, least_rows=50, shrinkage=1.0)
FACTORS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0)
"""Factors of the scores that are tried; the booster's loss leaves their unit open."""
PARTS = 2
TOLD = 0.8


@dataclass(frozen=True)
class Lesson:
    """The pairs of one company, and the superior of whom the chart names (`NOBODY` for others)."""

    pairs: Pairs
    above: Ints

    @property
    def examples(self) -> Examples:
        """The pairs of the persons whom the chart names."""
        pairs = self.pairs
        true = self.above[pairs.person] == pairs.candidate
        return Examples(pairs.person, pairs.values, true).only(self.charted)

    @property
    def charted(self) -> npt.NDArray[np.bool_]:
        """Pairs of the persons whom the chart names."""
        return np.asarray(self.above[self.pairs.person] != NOBODY)


def lessons(log: MailLog, above: Ints, seed: int) -> dict[Knowledge, Lesson]:
    """What one company teaches at every state of knowledge; with lines told, of those who were hidden."""
    found = signals(traffic(log))
    people, rows = len(above), np.flatnonzero(above != NOBODY)
    told = rows[np.random.default_rng(seed).random(len(rows)) < TOLD]
    part = Known.lines(told, above[told], people)
    only, nothing = Known.superiors(above[rows], people), Known.nothing(people)
    return {
        Knowledge.MAIL: Lesson(pairs_of(found, nothing, only_managers=False), above),
        Knowledge.MANAGERS: Lesson(with_chart(pairs_of(found, only, only_managers=True), found, only), above),
        Knowledge.CHART: Lesson(with_chart(pairs_of(found, part, only_managers=False), found, part), above),
    }


def second_lessons(log: MailLog, above: Ints) -> dict[Knowledge, Lesson]:
    """What one company teaches at a second look, of one that the first models were not fitted on."""
    found, known = signals(traffic(log)), Known.superiors(above[above != NOBODY], len(above))
    return {
        Knowledge.MAIL: Lesson(pairs_by_mail(found), above),
        Knowledge.MANAGERS: Lesson(pairs_by_managers(found, known), above),
    }


def fit(companies: Sequence[Lesson], seed: int) -> Model:
    """A model of these companies, calibrated on each half by a model of the other half."""
    honest = [part for half in range(PARTS) for part in _honest(companies, half, seed)]
    scale = _scale(honest)
    booster = grow(stacked(lesson.examples for lesson in companies), GROWTH, seed)
    return Model(booster, scale, calibrate(*_firsts(honest, scale)))


def _scale(honest: Sequence[tuple[Lesson, Scores]]) -> Scale:
    """The factor of least surprise, and the share of persons whose superior is no candidate."""
    examples = stacked(lesson.examples for lesson, _ in honest)
    score = np.concatenate([score[lesson.charted] for lesson, score in honest])
    factor = min(FACTORS, key=lambda factor: surprise(examples, factor * score))
    persons = sum(int((lesson.above != NOBODY).sum()) for lesson, _ in honest)
    return Scale(factor, 1.0 - float(examples.true.sum()) / persons)


def _honest(companies: Sequence[Lesson], half: int, seed: int) -> Iterator[tuple[Lesson, Scores]]:
    learned = [lesson for place, lesson in enumerate(companies) if place % PARTS != half]
    booster = grow(stacked(lesson.examples for lesson in learned), GROWTH, seed)
    for place, lesson in enumerate(companies):
        if place % PARTS == half:
            yield lesson, scores(booster, lesson.pairs.values)


def stacked(parts: Iterable[Examples]) -> Examples:
    """The examples of several companies, their persons numbered on."""
    found, offset = list(parts), 0
    persons = []
    for part in found:
        persons.append(part.person + offset)
        offset += int(part.person.max(initial=0)) + 1
    return Examples(
        np.concatenate(persons),
        np.concatenate([part.values for part in found]),
        np.concatenate([part.true for part in found]),
    )


def _firsts(honest: Sequence[tuple[Lesson, Scores]], scale: Scale) -> tuple[Scores, np.ndarray]:
    """Probability of every charted person's first candidate, and whether it is right."""
    probability, right = [], []
    for lesson, score in honest:
        raw = ranked(lesson.pairs, probabilities(lesson.pairs, score, scale), Calibration())
        first = starts_of(raw.person)
        first = first[lesson.above[raw.person[first]] != NOBODY]
        probability.append(raw.probability[first])
        right.append(lesson.above[raw.person[first]] == raw.candidate[first])
    return np.concatenate(probability), np.concatenate(right)


def keep(model: Model, name: str, folder: Path) -> None:
    """Write a model as `fitted` reads it; name: that of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    model.booster.save_model(str(folder / f"{name}.txt"))
    values = model.scale._asdict() | dict(model.calibration.as_dict())
    (folder / f"{name}.json").write_bytes(orjson.dumps(values, option=orjson.OPT_INDENT_2) + b"\n")
