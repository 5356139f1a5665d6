"""`python -m bench.my_day`: of the warnings among everybody's ten items of past days, how many are right.

Right is what names something that the planted truth holds and the exports did not yet say: somebody who left
or leaves, a customer or a deal that is lost, another decider (`bench.my_day.judge` says which warning may
mean which). Beside it stands how many of all accounts are lost in that time.

`python -m bench.my_day --confirm`: what it changes to answer the facts that My day asks to confirm
(`bench.my_day.confirm`).
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Annotated, NamedTuple

import typer

from bench.my_day.confirm import compare
from bench.my_day.day import Evening, warnings_of
from bench.my_day.judge import AHEAD, BEHIND, Hit, Warned, judged
from bench.my_day.truth import Planted, read_planted
from simulate import SimulationConfig, simulate
from simulate.config import DEFAULT_END

GOAL_SHARE, GOAL_LEAD, GOAL_LEFT = 0.60, 45, 0.5


class Judged(NamedTuple):
    """A warning, on which day it stood, and what it was right about."""

    day: date
    warning: Warned
    hit: Hit | None


def main(
    customers: Annotated[int, typer.Option(min=200, help="Size of the company.")] = 300,
    seed: Annotated[int, typer.Option(help="Which company.")] = 7,
    days: Annotated[int, typer.Option(min=1, max=20, help="How many past days, four weeks apart.")] = 4,
    keep: Annotated[
        Path | None, typer.Option(help="Work in this folder, instead of a temporary one.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Measure what answers to facts to confirm change, instead.")
    ] = False,
) -> None:
    """Print the share that is right, the median lead, and warnings per day, in all and by kind."""
    folder = keep or Path(tempfile.mkdtemp(prefix="relgraph-my-day-"))
    if confirm:
        _confirm(customers, seed, folder)
    else:
        _warnings(customers, seed, days, folder)
    if keep is None:
        shutil.rmtree(folder)


def _confirm(customers: int, seed: int, folder: Path) -> None:
    without, answered = compare(customers, seed, DEFAULT_END - AHEAD, folder)
    share = answered.share / without.share if without.share else 1.0
    print(f"with answers {share:.2f} times as many are wrong; goal: at most {GOAL_LEFT}")


def _warnings(customers: int, seed: int, days: int, folder: Path) -> None:
    simulate(SimulationConfig(customers, seed), folder / "whole", folder / "whole-truth")
    planted = read_planted(folder / "whole", folder / "whole-truth")
    found: list[Judged] = []
    staff = 0
    for number in range(days):
        day = DEFAULT_END - AHEAD - timedelta(days=28 * number)
        of_each = warnings_of(Evening(customers, seed, day), folder / str(day))
        staff += len(of_each)
        found += [Judged(day, one, judged(one, day, planted)) for mine in of_each for one in mine]
        print(f"{day}: {_line([one for one in found if one.day == day])}", flush=True)
    _report(found, staff, planted, days)


def _report(found: Sequence[Judged], staff: int, planted: Planted, days: int) -> None:
    print(f"all: {_line(found)}; {len(found) / max(staff, 1):.1f} warnings per employee and day")
    print(f"goal: at least {GOAL_SHARE:.0%} right, median lead at least {GOAL_LEAD} days")
    for kind, count in Counter(one.warning.kind for one in found).most_common():
        print(f"  {kind}: {count}; {_line([one for one in found if one.warning.kind == kind])}")
    about = Counter(one.hit.what for one in found if one.hit is not None)
    print("right about: " + ", ".join(f"{what} {count}" for what, count in about.most_common()))
    moments = [DEFAULT_END - AHEAD - timedelta(days=28 * number) for number in range(days)]
    losses = [
        any(day - BEHIND <= fall <= day + AHEAD for fall in falls)
        for falls in planted.lost_accounts.values()
        for day in moments
    ]
    print(f"of all accounts {sum(losses) / max(len(losses), 1):.0%} are lost in that time")


def _line(found: Sequence[Judged]) -> str:
    hits = [one.hit for one in found if one.hit is not None]
    leads = [hit.lead for hit in hits if hit.lead is not None]
    lead = f"{median(leads):.0f} days" if leads else "none"
    return f"{len(hits)} of {len(found)} right ({len(hits) / max(len(found), 1):.0%}), median lead {lead}"


if __name__ == "__main__":
    typer.run(main)
