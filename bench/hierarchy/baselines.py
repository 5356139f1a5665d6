"""What is plain: the rule that derive uses, whom a person mails most, and who hears from most people."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
from scipy import sparse

from gnn.features.history import Ints
from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.sparse_rows import Matrix
from gnn.reporting_lines.traffic import traffic
from graph.job import Job
from graph.reporting_line.copies import Copied, Copies
from graph.reporting_line.superior import Weights, case
from graph.title import read_title

DAY = datetime(2020, 1, 1, tzinfo=UTC)


def scored(log: MailLog) -> dict[str, Matrix]:
    """Per baseline the scores of candidates (row: person); zero is no candidate."""
    counted = traffic(log)
    both = counted.both
    heard = np.asarray((counted.sent > 0).sum(axis=0)).ravel()
    return {
        "rule": _rule(log),
        "most mailed": counted.shared,
        "most mails both ways": both,
        "partner who hears from most": sparse.csr_matrix(
            (both > 0).astype(np.float32).multiply(heard[None, :])
        ),
    }


def places(score: Matrix, person: Ints, manager: Ints, among: np.ndarray | None = None) -> Ints:
    """Place of each manager in the person's list, 1 the first; 0 where not among the candidates.

    Of equal candidates it is the middle place, so that a score that tells nothing hits nothing.
    """
    found = np.zeros(len(person), dtype=np.int64)
    for row, (one, boss) in enumerate(zip(person, manager, strict=True)):
        values = score[one].toarray().ravel()
        values = values if among is None else np.where(among, values, 0.0)
        if values[boss] > 0:
            equal = int((values == values[boss]).sum())
            found[row] = 1 + int((values > values[boss]).sum()) + equal // 2
    return found


def _rule(log: MailLog) -> Matrix:
    """e^score by the declared weights of `graph.reporting_line`: no titles here, so copies alone tell."""
    copies, jobs = _copies(log), [_job(str(number)) for number in range(len(log.people))]
    rows = []
    for job in jobs:
        values = np.zeros(len(jobs), dtype=np.float32)
        for one in case(job, jobs, {}, copies).colleagues:
            values[int(one.job.contact_id)] = np.exp(sum(map(Weights().weigh, one.signs)))
        rows.append(sparse.csr_matrix(values))
    return sparse.csr_matrix(sparse.vstack(rows))


def _job(number: str) -> Job:
    reading = read_title(None)
    return Job("company", number, number, reading, None, DAY, None, None, None, None, None)


def _copies(log: MailLog) -> Copies:
    shape, mails = (len(log.sender), len(log.people)), np.arange(len(log.sender))
    beside = _incidence(log.mail[log.copied], log.person[log.copied], shape)
    rows = np.concatenate([mails, log.mail[~log.copied]])
    main = _incidence(rows, np.concatenate([log.sender, log.person[~log.copied]]), shape)
    both = sparse.coo_matrix(main.T @ beside)
    pairs = {
        (str(one), str(other)): Copied(int(times), DAY, ())
        for one, other, times in zip(both.row, both.col, both.data, strict=True)
        if one != other
    }
    counts = np.asarray(main.sum(axis=0)).ravel()
    return Copies(pairs, Counter({str(number): int(count) for number, count in enumerate(counts)}))


def _incidence(mail: Ints, person: Ints, shape: tuple[int, int]) -> Matrix:
    return sparse.csr_matrix((np.ones(len(mail), np.float32), (mail, person)), shape=shape)
