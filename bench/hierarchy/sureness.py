"""How sure first candidates are: fitted on companies of several sorts, judged on those left out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bench.hierarchy.sorts import WEIGHT, Sort, Sorted, sorts
from bench.report import Cell, Table
from gnn.reporting_lines.fit_sureness import Case, cases, fit_sureness, keep_sureness
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.measures import Judged, measures
from gnn.reporting_lines.model import FOLDER, Knowledge
from gnn.reporting_lines.pairs import signals
from gnn.reporting_lines.sureness import Sureness
from gnn.reporting_lines.traffic import traffic

SEED = 7
FOLDS = 6
EACH_SEED = 8
"""Companies per seed: what one seed draws is left out together."""
CLOSE = 0.03
"""How far the calibration error may lie above what chance makes."""
COLUMNS = ("left out", "companies", "hit@1", "ECE above chance", f"at most {CLOSE}", "Brier skill",
           "above 0", "both")  # fmt: skip
MAKE = {
    Sort.HARD: "simulated",
    Sort.EASED: "simulated",
    Sort.PLAIN: "plain",
    Sort.THREADS: "threads",
    Sort.HABITS: "habits",
    Sort.DISTANCES: "distances",
}
"""Sorts that one generator makes are left out together."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Taught:
    """One company as cases, and how many people its chart names."""

    sort: Sort
    cases: Mapping[Knowledge, Case]
    charted: int


def taught(found: Iterable[Sorted], say: Callable[[str], None]) -> list[Taught]:
    """All companies as cases; those of a sort weigh as `WEIGHT` says together."""
    made = []
    for one in found:
        charted = int((one.above != NOBODY).sum())
        made.append(Taught(one.sort, cases(signals(traffic(one.log)), one.above), charted))
        say(f"{len(made)} {one.sort}: {len(one.log.people)} people, {len(one.log.sender)} mails")
    size = {sort: sum(one.sort is sort for one in made) for sort in Sort}
    return [
        replace(one, cases={
            knowledge: replace(case, weight=100.0 * WEIGHT[one.sort] / size[one.sort])
            for knowledge, case in one.cases.items()
        })
        for one in made
    ]  # fmt: skip


def fit_and_judge(say: Callable[[str], None], folder: Path = FOLDER) -> list[Table]:
    """Fit and keep one per state of knowledge; tables of companies, and of sorts, left out of the fit."""
    companies = taught(sorts(), say)
    tables = []
    for knowledge in (Knowledge.MAIL, Knowledge.MANAGERS):
        keep_sureness(fit_sureness([one.cases[knowledge] for one in companies], knowledge), knowledge, folder)
        tables.append(_table(companies, knowledge))
    return tables


def _table(companies: Sequence[Taught], knowledge: Knowledge) -> Table:
    make = np.array([MAKE[one.sort] for one in companies])
    before = np.array([_judged(one, knowledge, None) for one in companies])
    by_company = _left_out(companies, knowledge, np.arange(len(companies)) // EACH_SEED % FOLDS)
    by_make = _left_out(companies, knowledge, make)
    rows = []
    for sort in Sort:
        chosen = np.array([one.sort is sort for one in companies])
        rows.append(_row(f"{sort}: as before", before[chosen]))
        rows.append(_row(f"{sort}: the company left out", by_company[chosen]))
        if sort not in {Sort.HARD, Sort.EASED}:
            rows.append(_row(f"{sort}: all of its sort left out", by_make[chosen]))
    return Table(f"How sure: {knowledge}", COLUMNS, rows)


def _left_out(companies: Sequence[Taught], knowledge: Knowledge, group: npt.NDArray[np.generic]) -> Numbers:
    """Hit rate, ECE above chance and Brier skill per company, by a fit on the other groups."""
    found = np.zeros((len(companies), 3))
    for one in np.unique(group):
        others = [company.cases[knowledge] for company, of in zip(companies, group, strict=True) if of != one]
        fitted = fit_sureness(others, knowledge)
        for place in np.flatnonzero(group == one).tolist():
            found[place] = _judged(companies[place], knowledge, fitted)
    return found


def _judged(company: Taught, knowledge: Knowledge, fitted: Sureness | None) -> tuple[float, float, float]:
    case = company.cases[knowledge]
    said = case.probability if fitted is None else fitted(case.probability, case.evidence)
    place, probability = np.zeros(company.charted, dtype=np.int64), np.zeros(company.charted)
    right = case.right[case.charted]
    place[: len(right)], probability[: len(right)] = right, said[case.charted]
    found = measures(Judged(place, probability, np.zeros_like(place)), SEED)
    return found["hit@1"], found["ece"] - found["ece_expected"], found["brier_skill"]


def _row(name: str, judged: Numbers) -> tuple[Cell, ...]:
    hit, above, skill = judged.T
    close, better = above <= CLOSE, skill > 0
    return (
        name, len(judged), f"{hit.mean():.3f}", f"{above.mean():+.3f}", f"{close.mean():.2f}",
        f"{np.maximum(skill, -3.0).mean():+.2f}", f"{better.mean():.2f}", f"{(close & better).mean():.2f}",
    )  # fmt: skip
