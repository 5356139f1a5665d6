"""The truth as tables, with the keys of the exports."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulate.activity.deals import ROLES
from simulate.company.people import FOREVER
from simulate.config import Floats, Ints, Strings
from simulate.dirt.doubles import TO_DOUBLE_IN_ERP
from simulate.export import ids
from simulate.export.files import day_text
from simulate.world import World


def customers(world: World) -> pd.DataFrame:
    """Per ERP customer number: company, account id, and the share of the company's orders booked on the
    number."""
    count, doubled = world.market.count, world.doubles.erp
    share = np.ones(count)
    share[doubled] = 1.0 - TO_DOUBLE_IN_ERP
    company = np.concatenate([np.arange(count), doubled])
    return pd.DataFrame(
        {
            "customer_no": world.keys.customer(np.arange(len(company))),
            "account_id": world.keys.account(company),
            "company": company,
            "share": np.concatenate([share, np.full(len(doubled), TO_DOUBLE_IN_ERP)]),
        }
    )


def by_period(values: Floats) -> pd.DataFrame:
    """A companies x periods matrix with columns p00 … p35."""
    columns = [f"p{number:02d}" for number in range(values.shape[1])]
    return pd.DataFrame(values.astype(np.float32), columns=columns)


def by_family(values: Floats | NDArray[np.int16]) -> pd.DataFrame:
    """A companies x families matrix with columns f00 … f39."""
    return pd.DataFrame(values, columns=[f"f{number:02d}" for number in range(values.shape[1])])


def links(world: World) -> pd.DataFrame:
    """Pairs of linked companies; parent first where the kind is `parent`."""
    market = world.market
    child = np.flatnonzero(market.parent >= 0)
    kinds = np.repeat(["parent", "partner"], [len(child), len(market.partner_a)])
    return pd.DataFrame(
        {
            "company_a": np.concatenate([market.parent[child], market.partner_a]),
            "company_b": np.concatenate([child, market.partner_b]),
            "kind": kinds,
        }
    )


def parts(world: World) -> pd.DataFrame:
    """Who plays which role in which opportunity, with stance."""
    deals = world.deals
    return pd.DataFrame(
        {
            "opportunity_id": ids.opportunity(deals.part_deal),
            "contact_id": world.keys.contact(world.people.contact[deals.part_job]),
            "role": np.array(ROLES)[deals.part_role],
            "stance": deals.part_stance,
        }
    )


def _until(world: World, end: Ints) -> Strings:
    ended = end < FOREVER
    return np.where(ended, day_text(world.config.start, np.where(ended, end, 0)), "")


def jobs(world: World) -> pd.DataFrame:
    """Every job with its end, and the superior on the last day (of those who are there then)."""
    people = world.people
    boss = people.superior(
        np.arange(len(people.company)), np.full(len(people.company), world.config.days - 1)
    )
    boss = np.where(boss >= 0, people.contact[boss], -1)
    return pd.DataFrame(
        {
            "contact_id": world.keys.contact(people.contact),
            "account_id": world.keys.account(people.company),
            "manager_id": world.keys.contact(boss),
            "level": people.level,
            "from": day_text(world.config.start, people.start),
            "to": _until(world, people.end),
            "email": world.contacts.email,
        }
    )


def champions(world: World) -> pd.DataFrame:
    """Who was champion of which account, from when to when."""
    people = world.people
    job = np.flatnonzero(people.champion)
    return pd.DataFrame(
        {
            "contact_id": world.keys.contact(people.contact[job]),
            "account_id": world.keys.account(people.company[job]),
            "from": day_text(world.config.start, people.champion_from[job]),
            "to": _until(world, people.champion_to[job]),
        }
    )


def doubles(world: World) -> pd.DataFrame:
    """Records that stand for the same company: system, the first id, the second id."""
    keys, count = world.keys, world.market.count
    crm, erp = world.doubles.crm, world.doubles.erp
    first = np.concatenate([keys.account(crm), keys.customer(erp)])
    second = [keys.account(count + np.arange(len(crm))), keys.customer(count + np.arange(len(erp)))]
    return pd.DataFrame(
        {
            "system": np.repeat(["crm", "erp"], [len(crm), len(erp)]),
            "id": first,
            "double_id": np.concatenate(second),
        }
    )


def ties(world: World) -> pd.DataFrame:
    """How much each of our people and each contact truly wrote to each other (delivered mails)."""
    mail = world.messages
    kept = ~mail.bounced
    contact = world.people.contact[mail.job[kept]]
    pairs = pd.DataFrame({"staff": mail.staff[kept], "contact": contact, "minute": mail.minute[kept]})
    found = pairs.groupby(["staff", "contact"], as_index=False).agg(
        mails=("minute", "size"), last=("minute", "max")
    )
    return pd.DataFrame(
        {
            "user_id": ids.user(found["staff"].to_numpy()),
            "contact_id": world.keys.contact(found["contact"].to_numpy()),
            "mails": found["mails"],
            "last_day": day_text(world.config.start, found["last"].to_numpy() // 1440),
        }
    )
