"""`evaluate hierarchy`: how often the true superior stands first, against a file of known lines.

Nobody is left out: who is not in the graph, has no mail, or has a superior who is no candidate is a miss.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gnn.errors import NotEnoughHistory
from gnn.features.history import Ints
from gnn.reporting_lines.candidates import pairs_of, starts_of
from gnn.reporting_lines.evidence import mail_evidence, manager_evidence
from gnn.reporting_lines.known_chart import NOBODY, Known, with_chart
from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.measures import Judged, measures
from gnn.reporting_lines.model import Knowledge, Look, Ranked, fitted, rank
from gnn.reporting_lines.own import rank_with_lines
from gnn.reporting_lines.pairs import Signals, signals
from gnn.reporting_lines.second_look import pairs_by_mail, pairs_by_managers
from gnn.reporting_lines.sureness import sureness, surer
from gnn.reporting_lines.traffic import traffic
from gnn.reporting_lines.truth import Truth
from graph.errors import UsageError


class NoMails(NotEnoughHistory):
    """There is no mail to infer from."""


@dataclass(frozen=True)
class Question:
    """What of the truth is told: nothing, the set of superiors, or a share of the lines."""

    known_managers: bool = False
    known_share: float | None = None
    folds: int | None = None
    """Unless given, as many as hide every row once."""
    seed: int = 7

    def __post_init__(self) -> None:
        """Raises UsageError where the options contradict each other."""
        if self.known_share is None:
            return
        if self.known_managers:
            raise UsageError("--known-managers and --known-share tell different things; choose one")
        if not 0.0 < self.known_share < 1.0:
            raise UsageError(f"--known-share {self.known_share}: a share between 0 and 1, such as 0.8")
        if self.folds not in {None, self.parts}:
            raise UsageError(
                f"--known-share {self.known_share} hides one row in {self.parts}: with --folds {self.folds} "
                f"not every row would be hidden once; write --folds {self.parts}"
            )

    @property
    def parts(self) -> int:
        """Into how many folds the rows are divided, each hidden once."""
        return 1 if self.known_share is None else max(2, round(1.0 / (1.0 - self.known_share)))


def evaluate(log: MailLog, truth: Truth, question: Question) -> dict[str, float]:
    """The measures of `gnn.reporting_lines.measures` over all rows of the truth. Raises NoMails."""
    return measures(judge(log, truth, question), question.seed)


def judge(log: MailLog, truth: Truth, question: Question) -> Judged:
    """Places and probabilities of all rows. Raises NoMails."""
    if not len(log.sender):
        raise NoMails("the graph holds no mail with a sender and a recipient; run `relgraph ingest` first")
    found = signals(traffic(log))
    size = len(truth.person)
    judged = Judged(np.zeros(size, dtype=np.int64), np.zeros(size), np.zeros(size, dtype=np.int64))
    for rows, lists in _answers(found, truth, question):
        _fill(judged, rows, truth, lists)
    return judged


def _answers(found: Signals, truth: Truth, question: Question) -> Iterator[tuple[Ints, Ranked]]:
    """Rows, and the candidates with which they are judged."""
    people, rows = len(found.people.mails), np.arange(len(truth.person))
    if question.known_share is not None:
        folds = fold_of(truth, question)
        for fold in range(question.parts):
            told = truth.known[folds[truth.known] != fold]
            known = Known.lines(truth.person[told], truth.manager[told], people)
            yield rows[folds == fold], by_lines(found, known, question.seed)
    elif question.known_managers:
        yield rows, by_managers(found, truth.manager[truth.manager != NOBODY])
    else:
        yield rows, by_mail(found)


def by_mail(found: Signals) -> Ranked:
    """Candidates of everybody from the mails alone."""
    pairs, model = pairs_by_mail(found), fitted(Knowledge.MAIL, Look.SECOND)
    return surer(rank(pairs, model), mail_evidence(pairs, found, model), sureness(Knowledge.MAIL))


def by_managers(found: Signals, managers: Ints) -> Ranked:
    """Candidates of everybody among these superiors."""
    known = Known.superiors(managers, len(found.people.mails))
    pairs, model = pairs_by_managers(found, known), fitted(Knowledge.MANAGERS, Look.SECOND)
    alone = mail_evidence(pairs_by_mail(found), found, fitted(Knowledge.MAIL, Look.SECOND))
    evidence = manager_evidence(mail_evidence(pairs, found, model), alone, known.managers)
    return surer(rank(pairs, model), evidence, sureness(Knowledge.MANAGERS))


def by_lines(found: Signals, known: Known, seed: int) -> Ranked:
    """Candidates of everybody from the mails and the known lines."""
    pairs = with_chart(pairs_of(found, known, only_managers=False), found, known)
    return rank_with_lines(pairs, found, known, fitted(Knowledge.CHART), seed)


def fold_of(truth: Truth, question: Question) -> Ints:
    """A fold per row: the persons in an order drawn by the seed, all rows of one person in one fold."""
    known = truth.person != NOBODY
    unknown = np.char.add("?", np.array(truth.names, dtype=np.str_))
    keys = np.where(known, truth.person.astype(np.str_), unknown)
    names, place = np.unique(keys, return_inverse=True)
    drawn = np.random.default_rng(question.seed).permutation(len(names)) % question.parts
    return np.asarray(drawn[place], dtype=np.int64)


def _fill(judged: Judged, rows: Ints, truth: Truth, lists: Ranked) -> None:
    """Write what the lists say of these rows."""
    starts = starts_of(lists.person)
    ends = np.append(starts[1:], len(lists.person))[: len(starts)]
    where = {
        int(lists.person[start]): (int(start), int(end)) for start, end in zip(starts, ends, strict=True)
    }
    for row in rows:
        start, end = where.get(int(truth.person[row]), (0, 0))
        if start == end:
            continue
        judged.probability[row] = lists.probability[start]
        judged.candidates[row] = end - start
        hit = np.flatnonzero(lists.candidate[start:end] == truth.manager[row])
        judged.place[row] = hit[0] + 1 if len(hit) else 0
