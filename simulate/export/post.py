"""The mail log and the calendar."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from simulate.activity.messages import NOBODY
from simulate.config import Ints, Strings
from simulate.dirt.blemishes import Blemishes
from simulate.export import ids
from simulate.export.files import ROWS, FileWriter, minute_text
from simulate.export.span import dated
from simulate.names.words import SUBJECTS
from simulate.world import World


def _optional(values: Strings, number: Ints) -> Strings:
    return np.where(number != NOBODY, values[np.maximum(number, 0)], "")


def _both(one: Strings, other: Strings) -> Strings:
    between = np.where((one != "") & (other != ""), ";", "")
    return np.char.add(np.char.add(one, between), other)


def mails(world: World, rows: Ints) -> pd.DataFrame:
    """Rows of messages.csv.gz: who wrote to whom, with copies and what became of it."""
    mail, contact, ours = world.messages, world.contacts.email, world.colleagues.email
    outside, inside, inbound = contact[mail.job[rows]], ours[mail.staff[rows]], mail.inbound[rows]
    copies = _both(_optional(contact, mail.copied_job[rows]), _optional(ours, mail.copied_staff[rows]))
    table = pd.DataFrame(
        {
            "MessageId": np.char.add(ids.coded("<m", rows, 9), "@relco.example.com>"),
            "Date": minute_text(world.config.start, mail.minute[rows] + 480, "+08:00"),
            "From": np.where(inbound, outside, inside),
            "To": np.where(inbound, inside, outside),
            "Cc": copies,
            "Subject": np.array(SUBJECTS)[rows * 2654435761 % 2**32 % len(SUBJECTS)],
            "Status": np.where(mail.bounced[rows], "bounced", "delivered"),
        }
    )
    return dated(table, mail.minute[rows] // 1440)


def _mail_pieces(world: World) -> Iterator[pd.DataFrame]:
    damage = Blemishes(world.config, "mail")
    count = len(world.messages.minute)
    for begin in range(0, max(count, 1), ROWS):
        piece = mails(world, np.arange(begin, min(begin + ROWS, count)))
        piece = damage.break_dates(piece, "Date", 0.001)
        piece = damage.replace(piece, "From", 0.002, ("newsletter@news.example.org",))
        yield damage.repeat(piece, 0.004)


def meetings(world: World) -> pd.DataFrame:
    """meetings.csv: the calendar entries of the account owners with customers."""
    held, contact = world.meetings, world.contacts.email
    table = pd.DataFrame(
        {
            "EventId": ids.coded("EV", np.arange(len(held.minute)), 8),
            "Subject": "客户会议",
            "Start": minute_text(world.config.start, held.minute + 480, "+08:00"),
            "DurationMinutes": held.length,
            "Organizer": world.colleagues.email[held.organiser],
            "Attendees": _both(contact[held.job], _optional(contact, held.second_job)),
            "OpportunityId": ids.opportunity(held.deal),
        }
    )
    return dated(table, held.minute // 1440)


def write_post(writer: FileWriter, world: World) -> None:
    writer.csv_in_chunks("mail/messages.csv.gz", _mail_pieces(world))
    writer.csv("calendar/meetings.csv", meetings(world))
