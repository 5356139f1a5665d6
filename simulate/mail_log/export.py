"""A generated mail log as the files of an export, and its chart as a file apart from them."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from simulate.mail_log.mails import GeneratedLog

SOURCE = "mail"
"""Source of the ids that the chart names, as `mapping.yml` beside this file has it."""


def write_exports(log: GeneratedLog, folder: Path) -> None:
    """`employees.csv`, `messages.csv` and `recipients.csv`, as `simulate/mail_log/mapping.yml` reads them."""
    people = range(len(log.chart.superior))
    _write(folder / "employees.csv", ("employee_id",), ((person,) for person in people))
    messages = (
        (number, datetime.fromtimestamp(int(at), UTC).isoformat(), int(sender))
        for number, (sender, at) in enumerate(zip(log.sender, log.at, strict=True))
    )
    _write(folder / "messages.csv", ("message_id", "sent_at", "sender_id"), messages)
    recipients = (
        (int(mail), int(person), "cc" if copied else "to")
        for mail, person, copied in zip(log.mail, log.person, log.copied, strict=True)
    )
    _write(folder / "recipients.csv", ("message_id", "employee_id", "part"), recipients)


def write_truth(log: GeneratedLog, file: Path) -> None:
    """The chart as `relgraph evaluate hierarchy --truth` reads it."""
    rows = ((f"{SOURCE}:{person}", f"{SOURCE}:{superior}") for person, superior in log.lines())
    _write(file, ("person", "manager"), rows)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(header)
        writer.writerows(rows)
