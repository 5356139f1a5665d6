"""The CRM's exports about deals: contact roles and line items."""

import numpy as np
import pandas as pd

from simulate.activity.deals import CHAMPION, DECISION_MAKER
from simulate.dirt.blemishes import Blemishes
from simulate.export import ids
from simulate.export.crm import STAMP
from simulate.export.files import FileWriter, minute_text
from simulate.export.span import dated
from simulate.streams import stream
from simulate.world import World

ROLE_NAMES = (
    "Decision Maker",
    "Economic Buyer",
    "Technical Buyer",
    "Business User",
    "Influencer",
    "Champion",
    "Blocker",
)
INFLUENCE = np.array([0.95, 0.8, 0.55, 0.35, 0.2])
"""By seniority, from head to staff."""
STATED = np.array([0.55, 0.7, 0.75, 0.7, 0.6, 0.8, 0.35])
"""Share of the true roles that somebody entered in the CRM, by role; stance is entered for half of them."""


def contact_roles(world: World) -> pd.DataFrame:
    """OpportunityContactRole.csv: what the sales people have entered, not all there is."""
    deals, rng = world.deals, stream(world.config.seed, "contact roles")
    stated = np.flatnonzero(rng.random(len(deals.part_deal)) < STATED[deals.part_role])
    deal, job, role = deals.part_deal[stated], deals.part_job[stated], deals.part_role[stated]
    knows_stance = rng.random(len(stated)) < 0.5
    entered = deals.opened[deal] * 1440 + 100 + rng.integers(0, 6000, size=len(stated))
    entered = np.minimum(entered, world.config.days * 1440 - 600)
    table = pd.DataFrame(
        {
            "Id": ids.coded("00KRG", stated, 10),
            "OpportunityId": ids.opportunity(deal),
            "ContactId": world.keys.contact(world.people.contact[job]),
            "Role": np.array(ROLE_NAMES)[role],
            "IsPrimary": np.where(role == CHAMPION, "true", "false"),
            "Stance__c": np.where(knows_stance, deals.part_stance[stated].astype(str), ""),
            "Influence__c": INFLUENCE[world.people.level[job]],
            "CreatedDate": minute_text(world.config.start, entered, STAMP),
        }
    )
    damage = Blemishes(world.config, "contact roles")
    table = damage.replace(dated(table, entered // 1440), "ContactId", 0.004, ("003RG9999999999",))
    return damage.empty(table, {"Influence__c": 0.4})


def line_items(world: World) -> pd.DataFrame:
    """OpportunityLineItem.csv."""
    deals, opened = world.deals, world.deals.opened[world.deals.line_deal]
    table = pd.DataFrame(
        {
            "Id": ids.coded("00kRG", np.arange(len(deals.line_deal)), 10),
            "OpportunityId": ids.opportunity(deals.line_deal),
            "ProductCode": ids.item(deals.line_product),
            "Quantity": deals.line_quantity,
            "UnitPrice": deals.line_price,
            "TotalPrice": np.round(deals.line_quantity * deals.line_price, 2),
            "CreatedDate": minute_text(world.config.start, opened * 1440 + 95, STAMP),
        }
    )
    return dated(table, opened)


def write_crm_deals(writer: FileWriter, world: World) -> None:
    writer.csv("crm/OpportunityContactRole.csv", contact_roles(world))
    writer.csv("crm/OpportunityLineItem.csv", line_items(world))


__all__ = ["DECISION_MAKER", "ROLE_NAMES", "write_crm_deals"]
