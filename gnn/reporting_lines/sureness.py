"""The first candidate's probability, adapted to the log at hand by its evidence, without a label.

The calibration of the model is right for logs as hard as those it was fitted on. Here its log odds are
changed by the evidence. Fitted by `python -m bench.hierarchy --fit-sureness`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import orjson
from scipy.special import expit, logit

from gnn.reporting_lines.calibration import LEAST
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.evidence import Doubles, Evidence
from gnn.reporting_lines.model import FOLDER, Knowledge, Ranked


@dataclass(frozen=True)
class Linear:
    """A weighted sum of signs, each held to the range seen in fitting and standardised."""

    names: Sequence[str]
    low: Sequence[float]
    high: Sequence[float]
    middle: Sequence[float]
    spread: Sequence[float]
    weight: Sequence[float] = ()
    shift: float = 0.0

    def standard(self, evidence: Evidence) -> Doubles:
        """The signs in those units: persons × names."""
        values = evidence.columns(self.names)
        return np.asarray((np.clip(values, self.low, self.high) - self.middle) / self.spread)

    def __call__(self, evidence: Evidence) -> Doubles:
        """The sum per person."""
        return np.asarray(self.standard(evidence) @ np.asarray(self.weight) + self.shift)


@dataclass(frozen=True)
class Sureness:
    """Log odds → log odds + change."""

    change: Linear

    def __call__(self, probability: Doubles, evidence: Evidence) -> Doubles:
        """The adapted probabilities of the first candidates."""
        return np.asarray(expit(log_odds(probability) + self.change(evidence)))

    def as_dict(self) -> Mapping[str, object]:
        """Plain values, for a file."""
        return asdict(self)


def log_odds(probability: Doubles) -> Doubles:
    """Log odds, with probabilities held off 0 and 1."""
    return np.asarray(logit(np.clip(probability, LEAST, 1.0 - LEAST)))


@cache
def sureness(knowledge: Knowledge, folder: Path = FOLDER) -> Sureness:
    """The one that comes with the program."""
    values = orjson.loads((folder / f"{knowledge}.sureness.json").read_bytes())
    return Sureness(Linear(**values["change"]))


def surer(lists: Ranked, evidence: Evidence, adapted: Sureness) -> Ranked:
    """The same order with adapted probabilities; the others share at most what the first leaves."""
    if not len(lists.person):
        return lists
    starts = starts_of(lists.person)
    counts = np.diff(np.append(starts, len(lists.person)))
    before = lists.probability[starts]
    first = adapted(before, evidence)
    others = np.add.reduceat(lists.probability, starts) - before
    left = (1.0 - first) / np.maximum(1.0 - before, np.maximum(others, LEAST))
    probability = np.minimum(lists.probability * np.repeat(left, counts), np.repeat(first, counts))
    probability[starts] = first
    return Ranked(lists.person, lists.candidate, probability)
