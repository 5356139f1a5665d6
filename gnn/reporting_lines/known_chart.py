"""Signs from the known part of the chart: whom the people near a person report to.

A person's own line is left out of that person's signs, so that known lines can be learned from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Ints
from gnn.reporting_lines.pairs import Pairs, Signals
from gnn.reporting_lines.sparse_rows import Floats, Matrix, at, reciprocal_ranks, shares

NOBODY = -1


@dataclass(frozen=True)
class Known:
    """What is told of the chart, per person of the log."""

    managers: npt.NDArray[np.bool_]
    """Who is known to be a superior."""
    above: Ints
    """The known superior; `NOBODY` where not known."""

    @classmethod
    def nothing(cls, people: int) -> "Known":
        """Nothing is told."""
        return cls(np.zeros(people, dtype=np.bool_), np.full(people, NOBODY))

    @classmethod
    def superiors(cls, managers: Ints, people: int) -> "Known":
        """Who is a superior is told, and not whose."""
        known = cls.nothing(people)
        known.managers[managers] = True
        return known

    @classmethod
    def lines(cls, person: Ints, manager: Ints, people: int) -> "Known":
        """These lines are told; of several of one person the last counts."""
        known = cls.nothing(people)
        known.above[person] = manager
        known.managers[manager] = True
        return known

    @property
    def matrix(self) -> Matrix:
        """Person × superior, 1 per known line."""
        rows = np.flatnonzero(self.above != NOBODY)
        shape = (len(self.above), len(self.above))
        return sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, self.above[rows])), shape=shape)


def with_chart(pairs: Pairs, found: Signals, known: Known) -> Pairs:
    """The pairs with the signs of the known chart beside those of the mails."""
    columns = dict(_columns(pairs, found, known))
    values = np.concatenate([pairs.values, np.stack(list(columns.values()), axis=1)], axis=1)
    return Pairs(pairs.person, pairs.candidate, (*pairs.names, *columns), values.astype(np.float32))


def _columns(pairs: Pairs, found: Signals, known: Known) -> Iterator[tuple[str, Floats]]:
    person, candidate, lines = pairs.person, pairs.candidate, known.matrix
    own = (known.above[person] == candidate).astype(np.float32)
    reports = np.asarray(lines.sum(axis=0), dtype=np.float32).ravel()
    others = reports[candidate] - own
    yield "reports", np.log1p(others)
    yield "has_reports", (others > 0).astype(np.float32)
    yield "reports_of_person", np.log1p(reports[person])
    yield "below", _is_below(pairs, known)
    yield from votes(pairs, found, lines, others)
    yield from _relatives(pairs, found, known, lines)


def votes(pairs: Pairs, found: Signals, lines: Matrix, others: Floats) -> Iterator[tuple[str, Floats]]:
    """For every sort of closeness: how close the person is to who reports to the candidate.

    lines: person × superior. others: per pair the reports of the candidate but the person.
    """
    both = found.traffic.both
    log_both, log_together = (logged(matrix) for matrix in (both, found.traffic.together))
    sorts = {
        "mails": log_both, "together": log_together, "groups": logged(found.traffic.group),
        "likeness": found.likeness, "near": found.near, "like_of": found.likeness.T.tocsr(),
    }  # fmt: skip
    for name, close in sorts.items():
        vote = sparse.csr_matrix(shares(close) @ lines)
        yield f"{name}_vote", at(vote, pairs.person, pairs.candidate)
        yield f"{name}_vote_rank", at(reciprocal_ranks(vote), pairs.person, pairs.candidate)
        total = at(sparse.csr_matrix(close @ lines), pairs.person, pairs.candidate)
        yield f"{name}_mean", (total / np.maximum(others, 1.0)).astype(np.float32)


def _relatives(pairs: Pairs, found: Signals, known: Known, lines: Matrix) -> Iterator[tuple[str, Floats]]:
    """How close the person is to the candidate's own superior, peers and reports' superiors."""
    log_both = shares(logged(found.traffic.both))
    above = known.above[pairs.candidate]
    told = above != NOBODY
    yield "told", told.astype(np.float32)
    towards = at(log_both, pairs.person, np.maximum(above, 0))
    yield "to_superior_of_candidate", np.where(told, towards, 0.0).astype(np.float32)
    peers = at(sparse.csr_matrix(log_both @ lines), pairs.person, np.maximum(above, 0))
    yield "to_peers_of_candidate", np.where(told, peers, 0.0).astype(np.float32)
    down = sparse.csr_matrix(lines.T @ log_both)
    yield "reports_of_person_to_candidate", at(down, pairs.person, pairs.candidate)
    apart = 1.0 - _is_below(pairs, known)  # the level of who stands below hangs on the person's own line
    yield "level_of_candidate", (_levels(known)[pairs.candidate] * apart).astype(np.float32)


def logged(matrix: Matrix) -> Matrix:
    """log(1 + value) of every entry."""
    found = sparse.csr_matrix(matrix, copy=True)
    found.data = np.log1p(found.data)
    return found


def _levels(known: Known) -> Floats:
    """Known superiors above each person, at most eight: charts may hold circles."""
    level, above = np.zeros(len(known.above), dtype=np.float32), known.above.copy()
    for _ in range(8):
        told = above != NOBODY
        level += told
        above = np.where(told, known.above[np.maximum(above, 0)], NOBODY)
    return level


def _is_below(pairs: Pairs, known: Known) -> Floats:
    """Whether the candidate is known to stand somewhere below the person."""
    found = np.zeros(len(pairs.person), dtype=np.bool_)
    above = known.above[pairs.candidate]
    for _ in range(8):
        found |= above == pairs.person
        above = np.where(above == NOBODY, NOBODY, known.above[np.maximum(above, 0)])
    return found.astype(np.float32)
