"""Companies that stand twice: in the CRM, or in the ERP, under another spelling and without a shared key."""

from dataclasses import dataclass

import numpy as np

from simulate.config import Ints, SimulationConfig, Strings
from simulate.names.companies import CompanyNames, join
from simulate.streams import stream

DOUBLED_SHARE = 0.3
"""Share of companies doubled at dirt 1, so 15% at the default 0.5; two thirds in the CRM, one third in the
ERP."""
TO_DOUBLE_IN_CRM = 0.3
"""Chance that an opportunity or contact of a company doubled in the CRM hangs on the second account."""
TO_DOUBLE_IN_ERP = 0.25
"""Chance that an order of a company doubled in the ERP is booked on the second customer number."""


@dataclass(frozen=True, slots=True)
class Doubles:
    """Numbers of the doubled companies; the k-th double has record number n + k (n companies), and
    `*_name`."""

    crm: Ints
    erp: Ints
    crm_name: Strings
    erp_name: Strings


def respelled(names: CompanyNames, company: Ints, rng: np.random.Generator) -> Strings:
    """Another spelling of each company's name: form dropped, case or blanks changed, city or form
    rewritten."""
    name, form, brand = names.name[company], names.form[company], names.brand[company]
    city, industry = names.city[company], names.industry[company]
    english = names.country[company] != "CN"
    cn = np.stack(
        [
            join(brand, industry),
            join(city, brand),
            join(brand, industry, "(", city, ")", form),
            join(" ", name, "　"),
        ]
    )
    en = np.stack(
        [
            np.char.upper(name),
            join(brand, " ", industry),
            join(brand, " ", industry, ", ", form, "."),
            join(brand, "  ", form),
        ]
    )
    pick = rng.integers(0, 4, size=len(company))
    row = np.arange(len(company))
    return np.where(english, en[pick, row], cn[pick, row])


def build_doubles(config: SimulationConfig, names: CompanyNames) -> Doubles:
    """Choose which companies stand twice and how their second name reads."""
    rng, count = stream(config.seed, "doubles"), config.customers
    chosen = rng.permutation(count)[: round(count * DOUBLED_SHARE * config.dirt)]
    cut = round(len(chosen) * 2 / 3)
    crm, erp = np.sort(chosen[:cut]), np.sort(chosen[cut:])
    return Doubles(crm, erp, respelled(names, crm, rng), respelled(names, erp, rng))


def onto_doubles(company: Ints, doubled: Ints, count: int, chance: float, rng: np.random.Generator) -> Ints:
    """Record number that each row of `company` hangs on: the company, or with `chance` its double."""
    place = np.searchsorted(doubled, company)
    found = np.minimum(place, max(len(doubled) - 1, 0))
    is_doubled = (doubled[found] == company) if len(doubled) else np.zeros(len(company), dtype=bool)
    return np.where(is_doubled & (rng.random(len(company)) < chance), count + found, company)
