"""What the mails say of each person alone: how much, to how many, how central."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from gnn.reporting_lines.sparse_rows import Matrix, shares
from gnn.reporting_lines.traffic import Traffic

DAMPING = 0.85
"""Of PageRank (Brin and Page, 1998)."""
ROUNDS = 50


@dataclass(frozen=True)
class PersonSigns:
    """Signs per person, as places among all who mail: 0 the least, 1 the most; 0 for who does not mail."""

    names: tuple[str, ...]
    values: npt.NDArray[np.float32]
    """People × names."""
    mails: npt.NDArray[np.bool_]
    """Whether the person writes or gets any mail."""


def person_signs(counted: Traffic) -> PersonSigns:
    """The signs of everybody."""
    out, into = _sums(counted.sent, 1), _sums(counted.sent, 0)
    found = {
        "writes": out,
        "gets": into,
        "writes_to": _sums(counted.sent > 0, 1),
        "hears_from": _sums(counted.sent > 0, 0),
        "to_groups": _sums(counted.group, 1) / np.maximum(out, 1.0),
        "copied": _sums(counted.copied, 0) / np.maximum(into, 1.0),
        "gets_per_mail": (into + 1.0) / (out + 1.0),
        "gets_alone": _sums(counted.alone, 0) / np.maximum(into, 1.0),
        "answers": _sums(counted.answers, 1) / np.maximum(into, 1.0),
        "answered": _sums(counted.answers, 0) / np.maximum(out, 1.0),
        "slow": _sums(counted.answer_hours, 1) / np.maximum(_sums(counted.answers, 1), 1.0),
        "waits": _sums(counted.answer_hours, 0) / np.maximum(_sums(counted.answers, 0), 1.0),
        "pagerank": page_rank(counted.shared),
        "pagerank_back": page_rank(counted.shared.T.tocsr()),
        "breadth": breadth(counted.both),
    }
    mails = (out + into) > 0
    values = np.stack([_places(value, mails) for value in found.values()], axis=1)
    return PersonSigns(tuple(found), values, mails)


def page_rank(weight: Matrix) -> npt.NDArray[np.float64]:
    """PageRank along weighted mails, by power iteration; who writes to nobody passes to all alike."""
    people = weight.shape[0]
    step = shares(weight).T.tocsr()
    idle = np.asarray(weight.sum(axis=1)).ravel() == 0
    rank = np.full(people, 1.0 / max(people, 1))
    for _ in range(ROUNDS):
        rank = DAMPING * (step @ rank + rank[idle].sum() / people) + (1.0 - DAMPING) / people
    return np.asarray(rank)


def breadth(both: Matrix) -> npt.NDArray[np.float64]:
    """Effective number of partners: e to the entropy of the shares (Shannon)."""
    share = shares(both)
    share.data = -share.data * np.log(np.maximum(share.data, 1e-12))
    return np.asarray(np.exp(_sums(share, 1)))


def _sums(matrix: Matrix, axis: int) -> npt.NDArray[np.float64]:
    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).ravel()


def _places(value: npt.NDArray[np.float64], mails: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    places = np.zeros(len(value), dtype=np.float32)
    if mails.any():
        places[mails] = rankdata(value[mails]) / mails.sum()
    return places
