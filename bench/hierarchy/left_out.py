"""Second looks at companies of a make that they were not fitted on: each make is left out of the fit once."""

from collections import defaultdict
from collections.abc import Callable, Iterable

import lightgbm
import numpy as np
import numpy.typing as npt

from bench.hierarchy.fitting import SEED
from bench.hierarchy.sorts import Sort, makes
from bench.report import Cell, Table
from gnn.features.history import Ints
from gnn.reporting_lines.boosted import Examples, grow, scores
from gnn.reporting_lines.calibration import Calibration
from gnn.reporting_lines.candidates import starts_of
from gnn.reporting_lines.fit import GROWTH, Lesson, second_lessons, stacked
from gnn.reporting_lines.known_chart import NOBODY
from gnn.reporting_lines.model import Knowledge, fitted, ranked, softmax

TO_LEARN, TO_JUDGE = range(1000, 1012), range(5000, 5008)
"""Seeds of the companies that are learned from, fewer than for the fit that is kept, and of those judged."""
COLUMNS = ("make", "people", "first look", "second look, make left out", "difference", "companies better")
Hits = npt.NDArray[np.float64]
"""People × (first, among the first three)."""


def left_out(say: Callable[[str], None]) -> list[Table]:
    """Per state of knowledge hit@1/hit@3 of both looks, and the paired difference ± twice its error."""
    taught: dict[Knowledge, dict[Sort, list[Examples]]] = defaultdict(lambda: defaultdict(list))
    for company in makes(TO_LEARN):
        for knowledge, lesson in second_lessons(company.log, company.above).items():
            taught[knowledge][company.sort].append(lesson.examples)
    boosters = {}
    for knowledge, by_make in taught.items():
        for make in by_make:
            others = stacked(one for other in by_make if other is not make for one in by_make[other])
            boosters[knowledge, make] = grow(others, GROWTH, SEED)
            say(f"fitted without {make}: {knowledge}")
    found = defaultdict(list)
    for company in makes(TO_JUDGE):
        for knowledge, lesson in second_lessons(company.log, company.above).items():
            looks = (fitted(knowledge).booster, boosters[knowledge, company.sort])
            found[knowledge, company.sort].append(tuple(_hits(lesson, booster) for booster in looks))
    return [
        Table(
            f"Makes left out: {knowledge}", COLUMNS, [_row(make, found[knowledge, make]) for make in by_make]
        )
        for knowledge, by_make in taught.items()
    ]


def _hits(lesson: Lesson, booster: lightgbm.Booster) -> Hits:
    """Of everybody whom the chart names."""
    pairs = lesson.pairs
    score = scores(booster, pairs.values[:, : booster.num_feature()])
    lists = ranked(pairs, softmax(pairs.person, score), Calibration())
    starts = starts_of(lists.person)
    place = np.arange(len(lists.person)) - np.repeat(starts, np.diff(np.append(starts, len(lists.person))))
    of_superior: Ints = np.full(len(lesson.above), len(pairs.person))
    true = lesson.above[lists.person] == lists.candidate
    of_superior[lists.person[true]] = place[true]
    named = of_superior[lesson.above != NOBODY]
    return np.column_stack([named == 0, named < 3]).astype(np.float64)


def _row(make: Sort, companies: Iterable[tuple[Hits, ...]]) -> tuple[Cell, ...]:
    pairs = list(companies)
    first, second = (np.concatenate(hits) for hits in zip(*pairs, strict=True))
    apart = second - first
    error = 2.0 * apart.std(axis=0) / np.sqrt(len(apart))
    better = sum(two.mean(axis=0)[0] >= one.mean(axis=0)[0] for one, two in pairs)
    return (
        str(make), len(first), _both(first.mean(axis=0)), _both(second.mean(axis=0)),
        f"{_both(apart.mean(axis=0), '+')} ± {error.max():.3f}", f"{better} of {len(pairs)}",
    )  # fmt: skip


def _both(values: Hits, sign: str = "") -> str:
    return "/".join(f"{value:{sign}.3f}" for value in values)
