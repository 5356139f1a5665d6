"""How high each person stands, from the mails alone.

Who stands high is written to in mails to several, by many, by people who stand high themselves, and in the
company of many. Expected numbers of reports by the model say less (bench/results/hierarchy.md).
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.stats import rankdata

from gnn.reporting_lines.mail_log import MailLog
from gnn.reporting_lines.traffic import traffic

COMPANION = 0.33
"""Mails received together (each 1/(recipients − 1)) from which two people keep company: one among four."""
Places = npt.NDArray[np.float64]


def seniority(log: MailLog) -> Places:
    """A measure per person, 0…2; larger is higher.

    The place, from lowest to highest, by the writers who address the person among three or more, each
    weighing their own place by the number of such writers; and the place by the number of companions.
    """
    counted = traffic(log)
    addressed_by = sparse.csr_matrix((counted.group > 0).astype(np.float64)).T.tocsr()
    writers = np.asarray(addressed_by.sum(axis=1), dtype=np.float64).ravel()
    company = np.asarray((counted.together >= COMPANION).sum(axis=1), dtype=np.float64).ravel()
    by_place = np.asarray(addressed_by @ _places(writers), dtype=np.float64)
    return np.asarray(_places(by_place) + _places(company))


def _places(value: Places) -> Places:
    return np.asarray(
        rankdata(value.round(9)) / len(value), dtype=np.float64
    )  # sums differ in their last digits
