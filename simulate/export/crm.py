"""The CRM's exports, with Salesforce's object and column names: accounts, partners, users."""

import numpy as np
import pandas as pd

from simulate.config import Ints, Strings
from simulate.dirt.blemishes import Blemishes
from simulate.export import ids
from simulate.export.files import FileWriter, day_text, minute_text
from simulate.export.span import dated
from simulate.names.words import FAMILY_WORDS
from simulate.world import World

STAMP = ".000+0000"


def _opened(world: World, company: Ints) -> Ints:
    """Accounts were opened when the customer joined; the first ones in the years before the history."""
    joined = np.floor(world.market.joined[company] * world.config.period_days).astype(np.int64)
    before = (company * 7919 % 900) + 30
    return np.where(joined > 0, joined, -before)


def accounts(world: World) -> pd.DataFrame:
    """Account.csv: one row per company and per double; doubles carry no ERP number and no tax id."""
    count, names = world.market.count, world.companies
    company = np.concatenate([np.arange(count), world.doubles.crm])
    record, opened = np.arange(len(company)), _opened(world, company)
    first = record < count
    parent = np.where(first, world.market.parent[company], -1)
    employees = np.rint(world.market.size[company]).astype(np.int64) + 3
    revenue = np.round(employees * 90_000.0 * (0.5 + company * 613 % 100 / 100.0), -3)
    table = pd.DataFrame(
        {
            "Id": world.keys.account(record),
            "Name": np.concatenate([names.name, world.doubles.crm_name]),
            "AccountNumber": np.where(first, world.keys.customer(company), ""),
            "Tax_ID__c": np.where(first, names.tax_id[company], ""),
            "ParentId": world.keys.account(parent),
            "Industry": names.industry[company],
            "BillingCity": names.city[company],
            "BillingCountry": names.country[company],
            "Phone": names.phone[company],
            "Website": np.char.add("www.", names.domain[company]),
            "NumberOfEmployees": employees,
            "AnnualRevenue": revenue,
            "OwnerId": ids.user(world.staff.owner[company]),
            "Type": "Customer",
            "CreatedDate": minute_text(world.config.start, opened * 1440 + 120, STAMP),
        }
    )
    damage = Blemishes(world.config, "accounts")
    shares = {
        "Industry": 0.12,
        "BillingCity": 0.1,
        "Phone": 0.2,
        "Website": 0.2,
        "NumberOfEmployees": 0.25,
        "AnnualRevenue": 0.3,
    }
    return damage.empty(dated(table, opened), shares).sort_values("Id", kind="stable")


def partners(world: World) -> pd.DataFrame:
    """Partner.csv: pairs of accounts that do business together."""
    keys, market = world.keys, world.market
    return pd.DataFrame(
        {
            "Id": ids.coded("00IRG", np.arange(len(market.partner_a)), 10),
            "AccountFromId": keys.account(market.partner_a),
            "AccountToId": keys.account(market.partner_b),
            "Role": "Business Partner",
        }
    )


def users(world: World) -> pd.DataFrame:
    """User.csv: our people with their managers."""
    staff, names = world.staff, world.colleagues
    role = np.array(["Team Lead", "Account Manager", "Solution Engineer", "Service Engineer"])[staff.kind]
    number = np.arange(staff.count)
    team = np.where(staff.boss > 0, staff.boss, number)
    return pd.DataFrame(
        {
            "Id": ids.user(number),
            "FirstName": names.given,
            "LastName": names.family,
            "Email": names.email,
            "Title": np.where(number == 0, "Head of Sales", role),
            "Department": np.where(number == 0, "Sales", np.char.add("Team ", team.astype(str))),
            "ManagerId": ids.user(staff.boss),
            "IsActive": "true",
        }
    )


def opportunities(world: World, record: Ints) -> pd.DataFrame:
    """Opportunity.csv; `record` says which account record each hangs on."""
    deals, config = world.deals, world.config
    number = np.arange(len(deals.company))
    closed = deals.closes < config.shown_to
    progress = (config.shown_to - deals.opened) / np.maximum(deals.closes - deals.opened, 1)
    working = np.array(["Prospecting", "Qualification", "Proposal/Price Quote", "Negotiation/Review"])
    open_stage = working[np.clip((progress * 4).astype(np.int64), 0, 3)]
    family = world.catalogue.family[deals.line_product[np.searchsorted(deals.line_deal, number)]]
    table = pd.DataFrame(
        {
            "Id": ids.opportunity(number),
            "Name": np.char.add(
                np.char.add(world.companies.brand[deals.company], " - "), family_names()[family]
            ),
            "AccountId": world.keys.account(record),
            "OwnerId": ids.user(world.staff.owner[deals.company]),
            "StageName": np.where(closed, np.where(deals.won, "Closed Won", "Closed Lost"), open_stage),
            "Amount": deals.amount,
            "CurrencyIsoCode": "CNY",
            "CreatedDate": minute_text(config.start, deals.opened * 1440 + 95, STAMP),
            "CloseDate": day_text(config.start, np.where(closed, deals.closes, deals.planned)),
            "IsClosed": np.where(closed, "true", "false"),
            "IsWon": np.where(closed & deals.won, "true", "false"),
        }
    )
    table = dated(table, deals.opened, np.where(closed, deals.closes, config.shown_to - 1))
    damage = Blemishes(world.config, "opportunities")
    table = damage.replace(table, "AccountId", 0.004, ("001RG9999999999",))
    return damage.break_dates(damage.empty(table, {"Amount": 0.1}), "CreatedDate", 0.002)


def family_names() -> Strings:
    """Names of the product families, by number."""
    return np.array(FAMILY_WORDS.split("|"))


def write_crm(writer: FileWriter, world: World, record_of_deal: Ints) -> None:
    writer.csv("crm/Account.csv", accounts(world))
    writer.csv("crm/Partner.csv", partners(world))
    writer.csv("crm/User.csv", users(world))
    writer.csv("crm/Opportunity.csv", opportunities(world, record_of_deal))
