"""The mails of a graph as arrays: who wrote when, to whom, and who was in copy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gnn.features.history import Ints
from gnn.sql import statement
from graph.history import History

DAY_SECONDS = 86_400


@dataclass(frozen=True)
class MailLog:
    """Mails with a sender and at least one recipient; people are numbered by their place in `people`.

    Row i of `mail`, `person`, `copied` is one recipient of mail `mail[i]`; nobody receives their own mail.
    """

    people: tuple[str, ...]
    """Everybody in the graph, as `Label|id`, whether or not they mail."""
    sender: Ints
    at: Ints
    """Seconds since 1970, UTC."""
    mail: Ints
    person: Ints
    copied: npt.NDArray[np.bool_]

    @property
    def recipients(self) -> Ints:
        """Number of recipients per mail."""
        return np.bincount(self.mail, minlength=len(self.sender))


def read_mail_log(history: History) -> MailLog:
    """The mails that everybody in the company may see, of contacts and employees alike."""
    people = _frame(history, "reporting_lines.people")
    parts = _frame(history, "reporting_lines.parts")
    return mail_log(tuple(people["person"].tolist()), parts)


def _frame(history: History, name: str) -> pd.DataFrame:
    found: pd.DataFrame = history.connection.sql(statement(name).text).df()
    return found


def mail_log(people: tuple[str, ...], parts: pd.DataFrame) -> MailLog:
    """The log of parts `mailing, sender, at, person, copied`; people are numbers into `people`.

    What one person sends in one second is one mail: exports often write a mail once per recipient. Stamps
    that are whole days tell nothing of the kind.
    """
    keys = ["sender", "at", "mailing"]
    timed = (parts["at"] % DAY_SECONDS != 0).to_numpy()
    keyed = parts.assign(mailing=np.where(timed, -1, parts["mailing"]))
    whole = keyed.groupby([*keys, "person"])["copied"].min().reset_index()
    number = whole.groupby(keys, sort=True).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    return MailLog(
        people,
        whole["sender"].to_numpy(np.int64)[first],
        whole["at"].to_numpy(np.int64)[first],
        number.astype(np.int64),
        whole["person"].to_numpy(np.int64),
        whole["copied"].to_numpy(np.bool_),
    )
