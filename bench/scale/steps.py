"""The steps that are measured, each one documented command, in the order in which a company takes them."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from simulate import MAPPING
from simulate.config import DEFAULT_END

SEED = 7
BEFORE = str(DEFAULT_END - timedelta(days=7))
"""The first load is as of this day's evening; what comes in the week after it is loaded next."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command and its name in the table."""

    name: str
    words: tuple[str, ...]
    repeatable: bool
    """Whether it may be cut off and run again; what writes to the graph would find a part done."""


def steps(customers: int, folder: Path) -> tuple[Step, ...]:
    """All steps for a company of this size, whose exports go to `folder`."""
    company = ("simulate", "--customers", str(customers), "--seed", str(SEED))
    first, week = str(folder / "exports"), str(folder / "week")
    load = ("--mapping", str(MAPPING))
    return (
        Step("simulate", (*company, "--until", BEFORE, "--out", first), repeatable=True),
        Step("load", ("ingest", first, *load), repeatable=False),
        Step("derive", ("derive",), repeatable=False),
        Step("train churn", ("train", "churn"), repeatable=True),
        Step("train cross-sell", ("train", "cross-sell"), repeatable=True),
        Step("score", ("score",), repeatable=False),
        Step("simulate the week", (*company, "--since", BEFORE, "--out", week), repeatable=True),
        Step("week: load", ("ingest", week, *load), repeatable=False),
        Step("week: derive", ("derive",), repeatable=False),
        Step("week: score", ("score",), repeatable=False),
    )
