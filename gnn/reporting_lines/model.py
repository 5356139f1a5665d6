"""The fitted models that come with the program, one per state of knowledge, and ranked candidates by them.

They were fitted on generated mail logs of many kinds (`python -m bench.hierarchy --fit`), so that a company
without any known line can be answered; where lines are known, these correct them (`gnn.reporting_lines.own`).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import lightgbm
import numpy as np
import orjson

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Scores, load, scores
from gnn.reporting_lines.calibration import Calibration
from gnn.reporting_lines.pairs import Pairs
from gnn.reporting_lines.tree import softmax, without_circles

FOLDER = Path(__file__).parent / "fitted"


class Knowledge(StrEnum):
    """What is told of the chart."""

    MAIL = "mail"
    """Nothing."""
    MANAGERS = "managers"
    """Who is a superior at all."""
    CHART = "chart"
    """Some of the lines."""


@dataclass(frozen=True)
class Model:
    """A booster, the score of "none of the candidates", and the calibration of the first candidate."""

    booster: lightgbm.Booster
    none: float
    calibration: Calibration


@dataclass(frozen=True)
class Ranked:
    """Pairs with the probability that the candidate is the superior; sorted by person, likeliest first."""

    person: Ints
    candidate: Ints
    probability: Scores


@cache
def fitted(knowledge: Knowledge, folder: Path = FOLDER) -> Model:
    """The model that comes with the program."""
    values = orjson.loads((folder / f"{knowledge}.json").read_bytes())
    booster = load(folder / f"{knowledge}.txt")
    return Model(booster, values["none"], Calibration(values["slope"], values["shift"]))


def rank(pairs: Pairs, model: Model) -> Ranked:
    """Candidates by a model."""
    found = scores(model.booster, pairs.values)
    return ranked(pairs, probabilities(pairs, found, model.none), model.calibration)


def probabilities(pairs: Pairs, score: Scores, none: float) -> Scores:
    """Probabilities per pair before calibration, circles ruled out."""
    return without_circles(pairs.person, pairs.candidate, softmax(pairs.person, score, none))


def ranked(pairs: Pairs, probability: Scores, calibration: Calibration) -> Ranked:
    """Calibrated and sorted; of equal candidates the lower number first."""
    order = np.lexsort((pairs.candidate, -probability, pairs.person))
    return Ranked(pairs.person[order], pairs.candidate[order], calibration(probability[order]))
