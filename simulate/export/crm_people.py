"""The CRM's exports about people: contacts, their jobs in time, their mail addresses in time."""

import numpy as np
import pandas as pd

from simulate.company.people import FOREVER
from simulate.config import Bools, Ints, Strings
from simulate.dirt.blemishes import Blemishes
from simulate.dirt.doubles import TO_DOUBLE_IN_CRM, onto_doubles
from simulate.export import ids
from simulate.export.files import FileWriter, day_text, minute_text
from simulate.export.span import dated
from simulate.streams import stream
from simulate.world import World

STATED_BOSS = 0.3
"""Share of contacts whose superior somebody has entered."""
UNNOTICED = 0.3
"""Share of the people who left, at dirt 1, whose leaving nobody has entered."""


def account_records(world: World) -> Ints:
    """Account record that each job hangs on: its company, or the company's double."""
    rng = stream(world.config.seed, "contacts on doubles")
    company = world.people.company
    record = onto_doubles(company, world.doubles.crm, world.market.count, TO_DOUBLE_IN_CRM, rng)
    return np.where(world.people.position <= 1, company, record)


def end_recorded(world: World) -> Bools:
    """Per job: whether its end stands in the CRM."""
    rng = stream(world.config.seed, "unnoticed")
    people = world.people
    seen = rng.random(len(people.end)) >= UNNOTICED * world.config.dirt
    seen[people.contact[people.contacts :]] = True
    return (people.end < world.config.shown_to) & seen


def _current_job(world: World) -> Ints:
    """Last job of each contact that has begun."""
    people = world.people
    job, second = np.arange(people.contacts), np.arange(people.contacts, len(people.company))
    second = second[people.start[second] < world.config.shown_to]
    job[people.contact[second]] = second
    return job


def _end_text(world: World, ended: Bools) -> Strings:
    end = np.where(ended, world.people.end, 0)
    return np.where(ended, day_text(world.config.start, end), "")


def _first_day(world: World) -> Ints:
    """Day each job became known to us: its start, not before the customer joined."""
    joined = np.floor(world.market.joined[world.people.company] * world.config.period_days).astype(np.int64)
    return np.maximum(world.people.start, np.where(joined > 0, joined, -400))


def contacts(world: World, record: Ints, ended: Bools) -> pd.DataFrame:
    """Contact.csv: one row per person, at the latest known employer."""
    people, names, rng = world.people, world.contacts, stream(world.config.seed, "contacts")
    job, end = _current_job(world), world.config.shown_to
    boss = people.superior(job, np.full(len(job), end - 1))
    boss = np.where(rng.random(len(job)) < STATED_BOSS, boss, -1)
    left, created = people.end[job] < end, _first_day(world)[: people.contacts]
    table = pd.DataFrame(
        {
            "Id": world.keys.contact(np.arange(people.contacts)),
            "AccountId": world.keys.account(record[job]),
            "FirstName": names.given,
            "LastName": names.family,
            "Title": names.title[job],
            "Department": names.department[job],
            "Email": names.email[job],
            "MobilePhone": names.mobile,
            "ReportsToId": world.keys.contact(np.where(boss >= 0, people.contact[boss], -1)),
            "Language__c": np.where(names.english, "en", "zh"),
            "No_Longer_At_Company__c": np.where(ended[job], "true", "false"),
            "IsEmailBounced": np.where(left, "true", "false"),
            "CreatedDate": minute_text(world.config.start, created * 1440 + 300, ".000+0000"),
        }
    )
    table = dated(table, created, np.where(left, people.end[job], people.start[job]))
    damage = Blemishes(world.config, "contacts")
    shares = {"Title": 0.1, "Department": 0.2, "Email": 0.06, "MobilePhone": 0.3, "Language__c": 0.3}
    table = damage.replace(damage.empty(table, shares), "AccountId", 0.003, ("001RG9999999999",))
    return table.sort_values("Id", kind="stable")


def jobs(world: World, record: Ints, ended: Bools) -> pd.DataFrame:
    """AccountContactRelation.csv: who worked where, from when to when."""
    people, names = world.people, world.contacts
    table = pd.DataFrame(
        {
            "Id": ids.coded("07kRG", np.arange(len(people.company)), 10),
            "AccountId": world.keys.account(record),
            "ContactId": world.keys.contact(people.contact),
            "Title__c": names.title,
            "Department__c": names.department,
            "StartDate": day_text(world.config.start, people.start),
            "EndDate": _end_text(world, ended),
            "IsActive": np.where(ended, "false", "true"),
        }
    )
    first = _first_day(world)
    table = dated(table, first, np.where(ended, people.end, first))
    return Blemishes(world.config, "jobs").empty(table, {"Title__c": 0.1, "Department__c": 0.2})


def addresses(world: World, ended: Bools) -> pd.DataFrame:
    """ContactPointEmail.csv: the mail addresses of contacts, former ones included."""
    people, first = world.people, _first_day(world)
    start = np.maximum(people.start, -400)
    table = pd.DataFrame(
        {
            "Id": ids.coded("9VlRG", np.arange(len(people.company)), 10),
            "ParentId": world.keys.contact(people.contact),
            "EmailAddress": world.contacts.email,
            "ActiveFromDate": day_text(world.config.start, start),
            "ActiveToDate": _end_text(world, ended),
        }
    )
    return dated(table, first, np.where(ended, people.end, first))


def write_crm_people(writer: FileWriter, world: World) -> None:
    record, ended = account_records(world), end_recorded(world)
    writer.csv("crm/Contact.csv", contacts(world, record, ended))
    writer.csv("crm/AccountContactRelation.csv", jobs(world, record, ended))
    writer.csv("crm/ContactPointEmail.csv", addresses(world, ended))


__all__ = ["FOREVER", "account_records", "write_crm_people"]
