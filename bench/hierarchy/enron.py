"""Enron: how well senior people are told from junior ones by the mails alone, beside plain measures."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.report import Cell, Table
from gnn.evaluate.classification import auc
from gnn.reporting_lines.evaluate import by_mail
from gnn.reporting_lines.mail_log import MailLog, mail_log
from gnn.reporting_lines.pairs import signals
from gnn.reporting_lines.people import person_signs
from gnn.reporting_lines.seniority import seniority
from gnn.reporting_lines.traffic import traffic


def measure_enron(folder: Path) -> Table:
    """AUC of Senior against Junior over the 156 employees of `shared/data/enron`."""
    people = pd.read_csv(folder / "employees.tsv", sep="\t")
    log = read(folder, people)
    senior = _scores((people["seniority"] == "Senior").to_numpy())
    signs = person_signs(traffic(log))
    plain = {name: signs.values[:, signs.names.index(name)] for name in ("hears_from", "gets", "pagerank")}
    rows: list[tuple[Cell, ...]] = [
        (name, f"{auc(senior, _scores(values)):.3f}") for name, values in plain.items()
    ]
    rows.append(("expected reports by the model", f"{auc(senior, _reports(log)):.3f}"))
    rows.append(("seniority", f"{auc(senior, seniority(log)):.3f}"))
    note = "What `seniority` looks at was chosen with these 156 labels in sight."
    return Table("Enron: senior against junior, from mails alone", ("by", "AUC"), rows, (note,))


def _reports(log: MailLog) -> npt.NDArray[np.float64]:
    lists = by_mail(signals(traffic(log)))
    reports = np.bincount(lists.candidate, lists.probability, minlength=len(log.people))
    return reports.astype(np.float64)


def _scores(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def read(folder: Path, people: pd.DataFrame) -> MailLog:
    """The log of the folder."""
    messages = pd.read_csv(folder / "messages.tsv.gz", sep="\t")
    recipients = pd.read_csv(folder / "recipients.tsv.gz", sep="\t")
    number = {person: place for place, person in enumerate(people["employee_id"])}
    parts = recipients.merge(messages, on="message_id")
    parts = parts[parts["sender_id"] != parts["receiver_id"]]
    table = pd.DataFrame(
        {
            "mailing": parts["message_id"].astype("category").cat.codes.astype(np.int64),
            "sender": parts["sender_id"].map(number),
            "at": parts["unix_time"].astype(np.int64),
            "person": parts["receiver_id"].map(number),
            "copied": False,
        }
    )
    return mail_log(tuple(f"Employee|enron:{name}" for name in people["employee_id"]), table)
