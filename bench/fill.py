"""`python -m bench.fill`: of values that are hidden, how many are filled, and how many of these rightly.

On the simulated company a random fifth of what the CRM states of each field is hidden. Domains, countries and
industries are filled as `relgraph gaps` fills them: how far rules are trusted is told by what is still
stated (`graph.gap`). Departments are read from the title of the job, as derive and the API read it
(`graph.title`); what was hidden is read by the same lexicon, since systems name departments in words of their
own. With `RELGRAPH_SHARED` also the sectors of the companies in `data/maven_crm`.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Annotated, NamedTuple

import pandas as pd
import typer

from graph.gap import FIELDS, CustomerSeen, Known, filled
from graph.search.number import host_of
from graph.title import read_title
from simulate import SimulationConfig, simulate
from tests.paths import SHARED

HIDDEN = 0.2
SAME = {"总经办": "management"}
"""Departments that the lexicon has no word for, as it calls them."""
NOTHING = {"", "?", "NULL"}


class Filled(NamedTuple):
    """How many values were hidden, how many of these were filled, and how many of these rightly."""

    hidden: int
    filled: int
    right: int


def main(
    customers: Annotated[int, typer.Option(min=200, help="Size of the company.")] = 2000,
    seed: Annotated[int, typer.Option(help="Which company, and what is hidden.")] = 7,
) -> None:
    """Print the share that is filled and the precision, field by field."""
    typer.echo("| records | field | hidden | filled | precision |\n" + "|---" * 5 + "|")
    with tempfile.TemporaryDirectory(prefix="relgraph-fill-") as folder:
        exports = Path(folder) / "exports"
        simulate(SimulationConfig(customers, seed), exports, Path(folder) / "truth")
        for field, found in simulated(exports / "crm", seed):
            typer.echo(row("simulated company", field, found))
    companies = SHARED / "data" / "maven_crm" / "accounts.csv"
    if companies.is_file():
        typer.echo(row("maven_crm", "industry", hidden(maven(companies), "industry", Random(seed))))


def row(records: str, field: str, found: Filled) -> str:
    """One line of the table."""
    precision = f"{found.right / found.filled:.1%}" if found.filled else "–"
    return f"| {records} | {field} | {found.hidden:,} | {found.filled / found.hidden:.1%} | {precision} |"


def simulated(crm: Path, seed: int) -> Iterator[tuple[str, Filled]]:
    """Every field of the CRM's export."""
    known = crm_known(_read(crm / "Account.csv"), _read(crm / "Contact.csv"))
    for field in FIELDS:
        yield field, hidden(known, field, Random(seed))
    yield "department", departments(_read(crm / "AccountContactRelation.csv"), Random(seed))


def _read(path: Path) -> pd.DataFrame:
    found = pd.read_csv(path, dtype=str, keep_default_na=False)
    return found.where(~found.isin(list(NOTHING)), "")


def crm_known(accounts: pd.DataFrame, contacts: pd.DataFrame) -> Known:
    """What the export states of accounts."""
    customers = {
        one["Id"]: CustomerSeen(
            one["Name"] or None, one["Industry"] or None, one["BillingCountry"] or None,
            one["BillingCity"] or None, one["Phone"] or None, host_of(one["Website"]) or None,
        )
        for one in accounts.to_dict("records")
    }  # fmt: skip
    stated = contacts[contacts["Email"] != ""]
    emails = {str(account): tuple(own) for account, own in stated.groupby("AccountId")["Email"]}
    parents = dict(zip(accounts["Id"], accounts["ParentId"], strict=True))
    return Known(customers, emails, {one: parent for one, parent in parents.items() if parent})


def maven(path: Path) -> Known:
    """The companies of the public CRM: sectors, and which is whose subsidiary."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")
    customers = {one["account"]: CustomerSeen(one["account"], one["sector"] or None) for one in rows}
    return Known(
        customers, {}, {one["account"]: one["subsidiary_of"] for one in rows if one["subsidiary_of"]}
    )


def hidden(known: Known, field: str, draw: Random) -> Filled:
    """Hide a fifth of the stated values, fill, and compare."""
    stated = sorted(one for one, seen in known.customers.items() if getattr(seen, field) is not None)
    asked = set(draw.sample(stated, round(HIDDEN * len(stated))))
    without = {
        one: replace(seen, **{field: None}) if one in asked else seen for one, seen in known.customers.items()
    }
    found = [one for one in filled(replace(known, customers=without), field) if one.customer_id in asked]
    right = sum(one.value == getattr(known.customers[one.customer_id], field) for one in found)
    return Filled(len(asked), len(found), right)


def departments(jobs: pd.DataFrame, draw: Random) -> Filled:
    """jobs: the columns `Title__c` and `Department__c`, as text."""
    stated = jobs[~jobs["Department__c"].isin(NOTHING)]
    asked = stated.iloc[sorted(draw.sample(range(len(stated)), round(HIDDEN * len(stated))))]
    read = asked["Title__c"].map(lambda title: read_title(title).department)
    meant = asked["Department__c"].map(_meant)
    told = read.notna()
    return Filled(len(asked), int(told.sum()), int((read[told] == meant[told]).sum()))


def _meant(department: str) -> str:
    return SAME.get(department) or read_title(department).department or department.casefold()


if __name__ == "__main__":
    typer.run(main)
