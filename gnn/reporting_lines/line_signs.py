"""Signs from lines, known or supposed: how close a person is to who reports, or may report, to a candidate.

A person's own known line is left out of that person's signs, so that known lines can be learned from. Where
lines are supposed, it may come back through what is supposed of others.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from scipy import sparse

from gnn.reporting_lines.boosted import Scores
from gnn.reporting_lines.candidates import of_largest
from gnn.reporting_lines.known_chart import NOBODY, Known, logged
from gnn.reporting_lines.model import softmax
from gnn.reporting_lines.pairs import Pairs, Signals
from gnn.reporting_lines.sparse_rows import Floats, Matrix, at, cosine_unit, likest, shares

CLOSE = 60
"""How many people each person is compared with, per sort of likeness."""
LEAST = 0.02
"""Lines less likely than this are not supposed."""


def closeness(found: Signals) -> Mapping[str, Matrix]:
    """Sorts of closeness, person × person: mails between the two alone, alike partners, alike writers."""
    counted = found.traffic
    return {
        "alone": logged(counted.alone + counted.alone.T),
        "partners": likest(cosine_unit(_rare_weigh_more(counted.both)), CLOSE),
        "writers": likest(cosine_unit(_rare_weigh_more(counted.sent.T.tocsr())), CLOSE),
    }


def _rare_weigh_more(matrix: Matrix) -> Matrix:
    """Log counts times the inverse document frequency of the column (Spärck Jones, 1972)."""
    rows = logged(matrix)
    frequency = np.asarray((rows > 0).sum(axis=0)).ravel()
    rarity = np.log((1.0 + matrix.shape[0]) / (1.0 + frequency)).astype(np.float32)
    return sparse.csr_matrix(rows @ sparse.diags(rarity))


def supposed(pairs: Pairs, known: Known, score: Scores) -> Matrix:
    """Person × superior: 1 per known line, and of everybody else the probabilities of the scores."""
    chance = softmax(pairs.person, score)
    kept = (known.above[pairs.person] == NOBODY) & (chance >= LEAST)
    places = (pairs.person[kept], pairs.candidate[kept])
    others = sparse.csr_matrix((chance[kept].astype(np.float32), places), shape=known.matrix.shape)
    return sparse.csr_matrix(known.matrix + others)


def line_signs(pairs: Pairs, found: Signals, close: Mapping[str, Matrix], lines: Matrix) -> Floats:
    """The signs of these lines per pair, each also as a share of the largest of the person's candidates."""
    values = np.stack(list(_columns(pairs, found, close, lines)), axis=1)
    return np.concatenate([values, of_largest(pairs.person, values)], axis=1)


def others_below(pairs: Pairs, lines: Matrix) -> Floats:
    """Per pair the reports of the candidate by these lines, the person left out."""
    reports = np.asarray(lines.sum(axis=0), dtype=np.float32).ravel()
    own = at(lines, pairs.person, pairs.candidate)
    return np.asarray(np.maximum(reports[pairs.candidate] - own, 0.0), dtype=np.float32)


def _columns(pairs: Pairs, found: Signals, close: Mapping[str, Matrix], lines: Matrix) -> Iterator[Floats]:
    person, candidate = pairs.person, pairs.candidate
    others = others_below(pairs, lines)
    yield np.log1p(others)
    for matrix in close.values():
        yield at(sparse.csr_matrix(shares(matrix) @ lines), person, candidate)
        total = at(sparse.csr_matrix(matrix @ lines), person, candidate)
        yield np.asarray(total / np.maximum(others, 0.5), dtype=np.float32)
    partners = shares(logged(found.traffic.both))
    back = lines.T.tocsr()
    yield at(sparse.csr_matrix(partners @ back), person, candidate)  # to the superior of the candidate
    yield at(sparse.csr_matrix(sparse.csr_matrix(partners @ lines) @ back), person, candidate)  # to peers
    yield at(lines, candidate, person)
