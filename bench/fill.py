"""`python -m bench.fill`: of departments that are hidden, how many the job title tells, and how many rightly.

On the simulated company a random fifth of the departments that the CRM states is hidden, and the title of the
job is read as derive and the API read it (`graph.title`). What was hidden is read by the same lexicon, since
systems name departments in words of their own.
"""

import tempfile
from pathlib import Path
from random import Random
from typing import Annotated, NamedTuple

import pandas as pd
import typer

from graph.title import read_title
from simulate import SimulationConfig, simulate

HIDDEN = 0.2
SAME = {"总经办": "management"}
"""Departments that the lexicon has no word for, as it calls them."""
NOTHING = {"", "?"}


class Filled(NamedTuple):
    """How many values were hidden, how many of these were filled, and how many of these rightly."""

    hidden: int
    filled: int
    right: int


def main(
    customers: Annotated[int, typer.Option(min=200, help="Size of the company.")] = 2000,
    seed: Annotated[int, typer.Option(help="Which company, and what is hidden.")] = 7,
) -> None:
    """Print the share that is filled and the precision."""
    with tempfile.TemporaryDirectory(prefix="relgraph-fill-") as folder:
        exports = Path(folder) / "exports"
        simulate(SimulationConfig(customers, seed), exports, Path(folder) / "truth")
        jobs = pd.read_csv(exports / "crm" / "AccountContactRelation.csv", dtype=str).fillna("")
    found = departments(jobs, Random(seed))
    typer.echo(
        f"department from title: {found.hidden:,} hidden, {found.filled / found.hidden:.1%} filled, "
        f"precision {found.right / found.filled:.1%}"
    )


def departments(jobs: pd.DataFrame, draw: Random) -> Filled:
    """jobs: the columns `Title__c` and `Department__c`, as text."""
    stated = jobs[~jobs["Department__c"].isin(NOTHING)]
    hidden = stated.iloc[sorted(draw.sample(range(len(stated)), round(HIDDEN * len(stated))))]
    read = hidden["Title__c"].map(lambda title: read_title(title).department)
    meant = hidden["Department__c"].map(_meant)
    filled = read.notna()
    return Filled(len(hidden), int(filled.sum()), int((read[filled] == meant[filled]).sum()))


def _meant(department: str) -> str:
    return SAME.get(department) or read_title(department).department or department.casefold()


if __name__ == "__main__":
    typer.run(main)
