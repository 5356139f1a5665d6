"""The fitted models that come with the program, per state of knowledge, and ranked candidates by them.

They were fitted on generated mail logs of many kinds (`python -m bench.hierarchy --fit`), so that a company
without any known line can be answered; where lines are known, these correct them (`gnn.reporting_lines.own`).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np
import numpy.typing as npt
import orjson

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Scores, load, scores
from gnn.reporting_lines.calibration import Calibration
from gnn.reporting_lines.pairs import Pairs

FOLDER = Path(__file__).parent / "fitted"


class Scale(NamedTuple):
    """Scores to probabilities: softmax of `factor` · score, times 1 − `rest`."""

    factor: float
    rest: float
    """Share of people whose superior is none of their candidates."""


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
    """A booster, how its scores become probabilities, and the calibration of the first candidate."""

    booster: lightgbm.Booster
    scale: Scale
    calibration: Calibration


@dataclass(frozen=True)
class Ranked:
    """Pairs with the probability that the candidate is the superior; sorted by person, likeliest first."""

    person: Ints
    candidate: Ints
    probability: Scores


class Look(StrEnum):
    """What signs a model reads."""

    FIRST = "first"
    """Those of the mails and of what is told."""
    SECOND = "second"
    """Also those of the lines that the first look supposes (`gnn.reporting_lines.second_look`)."""


def file_name(knowledge: Knowledge, look: Look = Look.FIRST) -> str:
    """The name, without ending, of the files of a model."""
    return knowledge.value if look is Look.FIRST else f"{knowledge}.{look}"


@cache
def fitted(knowledge: Knowledge, look: Look = Look.FIRST, folder: Path = FOLDER) -> Model:
    """The model that comes with the program."""
    name = file_name(knowledge, look)
    values = orjson.loads((folder / f"{name}.json").read_bytes())
    booster = load(folder / f"{name}.txt")
    return Model(
        booster, Scale(values["factor"], values["rest"]), Calibration(values["slope"], values["shift"])
    )


def rank(pairs: Pairs, model: Model) -> Ranked:
    """Candidates by a model."""
    found = scores(model.booster, pairs.values)
    return ranked(pairs, probabilities(pairs, found, model.scale), model.calibration)


def probabilities(pairs: Pairs, score: Scores, scale: Scale) -> Scores:
    """Probabilities per pair before calibration."""
    return softmax(pairs.person, scale.factor * score) * (1.0 - scale.rest)


def softmax(person: Ints, score: npt.NDArray[np.floating]) -> Scores:
    """Probability per pair: e^score over the sum of the person's candidates. `person` is sorted."""
    if not len(person):
        return np.zeros(0)
    starts = np.flatnonzero(np.concatenate([[True], person[1:] != person[:-1]]))
    counts = np.diff(np.concatenate([starts, [len(person)]]))
    most = np.repeat(np.maximum.reduceat(score, starts), counts)
    power = np.exp(score - most)
    total = np.repeat(np.add.reduceat(power, starts), counts)
    return np.asarray(power / total, dtype=np.float64)


def ranked(pairs: Pairs, probability: Scores, calibration: Calibration) -> Ranked:
    """Calibrated and sorted; of equal candidates the lower number first."""
    order = np.lexsort((pairs.candidate, -probability, pairs.person))
    return Ranked(pairs.person[order], pairs.candidate[order], calibration(probability[order]))
