"""Who writes how much to whom, in several senses, as sparse matrices (row: the one, column: the other)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from gnn.features.history import Ints
from gnn.reporting_lines.mail_log import MailLog

Matrix = sparse.csr_matrix
LARGEST = 30
"""Recipients up to which a mail says who belongs together."""
SEVERAL = 3
"""Recipients from which a mail is one to a group."""
ANSWER_SECONDS = 3 * 86_400
"""Within what time a mail back is an answer."""


@dataclass(frozen=True)
class Traffic:
    """Counts between all people; `…[a, b]` is about mails from a to b unless said otherwise."""

    sent: Matrix
    """Mails."""
    shared: Matrix
    """Mails, each divided among its recipients."""
    alone: Matrix
    """Mails to nobody else."""
    copied: Matrix
    """Mails with b in copy."""
    group: Matrix
    """Mails to three or more."""
    together: Matrix
    """Mails that both received; each counts 1/(recipients − 1) (Newman, 2001)."""
    answers: Matrix
    """Mails within three days after one from b to a."""
    answer_hours: Matrix
    """Sum over answers of log(1 + hours)."""
    opened: Matrix
    """Mails after three days of silence between the two."""

    @property
    def both(self) -> Matrix:
        """Mails in both directions, symmetric."""
        return sparse.csr_matrix(self.sent + self.sent.T)


def traffic(log: MailLog) -> Traffic:
    """All counts of a log; matrices are people × people."""
    people, size = len(log.people), log.recipients[log.mail]
    sender = log.sender[log.mail]

    def count(weight: npt.NDArray[np.floating]) -> Matrix:
        return _matrix(sender, log.person, weight, people)

    answers, hours, opened = _conversations(sender, log.person, log.at[log.mail], people)
    return Traffic(
        sent=count(np.ones(len(size))),
        shared=count(1.0 / size),
        alone=count((size == 1).astype(float)),
        copied=count(log.copied.astype(float)),
        group=count((size >= SEVERAL).astype(float)),
        together=_together(log, size),
        answers=answers,
        answer_hours=hours,
        opened=opened,
    )


def _matrix(row: Ints, column: Ints, weight: npt.NDArray[np.floating], people: int) -> Matrix:
    made = sparse.coo_matrix((weight.astype(np.float32), (row, column)), shape=(people, people)).tocsr()
    made.eliminate_zeros()
    return made


def _together(log: MailLog, size: Ints) -> Matrix:
    kept = (size >= 2) & (size <= LARGEST)
    weight = np.sqrt(1.0 / (size[kept] - 1)).astype(np.float32)
    shape = (len(log.sender), len(log.people))
    received = sparse.csr_matrix((weight, (log.mail[kept], log.person[kept])), shape=shape)
    found = (received.T @ received).tocsr()
    found.setdiag(0.0)
    found.eliminate_zeros()
    return found


def _conversations(sender: Ints, person: Ints, at: Ints, people: int) -> tuple[Matrix, Matrix, Matrix]:
    """Answers, log hours of answers, and openings, from each pair's mails in the order of time."""
    low, high = np.minimum(sender, person), np.maximum(sender, person)
    order = np.lexsort((at, high, low))
    pair = (low * people + high)[order]
    writer, reader, moment = sender[order], person[order], at[order]
    follows = np.concatenate([[False], pair[1:] == pair[:-1]])
    gap = np.concatenate([[0], np.diff(moment)])
    soon = follows & (gap <= ANSWER_SECONDS)
    answer = soon & np.concatenate([[False], writer[1:] != writer[:-1]])
    hours = np.log1p(gap[answer] / 3600.0)
    return (
        _matrix(writer[answer], reader[answer], np.ones(int(answer.sum())), people),
        _matrix(writer[answer], reader[answer], hours, people),
        _matrix(writer[~soon], reader[~soon], np.ones(int((~soon).sum())), people),
    )
