"""Fitting how sure the first candidates are, on companies of several sorts whose chart is known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson
from scipy.optimize import minimize
from scipy.special import expit

from gnn.features.history import Ints
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.evidence import Doubles, Evidence, mail_evidence, manager_evidence
from gnn.reporting_lines.known_chart import NOBODY, Known
from gnn.reporting_lines.model import Knowledge, Look, fitted, rank
from gnn.reporting_lines.pairs import Signals
from gnn.reporting_lines.second_look import pairs_by_mail, pairs_by_managers
from gnn.reporting_lines.sureness import Linear, Sureness, log_odds

SIGNS = ("odds", "mean_odds")
"""With nothing told; more signs fit the logs at hand better, and those of other makes worse."""
AMONG = (
    "odds", "lead", "by_mail", "odds_by_mail", "hears_most", "like_first", "alike_choose", "mean_lead",
    "lift", "mean_by_mail", "mean_odds_by_mail", "mean_mutual", "named", "managers", "agreed",
    "chance_before", "mean_agreed", "mean_chance_before",
)  # fmt: skip
CHANGE: dict[Knowledge, tuple[str, ...]] = {Knowledge.MAIL: SIGNS, Knowledge.MANAGERS: AMONG}
SHRINKAGE = {Knowledge.MAIL: 50.0, Knowledge.MANAGERS: 100.0}
"""L2 on the weights of standardised signs."""
OUTER = 0.005
"""Share of cases beyond each end of the range to which a sign is held."""
MOST = 60.0
"""Persons' worth that one company counts at most."""


@dataclass(frozen=True)
class Case:
    """One company: everybody's evidence and calibrated probability, and who of them is charted and right."""

    evidence: Evidence
    probability: Doubles
    charted: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]
    weight: float = 1.0

    @property
    def weights(self) -> Doubles:
        """Per charted person."""
        size = int(self.charted.sum())
        return np.full(size, self.weight * min(1.0, MOST / max(size, 1)))


def cases(found: Signals, above: Ints) -> dict[Knowledge, Case]:
    """What one company teaches. above: per person the superior of the chart, or `NOBODY`."""
    known = Known.superiors(above[above != NOBODY], len(above))
    pairs, among = pairs_by_mail(found), pairs_by_managers(found, known)
    by_mail, by_managers = (fitted(one, Look.SECOND) for one in (Knowledge.MAIL, Knowledge.MANAGERS))
    alone = mail_evidence(pairs, found, by_mail)
    told = manager_evidence(mail_evidence(among, found, by_managers), alone, known.managers)
    evidence = {
        Knowledge.MAIL: (alone, rank(pairs, by_mail)),
        Knowledge.MANAGERS: (told, rank(among, by_managers)),
    }
    return {
        knowledge: Case(
            one, lists.probability[starts_of(lists.person)], above[one.person] != NOBODY,
            above[one.person] == one.first,
        )
        for knowledge, (one, lists) in evidence.items()
    }  # fmt: skip


def fit_sureness(taught: Sequence[Case], knowledge: Knowledge) -> Sureness:
    """Least weighted log loss over the charted people of all companies."""
    weight = np.concatenate([case.weights for case in taught])
    right = np.concatenate([case.right[case.charted] for case in taught]).astype(np.float64)
    before = np.concatenate([log_odds(case.probability[case.charted]) for case in taught])
    change = _standard(taught, CHANGE[knowledge], weight)
    signs, shrinkage = _standardised(taught, change), SHRINKAGE[knowledge]

    def loss(values: Doubles) -> tuple[float, Doubles]:
        total = before + signs @ values
        held = np.append(values[:-1], 0.0)
        surprise = np.sum(weight * (np.logaddexp(0.0, total) - right * total))
        slope = signs.T @ (weight * (expit(total) - right))
        return float(surprise + shrinkage / 2 * held @ held), slope + shrinkage * held

    found = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B").x
    return Sureness(replace(change, weight=found[:-1].tolist(), shift=float(found[-1])))


def _standard(taught: Sequence[Case], names: Sequence[str], weight: Doubles) -> Linear:
    values = np.concatenate([case.evidence.columns(names)[case.charted] for case in taught])
    low, high = np.quantile(values, [OUTER, 1.0 - OUTER], axis=0)
    middle, spread = np.average(values, axis=0, weights=weight), values.std(axis=0) + 1e-9
    return Linear(tuple(names), low.tolist(), high.tolist(), middle.tolist(), spread.tolist())


def _standardised(taught: Sequence[Case], linear: Linear) -> Doubles:
    """Charted people × (signs, 1)."""
    values = np.concatenate([linear.standard(case.evidence)[case.charted] for case in taught])
    return np.column_stack([values, np.ones(len(values))])


def keep_sureness(found: Sureness, knowledge: Knowledge, folder: Path) -> None:
    """Write it as `sureness` reads it."""
    text = orjson.dumps(found.as_dict(), option=orjson.OPT_INDENT_2)
    (folder / f"{knowledge}.sureness.json").write_bytes(text + b"\n")
