"""A second look at everybody, with the lines that the first model supposes among the signs.

Who mails with nobody above still mails with people whose superior shows (iterative classification: Neville
and Jensen, 2000). No known line is looked at.
"""

import numpy as np

from gnn.reporting_lines.boosted import Scores, scores
from gnn.reporting_lines.candidates import of_largest, pairs_of
from gnn.reporting_lines.known_chart import Known, votes, with_chart
from gnn.reporting_lines.line_signs import closeness, line_signs, others_below, supposed
from gnn.reporting_lines.model import Knowledge, fitted, softmax
from gnn.reporting_lines.pairs import Pairs, Signals
from gnn.reporting_lines.sparse_rows import Floats, Matrix

LEAST_CHANCE = 1e-9
OF_FIRST = ("log_chance_before", "share_before", "reports_before")
"""What the first model says of a pair: the log probability, its share of the likeliest, supposed reports."""


def pairs_by_mail(found: Signals) -> Pairs:
    """Candidates of everybody with nothing told, with the signs of both looks."""
    first = pairs_of(found, Known.nothing(len(found.people.mails)), only_managers=False)
    return with_supposed(first, found, Knowledge.MAIL)


def pairs_by_managers(found: Signals, known: Known) -> Pairs:
    """The same among known superiors."""
    first = with_chart(pairs_of(found, known, only_managers=True), found, known)
    return with_supposed(first, found, Knowledge.MANAGERS)


def with_supposed(pairs: Pairs, found: Signals, knowledge: Knowledge) -> Pairs:
    """The pairs with the signs of the lines that the first model supposes, and with how sure it is."""
    if not len(pairs.person):
        nothing = np.zeros((0, len(pairs.names) + len(OF_FIRST)), dtype=np.float32)
        return Pairs(pairs.person, pairs.candidate, (*pairs.names, *OF_FIRST), nothing)
    model = fitted(knowledge)
    score = model.scale.factor * scores(model.booster, pairs.values)
    lines = supposed(pairs, Known.nothing(len(found.people.mails)), score)
    more = np.concatenate(
        [
            line_signs(pairs, found, closeness(found), lines),
            np.stack([sign for _, sign in votes(pairs, found, lines, others_below(pairs, lines))], axis=1),
            _of_first(pairs, score, lines),
        ],
        axis=1,
    )
    names = (*(f"supposed_{number}" for number in range(more.shape[1] - len(OF_FIRST))), *OF_FIRST)
    values = np.concatenate([pairs.values, more], axis=1).astype(np.float32)
    return Pairs(pairs.person, pairs.candidate, (*pairs.names, *names), values)


def _of_first(pairs: Pairs, score: Scores, lines: Matrix) -> Floats:
    """The signs `OF_FIRST`; the supposed reports are those of the person."""
    chance = softmax(pairs.person, score)
    reports = np.asarray(lines.sum(axis=0), dtype=np.float32).ravel()
    columns = [
        np.log(np.maximum(chance, LEAST_CHANCE)),
        of_largest(pairs.person, chance),
        reports[pairs.person],
    ]
    return np.stack(columns, axis=1).astype(np.float32)
