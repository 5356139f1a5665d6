"""Names, addresses and job titles of contacts and employees."""

from dataclasses import dataclass

import numpy as np

from simulate.company.market import Market
from simulate.company.people import People
from simulate.company.staff import Staff
from simulate.config import Bools, SimulationConfig, Strings
from simulate.names.companies import CompanyNames, join, latin, numbered
from simulate.names.words import (
    CN_GIVEN,
    CN_SURNAMES,
    DEPARTMENTS_CN,
    DEPARTMENTS_EN,
    EN_GIVEN,
    EN_SURNAMES,
    TITLES_CN,
    TITLES_EN,
)
from simulate.streams import stream

SINGLE_SIGNS = 20
"""The first given names of the list have one sign; others are put together from two of them."""
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


def _chinese(count: int, rng: np.random.Generator) -> tuple[Strings, Strings, Strings]:
    """Given name (one or two signs), family name, and both as the local part of an address."""
    sign, sound = latin(CN_GIVEN)
    family_sign, family_sound = latin(CN_SURNAMES)
    one, two = rng.integers(0, len(sign), size=count), rng.integers(0, SINGLE_SIGNS, size=count)
    family = rng.integers(0, len(family_sign), size=count)
    longer = (one < SINGLE_SIGNS) & (rng.random(count) < 0.8)
    given = join(sign[one], np.where(longer, sign[two], ""))
    first = join(sound[one], np.where(longer, sound[two], ""))
    return given, family_sign[family], join(first, ".", family_sound[family])


def _western(count: int, rng: np.random.Generator) -> tuple[Strings, Strings, Strings]:
    """Given name (some with a middle initial), family name, and both as the local part of an address."""
    first, last = rng.choice(EN_GIVEN.split(), size=count), rng.choice(EN_SURNAMES.split(), size=count)
    initial = join(" ", rng.choice(list("ABCDEFGHJKLMNPRSTW"), size=count), ".")
    given = join(first, np.where(rng.random(count) < 0.6, initial, ""))
    return given, last, np.char.lower(join(first, ".", last))


def _drawn(english: Bools, rng: np.random.Generator) -> tuple[Strings, Strings, Strings]:
    """Given name, family name and the local part of a mail address."""
    pairs = zip(_western(len(english), rng), _chinese(len(english), rng), strict=True)
    given, family, local = (np.where(english, western, chinese) for western, chinese in pairs)
    return given, family, local


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
