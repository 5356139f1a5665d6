"""What speaks for each first candidate, and how plain the log as a whole is; no label is looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import logit

from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Scores, scores
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.model import Model, softmax
from gnn.reporting_lines.pairs import Pairs, Signals
from gnn.reporting_lines.sparse_rows import Matrix, at, shares

Doubles = npt.NDArray[np.float64]
Sign = tuple[str, npt.NDArray[np.generic]]
LEAST = 1e-3
MOST_LEAD = 12.0
"""Leads beyond this say no more."""


@dataclass(frozen=True)
class Evidence:
    """One entry per person with candidates, in the order of persons."""

    person: Ints
    first: Ints
    signs: Mapping[str, Doubles]

    def column(self, name: str) -> Doubles:
        """A sign; `mean_…` is its mean over everybody, said for each."""
        if name in self.signs:
            return self.signs[name]
        value = self.signs[name.removeprefix("mean_")].mean()
        return np.full(len(self.person), value)

    def columns(self, names: Sequence[str]) -> Doubles:
        """Persons × names."""
        columns = [self.column(name) for name in names]
        return np.column_stack(columns) if columns else np.zeros((len(self.person), 0))


def mail_evidence(pairs: Pairs, found: Signals, model: Model) -> Evidence:
    """The evidence of the mails alone. pairs: as the model ranks them."""
    probability = softmax(pairs.person, model.scale.factor * scores(model.booster, pairs.values))
    order = np.lexsort((pairs.candidate, -probability, pairs.person))
    rows = order[starts_of(pairs.person[order])] if len(order) else order
    person, first = pairs.person[rows], pairs.candidate[rows]
    signs = dict(_of_lists(pairs, probability, order, rows))
    signs |= dict(_of_pairs(pairs, rows))
    signs["alike_choose"] = _alike_choose(found.likeness, person, first)
    return Evidence(person, first, {name: np.asarray(sign, np.float64) for name, sign in signs.items()})


def manager_evidence(among: Evidence, alone: Evidence, managers: npt.NDArray[np.bool_]) -> Evidence:
    """The evidence among known superiors, with how far the mails alone name them.

    `lift`: of first candidates by mail alone, how many are superiors; 0 as by chance, 1 all. `named`: of the
    superiors, how many are anybody's first. `managers`: log odds of being one.
    """
    first, odds = np.full(len(managers), -1), np.zeros(len(managers))
    first[alone.person], odds[alone.person] = alone.first, alone.signs["odds"]
    mailing = managers[alone.person]
    chance = float(np.clip(mailing.mean(), LEAST, 1.0 - LEAST))
    everybody = {
        "lift": (managers[alone.first].mean() - chance) / (1.0 - chance),
        "named": len(np.unique(among.first)) / max(int(mailing.sum()), 1),
        "managers": float(logit(chance)),
    }
    signs = dict(among.signs) | {
        "by_mail": (first[among.person] == among.first).astype(np.float64),
        "odds_by_mail": odds[among.person],
    }
    signs |= {name: np.full(len(among.person), value) for name, value in everybody.items()}
    return Evidence(among.person, among.first, signs)


def _of_lists(pairs: Pairs, probability: Scores, order: Ints, rows: Ints) -> Iterator[Sign]:
    """How sure the ranking is, and how far the first leads the second in log odds."""
    starts = starts_of(pairs.person[order])
    counts = np.diff(np.append(starts, len(order)))
    second = np.where(counts > 1, probability[order[starts + (counts > 1)]], 0.0)
    yield "odds", logit(np.clip(probability[rows], LEAST, 1.0 - LEAST))
    yield "lead", np.minimum(np.log(probability[rows] / np.maximum(second, 1e-12)), MOST_LEAD)
    first = np.full(int(max(pairs.person.max(initial=0), pairs.candidate.max(initial=0))) + 1, -1)
    first[pairs.person[rows]] = pairs.candidate[rows]
    yield "mutual", first[pairs.candidate[rows]] == pairs.person[rows]


def _of_pairs(pairs: Pairs, rows: Ints) -> Iterator[Sign]:
    """Signs of the ranking itself: what those alike choose, who hears most, and the first look.

    `agreed`: how likely the first look held the same candidate, as a share of its likeliest. How often two
    rankings agree says how often they are right, without a label (Jiang et al., 2022).
    """
    yield "like_first", pairs.values[rows, pairs.names.index("like_first_relative")]
    yield "agreed", pairs.values[rows, pairs.names.index("share_before")]
    yield "chance_before", pairs.values[rows, pairs.names.index("log_chance_before")]
    yield "hears_most", pairs.values[rows, pairs.names.index("shared_down_rank")] >= 1.0


def _alike_choose(likeness: Matrix, person: Ints, first: Ints) -> Doubles:
    """The share of those like each person who have the same first candidate."""
    chosen = sparse.csr_matrix((np.ones(len(person)), (person, first)), shape=likeness.shape)
    return np.asarray(at(sparse.csr_matrix(shares(likeness) @ chosen), person, first), dtype=np.float64)
