"""How figures of a customer are made: the catalogue `rules.yml`, and the numbers that its rules take."""

import hashlib
from collections.abc import Mapping
from functools import cache

from pydantic import Field

from graph.alert.playbook import Language
from graph.customer_profile.table import (
    ACTIVE_LEAST,
    ACTIVE_MOST,
    ACTIVE_RHYTHMS,
    HALF_LIFE_DAYS,
    WINDOW_DAYS,
    YEAR_DAYS,
)
from graph.model.base import Frozen
from graph.packaged import packaged_yaml
from graph.profile.health import HALF_YEAR_DAYS
from graph.sql import statements

PARAMETERS: Mapping[str, int] = {
    "year_days": YEAR_DAYS,
    "two_years_days": 2 * YEAR_DAYS,
    "window_days": WINDOW_DAYS,
    "half_life_days": HALF_LIFE_DAYS,
    "active_least_days": ACTIVE_LEAST,
    "active_most_days": ACTIVE_MOST,
    "active_rhythms": ACTIVE_RHYTHMS,
    "half_year_days": HALF_YEAR_DAYS,
    "two_halves_days": 2 * HALF_YEAR_DAYS,
    "talks_least": 5,
    "ticket_days": 90,
}
"""By the names of the catalogue; the last two stand in the statements themselves."""


class Reads(Frozen):
    """Records of one kind, by the statement `figure.<records>`, of `days` (a parameter) or of all time."""

    records: str
    days: str | None = None
    sales: bool = False
    open: bool = False
    state: str = "open"
    theirs: bool = False


class Rule(Frozen):
    """How a figure is made, in words, from which records, with which parameters."""

    en: str
    zh: str
    column: str | None = None
    statement: str | None = None
    reads: tuple[Reads, ...] = ()
    parameters: tuple[str, ...] = Field(default=())

    def text(self, language: Language, **figures: object) -> str:
        """The rule as a sentence."""
        return (self.en if language == "en" else self.zh).format_map({**PARAMETERS, **figures})

    @property
    def version(self) -> str | None:
        """Another one as soon as the statement that makes the figure is; None without one."""
        return None if self.statement is None else _digest(self.statement)


@cache
def _digest(name: str) -> str:
    text = next(one.text for one in statements() if one.name == name)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def rules(section: str) -> Mapping[str, Rule]:
    """The rules of a section of the catalogue: profile, health, others."""
    return {
        name: Rule.model_validate(one)
        for name, one in packaged_yaml("graph.figure", "rules.yml")[section].items()
    }
