"""How high each person stands, from the mails alone: whom the inferred lines lead to."""

import numpy as np
import numpy.typing as npt

from gnn.reporting_lines.evaluate import by_mail
from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.pairs import signals
from gnn.reporting_lines.traffic import traffic


def seniority(log: MailLog) -> npt.NDArray[np.float64]:
    """Expected number of reports of everybody by the model for mails alone."""
    lists = by_mail(signals(traffic(log)))
    reports = np.bincount(lists.candidate, lists.probability, minlength=len(log.people))
    return reports.astype(np.float64)
