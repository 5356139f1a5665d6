"""The help desk's tickets (Zendesk's column names)."""

import numpy as np
import pandas as pd

from simulate.activity.tickets import PRIORITIES
from simulate.dirt.blemishes import Blemishes
from simulate.export.files import FileWriter, minute_text
from simulate.export.span import dated
from simulate.names.words import TICKET_CATEGORIES, TICKET_SUBJECTS
from simulate.world import World


def tickets(world: World) -> pd.DataFrame:
    """tickets.csv: requester by mail address, organisation by ERP customer number."""
    found, start = world.tickets, world.config.start
    solved = found.solved < world.config.shown_to * 1440
    rating = np.array(["offered", "bad", "good"])[found.rating + 1]
    table = pd.DataFrame(
        {
            "id": np.arange(len(found.company)) + 1001,
            "created_at": minute_text(start, found.minute, "Z"),
            "solved_at": np.where(solved, minute_text(start, found.solved, "Z"), ""),
            "status": np.where(solved, "solved", "open"),
            "priority": np.array(PRIORITIES)[found.priority],
            "type": np.array(TICKET_CATEGORIES)[found.category],
            "subject": np.array(TICKET_SUBJECTS)[found.category],
            "requester_email": world.contacts.email[found.job],
            "organization_external_id": world.keys.customer(found.company),
            "assignee_email": world.colleagues.email[found.assignee],
            "satisfaction_rating": np.where(solved, rating, "unoffered"),
        }
    )
    table = dated(table, found.minute // 1440, np.where(solved, found.solved // 1440, 0))
    damage = Blemishes(world.config, "tickets")
    table = damage.break_dates(table, "created_at", 0.003)
    table = damage.empty(table, {"priority": 0.08, "requester_email": 0.05, "organization_external_id": 0.1})
    return damage.repeat(table, 0.005)


def write_desk(writer: FileWriter, world: World) -> None:
    writer.csv("helpdesk/tickets.csv", tickets(world))
