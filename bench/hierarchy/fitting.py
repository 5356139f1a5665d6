"""Fitting the models that come with the program on generated companies."""

from collections.abc import Callable
from pathlib import Path

from bench.hierarchy.companies import TO_FIT, companies
from gnn.reporting_lines.fit import fit, keep, lessons
from gnn.reporting_lines.model import FOLDER, Knowledge

SEED = 7
MOST_PEOPLE = 130


def fit_all(say: Callable[[str], None], folder: Path = FOLDER) -> None:
    """Fit and keep a model per state of knowledge; about ten minutes of one core."""
    taught = []
    for number, company in enumerate(companies(TO_FIT, MOST_PEOPLE)):
        taught.append(lessons(company.log, company.above, number))
        say(f"{company.kind}: {len(company.log.people)} people, {len(company.log.sender)} mails")
    for knowledge in Knowledge:
        keep(fit([lesson[knowledge] for lesson in taught], SEED), knowledge, folder)
        say(f"fitted: {knowledge}")
