"""Fitting the models that come with the program on generated companies."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.hierarchy.companies import TO_FIT, companies
from bench.hierarchy.sorts import makes
from gnn.reporting_lines.fit import Lesson, fit, keep, lessons, second_lessons
from gnn.reporting_lines.model import FOLDER, Knowledge, Look, file_name, fitted

SEED = 7
MOST_PEOPLE = 130
TO_FIT_AGAIN = range(1000, 1024)
"""Seeds of the companies of second looks."""


def fit_all(say: Callable[[str], None], folder: Path = FOLDER) -> None:
    """Fit and keep a model per state of knowledge, then those of second looks; minutes of one core."""
    taught = []
    for number, company in enumerate(companies(TO_FIT, MOST_PEOPLE)):
        taught.append(lessons(company.log, company.above, number))
        say(f"{company.kind}: {len(company.log.people)} people, {len(company.log.sender)} mails")
    for knowledge in Knowledge:
        keep(fit([lesson[knowledge] for lesson in taught], SEED), file_name(knowledge), folder)
        say(f"fitted: {knowledge}")
    fitted.cache_clear()
    fit_second_looks(say, folder)


def fit_second_looks(say: Callable[[str], None], folder: Path = FOLDER) -> None:
    """Fit and keep the second looks on companies of five makes that the first models have not seen."""
    taught: dict[Knowledge, list[Lesson]] = defaultdict(list)
    for company in makes(TO_FIT_AGAIN):
        for knowledge, lesson in second_lessons(company.log, company.above).items():
            taught[knowledge].append(lesson)
    say(f"second looks: {len(taught[Knowledge.MAIL])} companies")
    for knowledge, learned in taught.items():
        keep(fit(learned, SEED), file_name(knowledge, Look.SECOND), folder)
        say(f"fitted: second look, {knowledge}")
