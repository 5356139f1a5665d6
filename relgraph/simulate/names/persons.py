"""Names, addresses and job titles of contacts and employees."""

from dataclasses import dataclass

import numpy as np

from relgraph.simulate.company.market import Market
from relgraph.simulate.company.people import People
from relgraph.simulate.company.staff import Staff
from relgraph.simulate.config import Bools, SimulationConfig, Strings
from relgraph.simulate.names.companies import CompanyNames, join, latin, numbered
from relgraph.simulate.names.words import (
    CN_GIVEN,
    CN_SURNAMES,
    DEPARTMENTS_CN,
    DEPARTMENTS_EN,
    EN_GIVEN,
    EN_SURNAMES,
    TITLES_CN,
    TITLES_EN,
)
from relgraph.simulate.streams import stream

OUR_DOMAIN = "relco.example.com"


@dataclass(frozen=True, slots=True)
class ContactNames:
    """Per contact: given and family name, mobile. Per job: mail address, title, department."""

    given: Strings
    family: Strings
    english: Bools
    mobile: Strings
    email: Strings
    title: Strings
    department: Strings


@dataclass(frozen=True, slots=True)
class StaffNames:
    """Per employee: given and family name, mail address."""

    given: Strings
    family: Strings
    email: Strings


def _drawn(english: Bools, rng: np.random.Generator) -> tuple[Strings, Strings, Strings]:
    """Given name, family name and the local part of a mail address."""
    count = len(english)
    given_sign, given_sound = latin(CN_GIVEN)
    family_sign, family_sound = latin(CN_SURNAMES)
    en_given, en_family = np.array(EN_GIVEN.split()), np.array(EN_SURNAMES.split())
    one, two = rng.integers(0, len(given_sign), size=count), rng.integers(0, len(family_sign), size=count)
    three, four = rng.integers(0, len(en_given), size=count), rng.integers(0, len(en_family), size=count)
    given = np.where(english, en_given[three], given_sign[one])
    family = np.where(english, en_family[four], family_sign[two])
    first = np.where(english, np.char.lower(en_given[three]), given_sound[one])
    last = np.where(english, np.char.lower(en_family[four]), family_sound[two])
    return given, family, join(first, ".", last)


def build_contact_names(
    config: SimulationConfig, market: Market, people: People, companies: CompanyNames
) -> ContactNames:
    """Names of all contacts; each job has its own address at its company's domain."""
    rng = stream(config.seed, "contact names")
    english = market.english[people.company[: people.contacts]]
    given, family, local = _drawn(english, rng)
    domain = companies.domain[people.company]
    job_english = market.english[people.company]
    cn_titles = np.array([titles.split("|") for titles in TITLES_CN])[people.department, people.level]
    en_titles = np.array([titles.split("|") for titles in TITLES_EN])[people.department, people.level]
    cn_departments, en_departments = np.array(DEPARTMENTS_CN), np.array(DEPARTMENTS_EN)
    return ContactNames(
        given=given,
        family=family,
        english=english,
        mobile=join("13", rng.integers(100_000_000, 999_999_999, size=people.contacts).astype(str)),
        email=join(numbered(local[people.contact], domain), "@", domain),
        title=np.where(job_english, en_titles, cn_titles),
        department=np.where(
            job_english, en_departments[people.department], cn_departments[people.department]
        ),
    )


def build_staff_names(config: SimulationConfig, staff: Staff) -> StaffNames:
    """Names of our own people."""
    rng = stream(config.seed, "staff names")
    given, family, local = _drawn(rng.random(staff.count) < 0.4, rng)
    return StaffNames(given, family, join(numbered(local), f"@{OUR_DOMAIN}"))
